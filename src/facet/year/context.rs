//! What stands around a number: does it make a year of it, or a quantity?
//!
//! In: folded text and a place in it. Out: places after words, and yes or no. All word lists are here.

use super::numeral;

/// Words for year that follow the number.
const YEAR_WORDS: [&str; 3] = ["年", "년", "năm"];

/// Longer forms: the year of a budget.
const YEAR_WORD_TAILS: [&str; 3] = ["度", "도", "版"];

/// What joins the first and last year of a range, longest first.
const LINKS: [&str; 20] = [
    " から ",
    "から",
    "より",
    "乃至",
    "ないし",
    "以降",
    "부터",
    " to ",
    " - ",
    " – ",
    " — ",
    " ~ ",
    "-",
    "‐",
    "–",
    "—",
    "−",
    "~",
    "〜",
    "至",
];

/// Signs between digits that make a range. `ー` is a common slip for a dash.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '–' | '—' | '−' | '~' | '〜' | 'ー')
}

/// After at most one space.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    at + usize::from(text[at..].starts_with(' '))
}

/// After the word for year at `at` (年, 年度), and whether there is one.
pub(super) fn after_year_word(text: &str, at: usize) -> (usize, bool) {
    let start = skip_space(text, at);
    let Some(word) = YEAR_WORDS
        .iter()
        .find(|word| text[start..].starts_with(**word))
    else {
        return (at, false);
    };
    let end = start + word.len();
    let tail = YEAR_WORD_TAILS
        .iter()
        .find(|tail| text[end..].starts_with(**tail));
    (end + tail.map_or(0, |tail| tail.len()), true)
}

/// After the word for a decade at `at` (年代), if there is one.
pub(super) fn after_decade_word(text: &str, at: usize) -> Option<usize> {
    let start = skip_space(text, at);
    let word = ["年代", "년대"]
        .into_iter()
        .find(|word| text[start..].starts_with(word))?;
    Some(start + word.len())
}

/// After the link between the years of a range at `at`, if there is one.
pub(super) fn after_link(text: &str, at: usize) -> Option<usize> {
    LINKS
        .iter()
        .find(|link| text[at..].starts_with(**link))
        .map(|link| at + link.len())
}

/// Whether what follows the word for year makes a length of time of it: 2000年前, 1000年間, 1300年祭.
pub(super) fn is_duration(text: &str, after_word: usize, number: i32) -> bool {
    let rest = text[after_word..].trim_start_matches(' ');
    if let Some(rest) = rest.strip_prefix('前') {
        return !rest.starts_with(['半', '期', '後', '年', '回']);
    }
    if let Some(rest) = rest.strip_prefix(['後', '后']) {
        return !rest.starts_with(['半', '期']);
    }
    const ALWAYS: &str =
        "間 间 余 ぶり 振り 目 祭 来の もの かけて 以上前 전에 전의 전부터 간의 동안 만에";
    const FOR_ROUND: &str = "の歴史 の伝統 にわた 以上 を超え 記念 の時を";
    begins_with(rest, ALWAYS) || number % 100 == 0 && begins_with(rest, FOR_ROUND)
}

/// Whether what stands before a number rules out that it is a year: `第2020回`, `$2019`, `AK-2000`, `tel. 03-2019`.
pub(super) fn is_blocked_before(text: &str, start: usize) -> bool {
    let before = &text[..start];
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    match last {
        '$' | '€' | '£' | '¥' | '₩' | '₽' | '฿' | '₫' | '#' | '№' | '@' | '=' | '&' | '?' | '%'
        | '+' | '*' | '/' | '\\' | '_' | '第' | '億' | '万' | '兆' | '千' | '百' | '§' | '亿'
        | '萬' => true,
        '前' => before.ends_with("紀元前"),
        '.' => {
            let word = last_word(before.trim_end_matches('.'));
            matches!(
                word,
                "no" | "nr" | "vol" | "art" | "sec" | "v" | "ver" | "p" | "pp" | "tel"
            )
        }
        ' ' => {
            let before = before.trim_end_matches(' ');
            before.ends_with(['第', '#', '№', '$', '€', '£', '¥'])
                || before.ends_with("no.")
                || before.ends_with("紀元前")
        }
        _ if is_dash(last) && last != 'ー' => {
            let before = before.trim_end_matches(is_dash);
            let word = last_word(before);
            before.ends_with(|c: char| c.is_ascii_digit())
                || !word.is_empty() && word.chars().count() < 4
        }
        _ if is_cased_letter(last) => {
            !matches!(last_word(before), "fy" | "cy" | "ad" | "ce" | "cop")
        }
        _ => false,
    }
}

/// Whether the number is called rough, as quantities are and years are not: 約2000年, about 1900.
pub(super) fn is_rough(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(' ');
    const ROUGH: &str = "約 およそ おおよそ ほぼ 延べ 合計 総計 最大 過去 今後 计 約計 总计 약";
    const ROUGH_WORDS: &str = "about approximately nearly almost over than some least roughly exceeding only environ \
        etwa около";
    ROUGH.split(' ').any(|word| before.ends_with(word)) || is_one_of(last_word(before), ROUGH_WORDS)
}

/// Whether what follows a number that no word calls a year leaves it a year.
pub(super) fn is_open_after(text: &str, start: usize, end: usize, number: i32) -> bool {
    let rest = &text[end..];
    let Some(next) = rest.chars().next() else {
        return true;
    };
    match next {
        '%' | '‰' | '°' | '℃' | '+' | '$' | '€' | '£' | '¥' | '=' | '/' | '_' | '@' | '²' | '³' => {
            false
        }
        // 1234.5 and 1,234 are read as chains before; what is left are ends of sentences.
        '-' => !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()),
        ' ' => is_open_after_space(text, start, rest.trim_start_matches(' '), number),
        '至' | '到' | '与' | '與' | '和' | '及' => true,
        // の, は and the like: 東京2020の. A round number is rather a quantity.
        'の' | 'は' | 'に' | 'を' | 'も' | 'で' | 'と' | 'や' | 'が' | 'へ' | 'か' | 'ま'
        | 'よ' => number % 100 != 0,
        c if numeral::digit(c).is_some() => false,
        c => !c.is_alphanumeric(),
    }
}

fn is_open_after_space(text: &str, start: usize, rest: &str, number: i32) -> bool {
    const UNITS: &str = "km km² kg m cm mm ha mw gw kw kwh mwh gb mb ft feet meters metres miles mile people \
        persons person million billion thousand trillion hundred percent per dollars usd eur \
        euros yen tons tonnes ton barrels acres hectares square sq cubic troops soldiers \
        students workers staff members hours days years times pages words deaths cases units \
        o'clock est mètres habitants meter";
    let word = rest
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .next()
        .unwrap_or_default();
    let Some(first) = rest.chars().next() else {
        return true;
    };
    match u32::from(first) {
        // Cyrillic: a year is called so, or it ends its phrase.
        0x400..=0x52f => ["год", "г.", "гг", "жыл", "рік", "рок", "г ", "ж."]
            .iter()
            .any(|year| rest.starts_with(year)),
        // Han and Hangul after a space: a counter.
        0x3400..=0x9fff | 0xac00..=0xd7a3 => false,
        _ if rest.starts_with("b.c") || word == "bc" || word == "bce" => false,
        _ if is_introduced(text, start) => {
            !matches!(word, "km" | "kg" | "million" | "billion" | "percent")
        }
        _ if is_one_of(word, UNITS) => false,
        // 1950 workers, but 1998 was.
        _ => {
            number % 100 != 0
                && (!word.ends_with('s')
                    || matches!(word, "was" | "is" | "has" | "as" | "its" | "this"))
        }
    }
}

/// Whether the word before a number is one that stands before years: in 2018, May 2025, năm 2025.
fn is_introduced(text: &str, start: usize) -> bool {
    const WORDS: &str = "in since by until till from during after before between to through early late mid year \
        years fy circa january february march april may june july august september october \
        november december jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn \
        fall winter năm en depuis seit im jahr desde año del de mai juin juillet août septembre \
        octobre novembre décembre";
    let before = text[..start].trim_end_matches(' ');
    before.len() < start && is_one_of(last_word(before.trim_end_matches('.')), WORDS)
        // May 5, 2025
        || before.ends_with(',') && before.trim_end_matches(',').ends_with(|c: char| c.is_ascii_digit())
}

/// Whether "from" or "between" stands before a number, so that "to" or "and" after it makes a range.
pub(super) fn opens_range(text: &str, start: usize) -> Option<&'static str> {
    let before = text[..start].trim_end_matches(' ');
    match last_word(before) {
        "from" => Some(" to "),
        "between" => Some(" and "),
        _ => None,
    }
}

/// Whether a word for the Buddhist calendar, or the Thai word for year, stands before a number.
pub(super) fn is_thai(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(' ');
    ["พ.ศ.", "พ.ศ", "พุทธศักราช", "ปี"]
        .iter()
        .any(|word| before.ends_with(word))
}

fn is_one_of(word: &str, words: &str) -> bool {
    words.split(' ').any(|other| other == word)
}

fn begins_with(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| text.starts_with(word))
}

/// The letters at the end of a text.
fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_cased_letter(c))
        .last();
    start.map_or("", |(start, _)| &text[start..])
}

fn is_cased_letter(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}
