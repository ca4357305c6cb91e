//! What the fuzz targets share: an analyzer, and the laws that every document keeps.
//!
//! In: what libFuzzer made. Out: nothing, or a panic that says which law is broken. It finds no inputs itself.

use std::path::Path;
use std::sync::OnceLock;

use fumikura::{Analyzer, Dictionary, Document, Source, passages};

/// An analyzer with the dictionary in `FUMIKURA_DATA`; one of grams alone where there is none.
pub fn analyzer() -> &'static Analyzer {
    static OPENED: OnceLock<Analyzer> = OnceLock::new();
    OPENED.get_or_init(|| match std::env::var_os("FUMIKURA_DATA") {
        Some(data) => {
            let folder = Path::new(&data).join("dictionary/ipadic");
            Analyzer::new(Dictionary::open(folder).expect("FUMIKURA_DATA holds a dictionary"))
        }
        None => Analyzer::grams_only(),
    })
}

/// Splits the first byte off, which chooses among the variants of a target: `a` is the first.
pub fn choice<'a, T: Copy>(of: &[T], data: &'a [u8]) -> Option<(T, &'a [u8])> {
    let (first, rest) = data.split_first()?;
    let number = usize::from(first.wrapping_sub(b'a'));
    Some((of[number % of.len()], rest))
}

/// Reads a source and checks each of its documents.
pub fn read(name: &str, bytes: &[u8], decoded: Option<&str>) {
    let Ok(documents) = Source::from_bytes(name, bytes).read() else {
        return;
    };
    for document in documents {
        match document {
            Ok(document) => check(&document, decoded),
            Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
        }
    }
}

/// Blocks and passages lie in the text in order; with the decoded source in hand, they also point into it.
fn check(document: &Document, decoded: Option<&str>) {
    for complaint in &document.complaints {
        assert!(!complaint.contains('\n'), "{complaint:?} has several lines");
    }
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.range.start >= end && block.range.start < block.range.end);
        assert!(
            document.text.get(block.range.clone()).is_some(),
            "{block:?}"
        );
        end = block.range.end;
    }
    let lines = decoded.map(|source| source.matches(['\n', '\r']).count() + 1);
    for passage in passages(document) {
        assert!(!passage.text.trim().is_empty() || !document.cuts.is_empty());
        if document.cuts.is_empty() {
            assert_eq!(document.text.get(passage.range.clone()), Some(passage.text));
        }
        if let Some((source, lines)) = decoded.zip(lines) {
            assert!(
                source.get(passage.source_range.clone()).is_some(),
                "{passage:?}"
            );
            assert!((1..=lines).contains(&passage.line), "{passage:?}");
        }
    }
}
