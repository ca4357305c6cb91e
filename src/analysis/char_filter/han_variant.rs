//! Han characters that are one character to whoever searches: old forms (國), variants (髙), short forms of China (经).
//!
//! In: a character. Out: the form that Japanese dictionaries have. The table `data/han_variants.tsv` says how it came about. Pairs that
//! are different words in Japanese (后 and 後) are not in it.

use std::collections::HashMap;

/// The table, ready to be asked for every Han character of a text.
pub(super) struct HanVariants {
    /// By distance from [`FIRST`]; what is not in it stays.
    common: Box<[char]>,
    rare: HashMap<char, char>,
}

/// Nearly all characters of real texts lie from here to [`LAST`]: a plain array, as each of them is looked up.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

impl std::fmt::Debug for HanVariants {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HanVariants").finish_non_exhaustive()
    }
}

impl HanVariants {
    pub(super) fn built_in() -> Self {
        let mut variants = HanVariants {
            common: (FIRST..=LAST).collect(),
            rare: HashMap::new(),
        };
        let lines = include_str!("../data/han_variants.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let (new, olds) = line.split_once('\t').unwrap_or_default();
            for (new, old) in new
                .chars()
                .flat_map(|new| olds.chars().map(move |old| (new, old)))
            {
                match distance(old).and_then(|at| variants.common.get_mut(at)) {
                    Some(form) => *form = new,
                    None => {
                        variants.rare.insert(old, new);
                    }
                }
            }
        }
        variants
    }

    /// Writes the form that stands for a character, if that is another.
    pub(super) fn fold(&self, c: char, into: &mut String) -> Option<usize> {
        let form = match distance(c) {
            Some(at) => self.common.get(at),
            None => self.rare.get(&c),
        };
        form.filter(|form| **form != c)
            .and_then(|form| super::replace(into, *form))
    }
}

fn distance(c: char) -> Option<usize> {
    (FIRST..=LAST)
        .contains(&c)
        .then(|| c as usize - FIRST as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let variants = HanVariants::built_in();
        for (old, new) in "國国滿満經経经経髙高齋斎斎斎𠮷吉后后云云"
            .chars()
            .collect::<Vec<_>>()
            .chunks(2)
            .map(|pair| (pair[0], pair[1]))
        {
            let mut into = String::new();
            let found = variants.fold(old, &mut into).and(into.chars().next());
            assert_eq!(found.unwrap_or(old), new, "{old}");
        }
    }
}
