//! What files and their authors call themselves: control characters, names that are no text, long ones.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use crate::program::fumikura;
use crate::{put, run, shelf};

/// Characters with which a text could take over a terminal.
const HARMFUL: [char; 6] = ['\u{1b}', '\u{7}', '\u{8}', '\u{7f}', '\u{9b}', '\u{202e}'];

#[test]
fn nothing_a_terminal_obeys_reaches_it() {
    let shelf = shelf();
    // A text of nothing but such characters would count as binary.
    let text = "鉄道の会談について書かれた長い本文である。".repeat(12);
    let evil = "\u{1b}[31m\u{7}\u{8}\u{7f}\u{9b}1m\u{202e}\u{1b}]0;x\u{7}";
    put(
        &shelf,
        "texts/front.md",
        format!(
            "---\ntitle: \"題\\e[31m\\a\"\nurl: \"http://x/\\e[1m\"\nnote: \"\\e[1m\"\ncountry: \"\\e[1m\"\n---\n\n# 見出し{evil}\n\n鉄道{evil}の本文。{text}\n"
        ),
    );
    put(
        &shelf,
        "texts/bare.txt",
        format!("題{evil}\n\n鉄道{evil}の本文である。{text}"),
    );
    put(&shelf, "texts/\u{1b}[31m.txt", "鉄道の本文である。");
    put(
        &shelf,
        "texts/\u{1b}[32m.jsonl",
        "{\"text\": 鉄道}\n{\"id\": \"\\u001b[1m\\u009b\", \"text\": \"鉄道\\u001b[1m\\u202e\"}",
    );
    let mut runs = vec![run(fumikura(shelf.path()).args(["index", "texts"]))];
    for arguments in [
        &["search", "鉄道"][..],
        &["search", "鉄道", "--json"],
        &["facets", "鉄道"],
        &["show", "front.md"],
        &["show", "front.md", "--json"],
        &["show", "bare.txt"],
        &["show", "\u{1b}[1m"],
        &["search", "x", "--country", "\u{1b}[1m"],
        &["search", "x", "--index", "\u{1b}[1m"],
        &["search", "title:\u{1b}[1m country:\u{1b}[2m"],
        &["index", "\u{1b}[1m"],
        &["analyze", evil],
        &["status"],
        &["\u{1b}[1m"],
    ] {
        runs.push(run(fumikura(shelf.path()).args(arguments)));
    }
    let found = &runs[1].stdout;
    assert!(found.contains("4 passages match"), "{found}");
    for ran in runs {
        for text in [&ran.stdout, &ran.stderr] {
            assert!(!text.contains(HARMFUL), "{ran:#?}");
        }
    }
}

#[test]
fn names_that_are_no_utf8_are_indexed_and_shown() {
    let shelf = shelf();
    let folder = shelf.path().join(OsStr::from_bytes(b"fold\xff"));
    if fs::create_dir(&folder).is_err() {
        return; // This file system has no such names.
    }
    fs::write(
        folder.join(OsStr::from_bytes(b"rail\xfe.txt")),
        "鉄道の本文である。",
    )
    .unwrap();
    let mut command = fumikura(shelf.path());
    run(command
        .arg("index")
        .arg(&folder)
        .arg("--index")
        .arg(OsStr::from_bytes(b"ix\xff")))
    .says(0, &[]);
    let mut command = fumikura(shelf.path());
    let found = run(command
        .args(["search", "鉄道", "--index"])
        .arg(OsStr::from_bytes(b"ix\xff")));
    found.says(0, &[]);
    assert!(
        found.stdout.contains("fold\u{fffd}/rail\u{fffd}.txt:1"),
        "{found:#?}"
    );
    let mut command = fumikura(shelf.path());
    let queried = run(command.arg("search").arg(OsStr::from_bytes(b"\xff")));
    assert_eq!(queried.code, Some(2));
}

#[test]
fn long_paths_of_many_bytes_are_indexed_and_shown() {
    let shelf = shelf();
    let name = "外交文書".repeat(20);
    let path = format!("texts/{name}/{name}/{name}/{name}/{name}/{name}.txt");
    put(&shelf, &path, "鉄道の本文である。");
    run(fumikura(shelf.path()).args(["index", "texts"])).says(0, &[]);
    let found = run(fumikura(shelf.path()).args(["search", "鉄道"]));
    found.says(0, &[]);
    assert!(found.stdout.contains(&format!("{path}:1")), "{found:#?}");
    let id = path.strip_prefix("texts/").unwrap();
    run(fumikura(shelf.path()).args(["show", id])).says(0, &[]);
    // And away again.
    fs::remove_dir_all(shelf.path().join("texts").join(&name)).unwrap();
    let removed = run(fumikura(shelf.path()).args(["index", "texts"]));
    assert!(
        removed
            .stdout
            .starts_with("0 new, 0 changed, 0 renamed, 1 removed"),
        "{removed:#?}"
    );
}
