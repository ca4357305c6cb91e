//! Folders that are no index, indexes of others, and damaged ones.

use std::fs;
use std::path::Path;

use crate::program::{copy, fumikura};
use crate::{assert_as_before, put, run, shelf};

/// Changes the manifest of the index in a folder.
fn edit(folder: &Path, from: &str, to: &str) {
    let path = folder.join("index/manifest.json");
    let manifest = fs::read_to_string(&path).expect("the index is ours");
    assert!(manifest.contains(from), "{manifest}");
    fs::write(path, manifest.replacen(from, to, 1)).expect("the index is ours");
}

/// The command that makes the index anew from the texts of a shelf.
fn rebuild(folder: &Path) -> String {
    let texts = fs::canonicalize(folder.join("texts")).expect("the shelf has texts");
    format!(
        "  build it again: fumikura index {} --rebuild --index index",
        texts.display()
    )
}

#[test]
fn a_folder_that_is_no_index_is_told_from_none() {
    let shelf = shelf();
    for command in [
        &["search", "会談"][..],
        &["facets"],
        &["show", "x"],
        &["status"],
        &["verify"],
    ] {
        let ask = |index: &str| {
            run(fumikura(shelf.path())
                .args(command)
                .args(["--index", index]))
        };
        ask("texts").says(
            2,
            &[
                "fumikura: texts: this folder is no index: it has no manifest.json",
                "  build one: fumikura index FOLDER --index texts",
            ],
        );
        ask("nowhere").says(
            2,
            &[
                "fumikura: nowhere: there is no index here",
                "  build one: fumikura index FOLDER --index nowhere",
            ],
        );
        ask("texts/memo.txt").says(
            2,
            &[
                "fumikura: texts/memo.txt: this is a file, and an index is a folder",
                "  choose another: --index FOLDER",
            ],
        );
    }
    // Nothing is written into a folder that holds something else.
    for rebuild in [&[][..], &["--rebuild"]] {
        run(fumikura(shelf.path()).args(["index", "texts", "--index", "texts"]).args(rebuild)).says(
            2,
            &[
                "fumikura: texts: this folder holds other files (`memo.txt`), an index needs its own",
                "  choose another: --index FOLDER",
            ],
        );
    }
    assert_eq!(fs::read_dir(shelf.path().join("texts")).unwrap().count(), 1);
}

#[test]
fn an_index_of_another_version_or_dictionary_is_refused_and_can_be_rebuilt() {
    for (from, to, message) in [
        ("\"format\": ", "\"format\": 99", "the index has format 99"),
        (
            "\"ipadic-",
            "\"ipadic-0",
            "the index was built with analysis-",
        ),
        (
            "\"analysis\": ",
            "\"analysis\": 90",
            "the index was built with analysis-90",
        ),
    ] {
        let shelf = shelf();
        edit(shelf.path(), from, to);
        for command in [
            &["search", "会談"][..],
            &["index", "texts"],
            &["verify"],
            &["status"],
        ] {
            let ran = run(fumikura(shelf.path()).args(command));
            ran.tells(
                2,
                &[
                    &format!("fumikura: index: {message}"),
                    &rebuild(shelf.path()),
                ],
            );
            assert_eq!(ran.stderr.lines().count(), 2, "{ran:#?}");
        }
        run(fumikura(shelf.path()).args(["index", "texts", "--rebuild"])).says(0, &[]);
        assert_as_before(shelf.path());
    }
}

#[test]
fn a_damaged_manifest_is_told_and_the_index_can_be_rebuilt() {
    let shelf = shelf();
    let whole = fs::read(shelf.path().join("index/manifest.json")).unwrap();
    let escape = String::from_utf8(whole.clone())
        .unwrap()
        .replace("generation-1", "../texts");
    for manifest in [
        &whole[..40],
        b"",
        b"{}",
        b"[1",
        b"\xff\xfe\x00",
        escape.as_bytes(),
    ] {
        put(&shelf, "index/manifest.json", manifest);
        for command in [&["search", "会談"][..], &["verify"], &["index", "texts"]] {
            let ran = run(fumikura(shelf.path()).args(command));
            if manifest == escape.as_bytes() && command[0] == "index" {
                // What it was made from can still be read.
                ran.tells(0, &["; building the index again"]);
                continue;
            }
            let line = "fumikura: index/manifest.json: the manifest of the index cannot be read: ";
            ran.tells(2, &[line, &rebuild(shelf.path())]);
            assert_eq!(ran.stderr.lines().count(), 2, "{ran:#?}");
        }
        run(fumikura(shelf.path()).args(["index", "texts", "--rebuild"])).says(0, &[]);
        assert_as_before(shelf.path());
    }
    // Of the generation it pointed to, nothing was touched.
    assert!(shelf.path().join("texts/memo.txt").is_file());
}

#[test]
fn missing_parts_of_an_index_are_named() {
    let shelf = shelf();
    copy(&shelf.path().join("index"), &shelf.path().join("whole"));
    let restore = || {
        fs::remove_dir_all(shelf.path().join("index")).unwrap();
        copy(&shelf.path().join("whole"), &shelf.path().join("index"));
    };
    let rebuild = rebuild(shelf.path());
    fs::remove_dir_all(shelf.path().join("index/generation-1")).unwrap();
    let missing =
        "fumikura: index: the index cannot be opened: the folder `generation-1` is missing";
    let says = |message: &str| {
        for command in [&["search", "会談"][..], &["verify"]] {
            run(fumikura(shelf.path()).args(command)).says(2, &[message, &rebuild]);
        }
        // What is made from texts is made from them again.
        run(fumikura(shelf.path()).arg("index"))
            .says(0, &[&format!("{message}; building the index again")]);
        assert_as_before(shelf.path());
    };
    says(missing);
    restore();
    put(&shelf, "index/generation-1/meta.json", "{\"segments\":");
    says(
        "fumikura: index: the index cannot be opened: the file `meta.json` does not hold what was written",
    );
    restore();
    put(&shelf, "index/generation-1/sources-1.jsonl", "nonsense");
    for command in [&["verify"][..], &["index", "texts"]] {
        let code = if command.len() == 1 { 2 } else { 0 };
        run(fumikura(shelf.path()).args(command)).tells(
            code,
            &["fumikura: index/generation-1/sources-1.jsonl: the list of sources cannot be read: "],
        );
    }
    assert_as_before(shelf.path());
}

#[test]
fn damaged_files_are_named_by_verify_and_never_crash_a_search() {
    let shelf = shelf();
    let generation = shelf.path().join("index/generation-1");
    let files: Vec<_> = fs::read_dir(&generation)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let kind = path
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            ["store", "idx", "term", "pos", "fast", "fieldnorm"].contains(&kind.as_str())
        })
        .collect();
    assert_eq!(files.len(), 6, "{files:?}");
    // The checksum of a file stands in its last bytes; what is before them is altered, or all of it cut off.
    let altered = |bytes: &[u8], value: u8| -> Vec<u8> {
        let kept = bytes.len().saturating_sub(160);
        [vec![value; kept], bytes[kept..].to_vec()].concat()
    };
    for file in &files {
        let whole = fs::read(file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy();
        let half = whole[..whole.len() / 2].to_vec();
        for damaged in [
            Some(half),
            Some(Vec::new()),
            Some(altered(&whole, 0)),
            Some(altered(&whole, 0xff)),
            None,
        ] {
            match &damaged {
                Some(bytes) if *bytes == whole => continue,
                Some(bytes) => fs::write(file, bytes).unwrap(),
                None => fs::remove_file(file).unwrap(),
            }
            run(fumikura(shelf.path()).arg("verify")).says(
                2,
                &[
                    &format!("fumikura: index: damaged or missing: `{name}`"),
                    &rebuild(shelf.path()),
                ],
            );
            for query in ["会談", "\"貿易協定\"", "貿*"] {
                let ran = run(fumikura(shelf.path()).args(["search", query, "--year", "..2030"]));
                assert!(matches!(ran.code, Some(0..=2)), "{name}: {ran:#?}");
                let expected = if ran.code == Some(2) { 2 } else { 0 };
                assert_eq!(ran.stderr.lines().count(), expected, "{name}: {ran:#?}");
            }
            fs::write(file, &whole).unwrap();
        }
    }
    assert_as_before(shelf.path());
}
