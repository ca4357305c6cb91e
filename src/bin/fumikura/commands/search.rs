//! `fumikura search`: a query in, passages out.

use std::io;

use anyhow::Result;
use fumikura::{Query, SearchOptions, Suggestion, render};

use super::Outcome;
use crate::args::SearchArgs;
use crate::config;
use crate::messages::{self, Usage};

pub(crate) fn run(args: &SearchArgs) -> Result<Outcome> {
    let words = args.query.join(" ");
    let filters = config::filters(&args.filters)?;
    if words.trim().is_empty() && filters.is_empty() {
        return Err(Usage {
            message: "nothing to search for".to_owned(),
            hint: "give words, a question or a filter: fumikura search 外交 --country VN",
        }
        .into());
    }
    let mut options = SearchOptions {
        limit: args.number,
        offset: args.offset,
        filters,
        per_document: args.per_document,
        locale: config::locale(),
        ..SearchOptions::default()
    };
    if !args.json {
        // People read the whole passage.
        options.snippet_chars = usize::MAX;
    }
    let parsed = Query::parse(&words);
    let index = super::open(&args.index.index)?;
    let searcher = index.searcher()?;
    let mut hits = searcher.search(&parsed.query, &options)?;
    hits.complaints
        .splice(0..0, parsed.complaints.iter().map(ToString::to_string));
    for complaint in &hits.complaints {
        messages::note(complaint);
    }
    for suggestion in &hits.suggestions {
        let Suggestion { word, nearest } = suggestion;
        // Words of a question that nothing has are no news while others are found.
        if !nearest.is_empty() {
            let nearest = nearest.join(", ");
            messages::note(&format!("no passage has `{word}`; nearest: {nearest}"));
        } else if hits.total == 0 {
            messages::note(&format!("no passage has `{word}`"));
        }
    }
    if args.json {
        render::Json::new(io::stdout().lock()).write(&hits)?;
    } else {
        render::Plain::with_options(io::stdout().lock(), config::layout()).write(&hits)?;
    }
    if hits.total == 0 {
        super::note_if_empty(&searcher, &args.index.index)?;
    }
    if hits.total > 0 && hits.hits.is_empty() && args.number > 0 {
        messages::note(&format!("--offset {}: no hits this far down", args.offset));
    }
    // `-n 0` asks for the counts alone.
    match hits.total == 0 || (hits.hits.is_empty() && args.number > 0) {
        true => Ok(Outcome::NoHits),
        false => Ok(Outcome::Done),
    }
}
