//! Tokenizers: they cut a folded text into tokens.
//!
//! - [`ngram`]: overlapping pairs of characters in scripts without spaces, whole words elsewhere. Finds any substring.
//! - [`unicode`]: words by Unicode's rules, for scripts with spaces.
//! - [`lindera`]: Japanese words with their base forms, by dictionary.

#[cfg_attr(not(feature = "segment"), path = "tokenizer/icu_disabled.rs")]
pub(super) mod icu;
#[cfg(feature = "ja")]
pub(super) mod lindera;
pub(super) mod ngram;
pub(super) mod unicode;
