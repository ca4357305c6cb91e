//! JSON, JSON Lines and front matter → documents and what their authors declare.

#![no_main]

use fumikura::facet::Finder;
use fumikura::{Document, Source};
use fumikura_fuzz::{choice, read};
use libfuzzer_sys::fuzz_target;

/// Names, and what stands before the input.
const KINDS: [(&str, &str, &str); 4] = [
    ("a.jsonl", "", ""),
    ("a.json", "", ""),
    ("a.md", "---\ntitle: a\n", "\n---\ntext"),
    ("a.txt", "+++\ntitle = \"a\"\n", "\n+++\ntext"),
];

fuzz_target!(|data: &[u8]| {
    let Some(((name, before, after), bytes)) = choice(&KINDS, data) else {
        return;
    };
    let bytes = [before.as_bytes(), bytes, after.as_bytes()].concat();
    read(name, &bytes, None);
    let documents = Source::from_bytes(name, &bytes).read();
    let finder = Finder::new();
    for Document { metadata, .. } in documents.into_iter().flatten().flatten() {
        let (_, complaints) = finder.declared(&metadata);
        for complaint in complaints {
            assert!(!complaint.contains('\n'), "{complaint:?} has several lines");
        }
    }
});
