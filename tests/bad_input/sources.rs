//! Folders and files that cannot be read, or not wholly.

use std::fs;
use std::ops::ControlFlow;

use fumikura::{ErrorKind, Event, Index, WriterOptions};

use crate::common::analyzer;
use crate::program::fumikura;
use crate::{assert_as_before, put, run, shelf};

#[test]
fn a_missing_folder_leaves_everything_as_it_was() {
    let shelf = shelf();
    let hint = "  give a file or folder with texts, or change to the folder it is in";
    run(fumikura(shelf.path()).args(["index", "texts", "nowhere"]))
        .says(2, &["fumikura: nowhere: no such file or folder", hint]);
    assert_as_before(shelf.path());

    run(fumikura(shelf.path()).args(["index", "nowhere", "--index", "new"]))
        .says(2, &["fumikura: nowhere: no such file or folder", hint]);
    assert!(!shelf.path().join("new").is_dir());

    // The default for a new index is `corpus`, which is not everywhere.
    run(fumikura(shelf.path()).args(["index", "--index", "new"]))
        .says(2, &["fumikura: corpus: no such file or folder", hint]);
}

#[test]
fn an_empty_folder_is_told() {
    let shelf = shelf();
    fs::create_dir(shelf.path().join("empty")).unwrap();
    put(&shelf, "hidden/.memo.txt", "本文");
    for folder in ["empty", "hidden"] {
        run(fumikura(shelf.path()).args(["index", folder])).says(
            2,
            &[
                &format!("fumikura: {folder}: no files in this folder"),
                "  give a folder with texts; hidden files, and those that .gitignore and .ignore name, are left out",
                "fumikura: 1 problem, see above; everything else is indexed",
            ],
        );
    }
    assert_as_before(shelf.path());
}

#[test]
fn what_holds_no_text_is_left_out_and_the_rest_is_indexed() {
    let shelf = shelf();
    put(
        &shelf,
        "texts/data.bin",
        [0, 1, 2, 0, 255, 254, 0, 7].repeat(500),
    );
    put(&shelf, "texts/paper.pdf", "%PDF-1.7\n%âãÏÓ\n1 0 obj");
    put(&shelf, "texts/nothing.txt", "");
    put(
        &shelf,
        "texts/more.txt",
        "追加の本文で、カザフスタンの鉄道を扱う。",
    );
    std::os::unix::fs::symlink("nowhere", shelf.path().join("texts/link.txt")).unwrap();
    std::os::unix::fs::symlink(".", shelf.path().join("texts/loop")).unwrap();
    let first = run(fumikura(shelf.path()).args(["index", "texts"]));
    let formats =
        "  plain text, Markdown, HTML and JSON Lines are read; exclude others in a file `.ignore`";
    first.tells(
        2,
        &[
            &format!("fumikura: texts/data.bin: binary data is not read\n{formats}\n"),
            "fumikura: texts/paper.pdf: PDF is not read\n",
            "fumikura: texts/nothing.txt: no text\n  the file is empty, or",
            "fumikura: texts/link.txt: links to nothing\n  remove the link, or name it in a file `.ignore`\n",
            "fumikura: texts/loop: links back to texts, not followed\n",
            "fumikura: 5 problems, see above; everything else is indexed\n",
        ],
    );
    assert!(
        first
            .stdout
            .contains("the index holds 2 passages of 2 documents")
    );
    // A second run says the same: nothing has become better.
    let again = run(fumikura(shelf.path()).args(["index", "texts"]));
    assert_eq!((again.code, again.stderr), (first.code, first.stderr));
    run(fumikura(shelf.path()).args(["search", "鉄道", "-n", "1"])).says(0, &[]);
}

#[test]
fn a_bad_line_of_json_is_told_with_its_place() {
    let shelf = shelf();
    let mut lines: Vec<String> = (1..=9)
        .map(|number| format!(r#"{{"id": "r{number}", "text": "第{number}号の本文である。"}}"#))
        .collect();
    lines[6] = r#"{"id": "r7", "text": 第七号}"#.to_owned();
    put(&shelf, "texts/records.jsonl", lines.join("\n"));
    let messages = [
        "fumikura: texts/records.jsonl:7: not valid JSON: expected value, at byte 22",
        r#"  every line must be one JSON object with a "text", such as {"id": "1", "text": "…"}"#,
        "fumikura: 1 problem, see above; everything else is indexed",
    ];
    let first = run(fumikura(shelf.path()).args(["index", "texts"]));
    first.says(2, &messages);
    assert!(
        first
            .stdout
            .contains("the index holds 9 passages of 9 documents")
    );
    run(fumikura(shelf.path()).args(["show", "r9"])).says(0, &[]);
    // Told as long as it is true, without reading the others into the index once more.
    let again = run(fumikura(shelf.path()).args(["index", "texts"]));
    again.says(2, &messages);
    assert!(
        again
            .stdout
            .starts_with("0 new, 0 changed, 0 renamed, 0 removed, 2 unchanged")
    );
    lines.remove(6);
    put(&shelf, "texts/records.jsonl", lines.join("\n"));
    run(fumikura(shelf.path()).args(["index", "texts"])).says(0, &[]);
}

#[test]
fn what_is_declared_wrongly_is_told_and_the_text_is_indexed() {
    let shelf = shelf();
    put(
        &shelf,
        "texts/broken.md",
        "---\ntitle: [会談\n---\n\n鉄道の会談の本文である。\n",
    );
    put(
        &shelf,
        "texts/odd.md",
        "---\ntitle: 鉄道\nyear: 二千\ncountry: [Atlantis, Kazakhstn]\ntopic: 占星術\n---\n\n鉄道の本文である。\n",
    );
    let indexed = run(fumikura(shelf.path()).args(["index", "texts"]));
    indexed.tells(
        0,
        &[
            "fumikura: texts/broken.md: front matter is not valid YAML: ",
            "fumikura: texts/odd.md: year `二千` is not a year, left out; give a year (2024) or a range (2020..2024)\n",
            "fumikura: texts/odd.md: country `Atlantis` is not known, left out; give a code (VN) or a name (ベトナム, Vietnam)\n",
            "fumikura: texts/odd.md: country `Kazakhstn` is not known, left out; did you mean Kazakhstan (KZ)?\n",
            "fumikura: texts/odd.md: topic `占星術` is not known, left out; ",
        ],
    );
    assert_eq!(indexed.stderr.lines().count(), 5, "{indexed:#?}");
    let found = run(fumikura(shelf.path()).args(["search", "鉄道"]));
    assert!(found.stdout.contains("2 passages match"), "{found:#?}");
}

#[test]
fn two_documents_with_one_id_are_told_and_the_second_gets_its_turn() {
    let shelf = shelf();
    put(
        &shelf,
        "texts/a.jsonl",
        r#"{"id": "x", "text": "一番目の本文である。"}"#,
    );
    put(
        &shelf,
        "texts/b.jsonl",
        r#"{"id": "x", "text": "二番目の本文である。"}"#,
    );
    run(fumikura(shelf.path()).args(["index", "texts"])).says(
        2,
        &[
            "fumikura: texts/b.jsonl: the id `x` is taken by texts/a.jsonl, this document was left out",
            "  give each document an id of its own, or index one common folder",
            "fumikura: 1 problem, see above; everything else is indexed",
        ],
    );
    fs::remove_file(shelf.path().join("texts/a.jsonl")).unwrap();
    run(fumikura(shelf.path()).args(["index", "texts"])).says(0, &[]);
    let shown = run(fumikura(shelf.path()).args(["show", "x"]));
    assert!(shown.stdout.contains("二番目"), "{shown:#?}");
}

#[test]
fn a_file_that_vanishes_midway_is_told_and_the_rest_is_indexed() {
    let shelf = shelf();
    put(&shelf, "texts/brief.txt", "短い知らせの本文である。");
    let index = Index::open(shelf.path().join("index"), analyzer()).unwrap();
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    let vanishing = shelf.path().join("texts/brief.txt");
    put(&shelf, "texts/last.txt", "最後の本文である。");
    let mut told = Vec::new();
    let summary = writer.update(&[shelf.path().join("texts")], |event| {
        match event {
            Event::Listed { .. } => fs::remove_file(&vanishing).unwrap(),
            Event::Problem(error) => told.push((error.kind(), error.to_string())),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    assert_eq!(
        told,
        [(
            ErrorKind::NotFound,
            format!("{}: cannot open", vanishing.display())
        )]
    );
    let summary = summary.unwrap();
    assert_eq!(
        (summary.new, summary.problems, summary.unchanged),
        (1, 1, 1)
    );
    assert_eq!(index.searcher().unwrap().status().unwrap().documents, 2);
}

#[test]
fn a_folder_without_permission_is_told_and_its_files_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = shelf();
    put(&shelf, "texts/closed/inner.txt", "閉じた部屋の本文である。");
    let closed = shelf.path().join("texts/closed");
    run(fumikura(shelf.path()).args(["index", "texts"])).says(0, &[]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(&closed).is_ok();
    let indexed = run(fumikura(shelf.path()).args(["index", "texts"]));
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    if is_root {
        return; // Nothing is closed to root.
    }
    indexed.says(
        2,
        &[
            "fumikura: texts/closed: cannot be read: Permission denied",
            "  check its permissions",
            "fumikura: 1 problem, see above; everything else is indexed",
        ],
    );
}
