//! `fumikura export`: all documents as JSON Lines.

use std::io::BufWriter;

use anyhow::Result;

use super::Outcome;
use crate::args::ExportArgs;

pub(crate) fn run(args: &ExportArgs) -> Result<Outcome> {
    let index = super::open(&args.index.index)?;
    index.export(BufWriter::new(std::io::stdout().lock()))?;
    Ok(Outcome::Done)
}
