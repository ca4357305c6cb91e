//! What the analyzer makes of texts, against the tables in `tests/analysis`. Their heads describe the format.
//!
//! `UPDATE_GOLDENS=1 cargo test --test analysis` writes what the analyzer says today into the tables: read the difference before
//! keeping it.

#![cfg(all(feature = "ja", feature = "stem", feature = "segment"))]
#![allow(clippy::unwrap_used)]

mod common;

use std::fmt::Write;

use fumikura::{Language, TokenKind, Tokens};

/// A line of a table: a text, its words, perhaps its grams, and what it means.
struct Case<'l> {
    text: &'l str,
    words: &'l str,
    grams: Option<&'l str>,
    gloss: &'l str,
}

impl<'l> Case<'l> {
    fn read(line: &'l str) -> Self {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns[..] {
            [text, words, gloss] => Case {
                text,
                words,
                grams: None,
                gloss,
            },
            [text, words, grams, gloss] => Case {
                text,
                words,
                grams: Some(grams),
                gloss,
            },
            _ => panic!("three or four columns are needed: {line}"),
        }
    }

    /// The line as the analyzer would have it, in the language of the table or else in its own.
    fn analysed(&self, language: Option<&str>) -> String {
        let text = self.text.replace("\\n", "\n");
        let own = Language::of(&text);
        let language = language.or(own.as_ref().map(Language::as_str));
        let analysis = common::analyzer().analyze(&text, language);
        let mut line = format!("{}\t{}", self.text, written(&analysis.words));
        if self.grams.is_some() {
            line.push('\t');
            line.push_str(&written(&analysis.grams));
        }
        format!("{line}\t{}", self.gloss)
    }
}

fn written(tokens: &Tokens) -> String {
    let mut text = String::new();
    for token in tokens.iter() {
        let (open, close) = match token.kind {
            TokenKind::Content => ("", ""),
            TokenKind::Function => ("(", ")"),
        };
        let (term, range) = (token.term, token.range);
        let space = if text.is_empty() { "" } else { " " };
        write!(
            text,
            "{space}{open}{term}@{}..{}{close}",
            range.start, range.end
        )
        .unwrap();
    }
    text
}

/// Compares a table, or writes it anew.
fn check(name: &str, at_least: usize) {
    let path = common::repository("tests/analysis").join(name);
    let table = std::fs::read_to_string(&path).unwrap();
    let is_case = |line: &str| !line.is_empty() && !line.starts_with('#');
    let mut language = None;
    let lines: Vec<(&str, String)> = table
        .lines()
        .map(|line| {
            language = line.strip_prefix("# language: ").or(language);
            match is_case(line) {
                true => (line, Case::read(line).analysed(language)),
                false => (line, line.to_owned()),
            }
        })
        .collect();
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        let table: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
        std::fs::write(&path, table).unwrap();
        return;
    }
    let wrong: Vec<String> = lines
        .iter()
        .filter(|(expected, found)| expected != found)
        .map(|(expected, found)| format!("- {expected}\n+ {found}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "{name}: `-` expected, `+` found; UPDATE_GOLDENS=1 takes what was found\n{}",
        wrong.join("\n")
    );
    let cases = lines.iter().filter(|(line, _)| is_case(line)).count();
    assert!(cases >= at_least, "{name} has lost cases: {cases}");
    for case in lines.iter().filter(|(line, _)| is_case(line)) {
        let case = Case::read(case.0);
        assert!(case.gloss.starts_with("# "), "no gloss: {}", case.text);
    }
}

#[test]
fn japanese() {
    check("japanese.tsv", 300);
}

#[test]
fn other_languages_and_mixed_texts() {
    check("mixed.tsv", 30);
}

#[test]
fn each_language() {
    for name in [
        "arabic",
        "chinese",
        "english",
        "french",
        "german",
        "hindi",
        "kazakh",
        "korean",
        "russian",
        "spanish",
        "thai",
        "turkish",
        "vietnamese",
    ] {
        check(&format!("{name}.tsv"), 30);
    }
    check("other.tsv", 50);
}

#[test]
fn known_mistakes() {
    check("known_bad.tsv", 15);
}

#[test]
fn the_example_in_the_head_is_true() {
    let head = std::fs::read_to_string(common::repository("tests/analysis/japanese.tsv")).unwrap();
    let example = head
        .lines()
        .find_map(|line| line.strip_prefix("#     "))
        .unwrap();
    assert_eq!(Case::read(example).analysed(None), example);
    assert!(Case::read(example).words.contains("(の@"), "{example}");
}

/// What a filter looks for, over and over: each looks at a few characters around a place, so this takes no time to speak of.
#[test]
fn a_long_row_of_anything_is_analysed() {
    for piece in [
        "ア",
        "ー",
        "ッー",
        "々",
        "人々",
        "ゝ",
        "〱",
        "一",
        "十",
        "万億",
        "1,111,",
        "-",
        "ア-",
        "ア・",
        "ヴ",
        "國",
        "ﾞ",
        "\u{202e}",
        "\u{10ffff}",
    ] {
        let text = piece.repeat(20_000);
        let analysis = common::analyzer().analyze(&text, Some("ja"));
        for token in analysis.words.iter().chain(analysis.grams.iter()) {
            assert!(
                text.get(token.range.clone()).is_some(),
                "{piece}: {:?}",
                token.range
            );
        }
    }
}
