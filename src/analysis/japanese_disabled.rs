//! Stands in for the Japanese recipe in a build without the feature `ja`: no words, Japanese is left to the grams.

use super::dictionary::Dictionary;
use super::token::Tokens;

#[derive(Debug)]
pub(crate) struct Japanese;

impl Japanese {
    pub(crate) fn new(_: Dictionary) -> Self {
        Japanese
    }

    pub(crate) fn words(&self, _: &str) -> Tokens {
        Tokens::default()
    }
}
