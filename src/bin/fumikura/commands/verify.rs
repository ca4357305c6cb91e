//! `fumikura verify`: whether the files of an index are sound.

use std::io::Write;

use anyhow::Result;

use super::Outcome;
use crate::args::VerifyArgs;

pub(crate) fn run(args: &VerifyArgs) -> Result<Outcome> {
    let index = super::open(&args.index.index)?;
    index.verify()?;
    let status = index.searcher()?.status()?;
    writeln!(
        std::io::stdout(),
        "sound: {} passages of {} documents",
        status.passages,
        status.documents
    )?;
    Ok(Outcome::Done)
}
