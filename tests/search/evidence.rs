//! Why a passage has its values, what a document is about, and which values stand together.

use fumikura::facet::{Part, Provenance};
use fumikura::hit::{MainValue, ShownValue};
use fumikura::query::Facet;
use fumikura::{
    Block, BlockKind, CrossTable, Document, FacetFilter, FacetValue, Query, SearchOptions,
};

use super::Shelf;

/// A document of headings (those that begin with `#`) and paragraphs.
fn document(id: &str, title: &str, parts: &[&str]) -> Document {
    let mut document = Document::new(id, title, "");
    for part in parts {
        let (kind, text) = match part.strip_prefix('#') {
            Some(heading) => (BlockKind::Heading(1), heading),
            None => (BlockKind::Paragraph, *part),
        };
        let start = document.text.len();
        document.text.push_str(text);
        let range = start..document.text.len();
        document.blocks.push(Block { kind, range });
        document.text.push_str("\n\n");
    }
    document
}

fn name(value: &FacetValue) -> String {
    match value {
        FacetValue::Year(year) => year.to_string(),
        FacetValue::Name(name) => name.clone(),
    }
}

fn names(values: &[ShownValue]) -> Vec<String> {
    values.iter().map(|value| name(&value.value)).collect()
}

fn main_names(values: &[MainValue]) -> Vec<String> {
    values.iter().map(|main| name(&main.value)).collect()
}

#[test]
fn each_value_says_where_it_comes_from() {
    let mut talks = document(
        "talks",
        "会談の記録",
        &[
            "#モンゴルとの会談",
            "1992年、ベトナムの外相が訪れた。ベトナムは協定を望んだ。",
        ],
    );
    talks.metadata.country = vec!["KZ".to_owned(), "VN".to_owned()];
    let shelf = Shelf::with(vec![talks]);
    let shown = shelf.searcher.show("talks#0", "ja").unwrap();
    let facets = &shown.passages[0].facets;
    let countries: Vec<_> = facets
        .countries
        .iter()
        .map(|value| {
            let words = value.evidence.as_ref().map(|e| (e.part, e.words.as_str()));
            (value.label.as_str(), value.provenance, value.count, words)
        })
        .collect();
    assert_eq!(
        countries,
        [
            ("カザフスタン", Provenance::Declared, 0, None),
            (
                "ベトナム",
                Provenance::Declared,
                2,
                Some((Part::Text, "ベトナム"))
            ),
            (
                "モンゴル",
                Provenance::Found,
                1,
                Some((Part::Heading, "モンゴル"))
            ),
        ]
    );
    let passage = &shown.passages[0].passage;
    let year = facets.years[0].evidence.as_ref().unwrap();
    assert_eq!(&passage.text[year.range.clone()], "1992年");
    assert_eq!(passage.countries, ["KZ", "VN", "MN"]);
    assert!(!passage.years_from_date);
}

#[test]
fn a_passage_without_a_year_has_that_of_its_documents_date() {
    let mut dated = document(
        "dated",
        "会談",
        &["#一", "両国の外相が会談した。", "#二", "1992年に署名した。"],
    );
    for (date, years) in [
        ("2024-05-01", ["2024", "1992"]),
        ("令和6年5月1日", ["2024", "1992"]),
    ] {
        dated.metadata.date = Some(date.to_owned());
        let shelf = Shelf::with(vec![dated.clone()]);
        let shown = shelf.searcher.show("dated", "en").unwrap();
        for (passage, year) in shown.passages.iter().zip(years) {
            let is_date = year == "2024";
            assert_eq!(names(&passage.facets.years), [year]);
            assert_eq!(passage.passage.years_from_date, is_date);
            let provenance = passage.facets.years[0].provenance;
            assert_eq!(provenance == Provenance::DocumentDate, is_date);
        }
        assert_eq!(main_names(&shown.main.years), ["1992"]);
        let year = FacetFilter::Year("2024".parse().unwrap());
        let options = SearchOptions {
            filters: vec![year],
            ..SearchOptions::top(10)
        };
        assert_eq!(shelf.hits("", &options).total, 1);
    }
    dated.metadata.year = vec!["2020".to_owned()];
    let shelf = Shelf::with(vec![dated]);
    let shown = shelf.searcher.show("dated", "en").unwrap();
    assert_eq!(names(&shown.passages[0].facets.years), ["2020"]);
}

#[test]
fn a_document_is_about_what_its_title_names_and_its_text_speaks_of_most() {
    let sections = [
        "#歴史",
        "この国はフランスに支配され、日本軍も進駐した。フランスは1954年に退いた。",
        "#経済",
        "米は主な輸出品で、日本への輸出が多い。日本の企業も増えた。",
    ];
    let shelf = Shelf::with(vec![
        document("profile", "ベトナム案内", &sections),
        document("untitled", "案内", &sections),
    ]);
    let profile = shelf.searcher.show("profile", "en").unwrap().main;
    assert_eq!(main_names(&profile.countries), ["VN", "JP", "FR"]);
    assert_eq!(profile.countries[0].label, "Vietnam");
    let sum: f32 = profile.countries.iter().map(|main| main.share).sum();
    assert!(
        (0.99..=1.01).contains(&sum) && profile.countries[0].share > 0.5,
        "{profile:?}"
    );
    // A passage does not speak of what only the title names.
    let passage = &shelf.searcher.show("profile#1", "en").unwrap().passages[0];
    assert_eq!(names(&passage.facets.countries), ["JP"]);
    let untitled = shelf.searcher.show("untitled", "en").unwrap().main;
    assert_eq!(main_names(&untitled.countries), ["JP", "FR"]);
    // A heading counts once, however many passages stand below it.
    let long = "使節は山を越え、港に着いた。".repeat(60);
    let heading = [
        "#モンゴルへの道",
        &long,
        "途中でロシアを通り、ロシアの町で休み、ロシアの船に乗り、ロシアの港で降りた。",
    ];
    let shelf = Shelf::with(vec![document("road", "旅", &heading)]);
    let road = shelf.searcher.show("road", "en").unwrap();
    assert!(road.passages.len() > 2);
    assert_eq!(main_names(&road.main.countries), ["RU", "MN"]);
}

#[test]
fn declared_values_come_first() {
    let mut letter = document("letter", "手紙", &["日本と日本の友人へ。"]);
    letter.metadata.country = vec!["VN".to_owned()];
    let main = Shelf::with(vec![letter])
        .searcher
        .show("letter", "en")
        .unwrap()
        .main;
    assert_eq!(main_names(&main.countries), ["VN", "JP"]);
    assert_eq!(main.countries[0].provenance, Provenance::Declared);
    assert_eq!(main.countries[1].share, 1.0);
}

fn cross(shelf: &Shelf, query: &str, by: [Facet; 2], filters: &[FacetFilter]) -> CrossTable {
    let options = SearchOptions {
        filters: filters.to_vec(),
        ..SearchOptions::default()
    };
    let query = Query::parse(query).query;
    let (table, complaints) = shelf.searcher.cross(&query, by, &options).unwrap();
    assert_eq!(complaints, Vec::<String>::new());
    table
}

fn cells(table: &CrossTable) -> Vec<String> {
    let cell = |cell: &fumikura::hit::Cell| {
        format!("{} {} {}", name(&cell.row), name(&cell.column), cell.count)
    };
    table.cells.iter().map(cell).collect()
}

#[test]
fn values_are_counted_in_pairs() {
    let mut declared = document("d", "", &["ロシアの港の記録。"]);
    declared.metadata.country = vec!["JP".to_owned()];
    let shelf = Shelf::with(vec![
        document("a", "", &["1992年、日本と韓国の記録。"]),
        document("b", "", &["2000年、日本と韓国とタイの記録。"]),
        document("c", "", &["2000年のタイの手紙。"]),
        declared,
    ]);
    let pairs = cross(&shelf, "", [Facet::Country, Facet::Country], &[]);
    // What is only declared is not named in the passage.
    assert_eq!(cells(&pairs), ["JP KR 2", "JP TH 1", "KR TH 1"]);
    assert_eq!(pairs.total, 4);
    let years = cross(&shelf, "", [Facet::Country, Facet::Year], &[]);
    let expected = [
        "TH 2000 2",
        "JP 1992 1",
        "JP 2000 1",
        "KR 1992 1",
        "KR 2000 1",
    ];
    assert_eq!(cells(&years), expected);
    assert_eq!(years.by, ["country", "year"]);
    let thailand = [FacetFilter::Country("タイ".to_owned())];
    let narrowed = cross(&shelf, "記録", [Facet::Year, Facet::Country], &thailand);
    assert_eq!(cells(&narrowed), ["2000 TH 1"]);
    assert_eq!(narrowed.total, 1);
    let pairs = cross(&shelf, "", [Facet::Country, Facet::Country], &thailand);
    assert_eq!(cells(&pairs), ["JP KR 1", "JP TH 1", "KR TH 1"]);
    let with_query = cross(&shelf, "country:JP", [Facet::Country, Facet::Year], &[]);
    assert_eq!(with_query.total, 3);
}
