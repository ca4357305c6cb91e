//! Stands in for the Japanese tokenizer in a build without the feature `ja`: no words, Japanese is left to the grams.

use crate::analysis::dictionary::Dictionary;
use crate::analysis::token::Tokens;

#[derive(Debug)]
pub(crate) struct JapaneseTokenizer;

impl JapaneseTokenizer {
    pub(crate) fn new(_: Dictionary) -> Self {
        JapaneseTokenizer
    }

    pub(crate) fn words(&self, _: &str) -> Tokens {
        Tokens::default()
    }
}
