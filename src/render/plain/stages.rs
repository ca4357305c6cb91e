//! The stages of an analysis for people.
//!
//! In: [`Stages`]. Out: a line for the text, for each lot of char filters that edited something, a table of tokens with aligned columns, and a
//! line for each kind of terms.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::bars::padded;
use super::{BOLD, DIM, Plain, one_line};
use crate::analysis::TokenKind;
use crate::analysis::stages::{FilterStage, KnownBy, Stages, TermStage, TokenStage};

/// Columns of the names of lines.
const NAME_COLUMNS: usize = 8;
/// Between two columns.
const GAP: &str = "  ";

impl<W: Write> Plain<W> {
    /// Writes what each step makes of a text.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn stages(&mut self, stages: &Stages) -> io::Result<()> {
        self.stage("text", &stages.text)?;
        for filter in stages
            .filters
            .iter()
            .filter(|filter| !filter.edits.is_empty())
        {
            self.filter_stage(filter)?;
        }
        self.token_stages(&stages.tokens)?;
        for (name, terms) in [
            ("words", &stages.words),
            ("grams", &stages.grams),
            ("readings", &stages.readings),
        ] {
            if !terms.is_empty() {
                self.stage(name, &joined(terms))?;
            }
        }
        self.out.flush()
    }

    fn stage(&mut self, name: &str, value: &str) -> io::Result<()> {
        let name = self.styled(BOLD, &format!("{name:<NAME_COLUMNS$}"));
        writeln!(self.out, "{name}{GAP}{}", one_line(value))
    }

    /// The text behind a lot of filters, and each edit.
    fn filter_stage(&mut self, filter: &FilterStage) -> io::Result<()> {
        self.stage(filter.name, &filter.text)?;
        let mut told: Vec<String> = Vec::new();
        for edit in &filter.edits {
            let after = match edit.after.as_str() {
                "" => "nothing",
                after => after,
            };
            let told_once = format!(
                "{}: {} → {}",
                edit.filter,
                one_line(&edit.before.escape_debug().to_string()),
                one_line(after)
            );
            if !told.contains(&told_once) {
                told.push(told_once);
            }
        }
        if filter.used_for == "grams" {
            told.push("for grams alone".to_owned());
        }
        let told = self.styled(DIM, &told.join("; "));
        writeln!(self.out, "{:NAME_COLUMNS$}{GAP}{told}", "")
    }

    /// A row for each token: as it stands, its part of speech, its base form, its reading, and what is not usual about it.
    fn token_stages(&mut self, tokens: &[TokenStage]) -> io::Result<()> {
        let rows: Vec<[String; 5]> = tokens.iter().map(row).collect();
        let widths: Vec<usize> = (0..5)
            .map(|column| {
                rows.iter()
                    .map(|row| row[column].width())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        for (at, row) in rows.iter().enumerate() {
            let name = if at == 0 { "tokens" } else { "" };
            let name = self.styled(BOLD, &format!("{name:<NAME_COLUMNS$}"));
            let mut line = String::new();
            // A column that nobody has is left out.
            for (cell, &width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
                line.push_str(GAP);
                line.push_str(&padded(cell, width));
            }
            writeln!(self.out, "{name}{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn row(token: &TokenStage) -> [String; 5] {
    let own = |text: Option<&str>| one_line(text.unwrap_or_default()).into_owned();
    let base_form = token
        .base_form
        .as_deref()
        .filter(|base| *base != token.token);
    let known_by = match token.known_by {
        Some(KnownBy::UserDictionary) => "user dictionary",
        Some(KnownBy::Nobody) => "in no dictionary",
        Some(KnownBy::Dictionary) | None => "",
    };
    let stopped = token
        .stopped_by
        .as_ref()
        .map(|why| format!("not looked for: {why}"));
    let notes = [known_by, stopped.as_deref().unwrap_or_default()];
    let notes = notes.into_iter().filter(|note| !note.is_empty());
    [
        own(Some(&token.token)),
        own(Some(&token.part_of_speech)),
        own(base_form),
        own(token.reading.as_deref()),
        own(Some(&notes.collect::<Vec<_>>().join(", "))),
    ]
}

/// Terms in their order, function words in brackets, further spellings of a word behind a stroke.
fn joined(terms: &[TermStage]) -> String {
    let mut text = String::new();
    let mut before = None;
    for term in terms {
        let between = match before {
            None => "",
            Some(position) if position == term.position => "/",
            Some(_) => " ",
        };
        text.push_str(between);
        match term.kind {
            TokenKind::Content => text.push_str(&term.term),
            TokenKind::Function => text.push_str(&format!("({})", term.term)),
        }
        before = Some(term.position);
    }
    text
}
