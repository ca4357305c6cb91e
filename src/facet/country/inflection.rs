//! Forms of names and adjectives: `Казахстана`, `vietnamesische`.
//!
//! In: a language and a name or adjective as a dictionary has it. Out: its other forms, by the endings of
//! `data/country_endings.tsv`. Some that no grammar knows are among them; they are no words and do no harm. Not here:
//! endings that any name may take ([`super::boundary`]).

use std::collections::HashMap;

use super::tables;

/// The endings by language and by what they are for.
pub(super) struct Endings {
    rows: HashMap<(&'static str, &'static str), Vec<Ending>>,
}

struct Ending {
    ending: &'static str,
    others: Vec<&'static str>,
}

impl Endings {
    pub(super) fn new() -> Self {
        let mut rows: HashMap<_, Vec<Ending>> = HashMap::new();
        for row in tables::endings() {
            if let [language, what, ending, others] = row[..] {
                let others = others
                    .split(' ')
                    .map(|other| other.trim_matches('~'))
                    .collect();
                rows.entry((language, what))
                    .or_default()
                    .push(Ending { ending, others });
            }
        }
        Endings { rows }
    }

    /// The cases of a name: its words change together.
    pub(super) fn of_name(&self, language: &str, name: &str) -> Vec<String> {
        let Some(rows) = self.rows.get(&(language, "name")) else {
            return Vec::new();
        };
        let words: Vec<(&str, Option<&Ending>)> =
            name.split(' ').map(|word| (word, of(word, rows))).collect();
        let cases = words
            .iter()
            .filter_map(|(_, row)| Some(row.as_ref()?.others.len()))
            .max();
        let in_case = |case: usize| {
            let words: Vec<String> = words
                .iter()
                .map(|&(word, row)| {
                    row.and_then(|row| replaced(word, row, case))
                        .unwrap_or_else(|| word.to_owned())
                })
                .collect();
            words.join(" ")
        };
        (0..cases.unwrap_or(0)).map(in_case).collect()
    }

    /// The forms of an adjective, without itself unless the table repeats its ending.
    pub(super) fn of_adjective(&self, language: &str, word: &str) -> Vec<String> {
        let row = self
            .rows
            .get(&(language, "adjective"))
            .and_then(|rows| of(word, rows));
        match row {
            Some(row) => (0..row.others.len())
                .filter_map(|form| replaced(word, row, form))
                .collect(),
            None => vec![word.to_owned()],
        }
    }
}

/// The row of the longest ending that a word has.
fn of<'a>(word: &str, rows: &'a [Ending]) -> Option<&'a Ending> {
    rows.iter()
        .filter(|row| word.ends_with(row.ending))
        .max_by_key(|row| row.ending.len())
}

fn replaced(word: &str, row: &Ending, form: usize) -> Option<String> {
    let stem = word.strip_suffix(row.ending)?;
    Some(format!("{stem}{}", row.others.get(form)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_name_change_together() {
        let forms = Endings::new().of_name("ru", "Саудовская Аравия");
        assert!(forms.contains(&"Саудовской Аравии".to_owned()));
        assert!(forms.contains(&"Саудовскую Аравию".to_owned()));
        let forms = Endings::new().of_name("pl", "Stany Zjednoczone");
        assert!(forms.contains(&"Stanach Zjednoczonych".to_owned()));
        assert!(Endings::new().of_name("ru", "США").is_empty());
    }

    #[test]
    fn adjectives() {
        let forms = Endings::new().of_adjective("de", "vietnamesisch");
        assert!(forms.contains(&"vietnamesischer".to_owned()));
        assert_eq!(
            Endings::new().of_adjective("en", "Vietnamese"),
            ["Vietnamese"]
        );
        assert_eq!(
            Endings::new().of_adjective("en", "Kazakh"),
            ["Kazakh", "Kazakhs"]
        );
    }
}
