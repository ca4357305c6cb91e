//! Who may know whom. A module uses only what stands beside it here; whoever needs more changes this table, and says why.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules, and the modules each may use besides itself and `error`. The longest name that fits a file counts.
const ALLOWED: [(&str, &[&str]); 22] = [
    ("lib", &[]),
    ("error", &[]),
    // Plain data.
    ("offsets", &[]),
    ("document", &["offsets"]),
    ("hit", &["facet", "query"]),
    ("passage", &["document"]),
    // From a source to what is known of a text.
    ("source", &["document"]),
    ("language", &[]),
    ("facet", &["document", "language", "offsets", "query"]),
    ("analysis", &["offsets"]),
    // What is asked, as data; how it is asked of an index.
    ("query", &[]),
    ("query::kind", &["analysis"]),
    ("query::filter", &["facet", "language"]),
    ("query::year", &["facet"]),
    ("query::synonyms", &["language"]),
    ("query::plan", &["analysis", "facet", "query", "schema"]),
    ("schema", &["query"]),
    // The index and its answers.
    (
        "index",
        &[
            "analysis", "document", "facet", "hit", "language", "passage", "query", "schema",
            "search", "source",
        ],
    ),
    (
        "search",
        &[
            "analysis", "facet", "hit", "index", "query", "schema", "snippet",
        ],
    ),
    ("snippet", &["analysis", "hit", "query"]),
    ("evaluation", &[]),
    ("render", &["analysis", "facet", "hit"]),
];

/// Crates, and the files that may name them.
const CRATES: [(&str, &[&str]); 5] = [
    ("tantivy", &["index", "query::plan", "schema", "search"]),
    (
        "lindera",
        &["analysis::dictionary", "analysis::tokenizer::lindera"],
    ),
    ("frostem", &["analysis::stemmer"]),
    ("icu_segmenter", &["analysis::tokenizer::icu"]),
    ("anyhow", &["bin"]),
];

/// Files that may print: the program's messages, and tests that skip.
const PRINTERS: [&str; 3] = [
    "bin::fumikura::messages",
    "bin::fumikura::main",
    "source::real_texts",
];

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, into),
            false => into.push(path),
        }
    }
}

/// Source files of the library and program by module name: `query::plan`. Comments are left out, and so are unit tests.
fn modules() -> BTreeMap<String, String> {
    let src = common::repository("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    let mut modules = BTreeMap::new();
    for path in paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
    {
        let name = path.strip_prefix(&src).unwrap().with_extension("");
        let name: Vec<&str> = name.iter().map(|part| part.to_str().unwrap()).collect();
        let text = fs::read_to_string(&path).unwrap();
        let text = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .fold(String::new(), |all, line| all + line + "\n");
        modules.insert(name.join("::"), code);
    }
    modules
}

fn is_in(module: &str, parent: &str) -> bool {
    module == parent
        || module
            .strip_prefix(parent)
            .is_some_and(|rest| rest.starts_with("::"))
}

/// Names of top-level modules behind `crate::`.
fn used(code: &str) -> BTreeSet<&str> {
    let names = code.split("crate::").skip(1).map(|rest| {
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        &rest[..end]
    });
    names
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect()
}

#[test]
fn modules_use_what_they_may() {
    let mut wrong = Vec::new();
    let mut unused: BTreeSet<(&str, String)> = ALLOWED
        .iter()
        .flat_map(|(name, allowed)| allowed.iter().map(|used| (*name, (*used).to_owned())))
        .collect();
    // The program is a crate of its own, and the compiler sees to it that it uses what is public.
    for (module, code) in modules()
        .into_iter()
        .filter(|(name, _)| !is_in(name, "bin"))
    {
        let rule = ALLOWED
            .iter()
            .filter(|(name, _)| is_in(&module, name))
            .max_by_key(|(name, _)| name.len());
        let Some((name, allowed)) = rule else {
            wrong.push(format!("{module} has no rule"));
            continue;
        };
        let own = name.split("::").next().unwrap_or_default();
        for used in used(&code) {
            unused.remove(&(*name, used.to_owned()));
            if used != "error" && used != own && !allowed.contains(&used) {
                wrong.push(format!("{module} uses {used}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(
        unused,
        BTreeSet::new(),
        "the table allows more than is used"
    );
}

#[test]
fn foreign_crates_stay_where_they_are() {
    let mut wrong = Vec::new();
    for (module, code) in modules() {
        for (name, homes) in CRATES {
            let named = [format!("use {name}"), format!("{name}::")];
            // Our own module of that name is not the crate.
            let code = code
                .replace("tokenizer::lindera::", "")
                .replace("mod lindera", "");
            if named.iter().any(|named| code.contains(named.as_str()))
                && !homes.iter().any(|home| is_in(&module, home))
            {
                wrong.push(format!("{module} names {name}"));
            }
        }
        let prints = ["println!", "print!(", "eprintln!", "eprint!(", "dbg!("];
        if prints.iter().any(|print| code.contains(print)) && !PRINTERS.contains(&module.as_str()) {
            wrong.push(format!("{module} prints"));
        }
        if !is_in(&module, "bin") {
            for reach in ["std::env", "process::exit", "IsTerminal"] {
                if code.contains(reach) && !module.ends_with("tests") {
                    wrong.push(format!("{module} reaches for {reach}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Texts of the repository: everything but what git and cargo keep, and binary files.
fn texts() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    let top = common::repository("");
    for name in ["src", "tests", "examples", "benches", "docs", "corpus"] {
        let folder = top.join(name);
        if folder.is_dir() {
            files(&folder, &mut paths);
        }
    }
    for entry in fs::read_dir(&top).unwrap() {
        let path = entry.unwrap().path();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !is_hidden {
            paths.push(path);
        }
    }
    paths
        .into_iter()
        .filter_map(|path| Some((path.clone(), fs::read_to_string(path).ok()?)))
        .collect()
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for (path, text) in texts() {
        if path.extension().is_none_or(|extension| extension != "md")
            || path.starts_with(common::repository("corpus"))
        {
            continue;
        }
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#', ' ']).next().unwrap_or_default();
            let is_elsewhere =
                target.contains("://") || target.starts_with("mailto:") || target.is_empty();
            let file = path.parent().unwrap().join(target);
            if !is_elsewhere && !file.try_exists().unwrap_or(false) {
                broken.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn no_file_names_a_machine() {
    // In two parts, so that this file does not name them either.
    let folders = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
    ];
    let mut named = Vec::new();
    for (path, text) in texts() {
        for folder in folders {
            let mut rest = text.as_str();
            while let Some(at) = rest.find(folder) {
                let before = rest[..at].chars().next_back();
                // A part of a longer path or address is no machine's folder.
                if !before
                    .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}'))
                {
                    named.push(format!("{}: {folder}", path.display()));
                }
                rest = &rest[at + folder.len()..];
            }
        }
    }
    assert_eq!(named, Vec::<String>::new());
}
