//! A byte altered, a file cut or missing, for each kind of file of an index.

use std::fs;
use std::path::{Path, PathBuf};

use fumikura::Index;

use crate::common::analyzer;
use crate::program::{copy, fumikura};
use crate::{Shelf, run};

/// An index with every kind of file: passages were removed, and a source renamed.
fn shelf() -> Shelf {
    let shelf = Shelf::new(&[
        ("a.txt", "鉄道の会談\n\n鉄道の本文。"),
        ("b.txt", "石油の会談\n\n石油の本文。"),
    ]);
    let records: Vec<String> = (0..20)
        .map(|number| format!("{{\"id\": \"{number}\", \"text\": \"空港、{number}\"}}\n"))
        .collect();
    let port = "{\"id\": \"port\", \"text\": \"港湾、1992年\"}\n";
    shelf.put("c.jsonl", format!("{port}{}", records.concat()));
    fs::remove_dir_all(shelf.path("index")).unwrap();
    run(fumikura(shelf.folder.path()).args(["index", "texts"]));
    fs::rename(shelf.path("texts/a.txt"), shelf.path("texts/z.txt")).unwrap();
    shelf.put("c.jsonl", format!("{port}{}", records[1..].concat()));
    run(fumikura(shelf.folder.path()).arg("index"));
    shelf
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| !path.to_string_lossy().ends_with(".lock"))
        .collect();
    files.sort();
    files
}

#[test]
fn whatever_is_altered_is_told_and_repaired_by_the_next_run() {
    let shelf = shelf();
    let whole = shelf.path("whole");
    copy(&shelf.path("index"), &whole);
    let restore = || {
        fs::remove_dir_all(shelf.path("index")).unwrap();
        copy(&whole, &shelf.path("index"));
    };
    let mut kinds = std::collections::BTreeSet::new();
    for file in files(&shelf.path("index")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let kind = match name.rsplit_once('.') {
            Some((stem, end)) if stem.len() >= 32 => end.to_owned(),
            _ => name.chars().filter(|c| !c.is_ascii_digit()).collect(),
        };
        // One segment's files are as good as another's.
        if !kinds.insert(kind.clone()) {
            continue;
        }
        let bytes = fs::read(&file).unwrap();
        let flipped = [0, 1, 3, 5, 7].map(|part| {
            let mut flipped = bytes.clone();
            flipped[(bytes.len() - 1) * part / 7] ^= 0x41;
            Some(flipped)
        });
        let cut = Some(bytes[..bytes.len() / 2].to_vec());
        let mut damages = flipped.to_vec();
        damages.extend([cut, Some(Vec::new()), None]);
        for (number, damage) in damages.into_iter().enumerate() {
            match damage {
                Some(bytes) => fs::write(&file, bytes).unwrap(),
                None => fs::remove_file(&file).unwrap(),
            }
            // In the library every damage is an error, or harmless.
            let opened = Index::open(shelf.path("index"), analyzer());
            let verified = opened.and_then(|index| index.verify());
            // What a person may edit in the manifest is not sealed; what it says is checked elsewhere.
            assert!(
                verified.is_err()
                    || kind == "manifest.json"
                    || (kind == ".managed.json" && number == 7),
                "{kind} {number}"
            );
            if [1, 5, 7].contains(&number) {
                let program =
                    |arguments: &[&str]| run(fumikura(shelf.folder.path()).args(arguments));
                let (code, _, said) = program(&["search", "本文 1992年", "--year", "..2030"]);
                assert!(
                    code != 2 || said.lines().count() == 2,
                    "{kind} {number}: {said}"
                );
                let (code, _, said) = program(&["index"]);
                if code == 2 {
                    // Not even what it was made from is known.
                    assert_eq!(kind, "manifest.json", "{number}: {said}");
                    let (code, _, said) = program(&["index", "texts", "--rebuild"]);
                    assert_eq!(code, 0, "{kind} {number}: {said}");
                }
                let (code, found, said) = program(&["search", "港湾"]);
                assert!(
                    code == 0 && found.contains("texts/c.jsonl:1"),
                    "{kind} {number}: {said}"
                );
                assert_eq!(program(&["verify"]).0, 0, "{kind} {number}");
            }
            restore();
        }
    }
    let expected = [
        ".managed.json",
        "del",
        "fast",
        "fieldnorm",
        "idx",
        "lines-.bin",
        "manifest.json",
        "meta.json",
        "moved-.jsonl",
        "pos",
        "sources-.jsonl",
        "store",
        "term",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn every_byte_of_the_columns_may_be_altered() {
    // The engine believes what they say of their length, and would allocate it.
    let shelf = shelf();
    let columns = files(&shelf.path("index"));
    let columns = columns
        .iter()
        .find(|path| path.extension().is_some_and(|e| e == "fast"));
    let columns = columns.unwrap();
    let bytes = fs::read(columns).unwrap();
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 0x80;
        fs::write(columns, &altered).unwrap();
        let index = Index::open(shelf.path("index"), analyzer()).unwrap();
        assert!(index.searcher().is_err(), "byte {at} of {}", bytes.len());
    }
}
