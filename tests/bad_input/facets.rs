//! Values of facets that make no sense, in every place where they can be written.

use crate::program::fumikura;
use crate::{put, run, shelf};

const COUNTRY: &str =
    "country `Atlantis` is not known, left out; give a code (VN) or a name (ベトナム, Vietnam)";
const YEAR: &str =
    "year `20255` is not between 1 and 2999, left out; give a year (2024) or a range (2020..2024)";
const TOPIC: &str =
    "topic `占星術` is not known, left out; give a path (経済/貿易) or a part of one (貿易, trade)";
const DATE: &str =
    "date `someday` is not read as a date, shown but not used; give 2024-05-01, 2024-05 or 2024";
const LANGUAGE: &str =
    "language `クリンゴン語` is not known, left out; give a code (ja) or a name (日本語, Japanese)";

#[test]
fn each_is_told_in_a_line_and_the_document_is_indexed() {
    let text = "鉄道の会談の本文である。";
    for (name, source, place) in [
        (
            "a.md",
            format!(
                "---\ncountry: [Atlantis, VN]\nyear: 20255\ntopic: 占星術\ndate: someday\nlanguage: クリンゴン語\n---\n\n{text}\n"
            ),
            "texts/a.md: ",
        ),
        (
            "a.txt",
            format!(
                "+++\ncountry = ['Atlantis', 'VN']\nyear = 20255\ntopic = '占星術'\ndate = 'someday'\nlanguage = 'クリンゴン語'\n+++\n\n{text}\n"
            ),
            "texts/a.txt: ",
        ),
        (
            "a.html",
            format!(
                "---\ncountry: [Atlantis, VN]\nyear: 20255\ntopic: 占星術\ndate: someday\n---\n<html lang='クリンゴン語'><body><p>{text}</p></body></html>"
            ),
            "texts/a.html: ",
        ),
        (
            "a.jsonl",
            format!(
                "{{\"text\": \"一行目の本文である。\"}}\n{{\"text\": \"{text}\", \"country\": [\"Atlantis\", \"VN\"], \"year\": 20255, \"topic\": \"占星術\", \"date\": \"someday\", \"lang\": \"クリンゴン語\"}}\n"
            ),
            "texts/a.jsonl: line 2: ",
        ),
        (
            "a.json",
            format!(
                "[{{\"text\": \"{text}\",\n\"country\": [\"Atlantis\", \"VN\"], \"year\": 20255, \"topic\": \"占星術\", \"date\": \"someday\", \"lang\": \"クリンゴン語\"}}]"
            ),
            "texts/a.json: line 1: ",
        ),
    ] {
        let shelf = shelf();
        put(&shelf, &format!("texts/{name}"), source);
        let lines =
            [COUNTRY, YEAR, TOPIC, DATE, LANGUAGE].map(|text| format!("fumikura: {place}{text}"));
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        run(fumikura(shelf.path()).args(["index", "texts"])).says(0, &lines);
        let found =
            run(fumikura(shelf.path()).args(["search", "鉄道", "--country", "VN", "-n", "1"]));
        assert!(
            found.stdout.contains("1 passage matches"),
            "{name}: {found:#?}"
        );
    }
}

#[test]
fn a_date_of_a_page_that_is_none_is_left_out() {
    let shelf = shelf();
    let page = "<html lang='ja'><head><meta name='date' content='someday'></head><body><p>鉄道の会談の本文である。</p></body></html>";
    put(&shelf, "texts/page.html", page);
    run(fumikura(shelf.path()).args(["index", "texts"])).says(0, &[]);
}

#[test]
fn sidecars_that_cannot_be_used_are_told_and_the_rest_is_indexed() {
    let shelf = shelf();
    put(
        &shelf,
        "texts/facets.toml",
        "[[rule]]\npath = '*.txt'\nset = { country = 'VN' \n",
    );
    put(&shelf, "texts/topics.toml", [0xff, 0xfe, 0x00]);
    put(&shelf, "texts/new.txt", "鉄道の会談の本文である。");
    let indexed = run(fumikura(shelf.path()).args(["index", "texts"]));
    indexed.tells(
        2,
        &[
            "fumikura: texts/topics.toml: is not UTF-8, not used\n  such files are written in UTF-8; save it so\n",
            "fumikura: texts/facets.toml:3: ",
            ", nothing of this file is used\n  a rule is [[rule]] with path or id, ",
            "fumikura: 2 problems, see above; everything else is indexed\n",
        ],
    );
    assert!(
        indexed.stdout.starts_with("1 new, 0 changed"),
        "{indexed:#?}"
    );
    put(
        &shelf,
        "texts/facets.toml",
        "[[rule]]\npath = 'new.txt'\nset = { country = 'VN' }\n",
    );
    put(
        &shelf,
        "texts/topics.toml",
        "extend = true\n[[topic]]\npath = '橋'\nen = 'Bridges'\n",
    );
    let indexed = run(fumikura(shelf.path()).args(["index", "texts"]));
    indexed.says(
        0,
        &["fumikura: the topics are others than before: all texts are read again"],
    );
    let found = run(fumikura(shelf.path()).args(["search", "", "--country", "VN"]));
    assert!(found.stdout.contains("1 passage matches"), "{found:#?}");
}
