//! New, changed, renamed and vanished sources; records of JSON Lines; roots that are remembered.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use fumikura::{Analyzer, ErrorKind, Event, Index};

use crate::program::{copy, fumikura};
use crate::{Shelf, age, counts, export, find, options, run};

const RAIL: &str = "鉄道の会談\n\n両国は鉄道の建設について話し合った。\n";
const OIL: &str = "石油の会談\n\n両国は石油の輸出について話し合った。\n";

#[test]
fn a_renamed_file_keeps_its_passages() {
    let shelf = Shelf::new(&[("a/rail.txt", RAIL), ("oil.txt", OIL)]);
    assert_eq!(counts(&shelf.update()), [2, 0, 0, 0, 0]);
    assert_eq!(shelf.find("鉄道"), ["a/rail.txt:3 a/rail.txt"]);

    fs::rename(shelf.path("texts/a"), shelf.path("texts/b")).unwrap();
    let summary = shelf.update();
    assert_eq!((counts(&summary), summary.documents), ([0, 0, 1, 0, 1], 0));
    assert_eq!(shelf.find("鉄道"), ["b/rail.txt:3 b/rail.txt"]);
    let searcher = shelf.index().searcher().unwrap();
    assert!(searcher.show("b/rail.txt", "en").is_ok());
    assert!(searcher.show("b/rail.txt#0", "en").is_ok());
    let error = searcher.show("a/rail.txt", "en").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    shelf.index().verify().unwrap();
    assert_eq!(counts(&shelf.update()), [0, 0, 0, 0, 2]);

    // Its first name is taken by another: both are found.
    shelf.put("a/rail.txt", OIL.replace("石油", "鉄道の石油"));
    assert_eq!(counts(&shelf.update()), [1, 0, 0, 0, 2]);
    let both = ["a/rail.txt:3 a/rail.txt", "b/rail.txt:3 b/rail.txt"];
    assert_eq!(shelf.find("鉄道"), both);
    shelf.index().verify().unwrap();

    // Changed, renamed back and removed.
    fs::remove_dir_all(shelf.path("texts/a")).unwrap();
    fs::rename(shelf.path("texts/b"), shelf.path("texts/a")).unwrap();
    assert_eq!(counts(&shelf.update()), [0, 1, 0, 1, 1]);
    fs::rename(shelf.path("texts/a"), shelf.path("texts/c")).unwrap();
    assert_eq!(counts(&shelf.update()), [0, 0, 1, 0, 1]);
    shelf.put("c/rail.txt", RAIL.replace("建設", "延長"));
    assert_eq!(counts(&shelf.update()), [0, 1, 0, 0, 1]);
    assert_eq!(shelf.find("延長"), ["c/rail.txt:3 c/rail.txt"]);
    assert_eq!(shelf.find("建設"), [""; 0]);
    fs::remove_dir_all(shelf.path("texts/c")).unwrap();
    assert_eq!(counts(&shelf.update()), [0, 0, 0, 1, 1]);
    assert_eq!(shelf.find("鉄道"), [""; 0]);
    shelf.index().verify().unwrap();
}

#[test]
fn a_title_that_is_the_name_changes_with_it() {
    let shelf = Shelf::new(&[("鉄道.txt", "両国は会談した。\n\nそして港湾を見た。\n")]);
    shelf.update();
    assert_eq!(shelf.find("title:鉄道").len(), 1);
    fs::rename(shelf.path("texts/鉄道.txt"), shelf.path("texts/石油.txt")).unwrap();
    assert_eq!(counts(&shelf.update()), [0, 0, 1, 0, 0]);
    assert_eq!(shelf.find("title:鉄道").len(), 0);
    assert_eq!(shelf.find("title:石油").len(), 1);
}

#[test]
fn a_renamed_root_is_no_other_corpus() {
    let shelf = Shelf::new(&[("rail.txt", RAIL)]);
    shelf.update();
    fs::rename(shelf.path("texts"), shelf.path("new-texts")).unwrap();
    let roots = [shelf.path("new-texts")];
    assert_eq!(counts(&shelf.update_of(&roots)), [0, 0, 1, 0, 0]);
    assert_eq!(shelf.index().roots(), roots);
    assert_eq!(shelf.find("鉄道"), ["rail.txt:3 rail.txt"]);
}

#[test]
fn two_corpora_do_not_remove_each_other() {
    let shelf = Shelf::new(&[("rail.txt", RAIL)]);
    shelf.update();
    let other = shelf.path("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("oil.txt"), OIL).unwrap();
    assert_eq!(
        counts(&shelf.update_of(std::slice::from_ref(&other))),
        [1, 0, 0, 0, 0]
    );
    assert_eq!(counts(&shelf.update()), [0, 0, 0, 0, 1]);
    assert_eq!((shelf.find("鉄道").len(), shelf.find("石油").len()), (1, 1));
    // Both are remembered, and a disk that is not there now is no reason to forget what was on it.
    assert_eq!(shelf.index().roots().len(), 2);
    fs::rename(&other, shelf.path("unmounted")).unwrap();
    assert_eq!(counts(&shelf.update()), [0, 0, 0, 0, 1]);
    assert_eq!(shelf.find("石油").len(), 1);
}

fn record(id: &str, text: &str) -> String {
    format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n")
}

#[test]
fn records_are_compared_one_by_one() {
    let shelf = Shelf::new(&[]);
    let mut records: Vec<String> = (0..50)
        .map(|number| record(&format!("r{number}"), "両国は会談した。"))
        .collect();
    shelf.put("r.jsonl", records.concat());
    assert_eq!(shelf.update().documents, 50);

    records[7] = record("r7", "石油を輸出した。");
    records.remove(9);
    records.push(record("r50", "鉄道を建設した。"));
    shelf.put("r.jsonl", records.concat());
    let summary = shelf.update();
    assert_eq!(counts(&summary), [0, 1, 0, 0, 0]);
    assert_eq!((summary.documents, summary.kept_documents), (2, 48));
    assert_eq!(shelf.find("石油"), ["r.jsonl:8 r7"]);
    assert_eq!(shelf.find("鉄道"), ["r.jsonl:50 r50"]);
    let searcher = shelf.index().searcher().unwrap();
    assert!(searcher.show("r9", "en").is_err());
    assert_eq!(searcher.status().unwrap().documents, 50);
    shelf.index().verify().unwrap();
    // The others stand one line higher now, or two lower.
    let line = |id: &str| {
        shelf
            .index()
            .searcher()
            .unwrap()
            .show(id, "en")
            .unwrap()
            .passages[0]
            .passage
            .line
    };
    assert_eq!((line("r8"), line("r10"), line("r49")), (9, 10, 49));
    shelf.put("r.jsonl", format!("\n\n\n{}", records.concat()));
    assert_eq!(shelf.update().documents, 0);
    assert_eq!((line("r8"), line("r10"), line("r49")), (12, 13, 52));
    shelf.put("r.jsonl", records.concat());
    shelf.update();
    assert_eq!((line("r8"), line("r10"), line("r50")), (9, 10, 50));

    // A record that moved to another file is there once.
    let moved = records.remove(0);
    shelf.put("r.jsonl", records.concat());
    shelf.put("s.jsonl", &moved);
    assert_eq!(shelf.update().problems, 0);
    assert_eq!(
        shelf
            .index()
            .searcher()
            .unwrap()
            .status()
            .unwrap()
            .documents,
        50
    );
    assert!(shelf.index().searcher().unwrap().show("r0", "en").is_ok());
    shelf.index().verify().unwrap();
}

#[test]
fn any_sequence_of_updates_ends_where_a_fresh_build_does() {
    let shelf = Shelf::new(&[]);
    let mut random = 7_u64;
    let mut next = |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (random >> 33) % below
    };
    for round in 0..12 {
        for _ in 0..4 {
            let name = format!("texts/{}/{}.txt", next(3), next(6));
            let path = shelf.path(&name);
            match next(4) {
                0 if path.is_file() => fs::remove_file(&path).unwrap(),
                1 if path.is_file() => {
                    let other = shelf.path(&format!("texts/{}/{}.txt", next(3), next(6)));
                    fs::create_dir_all(other.parent().unwrap()).unwrap();
                    fs::rename(&path, other).unwrap();
                }
                _ => {
                    let number = next(4);
                    let text =
                        format!("第{number}号の記録\n\n{number}番目の会談で鉄道を論じた。\n");
                    shelf.put(name.strip_prefix("texts/").unwrap(), text);
                }
            }
        }
        fs::create_dir_all(shelf.path("texts")).unwrap();
        shelf.update();
        shelf.index().verify().unwrap();
        let fresh = Index::in_memory(Analyzer::grams_only());
        let mut writer = fresh.writer(&options()).unwrap();
        writer
            .update(&[shelf.path("texts")], |_| ControlFlow::Continue(()))
            .unwrap();
        assert_eq!(export(&shelf.index()), export(&fresh), "round {round}");
        for query in ["鉄道", "第1号", "会談 -2番目"] {
            assert_eq!(
                shelf.find(query),
                find(&fresh, query),
                "round {round}: {query}"
            );
        }
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_told_and_read_again() {
    let shelf = Shelf::new(&[("rail.txt", RAIL)]);
    let path = shelf.path("texts/rail.txt");
    let mut told = Vec::new();
    let mut writer = shelf.index().writer(&options()).unwrap();
    let summary = writer
        .update(&[shelf.path("texts")], |event| {
            match event {
                Event::Listed { .. } => fs::write(&path, RAIL.repeat(2)).unwrap(),
                Event::Problem(error) => told.push(error.to_string()),
                _ => {}
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(summary.problems, 1);
    assert_eq!(
        told,
        [format!(
            "{}: it was changed while it was read",
            path.display()
        )]
    );
    drop(writer);
    shelf.update();
    assert_eq!(shelf.update().problems, 0);
}

#[test]
fn a_change_that_keeps_size_and_time_is_seen_in_a_fresh_file() {
    let shelf = Shelf::new(&[]);
    let path = shelf.path("texts/a.txt");
    shelf.put("a.txt", RAIL);
    let now = std::time::SystemTime::now();
    let set = |text: &str| {
        fs::write(&path, text).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(now).unwrap();
    };
    set(RAIL);
    shelf.update();
    set(&RAIL.replace("鉄道", "石油"));
    assert_eq!(counts(&shelf.update()), [0, 1, 0, 0, 0]);
    assert_eq!(shelf.find("石油").len(), 1);
}

#[test]
fn a_first_build_that_is_stopped_goes_on_where_it_was() {
    let shelf = Shelf::new(&[]);
    for number in 0..20 {
        shelf.put(
            &format!("{number:02}.txt"),
            format!("{number}番目の会談で鉄道を論じた。"),
        );
    }
    let mut documents_read = 0;
    let mut writer = shelf.index().writer(&options()).unwrap();
    let stopped = writer.update(&[shelf.path("texts")], |event| {
        if let Event::Read { documents, .. } = event {
            documents_read = documents;
        }
        match documents_read >= 8 {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    });
    drop(writer);
    let error = stopped.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert!(error.to_string().contains("sources are indexed"), "{error}");
    let status = shelf.index().searcher().unwrap().status().unwrap();
    assert!(
        status.unfinished && (7..=9).contains(&status.documents),
        "{status:?}"
    );
    shelf.index().verify().unwrap();

    let summary = shelf.update();
    assert_eq!(summary.new + status.documents, 20);
    let status = shelf.index().searcher().unwrap().status().unwrap();
    assert!(!status.unfinished && status.documents == 20, "{status:?}");
    shelf.index().verify().unwrap();
}

#[test]
fn what_is_committed_in_code_leaves_the_sources_known() {
    let shelf = Shelf::new(&[("rail.txt", RAIL)]);
    shelf.update();
    let mut writer = shelf.index().writer(&options()).unwrap();
    writer
        .add(fumikura::Document::new("memo", "", "石油"))
        .unwrap();
    writer.commit().unwrap();
    drop(writer);
    assert_eq!(counts(&shelf.update()), [0, 0, 0, 0, 1]);
    assert_eq!(shelf.find("石油").len(), 1);
    shelf.index().verify().unwrap();
}

#[test]
fn the_program_says_what_it_would_do_and_what_it_did() {
    let shelf = Shelf::new(&[
        ("rail.txt", RAIL),
        ("oil.txt", OIL),
        ("port.txt", "港湾の本文。"),
    ]);
    fs::remove_dir_all(shelf.path("index")).unwrap();
    let index = |more: &[&str]| run(fumikura(shelf.folder.path()).arg("index").args(more));
    let (_, said, _) = index(&["texts", "--dry-run"]);
    assert!(
        said.ends_with("would be 3 new, 0 changed, 0 renamed, 0 removed, 0 unchanged\n"),
        "{said}"
    );
    assert!(!shelf.path("index").is_dir());
    index(&["texts"]);

    fs::rename(shelf.path("texts/rail.txt"), shelf.path("texts/train.txt")).unwrap();
    fs::remove_file(shelf.path("texts/port.txt")).unwrap();
    shelf.put("oil.txt", OIL.replace("輸出", "輸入"));
    shelf.put("new.txt", "新しい本文。");
    let expected = "1 new, 1 changed, 1 renamed, 1 removed, 0 unchanged";
    let (code, said, _) = index(&["--dry-run"]);
    let lines = "new      texts/new.txt\nchanged  texts/oil.txt\nrenamed  rail.txt to texts/train.txt\nremoved  port.txt\n";
    assert_eq!((code, said), (0, format!("{lines}would be {expected}\n")));
    // The folder was given once.
    let (code, said, _) = index(&[]);
    assert!(code == 0 && said.starts_with(expected), "{said}");
    // From elsewhere, too.
    let elsewhere = shelf.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let folder = shelf.path("index");
    let (code, said, _) = run(fumikura(&elsewhere).args(["index", "--index"]).arg(folder));
    assert!(
        code == 0 && said.starts_with("0 new, 0 changed, 0 renamed, 0 removed, 3"),
        "{said}"
    );
    age(&shelf.path("texts/new.txt"));
}

#[test]
fn an_export_is_a_source_of_an_equal_index() {
    export_and_compare(&crate::common::repository("corpus"));
}

#[test]
fn what_corrections_took_away_does_not_come_back_with_an_export() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    copy(&crate::common::repository("corpus"), &corpus);
    let rules = r#"
        [[rule]]
        path = "**"
        remove = { country = ["KZ", "JP"], topic = "経済", year = 2024 }
        [[rule]]
        path = "*.md"
        set = { year = 1999 }
        add = { country = "VN" }
    "#;
    fs::write(corpus.join("facets.toml"), rules).unwrap();
    export_and_compare(&corpus);
}

/// An index of what an index exports answers as that does.
#[track_caller]
fn export_and_compare(corpus: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let build = |name: &str, root: &Path| {
        let index = Index::create(folder.path().join(name), Analyzer::grams_only()).unwrap();
        let mut writer = index.writer(&options()).unwrap();
        let summary = writer
            .update(&[root], |_| ControlFlow::Continue(()))
            .unwrap();
        assert_eq!(summary.problems, 0);
        index
    };
    let one = build("one", corpus);
    let exported = folder.path().join("all.jsonl");
    one.export(fs::File::create(&exported).unwrap()).unwrap();
    let other = build("other", &exported);
    assert_eq!(export(&one), export(&other));
    let questions =
        fs::read_to_string(crate::common::repository("tests/data/corpus-questions.tsv"));
    let questions = questions.unwrap();
    let mut asked = 0;
    for question in questions.lines().filter(|line| !line.starts_with('#')) {
        let query = fumikura::Query::parse(question.split('\t').next().unwrap()).query;
        let answer = |index: &Index| {
            let options = fumikura::SearchOptions::top(20);
            let mut hits = index.searcher().unwrap().search(&query, &options).unwrap();
            hits.took_ms = 0.0;
            hits
        };
        assert_eq!(answer(&one), answer(&other), "{question}");
        asked += 1;
    }
    assert!(asked >= 100, "{asked} questions");
}
