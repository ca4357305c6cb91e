//! The command line, word for word: what is printed, where, and the exit code.
//!
//! Each case in `tests/cli` is a command (`.toml`), what it prints (`.stdout`, `.stderr`) and its exit code. The console blocks of both
//! READMEs are cases too. `TRYCMD=overwrite cargo test --test cli` writes what the program prints now; read the difference.

mod common;
mod program;

use std::fs;
use std::path::Path;

use common::repository;
use program::{copy, fumikura};

#[test]
fn commands_print_what_they_promise() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    prepare(folder.path());
    run_in(folder.path(), "tests/cli/*.toml", &[]);
    let japanese = [("LC_ALL", "ja_JP.UTF-8")];
    run_in(folder.path(), "tests/cli/japanese/*.toml", &japanese);
    let nowhere = [("FUMIKURA_DATA", "empty")];
    run_in(folder.path(), "tests/cli/no-dictionary/*.toml", &nowhere);

    // Each page is tried as its readers would.
    let pages: [(&str, &[_]); 2] = [("README.md", &[]), ("README.ja.md", &japanese)];
    for (readme, locale) in pages {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        copy(&repository("corpus"), &folder.path().join("corpus"));
        run_in(folder.path(), readme, locale);
    }
}

/// Runs cases in a folder, to which the paths they print are relative, with other values of some variables.
fn run_in(folder: &Path, cases: &str, other: &[(&str, &str)]) {
    std::env::set_current_dir(folder).expect("the folder was just made");
    let runner = trycmd::TestCases::new();
    runner.register_bin("fumikura", Path::new(env!("CARGO_BIN_EXE_fumikura")));
    let data = program::data().to_string_lossy().into_owned();
    // An empty variable is one that is not set.
    let usual = [
        ("LANG", "C"),
        ("LC_ALL", ""),
        ("LC_MESSAGES", ""),
        ("NO_COLOR", "1"),
        ("FUMIKURA_INDEX", "index"),
        ("FUMIKURA_DATA", data.as_str()),
    ];
    for &(name, value) in usual.iter().chain(other) {
        runner.env(name, value);
    }
    runner
        .insert_var("[DATA]", data.clone())
        .expect("the name is well formed");
    runner.case(repository(cases)).run();
    std::env::set_current_dir(repository("")).expect("the repository is there");
}

/// What the cases find in their folder: `texts` and their `index`, and an index for each way an index can lag behind.
fn prepare(folder: &Path) {
    let texts = folder.join("texts");
    copy(&repository("tests/data/texts"), &texts);
    for file in ["questions.jsonl", "qrels.txt"] {
        fs::copy(repository("tests/data").join(file), folder.join(file)).expect("it can be copied");
    }
    for data in ["judged", "runs"] {
        copy(&repository("tests/data").join(data), &folder.join(data));
    }
    index(folder, "texts", "index");
    index(folder, "texts", "index-unchanged");
    copy(&repository("tests/data/papers"), &folder.join("papers"));
    index(folder, "papers", "index-papers");
    for name in ["changed", "removed"] {
        let own = format!("texts-{name}");
        copy(&texts, &folder.join(&own));
        index(folder, &own, &format!("index-{name}"));
    }
    let text = "ベトナムのコーヒー\n\nベトナムのコーヒーは中部高原で育つ。";
    fs::write(folder.join("texts-changed/coffee.txt"), text).expect("it can be written");
    fs::remove_file(folder.join("texts-removed/museum.html")).expect("it was copied");
    fs::create_dir(folder.join("empty")).expect("it can be created");
    // Sidecars: corrections beside the texts, and other topics.
    let corrections = "[[rule]]\npath = 'coffee.txt'\nset = { country = 'VN', year = 2024 }\nremove = { topic = '環境' }\n\n[[rule]]\npath = '*.md'\nadd = { country = 'Atlantis' }\n";
    let topics = "extend = true\n\n[[topic]]\npath = '橋'\nen = 'Bridges'\nstrong = ['東の端']\n";
    fs::write(folder.join("bridges.toml"), topics).expect("it can be written");
    for (name, file, text) in [
        ("corrected", "facets.toml", corrections),
        ("shown", "facets.toml", corrections),
        ("bridges", "topics.toml", topics),
    ] {
        let own = format!("texts-{name}");
        copy(&texts, &folder.join(&own));
        fs::write(folder.join(&own).join(file), text).expect("it can be written");
        if name != "corrected" {
            index(folder, &own, &format!("index-{name}"));
        }
    }
    // Words of one's own, right and wrong.
    for (name, text) in [
        ("words.csv", "東端橋,名詞,ヒガシハタバシ\n"),
        ("words-broken.csv", "東端橋,名詞\n橋,名詞,hashi\n橋,,ハシ\n"),
        ("synonyms.tsv", "商い\t貿易\n両地域 => 両国\n"),
        ("synonyms-broken.tsv", "商い\t貿易\n両地域\n"),
    ] {
        fs::write(folder.join(name), text).expect("it can be written");
    }
    copy(&texts, &folder.join("texts-words"));
    index(folder, "texts-words", "index-words");
    copy(&texts, &folder.join("texts-settings"));
    let settings = "# Names of bridges.\nuser_dictionaries = 'words.csv'\n";
    fs::write(folder.join("texts-settings/fumikura.toml"), settings).expect("it can be written");
    // Says that there is nothing in it, and makes an index nevertheless.
    let status = fumikura(folder)
        .args(["index", "empty", "--index", "index-empty"])
        .output();
    assert!(status.is_ok());
}

fn index(folder: &Path, texts: &str, index: &str) {
    let output = fumikura(folder)
        .args(["index", texts, "--index", index])
        .output()
        .expect("the program can be run");
    assert!(output.status.success(), "{output:?}");
}
