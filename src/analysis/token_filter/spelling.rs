//! Words that are written with more or fewer kana, with ヶ or が, with 々 or without (引っ越し, 引越し, 引越), by the table
//! `data/spellings_ja.tsv`. Its head says how it came about.

use std::collections::HashMap;

use super::lines;

/// The table, by spelling.
#[derive(Debug)]
pub(crate) struct Spellings(HashMap<&'static str, &'static str>);

impl Spellings {
    pub(crate) fn japanese() -> Self {
        let pairs = lines(include_str!("../data/spellings_ja.tsv")).flat_map(|line| {
            let (first, others) = line.split_once('\t').unwrap_or_default();
            others.split('\t').map(move |other| (other, first))
        });
        Spellings(pairs.collect())
    }

    /// The spelling that stands for all those of a word.
    pub(crate) fn of<'t>(&self, term: &'t str) -> &'t str
    where
        'static: 't,
    {
        self.0.get(term).copied().unwrap_or(term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_stands_for_all() {
        let spellings = Spellings::japanese();
        for word in ["引っ越し", "引越し", "引越"] {
            assert_eq!(spellings.of(word), "引っ越す");
        }
        assert_eq!(spellings.of("佐佐木"), "佐々木");
        assert_eq!(spellings.of("生物"), "生物");
    }
}
