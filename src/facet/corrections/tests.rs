//! Corrections, and mistakes in them.

use super::*;
use crate::document::Metadata;
use crate::facet::Finder;

const TEXT: &str = "ベトナムとカザフスタンは1992年に外交関係を樹立した。";

/// What is left of the facets of [`TEXT`] in a document at `a/b.txt` that declares a country, or none.
fn corrected(rules: &str, declared: Option<&str>) -> (String, Vec<String>) {
    let finder = Finder::new();
    let (sidecar, complaints) = Sidecar::parse(rules, finder.taxonomy()).unwrap();
    assert_eq!(complaints, []);
    let metadata = Metadata {
        country: declared.into_iter().map(str::to_owned).collect(),
        ..Metadata::default()
    };
    let mut corrections = Corrections::new(finder.declared(&metadata).0);
    let kept = sidecar.correct("a/b.txt", "a/b.txt", &mut corrections);
    let mut found = finder.find(TEXT);
    corrections.prune(&mut found);
    let facets = corrections.given().clone().joined(&found);
    let mut values: Vec<String> = facets
        .countries
        .iter()
        .map(|c| c.value.to_string())
        .collect();
    values.extend(facets.years.iter().map(|y| y.value.to_string()));
    values.extend(facets.topics.iter().map(|t| t.value.clone()));
    (values.join(" "), kept)
}

#[test]
fn rules_set_add_and_remove() {
    for (rules, expected) in [
        ("", "VN KZ 1992 政治/外交"),
        (
            "[[rule]]\npath = 'b.txt'\nset = { country = 'JP' }",
            "JP 1992 政治/外交",
        ),
        (
            "[[rule]]\npath = ['x', 'a/*']\nset = { country = [], year = [] }",
            "政治/外交",
        ),
        (
            "[[rule]]\npath = '*.txt'\nadd = { country = 'ラオス', year = '1990..1991' }",
            "LA VN KZ 1990 1991 1992 政治/外交",
        ),
        (
            "[[rule]]\nid = 'a*'\nremove = { country = 'VN', year = 1992, topic = '政治' }",
            "KZ",
        ),
        (
            "[[rule]]\npath = '*.md'\nremove = { country = 'VN' }",
            "VN KZ 1992 政治/外交",
        ),
        (
            "[[rule]]\npath = '**'\nremove = { country = 'VN' }\n[[rule]]\nid = '*'\nadd = { country = 'VN' }",
            "VN KZ 1992 政治/外交",
        ),
        (
            "[[rule]]\npath = '**'\nset = { country = 'VN' }\nremove = { country = 'VN' }",
            "1992 政治/外交",
        ),
    ] {
        assert_eq!(corrected(rules, None).0, expected, "{rules}");
    }
}

#[test]
fn what_a_document_declares_goes_first() {
    let set = "[[rule]]\npath = '**'\nset = { country = 'JP' }";
    assert_eq!(
        corrected(set, Some("VN")),
        ("VN KZ 1992 政治/外交".to_owned(), vec![])
    );
    let remove = "[[rule]]\npath = '**'\nremove = { country = ['VN', 'KZ'] }";
    let kept = vec!["country `VN`".to_owned()];
    assert_eq!(
        corrected(remove, Some("VN")),
        ("VN 1992 政治/外交".to_owned(), kept)
    );
}

#[test]
fn mistakes_have_a_line_and_a_reason() {
    let taxonomy = Taxonomy::built_in();
    for (text, message) in [
        (
            "[[rule]]\npath = 'a'\nsett = { country = 'VN' }",
            "3: unknown field `sett`",
        ),
        (
            "[[rule]]\npath = 'a'\nset = { land = 'VN' }",
            "3: unknown field `land`",
        ),
        ("\nrule = 3", "2: invalid type"),
        ("[[rule]\n", "1: "),
    ] {
        let error = Sidecar::parse(text, taxonomy).unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
        assert!(error.hint().is_some());
    }
    let text = "[[rule]]\npath = '[a'\nset = { country = 'Atlantis',\n year = [20255, true] }\n\n[[rule]]\nadd = { topic = '占星術' }";
    let (_, complaints) = Sidecar::parse(text, taxonomy).unwrap();
    let expected = [
        (2, "pattern `[a` is not valid"),
        (3, "country `Atlantis` is not known"),
        (4, "year `true` is neither"),
        (4, "year `20255` is not between"),
        (6, "the rule has neither"),
    ];
    assert_eq!(complaints.len(), expected.len(), "{complaints:?}");
    for ((line, text), (expected_line, beginning)) in complaints.iter().zip(expected) {
        assert_eq!(*line, expected_line, "{text}");
        assert!(text.starts_with(beginning), "{text}");
    }
}
