//! Questions and filters that make no sense, and no dictionary. What is printed word for word is in `tests/cli`.

use crate::program::fumikura;
use crate::{assert_as_before, run, shelf};

#[test]
fn unknown_values_of_filters_are_errors_that_say_what_would_do() {
    let shelf = shelf();
    for (filter, value, message) in [
        (
            "--country",
            "Atlantis",
            "fumikura: country `Atlantis` is not known",
        ),
        ("--year", "二千", "fumikura: --year: `二千` is no year"),
        ("--topic", "占星術", "fumikura: topic `占星術` is not known"),
        (
            "--language",
            "クリンゴン語",
            "fumikura: language `クリンゴン語` is not known",
        ),
    ] {
        for command in ["search", "facets"] {
            let ran = run(fumikura(shelf.path()).args([command, "会談", filter, value]));
            assert_eq!(ran.stderr.lines().next(), Some(message), "{ran:#?}");
            assert_eq!(ran.stderr.lines().count(), 2, "{ran:#?}");
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:#?}");
        }
    }
}

#[test]
fn in_a_query_the_same_are_complaints() {
    let shelf = shelf();
    for query in [
        "会談 country:Atlantis",
        "会談 year:二千",
        "会談 topic:占星術",
        "会談 \"",
    ] {
        let ran = run(fumikura(shelf.path()).args(["search", query]));
        assert_eq!(ran.stderr.lines().count(), 1, "{query}: {ran:#?}");
        assert_eq!(ran.code, Some(0), "{query}: {ran:#?}");
    }
}

#[test]
fn without_a_dictionary_every_command_says_how_to_get_one() {
    let shelf = shelf();
    let commands: [&[&str]; 7] = [
        &["index", "texts"],
        &["search", "会談"],
        &["facets"],
        &["show", "memo.txt"],
        &["analyze", "会談"],
        &["status"],
        &["dictionary", "list"],
    ];
    for command in commands {
        run(fumikura(shelf.path())
            .env("FUMIKURA_DATA", "nothing")
            .args(command))
        .says(
            2,
            &[
                "fumikura: nothing/dictionary/ipadic: there is no Japanese dictionary",
                "  run: fumikura dictionary install",
            ],
        );
    }
    assert_as_before(shelf.path());
}

#[test]
fn pages_beyond_the_end_and_of_any_size_are_answered() {
    let shelf = shelf();
    for (options, code) in [
        (["-n", "0"], 0),
        (["-n", "1000000000000"], 0),
        (["-n", "99999999999999999999999999"], 0),
        (["--offset", "1"], 1),
        (["--offset", "99999999999999999999999999"], 1),
        (["--per-document", "99999999999999999999999999"], 0),
    ] {
        let ran = run(fumikura(shelf.path())
            .args(["search", "会談"])
            .args(options));
        assert_eq!(ran.code, Some(code), "{options:?}: {ran:#?}");
        assert!(
            ran.stdout.contains("1 passage matches"),
            "{options:?}: {ran:#?}"
        );
    }
}

#[test]
fn queries_of_any_kind_are_answered() {
    let shelf = shelf();
    let long = "貿易協定".repeat(5000);
    for query in [
        "()",
        "-",
        "*",
        "\"\"",
        "AND",
        "NOT NOT",
        "title:",
        "\u{1b}[31m会談",
        "会談\n会談",
        &long,
    ] {
        let ran = run(fumikura(shelf.path()).args(["search", "--", query]));
        assert!(matches!(ran.code, Some(0 | 1)), "{query}: {ran:#?}");
        assert!(!ran.stderr.contains('\u{1b}') && !ran.stdout.contains('\u{1b}'));
    }
}
