//! Token filters: which tokens carry meaning, and spellings that differ by fashion only.

use std::collections::HashSet;

use super::token::TokenKind;

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
            tags: lines(include_str!("data/stop_tags_ja.txt")).collect(),
            words: lines(include_str!("data/stop_words_ja.txt")).collect(),
        }
    }

    /// The kind of a word by its part of speech, given level by level.
    pub(crate) fn kind(&self, levels: &[&str]) -> TokenKind {
        let stopped = self.tags.iter().any(|tag| {
            let mut levels = levels.iter();
            tag.split('-').all(|part| levels.next() == Some(&part))
        });
        if stopped {
            TokenKind::Function
        } else {
            TokenKind::Content
        }
    }

    /// Whether the list has this word, in base form.
    pub(crate) fn has_word(&self, term: &str) -> bool {
        self.words.contains(term)
    }
}

/// Shorter words keep a long vowel at their end: コピー is not コピ.
const MIN_STEM_CHARS: usize = 4;

/// A loanword without the long vowel at its end, which is written or not (サーバー, サーバ): Lucene's katakana stem filter.
pub(crate) fn katakana_stem(term: &str) -> &str {
    let is_katakana = |c| matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}');
    match term.strip_suffix('ー') {
        Some(stem)
            if stem.chars().count() + 1 >= MIN_STEM_CHARS && stem.chars().all(is_katakana) =>
        {
            stem
        }
        _ => term,
    }
}

/// Lines of a data file that are neither empty nor comments.
fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_vowels_at_the_end_of_long_loanwords_go() {
        for (term, stem) in [
            ("サーバー", "サーバ"),
            ("サーバ", "サーバ"),
            ("コピー", "コピー"),
            ("カーブルー", "カーブル"),
            ("すごーい", "すごーい"),
            ("らあめんー", "らあめんー"),
        ] {
            assert_eq!(katakana_stem(term), stem);
        }
    }

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
