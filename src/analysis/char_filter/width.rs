//! Width, composition and case: ﾍﾞﾄﾅﾑ and ２００１ are not in dictionaries.
//!
//! In: a text as written. Out: the text in NFKC ([UAX #15](https://unicode.org/reports/tr15/)) and lower case, applied before
//! anything else. It knows no language but for the Turkish I.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Edit, Filtered};
use crate::analysis::characters::{is_han, is_kana};

/// A line break inside a sentence is taken out only after a line of at least this many characters: shorter lines
/// are headings and list items, whose words must not grow together.
const WRAPPED_LINE_CHARS: usize = 16;

/// Folds width, composition and case.
///
/// - NFKC over a character and what combines with it: ﾍﾞ → ベ, Ａ → a, ㍿ → 株式会社.
/// - U+309B and U+309C after a kana are its sound marks (か゛ → が); NFKC alone would make them a space and a mark.
/// - Invisible characters (zero-width, bidirectional controls, variation selectors, soft hyphens) go; other control
///   characters become spaces.
/// - In Turkish and Azerbaijani I becomes ı, and İ i.
/// - A line break between two Japanese characters goes: a hard-wrapped sentence is one sentence.
pub(crate) fn fold(text: &str, language: Option<&str>) -> Filtered {
    let turkic = matches!(language, Some("tr" | "az"));
    let mut edit = Edit::default();
    let mut replacement = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        let after = start + c.len_utf8();
        replacement.clear();
        if c == '\n' || text[start..].starts_with("\r\n") {
            let Some(end) = wrapped_line_break(text, start) else {
                at = after;
                continue;
            };
            at = end;
        } else {
            at = cluster_end(text, after, c);
            if at == after && is_unchanged(c) {
                continue;
            }
            fold_cluster(&text[start..at], turkic, &mut replacement);
            if replacement == text[start..at] {
                continue;
            }
        }
        edit.replace(text, start..at, &replacement);
    }
    match edit.finish(text) {
        Some((text, map)) => Filtered {
            text,
            maps: vec![map],
        },
        None => Filtered {
            text: text.to_owned(),
            maps: Vec::new(),
        },
    }
}

/// Characters that stay as they are when nothing combines with them: the common ones, so that they need no look-up, and the Thai and Lao
/// vowel am, which NFKC would take apart and dictionaries have whole.
fn is_unchanged(c: char) -> bool {
    matches!(c, ' '..='@' | '['..='~' | '\t' | '\u{3001}'..='\u{300f}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fc}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{0430}'..='\u{045f}'
        | '\u{0e01}'..='\u{0e33}' | '\u{0eb3}')
}

/// Not shown, or only steering how others are shown.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Parts of Korean syllables, which those that follow each other may make: conjoining, for compatibility, half-width.
fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ffa0}'..='\u{ffdc}')
}

/// The end of the cluster that began with `first` and goes on at byte `at`.
fn cluster_end(text: &str, at: usize, first: char) -> usize {
    let combines = |next: char| match next {
        '\0'..='\u{7f}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fc}'
        | '\u{4e00}'..='\u{9fff}' => false,
        '\u{309b}' | '\u{309c}' => is_kana(first),
        '\u{ff9e}' | '\u{ff9f}' => matches!(first, '\u{ff66}'..='\u{ff9d}') || is_kana(first),
        _ if is_jamo(next) => is_jamo(first) || matches!(first, '\u{ac00}'..='\u{d7a3}'),
        _ => is_combining_mark(next) || is_invisible(next),
    };
    let rest = &text[at..];
    at + rest.find(|next| !combines(next)).unwrap_or(rest.len())
}

fn fold_cluster(cluster: &str, turkic: bool, into: &mut String) {
    let first = cluster.chars().next();
    let visible = cluster
        .chars()
        .filter(|&c| !is_invisible(c))
        .map(|c| match c {
            '\u{309b}' if first != Some(c) => '\u{3099}',
            '\u{309c}' if first != Some(c) => '\u{309a}',
            // A sound mark behind no kana stands by itself, and does not combine with what is before it.
            '\u{ff9e}' if first == Some(c) => '\u{309b}',
            '\u{ff9f}' if first == Some(c) => '\u{309c}',
            'I' if turkic => 'ı',
            'İ' if turkic => 'i',
            _ if c.is_control() && c != '\t' => ' ',
            _ => c,
        });
    let folded = visible.nfkc().flat_map(char::to_lowercase);
    match cluster.contains(['İ', '\u{307}']) {
        // İ becomes i and a dot above, whose place among other marks is not always the first.
        true => into.extend(folded.nfc()),
        false => into.extend(folded),
    }
}

/// Where the text goes on after a line break (at byte `at`) inside a hard-wrapped Japanese sentence, with the
/// indentation after it; none for any other line break.
fn wrapped_line_break(text: &str, at: usize) -> Option<usize> {
    let japanese = |c: char| is_kana(c) || is_han(c);
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    let next = text[at..].trim_start_matches('\r').strip_prefix('\n')?;
    let indented = next.trim_start_matches([' ', '\t']);
    // As they will be once folded: ﾍﾞ and ㍿ are Japanese, too.
    let before = line.chars().next_back()?.nfkc().last()?;
    let after = indented.chars().next()?.nfkc().next()?;
    let joins = japanese(before)
        && japanese(after)
        && line.nfkc().take(WRAPPED_LINE_CHARS).count() == WRAPPED_LINE_CHARS;
    joins.then_some(text.len() - indented.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        let cases = [
            ("ﾍﾞﾄﾅﾑ", "ベトナム"),
            ("ＡＢＳ２００１", "abs2001"),
            ("か\u{309b}ぎ", "がぎ"),
            ("は\u{3099}", "ば"),
            ("㍿と㋿", "株式会社と令和"),
            ("葛\u{e0100}城", "葛城"),
            ("ソ\u{200b}連\u{feff}", "ソ連"),
            ("É\u{301}", "é\u{301}"),
            ("a\u{0}b", "a b"),
            ("\u{309b}", " \u{3099}"),
            ("a\u{ff9e}", "a \u{3099}"),
            (
                "日本と中国は、長い交渉ののちに国\r\n  交を正常化した",
                "日本と中国は、長い交渉ののちに国交を正常化した",
            ),
            ("第一章\n総論", "第一章\n総論"),
            ("\u{1112}\u{3161}", "흐"),
            ("ﾾￂﾤ", "하ᄂ"),
            ("하\u{11ab}", "한"),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text, None).text, folded, "{text:?}");
        }
    }

    #[test]
    fn places_are_kept() {
        let text = "米ﾍﾞﾄﾅﾑ㍿の";
        let filtered = fold(text, None);
        let range = |part: &str| {
            let start = filtered
                .text
                .find(part)
                .expect("part is in the folded text");
            &text[filtered.original(start..start + part.len())]
        };
        assert_eq!(range("ベ"), "ﾍﾞ");
        assert_eq!(range("ベトナム"), "ﾍﾞﾄﾅﾑ");
        assert_eq!(range("会社"), "㍿");
        assert_eq!(range("米"), "米");
        assert_eq!(range("の"), "の");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in [
            "ﾍﾞﾄﾅﾑ",
            "İstanbul",
            "ǅ",
            "ﬁ",
            "か\u{309b}",
            "\u{0ba8}\u{0bcd}\u{ff9f}",
            "İ\u{0651}\u{309a}",
            "I\u{307}\u{0651}",
            "\u{1100}\u{1161}",
            "\u{1112}\u{3161}",
            "하\u{3133}ㅎㅎ",
            "a\u{0}b",
        ] {
            let once = fold(text, None).text;
            assert_eq!(fold(&once, None).text, once, "{text:?}");
        }
    }
}
