//! `fumikura optimize`: one segment, nothing deleted in it.

use std::io::Write;

use anyhow::Result;
use fumikura::WriterOptions;
use indicatif::HumanBytes;

use super::Outcome;
use crate::args::OptimizeArgs;

pub(crate) fn run(args: &OptimizeArgs) -> Result<Outcome> {
    let index = super::open(&args.index.index)?;
    let before = index.searcher()?.status()?;
    let mut writer = index.writer(&WriterOptions::default())?;
    writer.optimize()?;
    writer.close()?;
    let after = index.searcher()?.status()?;
    writeln!(
        std::io::stdout(),
        "{} in {}, before {} in {}",
        HumanBytes(after.bytes),
        super::count(after.segments, "segment"),
        HumanBytes(before.bytes),
        super::count(before.segments, "segment"),
    )?;
    Ok(Outcome::Done)
}
