//! `fumikura show`: a document or a passage as the index has it.

use std::io;

use anyhow::Result;
use fumikura::render;

use super::Outcome;
use crate::args::ShowArgs;
use crate::config;

pub(crate) fn run(args: &ShowArgs) -> Result<Outcome> {
    let shown = super::open(&args.index.index)?.searcher()?.show(&args.id)?;
    if args.json {
        render::Json::new(io::stdout().lock()).shown(&shown)?;
    } else {
        render::Plain::with_options(io::stdout().lock(), config::layout())
            .shown(&shown, &config::locale())?;
    }
    Ok(Outcome::Done)
}
