//! Stems by the algorithms of the [Snowball project](https://snowballstem.org/).
//!
//! In: a folded word. Out: what its inflected forms have in common.

use std::borrow::Cow;

use frostem::Algorithm;

/// Which stems: the day of Snowball's last change to its algorithms, as in the crate's version.
pub(crate) const VERSION: Option<&str> = Some("snowball-20261016");

/// Cuts words of one language down to their stems.
#[derive(Clone, Copy)]
pub(crate) struct Stemmer {
    algorithm: frostem::Stemmer,
    twice: bool,
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Stemmer")
            .field(&self.algorithm.algorithm().name())
            .finish()
    }
}

impl Stemmer {
    /// The stemmer of a language, by its ISO 639 code.
    pub(crate) fn of(language: &str) -> Option<Self> {
        let algorithm = match language {
            "ar" => Algorithm::Arabic,
            "ca" => Algorithm::Catalan,
            "cs" => Algorithm::Czech,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "eo" => Algorithm::Esperanto,
            "es" => Algorithm::Spanish,
            "et" => Algorithm::Estonian,
            "eu" => Algorithm::Basque,
            "fa" => Algorithm::Persian,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "ga" => Algorithm::Irish,
            "hi" => Algorithm::Hindi,
            "hu" => Algorithm::Hungarian,
            "hy" => Algorithm::Armenian,
            "id" | "ms" => Algorithm::Indonesian,
            "it" => Algorithm::Italian,
            "lt" => Algorithm::Lithuanian,
            "ne" => Algorithm::Nepali,
            "nl" => Algorithm::Dutch,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "pl" => Algorithm::Polish,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sr" => Algorithm::Serbian,
            "st" => Algorithm::Sesotho,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            "uk" => Algorithm::Ukrainian,
            "yi" => Algorithm::Yiddish,
            _ => return None,
        };
        Some(Stemmer {
            algorithm: frostem::Stemmer::new(algorithm),
            twice: algorithm == Algorithm::Russian,
        })
    }

    /// The stem of a word. In Russian some stems have a stem themselves, and then some forms of the word have the one and some the other:
    /// the last one is what all have in common (Казахстана, Казахстане).
    pub(crate) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let mut stem = self.algorithm.stem(word);
        if self.twice {
            stem = Cow::Owned(self.algorithm.stem(&stem).into_owned());
        }
        match stem.is_empty() {
            true => Cow::Borrowed(word),
            false => stem,
        }
    }
}
