//! One JSON object on one line.

use std::io::{self, Write};

use crate::hit::{FacetCounts, Hits, Shown};

/// Writes hits as JSON, one object a line, as described in [`hit`](crate::hit).
///
/// ```
/// use fumikura::{Analyzer, Index, Query, SearchOptions, render};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory(Analyzer::grams_only());
/// let hits = index.searcher()?.search(&Query::parse("外交").query, &SearchOptions::default())?;
/// let mut out = Vec::new();
/// render::Json::new(&mut out).write(&hits)?;
/// assert!(String::from_utf8(out)?.starts_with(r#"{"query":"外交","complaints":[],"total":0,"#));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Json<W> {
    out: W,
}

impl<W: Write> Json<W> {
    /// A renderer that writes to `out`.
    pub fn new(out: W) -> Self {
        Json { out }
    }

    /// Writes the hits of one search.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn write(&mut self, hits: &Hits) -> io::Result<()> {
        self.line(hits)
    }

    /// Writes the counts alone.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn facets(&mut self, facets: &FacetCounts) -> io::Result<()> {
        self.line(facets)
    }

    /// Writes a document or passage.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn shown(&mut self, shown: &Shown) -> io::Result<()> {
        self.line(shown)
    }

    fn line(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}
