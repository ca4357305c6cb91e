//! `fumikura analyze`: what each step of the analysis makes of a text, and how a query is read.

use std::io::{self, Write};

use anyhow::Result;
use fumikura::{Analyzer, ErrorKind, Index, Query, UserDictionary, render};
use serde_json::json;

use super::Outcome;
use crate::args::AnalyzeArgs;
use crate::{config, messages};

pub(crate) fn run(args: &AnalyzeArgs) -> Result<Outcome> {
    let index = index(args)?;
    let text = args.text.join(" ");
    match (args.query, index) {
        (true, index) => query(args, &text, index),
        (false, Some(index)) => stages(args, &text, index.analyzer()),
        (false, None) => {
            let own = args.user_dictionary.as_ref();
            let own = own.map(|path| super::parsed(path, UserDictionary::parse));
            stages(args, &text, &super::analyzer(own.transpose()?)?)
        }
    }
}

/// The index whose words and settings count; none where there is none, or other words are given.
fn index(args: &AnalyzeArgs) -> Result<Option<Index>> {
    if args.user_dictionary.is_some() {
        return Ok(None);
    }
    match super::open(&args.index.index) {
        Ok(index) => Ok(Some(index)),
        Err(error) if super::is(&error, ErrorKind::IndexMissing) => Ok(None),
        // What is wrong with an index matters where the query is for it.
        Err(error) if args.query => Err(error),
        Err(_) => Ok(None),
    }
}

fn stages(args: &AnalyzeArgs, text: &str, analyzer: &Analyzer) -> Result<Outcome> {
    let stages = analyzer.stages(text, args.language.as_deref());
    if stages.is_cut {
        let chars = stages.text.chars().count();
        messages::note(&format!("the text was cut after {chars} characters"));
    }
    let mut out = io::stdout().lock();
    if args.json {
        let mut value = serde_json::to_value(&stages)?;
        value["folded"] = json!(analyzer.normalize(&stages.text));
        value["fingerprint"] = json!(analyzer.fingerprint().to_string());
        serde_json::to_writer(&mut out, &value)?;
        writeln!(out)?;
    } else {
        render::Plain::with_options(out, config::layout()).stages(&stages)?;
    }
    Ok(Outcome::Done)
}

fn query(args: &AnalyzeArgs, text: &str, index: Option<Index>) -> Result<Outcome> {
    let parsed = Query::parse(text);
    for complaint in &parsed.complaints {
        messages::note(&complaint.to_string());
    }
    let languages: Vec<&str> = match (&args.language, &index) {
        (Some(language), _) => vec![language],
        (None, Some(_)) => Vec::new(),
        (None, None) => vec!["ja"],
    };
    let index = match index {
        Some(index) => index,
        None => {
            messages::note("there is no index: the query is read as for Japanese texts");
            Index::in_memory(super::analyzer(None)?)
        }
    };
    let searcher = index.searcher()?;
    let read = searcher.read_query(&parsed.query, &languages, &config::locale())?;
    let understood = parsed.query.to_string();
    let mut out = io::stdout().lock();
    if args.json {
        let complaints: Vec<String> = parsed.complaints.iter().map(ToString::to_string).collect();
        let value = json!({ "query": understood, "complaints": complaints, "explanation": read });
        serde_json::to_writer(&mut out, &value)?;
        writeln!(out)?;
    } else {
        render::Plain::with_options(out, config::layout()).query_explanation(&understood, &read)?;
    }
    Ok(Outcome::Done)
}
