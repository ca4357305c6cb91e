//! Explanations for people: how a query was read, and what a score rests on.

use std::io::{self, Write};

use super::{BOLD, DIM, INDENT, Plain, one_line};
use crate::hit::{Explanation, LanguageReading, QueryExplanation};

/// Two decimals are shown.
const LEAST: f32 = 0.005;

impl<W: Write> Plain<W> {
    /// What of the query is looked for, a line for each way.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn query_explanation(&mut self, query: &str, read: &QueryExplanation) -> io::Result<()> {
        let query = [query.to_owned()];
        let (other_words, by_sound) = (other_words(&read.languages), by_sound(&read.languages));
        let in_languages = in_languages(read);
        let lines: [(&str, &[String]); 12] = [
            ("query", &query),
            ("words", &read.words),
            ("not looked for", &read.function_words),
            ("as in texts in", &in_languages),
            ("other words", &other_words),
            ("by sound", &by_sound),
            ("pairs", &read.grams),
            ("letter by letter", &read.phrases),
            ("beginnings", &read.prefixes),
            ("left out", &read.excluded),
            ("only", &read.filters),
            ("named", &read.named),
        ];
        for (name, values) in lines.into_iter().filter(|(_, values)| !values.is_empty()) {
            let values: Vec<_> = values.iter().map(|value| one_line(value)).collect();
            let name = self.styled(DIM, &format!("{name:>16}"));
            writeln!(self.out, "{name}  {}", values.join(", "))?;
        }
        writeln!(self.out)
    }

    /// The words of a passage that matched.
    pub(super) fn matched(&mut self, matched: &[String]) -> io::Result<()> {
        if matched.is_empty() {
            return Ok(());
        }
        let words: Vec<_> = matched.iter().map(|word| one_line(word)).collect();
        let told = self.styled(DIM, &format!("matched: {}", words.join(", ")));
        writeln!(self.out, "{INDENT}{told}")
    }

    /// A score as the sum of its parts; parts that add nothing to be seen are left out.
    pub(super) fn score(&mut self, score: f32, explanation: &Explanation) -> io::Result<()> {
        let total = self.styled(BOLD, &format!("{score:>8.2}"));
        writeln!(self.out, "{INDENT}{total}  score")?;
        let parts = explanation.parts.iter();
        for part in parts.filter(|part| part.contribution().abs() >= LEAST) {
            let weighed = match part.weight == 1.0 {
                true => String::new(),
                false => format!(" {:.2} × {:.2}", part.value, part.weight),
            };
            let added = format!(
                "{:>8.2}  {}{weighed}",
                part.contribution(),
                one_line(&part.name)
            );
            writeln!(self.out, "{INDENT}{}", self.styled(DIM, &added))?;
        }
        Ok(())
    }
}

/// `米国 → アメリカ, USA (ja)`, each once; what no passage has behind it.
fn other_words(languages: &[LanguageReading]) -> Vec<String> {
    let tried = |reading: &LanguageReading| {
        let told = reading.synonyms.iter().map(|words| {
            let missing = words.missing.iter().map(|word| format!("{word} (nowhere)"));
            let tried: Vec<String> = words.tried.iter().cloned().chain(missing).collect();
            format!("{} → {}", words.typed, tried.join(" | "))
        });
        told.collect::<Vec<_>>()
    };
    with_languages(languages, tried)
}

fn by_sound(languages: &[LanguageReading]) -> Vec<String> {
    with_languages(languages, |reading| reading.sounds.clone())
}

/// Words of languages that are read otherwise than the query alone says.
fn in_languages(read: &QueryExplanation) -> Vec<String> {
    let others = read.languages.iter();
    let others = others.filter(|reading| {
        let is_other = |word: &String| !read.words.contains(word);
        !reading.language.is_empty() && reading.words.iter().any(is_other)
    });
    others
        .map(|reading| format!("{}: {}", reading.language, reading.words.join(" ")))
        .collect()
}

/// What several languages have, each once; named where there are several languages.
fn with_languages(
    languages: &[LanguageReading],
    told: impl Fn(&LanguageReading) -> Vec<String>,
) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for reading in languages {
        for text in told(reading) {
            let text = match languages.len() {
                0 | 1 => text,
                _ if reading.language.is_empty() => format!("{text} (language unknown)"),
                _ => format!("{text} ({})", reading.language),
            };
            if !all.contains(&text) {
                all.push(text);
            }
        }
    }
    all
}
