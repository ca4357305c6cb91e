//! Countries that a text names.
//!
//! In: a folded text. Out: countries with the place of their first name and the number of names, most named first.
//! One pass of an automaton finds every name of CLDR (in a dozen languages) and of our table, also inside other words.
//! Then each name must stand on word boundaries, as its script has them, and of overlapping ones the leftmost longest
//! counts. Text that only looks like a name (日本海) is in the table too: it takes part and names nothing.

use std::collections::HashMap;
use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::{Country, names};
use crate::facet::Found;
use crate::facet::fold::{Folded, fold};
use crate::language::Language;

/// Languages whose names are looked for, besides Japanese, English and our table. More would cost time when the
/// automaton is built, and bring names that are words elsewhere.
const LOCALES: [(&str, Gate); 10] = [
    ("zh", Gate::NoKana),
    ("zh-Hant", Gate::NoKana),
    ("ko", Gate::Open),
    ("ru", Gate::Open),
    ("kk", Gate::Open),
    ("th", Gate::Open),
    ("vi", Gate::InLanguage(0b0001)),
    ("fr", Gate::InLanguage(0b0010)),
    ("de", Gate::InLanguage(0b0100)),
    ("es", Gate::InLanguage(0b1000)),
];

/// The languages of the bits in [`Gate::InLanguage`].
const GATED: [&str; 4] = ["vi", "fr", "de", "es"];

/// Which texts a name is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gate {
    /// All.
    Open,
    /// Those without kana: Chinese names are parts of words in Japanese (海地 in 上海地区).
    NoKana,
    /// Those in one of some languages: `Island` is Iceland in German only, `Áo` Austria in Vietnamese.
    InLanguage(u8),
}

/// How a name must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    /// With a capital first: not `turkey`.
    Capital,
    /// In capitals only: not `us`.
    Capitals,
}

#[derive(Debug, Clone, Copy)]
struct Name {
    /// `None`: looks like a name and is none.
    country: Option<Country>,
    case: Case,
    gate: Gate,
}

/// Finds countries in texts.
pub(in crate::facet) struct CountryFinder {
    /// `None` only if the automaton could not be built, which the tests rule out for the tables we ship.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    names: Vec<Name>,
    /// What must not follow a name: 語.
    not_before: Vec<String>,
}

/// A name at a place of the folded text.
#[derive(Debug, Clone)]
struct Candidate {
    range: Range<usize>,
    name: Name,
}

impl CountryFinder {
    pub(in crate::facet) fn new() -> Self {
        let mut names: HashMap<String, Name> = HashMap::new();
        let mut not_before = Vec::new();
        for alias in names::aliases() {
            match alias.name.strip_prefix('*') {
                Some(suffix) => not_before.push(fold(suffix)),
                None => add(&mut names, alias.name, alias.country, Gate::Open),
            }
        }
        for (locale, gate) in [("ja", Gate::Open), ("en", Gate::Open)]
            .into_iter()
            .chain(LOCALES)
        {
            for (name, country) in names::of_locale(locale) {
                add(&mut names, &name, Some(country), gate);
            }
        }
        let mut names: Vec<(String, Name)> = names.into_iter().collect();
        names.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let patterns = names
            .iter()
            .zip(0u32..)
            .map(|((pattern, _), id)| (pattern, id));
        CountryFinder {
            automaton: CharwiseDoubleArrayAhoCorasick::with_values(patterns).ok(),
            names: names.iter().map(|(_, name)| *name).collect(),
            not_before,
        }
    }

    pub(in crate::facet) fn find(&self, text: &Folded) -> Vec<Found<Country>> {
        let mut found: Vec<Found<Country>> = Vec::new();
        let mut end = 0;
        for candidate in self.candidates(text) {
            if candidate.range.start < end {
                continue;
            }
            end = candidate.range.end;
            let Some(country) = candidate.name.country else {
                continue;
            };
            if self
                .not_before
                .iter()
                .any(|suffix| text.text[end..].starts_with(suffix))
            {
                continue;
            }
            match found.iter_mut().find(|found| found.value == country) {
                Some(found) => found.count += 1,
                None => found.push(Found::in_text(
                    country,
                    text.original_range(&candidate.range),
                )),
            }
        }
        found.sort_by_key(|found| std::cmp::Reverse(found.count));
        found
    }

    /// The names that stand on boundaries, leftmost first, of those that begin together the longest first.
    fn candidates(&self, text: &Folded) -> Vec<Candidate> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut candidates: Vec<Candidate> = automaton
            .find_overlapping_iter(&text.text)
            .filter_map(|found| {
                let name = *self.names.get(found.value() as usize)?;
                Some(Candidate {
                    range: found.start()..found.end(),
                    name,
                })
            })
            .collect();
        if candidates.is_empty() {
            return candidates;
        }
        let mut language = None;
        candidates.retain(|candidate| {
            has_case(text, candidate)
                && is_whole_word(&text.text, &candidate.range)
                && is_open(candidate.name.gate, text, &mut language)
        });
        keep_whole_katakana(&text.text, &mut candidates);
        candidates.sort_by_key(|c| (c.range.start, std::cmp::Reverse(c.range.end)));
        candidates
    }
}

fn add(names: &mut HashMap<String, Name>, written: &str, country: Option<Country>, gate: Gate) {
    let pattern = fold(written);
    // One Han character or syllable is a part of too many words.
    if pattern.chars().count() < 2 && pattern.len() > 1 {
        return;
    }
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let first = written.chars().find(|c| c.is_alphabetic());
    let case = match first {
        Some(first) if !first.is_uppercase() => Case::Any,
        Some(_)
            if written
                .chars()
                .filter(|&c| cased(c))
                .all(char::is_uppercase) =>
        {
            Case::Capitals
        }
        Some(_) => Case::Capital,
        None => Case::Any,
    };
    let name = Name {
        country,
        case,
        gate,
    };
    names
        .entry(pattern)
        .and_modify(|known| {
            // The same name in two languages is looked for in both.
            if let (Gate::InLanguage(a), Gate::InLanguage(b)) = (known.gate, gate)
                && known.country == country
            {
                known.gate = Gate::InLanguage(a | b);
            }
        })
        .or_insert(name);
}

fn has_case(text: &Folded, candidate: &Candidate) -> bool {
    match candidate.name.case {
        Case::Any => true,
        Case::Capital => text
            .original_text(&candidate.range)
            .chars()
            .next()
            .is_some_and(char::is_uppercase),
        Case::Capitals => !text
            .original_text(&candidate.range)
            .chars()
            .any(char::is_lowercase),
    }
}

fn is_open(gate: Gate, text: &Folded, language: &mut Option<Option<Language>>) -> bool {
    let mut is_in = |code: &str| {
        let language = language.get_or_insert_with(|| Language::of(&text.text));
        language.is_some_and(|language| language.as_str() == code)
    };
    match gate {
        Gate::Open => true,
        Gate::NoKana => !is_in("ja"),
        Gate::InLanguage(bits) => GATED
            .iter()
            .enumerate()
            .any(|(bit, code)| bits & 1 << bit != 0 && is_in(code)),
    }
}

/// Whether a name in an alphabet is no part of a longer word. Names in kana, Han and Thai pass.
fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = neighbours(text, range);
    let Some(first) = text[range.start..].chars().next() else {
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
    // `US$` is money.
    !before.is_some_and(blocks) && !after.is_some_and(|c| blocks(c) || c == '$')
}

/// What may follow a Korean name within its word: particles, 인 (people), 산 (made in), 군, 측, 내, 전, 정(부), 외.
const AFTER_KOREAN: &str =
    "은는이가을를의와과에로도만까부보처나라인산군측내전정간외제대공총현및식계";

/// Katakana that may stand before or after a name in one word: ナチスドイツ is listed as a name, アメリカドル is not.
const KATAKANA_AFTER: &str = "ドル ユーロ ポンド フラン マルク リラ ペソ ルピー ルピア バーツ ルーブル クローネ \
    クローナ テンゲ ドン レアル リンギット ディナール リヤル ウォン ソム サッカー チーム \
    リーグ オリンピック ワールドカップ パビリオン センター クラブ グランプリ フェア \
    フェスティバル フォーラム ビジネス";

/// Drops names that begin or end within a longer katakana word (マリ in マリア). Names that follow each other without a
/// middle dot (イランイラク戦争) are boundaries for each other.
fn keep_whole_katakana(text: &str, candidates: &mut Vec<Candidate>) {
    let starts_whole = |c: &Candidate| {
        let (before, _) = neighbours(text, &c.range);
        !(before.is_some_and(is_katakana) && text[c.range.start..].starts_with(is_katakana))
    };
    let ends_whole = |c: &Candidate| {
        let rest = &text[c.range.end..];
        !(rest.starts_with(is_katakana) && text[..c.range.end].ends_with(is_katakana))
            || KATAKANA_AFTER.split(' ').any(|after| {
                rest.strip_prefix(after)
                    .is_some_and(|rest| !rest.starts_with(is_katakana))
            })
    };
    if candidates.iter().all(|c| starts_whole(c) && ends_whole(c)) {
        return;
    }
    // Chains grow from their whole ends: by start to the right, by end to the left.
    candidates.sort_by_key(|c| c.range.start);
    let mut whole_ends: Vec<usize> = Vec::new();
    let mut starts = vec![false; candidates.len()];
    for (i, candidate) in candidates.iter().enumerate() {
        starts[i] = starts_whole(candidate) || whole_ends.contains(&candidate.range.start);
        if starts[i] {
            whole_ends.push(candidate.range.end);
        }
    }
    let mut whole_starts: Vec<usize> = Vec::new();
    let mut ends = vec![false; candidates.len()];
    for (i, candidate) in candidates.iter().enumerate().rev() {
        ends[i] = ends_whole(candidate) || whole_starts.contains(&candidate.range.end);
        if ends[i] {
            whole_starts.push(candidate.range.start);
        }
    }
    let mut index = 0;
    candidates.retain(|_| {
        index += 1;
        starts[index - 1] && ends[index - 1]
    });
}

fn neighbours(text: &str, range: &Range<usize>) -> (Option<char>, Option<char>) {
    (
        text[..range.start].chars().next_back(),
        text[range.end..].chars().next(),
    )
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
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
