//! Token filters: which words carry meaning, and the spellings of one word that only somebody who knows words can tell.
//!
//! In: words, as the dictionary cut them. Out: terms. A filter either names the one term of a word (サーバー → サーバ, 引越し → 引っ越す), or adds
//! a looser term beside it, where a word may be meant that is written like another: an exact match then has both terms in common, and ranks above.

pub(super) mod joined_name;
pub(super) mod katakana;
pub(super) mod number;
pub(super) mod spelling;
pub(super) mod stop_words;

/// Lines of a data file that are neither empty nor comments.
fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}
