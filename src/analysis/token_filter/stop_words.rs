//! Which words carry meaning, by their part of speech and by a list of words.

use std::collections::HashSet;

use super::lines;
use crate::analysis::token::TokenKind;

/// Parts of speech and words that carry no meaning of their own.
#[derive(Debug)]
pub(crate) struct StopList {
    tags: Vec<&'static str>,
    words: HashSet<&'static str>,
}

impl StopList {
    /// The built-in Japanese list: `data/stop_tags_ja.txt` and `data/stop_words_ja.txt`.
    pub(crate) fn japanese() -> Self {
        StopList {
            tags: lines(include_str!("../data/stop_tags_ja.txt")).collect(),
            words: lines(include_str!("../data/stop_words_ja.txt")).collect(),
        }
    }

    /// The kind of a word by its part of speech, given level by level.
    pub(crate) fn kind(&self, levels: &[&str]) -> TokenKind {
        match self.tag(levels) {
            Some(_) => TokenKind::Function,
            None => TokenKind::Content,
        }
    }

    /// The tag of the list that stops a part of speech.
    pub(crate) fn tag(&self, levels: &[&str]) -> Option<&'static str> {
        let stops = |tag: &&&str| {
            let mut levels = levels.iter();
            tag.split('-').all(|part| levels.next() == Some(&part))
        };
        self.tags.iter().find(stops).copied()
    }

    /// Whether the list has this word, in base form.
    pub(crate) fn has_word(&self, term: &str) -> bool {
        self.words.contains(term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_stands_for_all_below_it() {
        let list = StopList::japanese();
        assert_eq!(
            list.kind(&["助詞", "格助詞", "一般", "*"]),
            TokenKind::Function
        );
        assert_eq!(
            list.kind(&["動詞", "非自立", "*", "*"]),
            TokenKind::Function
        );
        assert_eq!(list.kind(&["動詞", "自立", "*", "*"]), TokenKind::Content);
        assert!(list.has_word("する") && !list.has_word("条約"));
    }
}
