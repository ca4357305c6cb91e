//! Stands in for the Japanese recipe in a build without the feature `ja`: no words, Japanese is left to the grams.

use super::dictionary::Dictionary;
use super::token::Tokens;

#[derive(Debug)]
pub(crate) struct Japanese;

impl Japanese {
    pub(crate) fn new(_: Dictionary) -> Self {
        Japanese
    }

    pub(crate) fn words(&self, _: &str) -> (Tokens, Tokens) {
        (Tokens::default(), Tokens::default())
    }

    pub(crate) fn stages(
        &self,
        _: &str,
    ) -> Vec<(std::ops::Range<usize>, super::stages::TokenStage)> {
        Vec::new()
    }
}
