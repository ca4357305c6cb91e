//! What kind of query a text is: the second stage weighs its evidence by it.
//!
//! In: a text and its words. Out: [`QueryKind`]. Two keywords want a passage that has both; a question wants the one place that answers;
//! a headline or another statement names a matter that a document treats as a whole. It decides nothing about what matches.

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, TokenKind};

/// The kind of a query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryKind {
    /// A few words.
    #[default]
    Keywords,
    /// A headline or a sentence that asks nothing.
    Statement,
    /// A question.
    Question,
}

/// Fewer content words than this are keywords; so are spaces more often than that.
const STATEMENT_WORDS: usize = 6;
/// So many parts between spaces are a sentence of a language that writes spaces.
const STATEMENT_PARTS: usize = 8;
/// In a text without spaces, so many content words with one of these particles between them tell something: 基地で竜巻. Others join nouns.
const TOLD_WORDS: usize = 3;
const TELLING_PARTICLES: [&str; 7] = ["が", "を", "に", "で", "へ", "は", "から"];
/// A last word that leaves a sentence open: 首都は, 署名したのはいつか.
const OPEN_ENDINGS: [&str; 3] = ["は", "か", "とは"];

/// Question words of several languages.
fn question_words() -> impl Iterator<Item = &'static str> {
    include_str!("data/question_words.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl QueryKind {
    /// The kind of a text that was cut into these words.
    pub(super) fn of(text: &str, analysis: &Analysis) -> QueryKind {
        let parts = text.split_whitespace().count();
        let words = analysis.words.content().count();
        let tells = parts == 1
            && words >= TOLD_WORDS
            && (analysis.words.iter()).any(|token| {
                token.kind == TokenKind::Function && TELLING_PARTICLES.contains(&token.term)
            });
        if asks(text, analysis) {
            QueryKind::Question
        } else if tells || words >= STATEMENT_WORDS * parts.max(1) || parts >= STATEMENT_PARTS {
            QueryKind::Statement
        } else {
            QueryKind::Keywords
        }
    }
}

/// Whether a text has a question mark or a question word, or stops where an answer would go on.
fn asks(text: &str, analysis: &Analysis) -> bool {
    // In the middle of a headline a mark doubts and does not ask: 「149歳」の老人？ 戸籍に残る.
    if text.trim_end().ends_with(['?', '？', '؟']) {
        return true;
    }
    let is_word = |word: &str| analysis.words.iter().any(|token| token.term == word);
    // Chinese and Thai are not cut into words, nor is Japanese without a dictionary.
    let is_part = |word: &str| stands_by_itself(word) && text.contains(word);
    let last = analysis.words.iter().last();
    let is_open = last.is_some_and(|token| OPEN_ENDINGS.contains(&token.term));
    (is_open && analysis.words.len() > 1)
        || question_words().any(|word| is_word(word) || is_part(word))
}

/// Whether a word is hardly ever a part of another one in a script without spaces: どう is one of ぶどう.
fn stands_by_itself(word: &str) -> bool {
    let mut chars = word.chars();
    let unspaced = |c: char| matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3041}'..='\u{309f}' | '\u{4e00}'..='\u{9fff}');
    let kana = |c: char| matches!(c, '\u{3041}'..='\u{309f}');
    match word.chars().count() {
        0 | 1 => false,
        2 => chars.all(|c| unspaced(c) && !kana(c)),
        _ => chars.all(unspaced),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn without_a_dictionary_marks_and_words_tell() {
        let analyzer = Analyzer::grams_only();
        let kind = |text: &str| QueryKind::of(text, &analyzer.analyze(text, None));
        assert_eq!(kind("条約に署名したのは？"), QueryKind::Question);
        assert_eq!(kind("署名した人について教えて"), QueryKind::Question);
        assert_eq!(kind("Who signed the treaty"), QueryKind::Question);
        assert_eq!(kind("首都在什么地方"), QueryKind::Question);
        assert_eq!(kind("条約を結んだのはいつか"), QueryKind::Question);
        assert_eq!(kind("この条約をなんという"), QueryKind::Question);
        assert_eq!(kind("署名式？中止"), QueryKind::Keywords);
        assert_eq!(kind("貿易 協定"), QueryKind::Keywords);
        assert_eq!(kind("trade agreement"), QueryKind::Keywords);
        assert_eq!(
            kind("Foreign ministers sign a trade agreement in the capital"),
            QueryKind::Statement
        );
        assert_eq!(kind(""), QueryKind::Keywords);
    }
}
