//! `fumikura show`: a document or a passage as the index has it.

use std::io;

use anyhow::Result;
use fumikura::render;

use super::Outcome;
use crate::args::ShowArgs;
use crate::config;

pub(crate) fn run(args: &ShowArgs) -> Result<Outcome> {
    let searcher = super::open(&args.index.index)?.searcher()?;
    let shown = searcher.show(&args.id, &config::locale())?;
    if args.json {
        render::Json::new(io::stdout().lock()).shown(&shown)?;
    } else {
        render::Plain::with_options(io::stdout().lock(), config::layout()).shown(&shown)?;
    }
    Ok(Outcome::Done)
}
