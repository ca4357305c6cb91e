//! Stands in for the stemmers in a build without the feature `stem`: no language has one, words stay as they are.

use std::borrow::Cow;

/// Which stems: none.
pub(crate) const VERSION: Option<&str> = None;

/// There is none.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stemmer {}

impl Stemmer {
    pub(crate) fn of(_: &str) -> Option<Self> {
        None
    }

    pub(crate) fn stem<'w>(&self, _: &'w str) -> Cow<'w, str> {
        match *self {}
    }
}
