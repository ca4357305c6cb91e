//! A document or passage for people, with its facets and where each came from.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::bars::padded;
use super::{BOLD, DIM, INDENT, MATCH, PLACE, Plain, one_line, sanitize};
use crate::facet::{Part, Provenance};
use crate::hit::{Evidence, MainValue, Shown, ShownPassage, ShownValue};
use crate::render::wrap;

/// Characters shown on either side of the words that show a value.
const CONTEXT_CHARS: usize = 10;

impl<W: Write> Plain<W> {
    /// Writes a document or passage, with its facets and where each came from.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn shown(&mut self, shown: &Shown) -> io::Result<()> {
        let document = &shown.document;
        let title = self.styled(BOLD, &one_line(&document.title));
        writeln!(self.out, "{title}")?;
        let known = [
            ("id", Some(&document.id)),
            ("path", Some(&document.path)),
            ("date", document.date.as_ref()),
            ("url", document.url.as_ref()),
        ];
        for (name, value) in known {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                writeln!(self.out, "{name:>8}  {}", one_line(value))?;
            }
        }
        for (name, value) in &shown.metadata {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            writeln!(self.out, "{:>8}  {}", one_line(name), one_line(&value))?;
        }
        let main = &shown.main;
        for (name, values) in [
            ("country", &main.countries),
            ("year", &main.years),
            ("topic", &main.topics),
        ] {
            if !values.is_empty() {
                let values: Vec<String> = values.iter().map(main_value).collect();
                let name = self.styled(DIM, &format!("{name:>8}"));
                writeln!(self.out, "{name}  {}", values.join(", "))?;
            }
        }
        for shown in &shown.passages {
            self.shown_passage(shown)?;
        }
        self.out.flush()
    }

    fn shown_passage(&mut self, shown: &ShownPassage) -> io::Result<()> {
        let ShownPassage { passage, facets } = shown;
        let place = self.styled(
            PLACE,
            &format!("{}, line {}", one_line(&passage.id), passage.line),
        );
        let heading = match passage.heading.as_str() {
            "" => String::new(),
            heading => format!("  {}", self.styled(BOLD, &one_line(heading))),
        };
        writeln!(self.out, "\n{place}{heading}")?;
        let columns = self.options.columns.saturating_sub(INDENT.len());
        for line in wrap::lines(&passage.text, columns)
            .into_iter()
            .filter(|line| !line.is_empty())
        {
            writeln!(
                self.out,
                "{INDENT}{}",
                sanitize(&passage.text[line]).trim_end()
            )?;
        }
        let rows = [
            ("country", &facets.countries),
            ("year", &facets.years),
            ("topic", &facets.topics),
        ];
        let values = rows.iter().flat_map(|(_, values)| values.iter());
        let widest = values.map(|value| one_line(&value.label).width()).max();
        for (name, values) in rows {
            for (at, value) in values.iter().enumerate() {
                let name = if at == 0 { name } else { "" };
                let name = self.styled(DIM, &format!("{name:<7}"));
                let label = padded(&one_line(&value.label), widest.unwrap_or(0));
                let part = match value.evidence.as_ref().map(|evidence| evidence.part) {
                    Some(Part::Heading) => &passage.heading,
                    _ => &passage.text,
                };
                let why = self.why(value, part);
                writeln!(self.out, "{INDENT}{name}  {label}  {why}")?;
            }
        }
        Ok(())
    }

    /// Where a value comes from, and the words that show it.
    fn why(&self, value: &ShownValue, part: &str) -> String {
        let origin = match value.provenance {
            Provenance::Declared => "declared",
            Provenance::Corrected => "set in facets.toml",
            Provenance::DocumentDate => "the document's date",
            Provenance::Found => "found",
        };
        let Some(evidence) = &value.evidence else {
            return origin.to_owned();
        };
        let place = match evidence.part {
            Part::Text => "",
            Part::Heading => " in the heading",
        };
        let times = match value.count {
            0 | 1 => String::new(),
            count => format!(" {count} times"),
        };
        format!("{origin}{place}{times}: {}", self.quoted(evidence, part))
    }

    /// The words in their context.
    fn quoted(&self, evidence: &Evidence, part: &str) -> String {
        let (Some(before), Some(after)) = (
            part.get(..evidence.range.start),
            part.get(evidence.range.end..),
        ) else {
            return format!("`{}`", one_line(&evidence.words));
        };
        let (from, _) = before
            .char_indices()
            .rev()
            .take(CONTEXT_CHARS)
            .last()
            .unwrap_or((before.len(), ' '));
        let to = after
            .char_indices()
            .nth(CONTEXT_CHARS)
            .map_or(after.len(), |(at, _)| at);
        let open = if from > 0 { "…" } else { "" };
        let close = if to < after.len() { "…" } else { "" };
        let words = self.styled(MATCH, &one_line(&evidence.words));
        let spaced = |text: &str| one_line(text).replace("  ", " ");
        let (before, after) = (spaced(&before[from..]), spaced(&after[..to]));
        format!("{open}{before}`{words}`{after}{close}")
    }
}

fn main_value(main: &MainValue) -> String {
    let share = match (main.share * 100.0).round() {
        0.0 => String::new(),
        percent => format!(" {percent} %"),
    };
    let origin = match main.provenance {
        Provenance::Declared => " (declared)",
        Provenance::Corrected => " (set in facets.toml)",
        Provenance::DocumentDate => " (its date)",
        Provenance::Found => "",
    };
    format!("{}{share}{origin}", one_line(&main.label))
}
