//! Stands in for the stemmers in a build without the feature `stem`: words stay as they are.

use std::borrow::Cow;

/// Which stems: none.
pub(crate) const VERSION: Option<&str> = None;

/// Changes nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stemmer;

impl Stemmer {
    pub(crate) fn of(_: &str) -> Option<Self> {
        None
    }

    pub(crate) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        Cow::Borrowed(word)
    }
}
