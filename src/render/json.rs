//! One JSON object on one line.

use std::io::{self, Write};

use serde_json::ser::{CompactFormatter, Formatter};

use super::plain::is_harmful;
use crate::hit::{CrossTable, FacetCounts, Hits, Shown};

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

    /// Writes a cross table.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn cross(&mut self, table: &CrossTable) -> io::Result<()> {
        self.line(table)
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
        let mut json = serde_json::Serializer::with_formatter(&mut self.out, Harmless);
        value.serialize(&mut json)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}

/// Compact JSON in which characters that a terminal obeys are written as escapes, those above ASCII too.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| is_harmful(c)) {
            CompactFormatter.write_string_fragment(writer, &fragment[from..at])?;
            // All of them are in the basic plane.
            write!(writer, "\\u{:04x}", u32::from(c))?;
            from = at + c.len_utf8();
        }
        CompactFormatter.write_string_fragment(writer, &fragment[from..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_reads_back() {
        let text = "外\u{1b}[31m\u{9b}1m\u{202e}\u{7f}\n交";
        let mut out = Vec::new();
        Json::new(&mut out).line(&text).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, "\"外\\u001b[31m\\u009b1m\\u202e\\u007f\\n交\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
