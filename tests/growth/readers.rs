//! Many readers beside a writer, in this process and in others.

use std::fs;
use std::ops::ControlFlow;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fumikura::{Analyzer, Document, Index};

use crate::program::fumikura;
use crate::{Shelf, counts, find, options, run};

#[test]
fn readers_see_whole_commits_and_the_newest_after_each() {
    let shelf = Shelf::new(&[]);
    let index = shelf.index();
    let (done, committed) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            // Each as another process would open it.
            let index = shelf.index();
            let (done, committed) = (&done, &committed);
            scope.spawn(move || {
                while !done.load(Ordering::SeqCst) {
                    let before = committed.load(Ordering::SeqCst);
                    let found = find(&index, "会談").len();
                    // Two documents a commit, never one.
                    assert!(
                        found.is_multiple_of(2) && found / 2 >= before,
                        "{found}, {before}"
                    );
                }
            });
        }
        let mut writer = index.writer(&options()).unwrap();
        for round in 0..30 {
            for part in 0..2 {
                let id = format!("{round}-{part}");
                writer
                    .add(Document::new(id, "", "両国は会談した。"))
                    .unwrap();
            }
            writer.commit().unwrap();
            committed.store(round + 1, Ordering::SeqCst);
        }
        done.store(true, Ordering::SeqCst);
    });
}

#[test]
fn an_open_index_follows_a_rebuild_by_another() {
    let shelf = Shelf::new(&[("a.txt", "鉄道の本文。")]);
    shelf.update();
    let index = shelf.index();
    let old = index.searcher().unwrap();
    for round in 0..3 {
        shelf.put("b.txt", format!("石油の本文、{round}。"));
        let next = Index::create_next(shelf.path("index"), Analyzer::grams_only()).unwrap();
        let mut writer = next.writer(&options()).unwrap();
        writer
            .update(&[shelf.path("texts")], |_| ControlFlow::Continue(()))
            .unwrap();
        // Until it is published, everybody answers from the old one.
        assert_eq!(find(&index, "石油").len(), usize::from(round > 0));
        drop(writer);
        next.publish().unwrap();
        assert_eq!(find(&index, "石油").len(), 1);
    }
    // A snapshot stays as it was, though its files have no names any more.
    let query = fumikura::Query::parse("本文").query;
    let hits = old
        .search(&query, &fumikura::SearchOptions::top(9))
        .unwrap();
    assert_eq!(hits.total, 1);
}

#[test]
fn searches_never_fail_while_indexes_are_rebuilt_and_updated() {
    let shelf = Shelf::new(&[("a.txt", "鉄道の本文。")]);
    shelf.update();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    assert_eq!(find(&shelf.index(), "鉄道").len(), 1);
                }
            });
        }
        for round in 0..15 {
            shelf.put("b.txt", format!("石油の本文、{round}。"));
            if round % 2 == 0 {
                shelf.update();
                continue;
            }
            let next = Index::create_next(shelf.path("index"), Analyzer::grams_only()).unwrap();
            let mut writer = next.writer(&options()).unwrap();
            writer
                .update(&[shelf.path("texts")], |_| ControlFlow::Continue(()))
                .unwrap();
            drop(writer);
            next.publish().unwrap();
        }
        done.store(true, Ordering::SeqCst);
    });
}

#[test]
fn many_small_updates_leave_few_segments_and_little_waste() {
    let shelf = Shelf::new(&[]);
    let index = shelf.index();
    let mut writer = index.writer(&options()).unwrap();
    for round in 0..150 {
        let text = format!("第{round}回の会談で両国は鉄道の建設を論じた。");
        writer
            .add(Document::new(format!("d{}", round % 40), "", text))
            .unwrap();
        writer.commit().unwrap();
    }
    writer.close().unwrap();
    let status = index.searcher().unwrap().status().unwrap();
    assert_eq!(status.documents, 40);
    assert!(status.segments <= 12, "{} segments", status.segments);

    let mut writer = index.writer(&options()).unwrap();
    writer.optimize().unwrap();
    writer.close().unwrap();
    let compact = index.searcher().unwrap().status().unwrap();
    assert_eq!((compact.segments, compact.documents), (1, 40));
    assert!(compact.bytes < status.bytes);
    index.verify().unwrap();
}

#[test]
fn a_watched_folder_is_followed_until_it_is_stopped() {
    let shelf = Shelf::new(&[("a.txt", "鉄道の本文。")]);
    fs::remove_dir_all(shelf.path("index")).unwrap();
    let mut command = fumikura(shelf.folder.path());
    let child = command
        .args(["index", "texts", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let is_found = |word: &str| {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            let mut command = fumikura(shelf.folder.path());
            if command
                .args(["search", word])
                .output()
                .unwrap()
                .status
                .code()
                == Some(0)
            {
                return true;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        false
    };
    let first = is_found("鉄道");
    shelf.put("deep/er/b.txt", "石油の本文。");
    let second = is_found("石油");
    let signal = ["-TERM", &child.id().to_string()].map(str::to_owned);
    std::process::Command::new("kill")
        .args(signal)
        .status()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(first && second, "{said}");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.ends_with("fumikura: stopped; the index is up to date\n"),
        "{said}"
    );
    let (_, said, _) = run(fumikura(shelf.folder.path()).args(["index", "--dry-run"]));
    assert!(said.ends_with("2 unchanged\n"), "{said}");
    assert_eq!(counts(&Default::default()), [0; 5]);
}
