//! Whether a name stands alone, as its script has it.
//!
//! In: a folded text and the places of names in it. Out: those that are no part of a longer word: not マリ in マリア, not
//! `Oman` in `Roman`; but `Қазақстанның` and `베트남과`, whose endings and particles are written together with the name.
//! Not here: what the words around a name mean ([`super::context`]).

use std::collections::HashMap;
use std::ops::Range;

use super::tables;

/// What is written together with names, by language.
pub(super) struct Attachments {
    after: HashMap<&'static str, Vec<&'static str>>,
    before: HashMap<&'static str, Vec<&'static str>>,
}

impl Attachments {
    pub(super) fn new() -> Self {
        let of = |what: &str| {
            tables::endings()
                .filter_map(|row| match row[..] {
                    [language, kind, _, words] if kind == what => {
                        Some((language, words.split(' ').collect()))
                    }
                    _ => None,
                })
                .collect()
        };
        Attachments {
            after: of("attached"),
            before: of("prefixed"),
        }
    }

    /// Whether a name in an alphabet is no part of a longer word, in a text of some language. Names in kana, Han and
    /// Thai pass.
    pub(super) fn is_whole_word<'a>(
        &self,
        text: &str,
        range: &Range<usize>,
        language: impl FnOnce() -> Option<&'a str>,
    ) -> bool {
        let (before, after) = neighbours(text, range);
        let name = &text[range.clone()];
        let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back()) else {
            return false;
        };
        if is_hangul(first) {
            // Particles and a few words are written together with the name; anything else makes another word.
            return !before.is_some_and(is_hangul)
                && after.is_none_or(|c| !is_hangul(c) || AFTER_KOREAN.contains(c));
        }
        if !is_letter_of_words(first) {
            return true;
        }
        let blocks = |c: char| is_letter_of_words(c) || c == '_';
        let blocked_before = before.is_some_and(blocks);
        // `US$` is money. A name that ends in a hyphen, `Sino-`, is the first part of a word.
        let blocked_after = last != '-' && after.is_some_and(|c| blocks(c) || c == '$');
        if !blocked_before && !blocked_after {
            return true;
        }
        let Some(language) = language() else {
            return false;
        };
        let after_bytes: usize = text[range.end..]
            .chars()
            .take(MAX_ATTACHED_CHARS)
            .take_while(|&c| blocks(c))
            .map(char::len_utf8)
            .sum();
        let before_bytes: usize = text[..range.start]
            .chars()
            .rev()
            .take(MAX_ATTACHED_CHARS)
            .take_while(|&c| blocks(c))
            .map(char::len_utf8)
            .sum();
        let attached_after = &text[range.end..range.end + after_bytes];
        let attached_before = &text[range.start - before_bytes..range.start];
        let allows = |of: &HashMap<&str, Vec<&str>>, attached: &str| {
            of.get(language).is_some_and(|all| all.contains(&attached))
        };
        (!blocked_after || allows(&self.after, attached_after))
            && (!blocked_before || allows(&self.before, attached_before))
    }
}

/// Longer than any ending, so that a longer rest is none.
const MAX_ATTACHED_CHARS: usize = 8;

/// What may follow a Korean name within its word: particles, 인 (people), 산 (made in), 군, 측, 내, 전, 정(부), 외.
const AFTER_KOREAN: &str =
    "은는이가을를의와과에로도만까부보처나라인산군측내전정간외제대공총현및식계";

/// Katakana that may stand after a name in one word.
const KATAKANA_AFTER: &str = "ドル ユーロ ポンド フラン マルク リラ ペソ ルピー ルピア バーツ ルーブル クローネ \
    クローナ テンゲ ドン レアル リンギット ディナール リヤル ウォン ソム サッカー チーム \
    リーグ オリンピック ワールドカップ パビリオン センター クラブ グランプリ フェア \
    フェスティバル フォーラム ビジネス";

/// Before these a name may follow that of a person: シラクフランス大統領.
const OFFICES: [&str; 7] = [
    "大統領",
    "首相",
    "外相",
    "国防相",
    "国王",
    "外務大臣",
    "国家主席",
];

/// Drops names that begin or end within a longer katakana word (マリ in マリア). Names that follow each other without a
/// middle dot (イランイラク戦争) are boundaries for each other.
pub(super) fn keep_whole_katakana<T>(
    text: &str,
    candidates: &mut Vec<T>,
    range_of: impl Fn(&T) -> Range<usize>,
) {
    let starts_whole = |range: &Range<usize>| {
        let (before, _) = neighbours(text, range);
        !(before.is_some_and(is_katakana) && text[range.start..].starts_with(is_katakana))
            || OFFICES
                .iter()
                .any(|office| text[range.end..].starts_with(office))
    };
    let ends_whole = |range: &Range<usize>| {
        let rest = &text[range.end..];
        !(rest.starts_with(is_katakana) && text[..range.end].ends_with(is_katakana))
            || KATAKANA_AFTER.split(' ').any(|after| {
                rest.strip_prefix(after)
                    .is_some_and(|rest| !rest.starts_with(is_katakana))
            })
    };
    let whole = |candidate: &T| {
        let range = range_of(candidate);
        starts_whole(&range) && ends_whole(&range)
    };
    if candidates.iter().all(whole) {
        return;
    }
    // Chains grow from their whole ends: by start to the right, by end to the left.
    candidates.sort_by_key(|candidate| range_of(candidate).start);
    let mut whole_ends: Vec<usize> = Vec::new();
    let mut starts = vec![false; candidates.len()];
    for (i, range) in candidates.iter().map(&range_of).enumerate() {
        starts[i] = starts_whole(&range) || is_recent(&whole_ends, range.start);
        if starts[i] {
            whole_ends.push(range.end);
        }
    }
    let mut whole_starts: Vec<usize> = Vec::new();
    let mut ends = vec![false; candidates.len()];
    for (i, range) in candidates.iter().map(&range_of).enumerate().rev() {
        ends[i] = ends_whole(&range) || is_recent(&whole_starts, range.end);
        if ends[i] {
            whole_starts.push(range.start);
        }
    }
    let mut index = 0;
    candidates.retain(|_| {
        index += 1;
        starts[index - 1] && ends[index - 1]
    });
}

/// Whether one of the last places is `place`. A word holds few names, so that few places need to be looked at.
fn is_recent(places: &[usize], place: usize) -> bool {
    places.iter().rev().take(16).any(|&other| other == place)
}

pub(super) fn neighbours(text: &str, range: &Range<usize>) -> (Option<char>, Option<char>) {
    (
        text[..range.start].chars().next_back(),
        text[range.end..].chars().next(),
    )
}

pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// Letters of scripts that put spaces between words, and digits.
fn is_letter_of_words(c: char) -> bool {
    match u32::from(c) {
        0..=0x7f => c.is_ascii_alphanumeric(),
        // Thai to Khmer write no spaces; CJK neither.
        0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0xd7ff | 0xf900..=0xfaff => {
            false
        }
        0x20000.. => false,
        _ => c.is_alphanumeric(),
    }
}
