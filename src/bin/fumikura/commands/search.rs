//! `fumikura search`: a query in, passages out.

use std::io;

use anyhow::Result;
use fumikura::{Query, SearchOptions, Sort, Suggestion, Synonyms, render};

use super::Outcome;
use crate::args::{SearchArgs, SortBy};
use crate::config;
use crate::messages::{self, Usage};

pub(crate) fn run(args: &SearchArgs) -> Result<Outcome> {
    let words = args.query.join(" ");
    let filters = config::filters(&args.filters)?;
    if words.trim().is_empty() && filters.is_empty() && args.like.is_none() {
        return Err(Usage {
            message: "nothing to search for".to_owned(),
            hint: "give words, a question or a filter: fumikura search 外交 --country VN",
        }
        .into());
    }
    if args.prefer_recent && args.sort == SortBy::Newest {
        return Err(Usage {
            message: "--prefer-recent changes nothing beside --sort newest".to_owned(),
            hint: "give one of them",
        }
        .into());
    }
    let mut options = SearchOptions {
        limit: args.number,
        offset: args.offset,
        filters,
        sort: match args.sort {
            SortBy::Relevance => Sort::Relevance,
            SortBy::Newest => Sort::Newest,
        },
        prefer_recent: args.prefer_recent,
        // People see the page, programs what they make of it.
        per_document: args.per_document.unwrap_or(if args.json { 0 } else { 2 }),
        fold_duplicates: !args.duplicates,
        explain: args.explain,
        locale: config::locale(),
        ..SearchOptions::default()
    };
    if !args.json {
        // People read the whole passage.
        options.snippet_chars = usize::MAX;
    }
    let parsed = Query::parse(&words);
    let index = super::open(&args.index.index)?;
    let mut searcher = index.searcher()?;
    if let Some(path) = &args.synonyms {
        let own = super::parsed(path, Synonyms::parse)?;
        searcher = searcher.with_synonyms(&[&own, &Synonyms::built_in()]);
    }
    if args.no_synonyms {
        searcher = searcher.with_synonyms(&[]);
    }
    let mut hits = match &args.like {
        Some(passage_id) => searcher.like(passage_id, &options)?,
        None => searcher.search(&parsed.query, &options)?,
    };
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
