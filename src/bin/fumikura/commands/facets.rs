//! `fumikura facets`: counts per facet value.

use std::io;

use anyhow::Result;
use fumikura::render::PlainOptions;
use fumikura::{Query, SearchOptions, render};

use super::Outcome;
use crate::args::FacetsArgs;
use crate::{config, messages};

pub(crate) fn run(args: &FacetsArgs) -> Result<Outcome> {
    let parsed = Query::parse(&args.query.join(" "));
    let options = SearchOptions {
        limit: 0,
        filters: config::filters(&args.filters)?,
        locale: config::locale(),
        ..SearchOptions::default()
    };
    let index = super::open(&args.index.index)?;
    let searcher = index.searcher()?;
    let hits = searcher.search(&parsed.query, &options)?;
    for complaint in parsed
        .complaints
        .iter()
        .map(ToString::to_string)
        .chain(hits.complaints.iter().cloned())
    {
        messages::note(&complaint);
    }
    if args.json {
        render::Json::new(io::stdout().lock()).facets(&hits.facets)?;
    } else {
        let layout = PlainOptions {
            facet_values: usize::MAX,
            ..config::layout()
        };
        let mut plain = render::Plain::with_options(io::stdout().lock(), layout);
        plain.total(&hits)?;
        plain.facets(&hits.facets)?;
    }
    match hits.total {
        0 => {
            super::note_if_empty(&searcher, &args.index.index)?;
            Ok(Outcome::NoHits)
        }
        _ => Ok(Outcome::Done),
    }
}
