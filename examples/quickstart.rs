//! # Quick start: index a folder, ask, print
//!
//! ```text
//! cargo run --release --example quickstart                     # a question about the sample texts
//! cargo run --release --example quickstart -- FOLDER 質問       # your own
//! ```
//!
//! A third argument is the folder of a Japanese dictionary, as `fumikura dictionary install` builds it. Without one Japanese is cut
//! into pairs of characters alone: everything is found, and ranked a little worse.

// An example talks to a person; the library never prints.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io;
use std::ops::ControlFlow;

use fumikura::render::Plain;
use fumikura::{
    Analyzer, Dictionary, Event, FacetFilter, Index, Query, SearchOptions, WriterOptions,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "corpus".to_owned());
    let question = arguments
        .next()
        .unwrap_or_else(|| "カザフスタンとベトナムの貿易額はいくらですか".to_owned());

    // ## An analyzer
    //
    // It cuts texts and queries into words; an index remembers which one it was built with.
    let analyzer = match arguments.next() {
        Some(dictionary) => Analyzer::new(Dictionary::open(dictionary)?),
        None => Analyzer::grams_only(),
    };

    // ## An index
    //
    // This one is in memory. `Index::create("index", analyzer)` makes one on disk, `Index::open` opens it again.
    let index = Index::in_memory(analyzer);
    let mut writer = index.writer(&WriterOptions::default())?;

    // ## Documents
    //
    // `update` reads files and folders. `writer.add(Document::new(id, title, text))` and `writer.commit()` take documents from code.
    // The second argument is told what happens on the way: here, what could not be read.
    let mut problems = Vec::new();
    let summary = writer.update(&[&folder], |event| {
        if let Event::Problem(error) = event {
            problems.push(error.to_string());
        }
        ControlFlow::Continue(())
    })?;

    // ## A query
    //
    // What people type: words or a question, with operators if they like. What the parser cannot use it tells, and goes on.
    let parsed = Query::parse(&question);
    problems.extend(parsed.complaints.iter().map(ToString::to_string));

    // ## Hits
    //
    // The best passages, at most one of each document, and counts over all that match.
    let options = SearchOptions {
        per_document: 1,
        locale: "ja".to_owned(),
        ..SearchOptions::top(3)
    };
    let searcher = index.searcher()?;
    let hits = searcher.search(&parsed.query, &options)?;

    println!(
        "{} documents, {} passages",
        summary.documents, summary.passages
    );
    for problem in &problems {
        println!("{problem}");
    }
    println!("\n{question}\n");
    Plain::new(io::stdout()).write(&hits)?;

    // ## A narrower question
    //
    // The same again, for passages about one country: a code, or its name in any language.
    let narrow = SearchOptions {
        filters: vec![FacetFilter::Country("カザフスタン".to_owned())],
        ..options
    };
    let narrowed = searcher.search(&parsed.query, &narrow)?;
    println!("\n{} of them are about Kazakhstan", narrowed.total);
    Ok(())
}
