//! What each step of the analysis makes of a text, for people who wonder why something is found, or is not.
//!
//! In: a text as written. Out: [`Stages`], plain data. It goes the way of [`Analyzer::analyze`] and tells it; nothing is decided here.

use serde::Serialize;

use super::char_filter::{self, Filtered};
use super::{Analyzer, TokenKind, Tokens, is_japanese};

/// A longer text is cut for the stages: nobody reads them.
pub const MAX_CHARS: usize = 10_000;

/// A text on its way to terms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stages {
    /// As written; of a text of more than [`MAX_CHARS`] characters the beginning.
    pub text: String,
    /// Whether there was more.
    pub is_cut: bool,
    /// Edits of characters, a lot of filters each: folded, spelt, loosened.
    pub filters: Vec<FilterStage>,
    /// As the tokenizer cuts it.
    pub tokens: Vec<TokenStage>,
    /// Words that are looked up, and function words that are not.
    pub words: Vec<TermStage>,
    /// Pairs of characters, or whole words.
    pub grams: Vec<TermStage>,
    /// How words sound.
    pub readings: Vec<TermStage>,
}

/// What a lot of char filters edited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FilterStage {
    /// Its name.
    pub name: &'static str,
    /// The text behind it.
    pub text: String,
    /// What it is for: `words and grams`, `grams`.
    pub used_for: &'static str,
    /// What it edited; nothing where the text stayed as it was.
    pub edits: Vec<Edit>,
}

/// An edit of some characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The filter.
    pub filter: &'static str,
    /// What was there.
    pub before: String,
    /// What is there now.
    pub after: String,
}

/// A token as the tokenizer cuts it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TokenStage {
    /// As it stands in the filtered text.
    pub token: String,
    /// Bytes in the text as written.
    pub start: usize,
    /// Their end.
    pub end: usize,
    /// Levels of its part of speech, joined by `-`; empty where no dictionary says.
    pub part_of_speech: String,
    /// The word without inflection, or its stem.
    pub base_form: Option<String>,
    /// How it sounds, in katakana.
    pub reading: Option<String>,
    /// What has the word, in Japanese.
    pub known_by: Option<KnownBy>,
    /// Why it is not looked for as a word; none if it is.
    pub stopped_by: Option<String>,
}

/// What has a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownBy {
    /// The dictionary.
    Dictionary,
    /// Words of one's own.
    UserDictionary,
    /// Nothing: a stretch of letters, taken for a word.
    Nobody,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermStage {
    /// What is looked up.
    pub term: String,
    /// Bytes in the text as written.
    pub start: usize,
    /// Their end.
    pub end: usize,
    /// Number in the text; spellings of one word share it.
    pub position: usize,
    /// Whether it carries meaning.
    pub kind: TokenKind,
}

impl Analyzer {
    /// What each step makes of a text; `language` as for [`Analyzer::analyze`].
    ///
    /// ```
    /// use fumikura::Analyzer;
    ///
    /// let stages = Analyzer::grams_only().stages("ﾍﾞﾄﾅﾑ", None);
    /// assert_eq!((stages.filters[0].name, stages.filters[0].text.as_str()), ("folded", "ベトナム"));
    /// assert_eq!(stages.filters[0].edits[0].filter, "width");
    /// ```
    pub fn stages(&self, text: &str, language: Option<&str>) -> Stages {
        let end = text.char_indices().nth(MAX_CHARS).map(|(end, _)| end);
        let is_cut = end.is_some();
        let text = &text[..end.unwrap_or(text.len())];
        let analysis = self.analyze(text, language);
        let folded = char_filter::fold(text, language);
        let spelt = self.char_filters.spell(folded.clone());
        let loosened = char_filter::loosen(spelt.clone());
        let is_chinese = language == Some("zh");
        let both = "words and grams";
        let written = Filtered::unedited(text);
        let filters = [
            ("folded", both, &folded, &written),
            (
                "spelt",
                if is_chinese { "grams" } else { both },
                &spelt,
                &folded,
            ),
            ("loosened", "grams", &loosened, &spelt),
        ];
        let filters = filters.into_iter().enumerate();
        let filters = filters.map(|(lot, (name, used_for, after, before))| FilterStage {
            name,
            text: after.text.clone(),
            used_for,
            edits: (after.traced(lot, before).into_iter())
                .map(|(filter, before, after)| Edit {
                    filter,
                    before,
                    after,
                })
                .collect(),
        });
        let filters = filters.collect();
        let tokens = match &self.japanese {
            Some(japanese) if is_japanese(&spelt.text, language) => {
                let stages = japanese.stages(&spelt.text).into_iter();
                let placed = |(range, mut stage): (_, TokenStage)| {
                    let range = spelt.original(range);
                    (stage.start, stage.end) = (range.start, range.end);
                    stage
                };
                stages.map(placed).collect()
            }
            _ => other_tokens(text, &analysis.words),
        };
        Stages {
            text: text.to_owned(),
            is_cut,
            filters,
            tokens,
            words: terms(&analysis.words),
            grams: terms(&analysis.grams),
            readings: terms(&analysis.readings),
        }
    }
}

/// Words of languages for which no dictionary tells parts of speech.
fn other_tokens(text: &str, words: &Tokens) -> Vec<TokenStage> {
    let token = |token: super::Token<'_>| TokenStage {
        token: text[token.range.clone()].to_owned(),
        start: token.range.start,
        end: token.range.end,
        base_form: Some(token.term.to_owned()),
        stopped_by: (token.kind == TokenKind::Function).then(|| "function word".to_owned()),
        ..TokenStage::default()
    };
    words.iter().map(token).collect()
}

fn terms(tokens: &Tokens) -> Vec<TermStage> {
    let term = |token: super::Token<'_>| TermStage {
        term: token.term.to_owned(),
        start: token.range.start,
        end: token.range.end,
        position: token.position,
        kind: token.kind,
    };
    tokens.iter().map(term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_filter_tells_what_it_edited() {
        let stages =
            Analyzer::grams_only().stages("ﾍﾞﾄﾅﾑ國のTRAMと\u{200b}ヴェト・ナム、人々", None);
        let edits = stages.filters.iter().flat_map(|stage| &stage.edits);
        let told: Vec<String> = edits
            .map(|edit| format!("{} {}→{}", edit.filter, edit.before, edit.after))
            .collect();
        assert_eq!(
            told,
            [
                "width ﾍﾞﾄﾅﾑ→ベトナム",
                "case TRAM→tram",
                "invisible と\u{200b}→と",
                "han variant 國→国",
                "v sound ヴェ→ベ",
                "middle dot ・→",
                "iteration mark 々→人",
            ]
        );
        assert_eq!(stages.filters[2].used_for, "grams");
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let stages = Analyzer::grams_only().stages(&"あ".repeat(MAX_CHARS + 1), None);
        assert!(stages.is_cut && stages.text.chars().count() == MAX_CHARS);
    }
}
