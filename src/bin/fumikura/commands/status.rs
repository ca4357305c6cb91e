//! `fumikura status`: what an index holds.

use std::io::Write;

use anyhow::Result;
use fumikura::{FacetValue, Language, render};
use indicatif::{HumanBytes, HumanCount};

use super::Outcome;
use crate::args::StatusArgs;
use crate::config;

pub(crate) fn run(args: &StatusArgs) -> Result<Outcome> {
    let mut status = super::open(&args.index.index)?.searcher()?.status()?;
    for count in &mut status.languages {
        if let FacetValue::Name(code) = &count.value
            && let Some(language) = Language::from_tag(code)
        {
            count.label = language.name(&config::locale());
        }
    }
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &status)?;
        writeln!(out)?;
        return Ok(Outcome::Done);
    }
    let languages: Vec<String> = status
        .languages
        .iter()
        .map(|count| format!("{} {}", count.label, count.count))
        .collect();
    writeln!(out, "documents    {}", HumanCount(status.documents as u64))?;
    writeln!(out, "passages     {}", HumanCount(status.passages as u64))?;
    writeln!(out, "languages    {}", languages.join(", "))?;
    let roots = match status.roots.as_slice() {
        [] => String::new(),
        roots => format!(" from {}", render::sanitize(&roots.join(", "))),
    };
    writeln!(
        out,
        "sources      {}{roots}",
        HumanCount(status.sources as u64)
    )?;
    if status.unfinished {
        writeln!(
            out,
            "unfinished   run `fumikura index` again to read the rest"
        )?;
    }
    writeln!(
        out,
        "size         {} in {}",
        HumanBytes(status.bytes),
        super::count(status.segments, "segment")
    )?;
    writeln!(out, "fingerprint  {}", status.fingerprint)?;
    writeln!(
        out,
        "last commit  {}",
        status.committed.as_deref().unwrap_or("none")
    )?;
    Ok(Outcome::Done)
}
