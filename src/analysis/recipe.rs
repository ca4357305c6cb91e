//! Recipes: what is done with the words of a language.
//!
//! In: an ISO 639 code. Out: a [`Recipe`]. A language without rules of its own has its words as they are written, without their marks.
//! Japanese is not here: its words come from its own dictionary.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::marks;
use super::stemmer::Stemmer;
use super::token::TokenKind;

/// Rules of all languages, a line each.
const RULES: &str = include_str!("data/languages.tsv");

/// Longer "words" are none, and have no stem: the rules are for words, not for what a megabyte without a space costs.
const MAX_WORD_BYTES: usize = 256;

/// What is done with the words of a language, in this order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipe {
    language: &'static Rules,
    stemmer: Option<Stemmer>,
    /// Whether marks go before the stem is looked for. Most stemmers need them; these take economía and economia for two words if they see
    /// them.
    marks_first: bool,
}

/// A language's part of the table.
#[derive(Debug, Default)]
struct Rules {
    /// Small words that grow together with the next one: l'accord.
    elided: HashSet<&'static str>,
    /// Words that carry no meaning of their own, as they are written in lower case.
    function: HashSet<&'static str>,
    /// Endings that are taken off, one after the other, from words that are long enough.
    endings: Vec<&'static str>,
}

impl Recipe {
    /// The recipe of a language.
    pub(crate) fn of(language: Option<&str>) -> Recipe {
        static ALL: LazyLock<HashMap<&str, Rules>> = LazyLock::new(rules);
        static NONE: LazyLock<Rules> = LazyLock::new(Rules::default);
        let code = language.unwrap_or_default();
        Recipe {
            language: ALL.get(code).unwrap_or(&NONE),
            stemmer: Stemmer::of(code),
            marks_first: matches!(code, "ca" | "en" | "es" | "fr" | "it" | "nl" | "pt"),
        }
    }

    /// Whether different words may become one term.
    pub(crate) fn has_stems(&self) -> bool {
        self.stemmer.is_some() || !self.language.endings.is_empty()
    }

    /// What a word says.
    pub(crate) fn kind(&self, word: &str) -> TokenKind {
        match self.language.function.contains(word) {
            true => TokenKind::Function,
            false => TokenKind::Content,
        }
    }

    /// How many bytes at the beginning of a word are a small word that grew together with it.
    pub(crate) fn elided(&self, word: &str) -> usize {
        match word.find('\'') {
            Some(at) if at + 1 < word.len() && self.language.elided.contains(&word[..at]) => at + 1,
            _ => 0,
        }
    }

    /// What the forms of a word have in common.
    pub(crate) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        if word.len() > MAX_WORD_BYTES {
            return Cow::Borrowed(word);
        }
        let bare = match self.marks_first {
            true => marks::fold(word),
            false => Cow::Borrowed(without_endings(word, &self.language.endings)),
        };
        let stem = match &self.stemmer {
            Some(stemmer) => stemmer.stem(&bare),
            None => Cow::Borrowed(&*bare),
        };
        match marks::fold(&stem) {
            same if same == word => Cow::Borrowed(word),
            other => Cow::Owned(other.into_owned()),
        }
    }
}

/// What is left of a word without its endings.
fn without_endings<'w>(mut word: &'w str, endings: &[&str]) -> &'w str {
    let enough = |stem: &str| {
        let syllables = stem.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
        stem.chars().count() >= if syllables { 2 } else { 4 }
    };
    // In Kazakh an ending begins as the stem ends: президент-і, not президен-ті.
    let agrees = |stem: &str, ending: &str| {
        !ending.starts_with(['т', 'қ', 'к', 'п'])
            || stem.ends_with(['п', 'к', 'қ', 'т', 'с', 'ш', 'щ', 'ч', 'ц', 'х', 'ф', 'һ'])
    };
    let longest = |word: &'w str| {
        let stems = endings.iter().filter_map(|ending| {
            let stem = word.strip_suffix(ending)?;
            (enough(stem) && agrees(stem, ending)).then_some(stem)
        });
        stems.min_by_key(|stem| stem.len())
    };
    while let Some(stem) = longest(word) {
        word = stem;
    }
    word
}

/// Reads the table.
fn rules() -> HashMap<&'static str, Rules> {
    let mut all: HashMap<&str, Rules> = HashMap::new();
    for line in RULES.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(code), Some(kind), Some(words)) =
            (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let rules = all.entry(code).or_default();
        let words = words.split(' ');
        match kind {
            "elided" => rules.elided.extend(words),
            "function" => rules.function.extend(words),
            _ => rules.endings.extend(words),
        }
    }
    all
}
