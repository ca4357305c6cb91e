//! A text and a query → hits: what is shown is a part of the text, marks lie inside and in order, and no control character reaches a
//! terminal.

#![no_main]

use std::sync::{Mutex, OnceLock};

use fumikura::render::Plain;
use fumikura::{Document, Index, IndexWriter, Query, SearchOptions, WriterOptions};
use fumikura_fuzz::analyzer;
use libfuzzer_sys::fuzz_target;

/// Beside the text there is always another.
const OTHER: &str =
    "両国の外相は東京で会談し、1992年の貿易協定について話した。 The ministers met in Hanoi.";

const SNIPPET_CHARS: usize = 40;

/// An index for all inputs: each replaces the text of the one before.
fn index() -> &'static (Index, Mutex<IndexWriter>) {
    static INDEX: OnceLock<(Index, Mutex<IndexWriter>)> = OnceLock::new();
    INDEX.get_or_init(|| {
        let index = Index::in_memory(analyzer().clone());
        let options = WriterOptions {
            threads: 1,
            ..WriterOptions::default()
        };
        let mut writer = index.writer(&options).expect("nobody else writes");
        writer
            .add(Document::new("other", "", OTHER))
            .expect("memory takes any text");
        (index, Mutex::new(writer))
    })
}

fuzz_target!(|input: &str| {
    let (query, text) = input.split_once('\n').unwrap_or((input, input));
    let (index, writer) = index();
    let mut writer = writer.lock().expect("nobody else writes");
    writer.delete("text");
    writer
        .add(Document::new("text", "", text))
        .expect("memory takes any text");
    writer.commit().expect("memory takes any text");
    let searcher = index.searcher().expect("the index is sound");
    let options = SearchOptions {
        snippet_chars: SNIPPET_CHARS,
        explain: true,
        ..SearchOptions::top(5)
    };
    let parsed = Query::parse(query).query;
    for query in [parsed, Query::phrase(query)] {
        let hits = searcher
            .search(&query, &options)
            .expect("any query is answered");
        for hit in &hits.hits {
            assert!(hit.score.is_finite());
            assert!(text.contains(&hit.passage.text) || OTHER.contains(&hit.passage.text));
            let chars = hit.snippet.text.chars().count();
            assert!(chars <= SNIPPET_CHARS, "{chars} characters");
            assert!(hit.passage.text.contains(&hit.snippet.text));
            let mut end = 0;
            for &(start, stop) in &hit.snippet.highlights {
                assert!(
                    end <= start && start < stop && stop <= chars,
                    "{start}..{stop} of {chars}"
                );
                end = stop;
            }
        }
        let mut shown = Vec::new();
        Plain::new(&mut shown)
            .write(&hits)
            .expect("memory takes any text");
        let shown = String::from_utf8(shown).expect("what is shown is text");
        assert!(
            !shown.contains(|c: char| c.is_control() && c != '\n' && c != '\t'),
            "{shown:?}"
        );
    }
});
