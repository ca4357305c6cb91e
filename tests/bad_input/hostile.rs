//! Texts that were made to cost time or memory, or to make a reader fall: each is indexed or told in a line, within a bound on both.

use crate::program::{fumikura, shell};
use crate::{Ran, put, run, shelf};
use tempfile::TempDir;

/// What a run may take: address space, with mapped dictionary and index, and seconds of work of an unoptimised build. Nothing here comes
/// near either.
const LIMITS: &str = "ulimit -v 2000000 -t 120";

/// Runs a command line within the limits; a run that breaks them has no exit code, or says that there is no memory.
fn bounded(shelf: &TempDir, arguments: &str) -> Ran {
    let line = format!("{LIMITS}; exec \"$0\" {arguments}");
    let ran = run(&mut shell(shelf.path(), &line));
    assert!(matches!(ran.code, Some(0..=2)), "{ran:#?}");
    ran
}

fn index(shelf: &TempDir) -> Ran {
    bounded(shelf, "index texts")
}

/// The index of a shelf is sound, and still finds what was there first.
#[track_caller]
fn assert_alive(shelf: &TempDir) {
    let found = run(fumikura(shelf.path()).args(["search", "貿易協定", "-n", "1"]));
    assert!(found.stdout.contains("memo.txt"), "{found:#?}");
    let verified = run(fumikura(shelf.path()).arg("verify"));
    assert_eq!(verified.code, Some(0), "{verified:#?}");
}

#[test]
fn one_character_over_and_over_is_indexed() {
    let shelf = shelf();
    let characters = [
        'あ', 'ア', 'ｱ', 'ー', '々', '〱', '国', '三', '・', 'a', '3', 'ж', 'ع', 'क', 'ก', 'ກ',
        'ក', 'က', '한', '😀', '\u{301}', '\u{3099}', '\u{200d}', '\u{202e}', '\u{378}', '\u{e000}',
        '(', '《', '-', '#', '*', '[', '`', '<', '&', '>', '|',
    ];
    for character in characters {
        let text = character.to_string().repeat(500_000 / character.len_utf8());
        let name = format!("texts/{:04x}", u32::from(character));
        put(&shelf, &format!("{name}.txt"), &text);
        put(&shelf, &format!("{name}.md"), format!("# 題\n\n{text}"));
        put(
            &shelf,
            &format!("{name}.html"),
            format!("<!DOCTYPE html><p>{text}"),
        );
    }
    index(&shelf);
    assert_alive(&shelf);
}

#[test]
fn ten_megabytes_of_one_character_are_indexed() {
    let shelf = shelf();
    put(&shelf, "texts/kanji.txt", "国".repeat(3_400_000));
    put(&shelf, "texts/latin.txt", "a".repeat(10_000_000));
    // Opened again and again, and never closed.
    put(&shelf, "texts/ruby.txt", "漢《".repeat(1_600_000));
    // No other byte can be decoded.
    put(&shelf, "texts/switches.txt", b"\x1b$B".repeat(3_000_000));
    index(&shelf).tells(2, &["texts/switches.txt: not text in any known encoding"]);
    assert_alive(&shelf);
}

#[test]
fn unassigned_and_invisible_characters_are_indexed_in_every_normal_form() {
    let shelf = shelf();
    let parts = [
        "が",
        "か\u{3099}",
        "ｶﾞ",
        "é",
        "e\u{301}",
        "e\u{301}\u{323}",
        "한",
        "\u{1112}\u{1161}\u{11ab}",
        "Å",
        "\u{212b}",
        "ﬁ",
        "\u{344}",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "\u{378}",
        "\u{e0001}",
        "\u{10ffff}",
        "\u{fdd0}",
        "\u{feff}",
        "\u{fe0f}",
        "🇯🇵",
        "\u{f900}",
    ];
    let mut text = String::new();
    for step in 1..4_000 {
        text.push_str(parts[step * step % parts.len()]);
        text.push_str(parts[step * 7 % parts.len()]);
    }
    put(&shelf, "texts/mixed.txt", &text);
    put(
        &shelf,
        "texts/known.txt",
        format!("{text}ガス田の会談\u{378}である。"),
    );
    index(&shelf).says(0, &[]);
    assert_alive(&shelf);
    let found = run(fumikura(shelf.path()).args(["search", "ｶﾞｽ田", "-n", "1"]));
    assert!(found.stdout.contains("known.txt"), "{found:#?}");
    assert!(
        !found.stdout.contains(['\u{202e}', '\u{2066}']),
        "{found:#?}"
    );
}

#[test]
fn what_nests_deeply_is_read_or_told() {
    let shelf = shelf();
    let deep = 100_000;
    for (name, open) in [
        ("div.html", "<div>"),
        ("table.html", "<table><tr><td>"),
        ("list.html", "<ul><li>a"),
        ("bold.html", "<b>a"),
        ("quote.md", "> "),
        ("link.md", "[a]("),
        ("image.md", "!["),
        ("emphasis.md", "*a **a "),
        ("note.txt", "［＃"),
        ("ruby.txt", "漢《"),
    ] {
        put(
            &shelf,
            &format!("texts/{name}"),
            format!("{}会談", open.repeat(deep)),
        );
    }
    let body = "本文である。\n";
    put(
        &shelf,
        "texts/deep.md",
        format!("---\na: {}\n---\n{body}", "[".repeat(30_000)),
    );
    put(
        &shelf,
        "texts/deeper.md",
        format!("---\na: {}\n---\n{body}", "{a: ".repeat(10_000)),
    );
    put(
        &shelf,
        "texts/toml.md",
        format!("+++\na = {}\n+++\n{body}", "[".repeat(30_000)),
    );
    put(
        &shelf,
        "texts/dots.md",
        format!("+++\n{}a = 1\n+++\n{body}", "a.".repeat(10_000)),
    );
    put(&shelf, "texts/deep.json", "[".repeat(deep));
    let nested = format!(
        "{{\"text\": \"会談\", \"n\": {}{}}}",
        "[".repeat(deep),
        "]".repeat(deep)
    );
    put(
        &shelf,
        "texts/deep.jsonl",
        format!("{nested}\n{{\"text\": \"次の会談\"}}\n"),
    );
    let indexed = index(&shelf);
    indexed.tells(
        2,
        &[
            "texts/deep.md: front matter is not valid YAML: ",
            "texts/deeper.md: front matter is not valid YAML: ",
            "texts/toml.md: front matter is not valid TOML: ",
            "texts/deep.jsonl:1: not valid JSON: recursion limit exceeded, at byte ",
        ],
    );
    assert_alive(&shelf);
}

#[test]
fn a_page_of_too_many_texts_is_cut_and_told() {
    let shelf = shelf();
    let page = format!("<p>会談の記録である。{}", "<p>a".repeat(300_000));
    put(&shelf, "texts/long.html", page);
    index(&shelf).tells(
        0,
        &["texts/long.html: the page has more than 300000 stretches of text between tags, the rest was left out; split it"],
    );
    assert_alive(&shelf);
}

#[test]
fn aliases_that_grow_are_told() {
    let shelf = shelf();
    let body = "本文である。\n";
    let mut laughs = String::from("---\na: &a [x,x,x,x,x,x,x,x,x]\n");
    for (from, to) in ('a'..='i').zip('b'..='j') {
        let aliases = vec![format!("*{from}"); 9].join(",");
        laughs.push_str(&format!("{to}: &{to} [{aliases}]\n"));
    }
    put(&shelf, "texts/laughs.md", format!("{laughs}---\n{body}"));
    let (long, aliases) = ("x".repeat(20_000), "*a,".repeat(10_000));
    put(
        &shelf,
        "texts/long.md",
        format!("---\na: &a {long}\nb: [{aliases}]\n---\n{body}"),
    );
    let indexed = index(&shelf);
    indexed.tells(
        0,
        &[
            "texts/laughs.md: front matter is not valid YAML: repetition limit exceeded; ignored\n",
            ": its aliases repeat too much (line 2); ignored\n",
        ],
    );
    assert_eq!(indexed.stderr.lines().count(), 2, "{indexed:#?}");
    assert_alive(&shelf);
}

#[test]
fn huge_numbers_and_lists_are_told_in_a_few_lines() {
    let shelf = shelf();
    let numbers = |count: usize| -> String {
        let numbers: Vec<String> = (0..count).map(|number| format!("\"Z{number}\"")).collect();
        numbers.join(",")
    };
    let digits = "9".repeat(100_000);
    put(
        &shelf,
        "texts/numbers.jsonl",
        [
            format!("{{\"id\": {digits}, \"text\": \"一番目\", \"year\": {digits}, \"n\": 1e999}}"),
            format!("{{\"text\": \"二番目\", \"country\": [{}]}}", numbers(20_000)),
            "{\"text\": \"三番目\", \"year\": [-1e308, 1.5, 18446744073709551616, \"1..999999999999\"]}".to_owned(),
            format!("{{\"text\": \"四番目\", \"date\": \"{digits}\"}}"),
            "{\"text\": \"\\ud83d五番目\\ude00\"}".to_owned(),
            format!("{{\"text\": \"六番目\", \"year\": [{}\"2000..2299\"]}}", "\"2000..2299\",".repeat(900)),
        ]
        .join("\n"),
    );
    put(
        &shelf,
        "texts/years.txt",
        "99999999999999999999年、一億億億億億億億億億億億億億年、昭和九九九九九九九年。"
            .repeat(1_000),
    );
    let indexed = index(&shelf);
    indexed.tells(
        2,
        &[
            "texts/numbers.jsonl: line 2: country `Z0` is not known, left out; ",
            "texts/numbers.jsonl: line 2: 992 more values of `country` are not known, left out",
            "texts/numbers.jsonl: line 2: `country` has more than 1000 values, the other 19000 were left out",
            "line 5: 2 half characters were replaced (`\\u` escapes of lone surrogates)",
        ],
    );
    assert!(
        indexed.stderr.len() < 20_000,
        "{} bytes of messages",
        indexed.stderr.len()
    );
    assert_alive(&shelf);
}

#[test]
fn millions_of_tiny_lines_are_read_in_parts() {
    let shelf = shelf();
    put(&shelf, "texts/tiny.txt", "会\n".repeat(2_500_000));
    put(&shelf, "texts/tiny.md", "a\n\n".repeat(2_000_000));
    put(&shelf, "texts/tiny.jsonl", "x\n".repeat(1_000));
    let indexed = index(&shelf);
    indexed.tells(
        2,
        &["texts/tiny.jsonl:1: not valid JSON: expected value, at byte 1"],
    );
    assert_alive(&shelf);
}

#[test]
fn long_queries_are_cut_with_a_word_about_it() {
    let shelf = shelf();
    let words: Vec<String> = (0..10_000).map(|number| format!("貿易{number}")).collect();
    let cut =
        "fumikura: query longer than 10000 characters at character 10001: the rest was left out\n";
    let countries: Vec<String> = (0..600)
        .map(|number| format!("country:Z{number}"))
        .collect();
    let brackets = format!("{}会談", "(".repeat(9_000));
    for (query, said) in [
        (words.join(" "), cut),
        ("会談".repeat(20_000), cut),
        (brackets, "other complaints"),
        (countries.join(" "), "other complaints, not listed\n"),
        ("貿易 ".repeat(3_000), ""),
        ("がいこう".repeat(2_000), ""),
        ("\u{202e}会談".repeat(2_000), ""),
    ] {
        put(&shelf, "query", &query);
        let ran = bounded(&shelf, "search --explain -- \"$(< query)\"");
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:#?}");
        assert!(ran.stderr.contains(said), "{ran:#?}");
        assert!(ran.stderr.lines().count() <= 40, "{ran:#?}");
        assert!(
            ran.stderr.lines().all(|line| line.chars().count() < 1_000),
            "{ran:#?}"
        );
    }
}
