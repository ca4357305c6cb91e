//! `fumikura facets`: counts per facet value, or per pair of values.

use std::io;

use anyhow::Result;
use fumikura::render::PlainOptions;
use fumikura::{Query, SearchOptions, render};

use super::Outcome;
use crate::args::FacetsArgs;
use crate::{config, messages};

/// Values shown per facet, and rows of a table.
const VALUES: usize = 20;

pub(crate) fn run(args: &FacetsArgs) -> Result<Outcome> {
    let parsed = Query::parse(&args.query.join(" "));
    for complaint in &parsed.complaints {
        messages::note(&complaint.to_string());
    }
    let options = SearchOptions {
        limit: 0,
        filters: config::filters(&args.filters)?,
        locale: config::locale(),
        ..SearchOptions::default()
    };
    let layout = PlainOptions {
        facet_values: VALUES,
        ..config::layout()
    };
    let searcher = super::open(&args.index.index)?.searcher()?;
    let (mut json, mut plain) = (
        render::Json::new(io::stdout().lock()),
        render::Plain::with_options(io::stdout().lock(), layout),
    );
    let (total, complaints) = match args.by {
        Some(by) => {
            let (table, complaints) = searcher.cross(&parsed.query, by, &options)?;
            match args.json {
                true => json.cross(&table)?,
                false => plain.cross(&table)?,
            }
            (table.total, complaints)
        }
        None => {
            let hits = searcher.search(&parsed.query, &options)?;
            match args.json {
                true => json.facets(&hits.facets)?,
                false => plain.counts(&hits)?,
            }
            (hits.total, hits.complaints)
        }
    };
    for complaint in &complaints {
        messages::note(complaint);
    }
    match total {
        0 => {
            super::note_if_empty(&searcher, &args.index.index)?;
            Ok(Outcome::NoHits)
        }
        _ => Ok(Outcome::Done),
    }
}
