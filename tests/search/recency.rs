//! The newest first, and what is new a little before what is old.

use fumikura::{Document, SearchOptions, Sort};

use super::{Shelf, ids};

fn dated(id: &str, date: &str, text: &str) -> Document {
    let mut document = Document::new(id, "", text);
    document.metadata.date = Some(date.to_owned()).filter(|date| !date.is_empty());
    document
}

fn newest() -> SearchOptions {
    SearchOptions {
        sort: Sort::Newest,
        ..SearchOptions::top(10)
    }
}

#[test]
fn the_newest_come_first_and_what_has_no_date_last() {
    let shelf = Shelf::with(vec![
        dated("old", "1998-11-03", "港の貿易。"),
        dated(
            "new",
            "2024-05-02",
            "鉄道も話題になり、貿易の額も話し合われた長い会談であった。",
        ),
        dated("month", "2024-05", "港の貿易。"),
        dated("year", "2024", "港の貿易。"),
        dated("undated", "", "港の貿易。"),
        dated("speaks", "", "2031年の貿易。"),
    ]);
    let hits = shelf.hits("貿易", &newest());
    assert_eq!(
        ids(&hits),
        ["new", "month", "year", "old", "speaks", "undated"]
    );
    assert_eq!((hits.undated, hits.total), (Some(2), 6));
    // Of one day the better one.
    let shelf = Shelf::with(vec![
        dated(
            "long",
            "2024-05-02",
            "鉄道も話題になり、貿易の額も話し合われた長い会談であった。",
        ),
        dated("short", "2024-05-02", "貿易の話。"),
    ]);
    assert_eq!(ids(&shelf.hits("貿易", &newest())), ["short", "long"]);
    assert_eq!(shelf.hits("貿易", &SearchOptions::top(1)).undated, None);
}

#[test]
fn the_newest_have_every_word() {
    let shelf = Shelf::with(vec![
        dated("both", "2001", "港の整備と貿易。"),
        dated("one", "2024", "貿易。"),
    ]);
    assert_eq!(ids(&shelf.hits("港 貿易", &newest())), ["both"]);
    assert_eq!(ids(&shelf.hits("貿易 OR 港", &newest())), ["one", "both"]);
    let hits = shelf.hits("空港 貿易", &newest());
    assert_eq!(ids(&hits), ["one", "both"]);
    assert!(
        hits.complaints[0].starts_with("no passage has every word"),
        "{:?}",
        hits.complaints
    );
    // Without words there is nothing to have.
    assert_eq!(ids(&shelf.hits("", &newest())), ["one", "both"]);
}

#[test]
fn pages_of_the_newest_cover_everything_once() {
    let documents = (0..300).map(|number| {
        dated(
            &format!("d{number}"),
            &format!("{}-01-{:02}", 1990 + number % 7, 1 + number % 28),
            "貿易。",
        )
    });
    let shelf = Shelf::with(documents.collect());
    let mut dates = Vec::new();
    for offset in (0..300).step_by(30) {
        let options = SearchOptions {
            offset,
            limit: 30,
            ..newest()
        };
        let hits = shelf.hits("貿易", &options).hits;
        dates.extend(
            hits.into_iter()
                .map(|hit| (hit.document.date.unwrap(), hit.document.id)),
        );
    }
    assert!(dates.windows(2).all(|pair| pair[0].0 >= pair[1].0));
    dates.sort();
    dates.dedup();
    assert_eq!(dates.len(), 300);
}

#[test]
fn what_is_new_rises_a_little() {
    let shelf = Shelf::with(vec![
        dated("better", "1998", "港の貿易。貿易は増えた。"),
        dated("old", "1999", "港の貿易は昨年よりも増えた。"),
        dated("new", "2024", "港の貿易は昨年よりも増えた。"),
        dated("undated", "", "港の貿易は昨年よりも増えた。"),
    ]);
    let recent = SearchOptions {
        prefer_recent: true,
        ..SearchOptions::top(10)
    };
    let hits = shelf.hits("貿易", &recent);
    let place = |id: &str| ids(&hits).iter().position(|other| other == id);
    assert!(place("new") < place("old") && place("new") < place("undated"));
    let plain = shelf.hits("貿易", &SearchOptions::top(10));
    let score = |hits: &fumikura::Hits, id: &str| {
        hits.hits
            .iter()
            .find(|hit| hit.document.id == id)
            .unwrap()
            .score
    };
    let gain = score(&hits, "new") / score(&plain, "new");
    assert!((1.19..1.21).contains(&gain), "{gain}");
    assert_eq!(score(&hits, "undated"), score(&plain, "undated"));
}
