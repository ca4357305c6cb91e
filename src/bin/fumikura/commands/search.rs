//! `fumikura search`: a query in, passages out.

use std::io;

use anyhow::Result;
use fumikura::{Query, SearchOptions, render};

use super::Outcome;
use crate::args::SearchArgs;
use crate::{config, messages};

pub(crate) fn run(args: &SearchArgs) -> Result<Outcome> {
    let mut options = SearchOptions {
        limit: args.number,
        offset: args.offset,
        filters: config::filters(&args.filters)?,
        per_document: args.per_document,
        locale: config::locale(),
        ..SearchOptions::default()
    };
    if !args.json {
        // People read the whole passage.
        options.snippet_chars = usize::MAX;
    }
    let parsed = Query::parse(&args.query.join(" "));
    let index = super::open(&args.index.index)?;
    let mut hits = index.searcher()?.search(&parsed.query, &options)?;
    hits.complaints
        .splice(0..0, parsed.complaints.iter().map(ToString::to_string));
    for complaint in &hits.complaints {
        messages::note(complaint);
    }
    if args.json {
        render::Json::new(io::stdout().lock()).write(&hits)?;
    } else {
        render::Plain::with_options(io::stdout().lock(), config::layout()).write(&hits)?;
    }
    match hits.hits.is_empty() {
        true => Ok(Outcome::NoHits),
        false => Ok(Outcome::Done),
    }
}
