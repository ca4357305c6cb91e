//! Lines of a text and what can be told from a line alone: how wide it is, whether it ends a sentence.
//!
//! In: text with any mixture of line ends. Out: where each line's content begins and ends, without white space around
//! it. What a line is (heading, paragraph, page furniture) is decided elsewhere, from its neighbours.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Wider lines are all the same.
pub(super) const MAX_COLUMNS: u16 = 400;

/// A line without the white space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Width on a terminal, half-width columns, at most [`MAX_COLUMNS`].
    pub(super) columns: u16,
    /// Whether it is indented as the first line of a paragraph is.
    pub(super) is_indented: bool,
}

impl Line {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn is_blank(&self) -> bool {
        self.start == self.end
    }
}

/// All lines of `source` from byte `from` on.
pub(super) fn lines(source: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = from;
    while at < source.len() {
        let (range, next) = line_at(source, at);
        lines.push(line(source, range));
        at = next;
    }
    lines
}

/// The line at byte `at`, without its end, and where the next one begins. Ends are `\n`, `\r\n`, and `\r`.
pub(super) fn line_at(source: &str, at: usize) -> (Range<usize>, usize) {
    let rest = &source.as_bytes()[at..];
    match rest.iter().position(|&byte| byte == b'\n' || byte == b'\r') {
        Some(end) if rest[end..].starts_with(b"\r\n") => (at..at + end, at + end + 2),
        Some(end) => (at..at + end, at + end + 1),
        None => (at..source.len(), source.len()),
    }
}

fn line(source: &str, range: Range<usize>) -> Line {
    let whole = &source[range.clone()];
    let content = whole.trim_start_matches(is_space);
    let indent = &whole[..whole.len() - content.len()];
    let start = range.start + indent.len();
    let content = content.trim_end_matches(is_space);
    let mut columns = 0;
    for c in content.chars() {
        columns += c.width().unwrap_or(0);
        if columns >= usize::from(MAX_COLUMNS) {
            break;
        }
    }
    Line {
        start,
        end: start + content.len(),
        columns: columns.min(usize::from(MAX_COLUMNS)) as u16,
        is_indented: indent.contains('\u{3000}') || indent.contains('\t') || indent.width() >= 2,
    }
}

/// A text as a single line; ideographic spaces stay.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split_ascii_whitespace().collect::<Vec<_>>();
    words.join(" ").trim_matches(is_space).to_owned()
}

/// The character boundary at or before byte `at`.
pub(super) fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// White space, also the invisible kinds.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')
}

/// Whether two texts are the same but for width and white space.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    let one = one.nfkc().filter(|c| !is_space(*c));
    one.eq(other.nfkc().filter(|c| !is_space(*c)))
}

/// Whether the text ends as a sentence does, perhaps inside quotes or before a note in brackets.
pub(super) fn ends_sentence(text: &str) -> bool {
    let ends = |text: &str| text.trim_end_matches(is_closing).ends_with(is_full_stop);
    let note = text
        .ends_with(['）', ')'])
        .then(|| text.rfind(['（', '(']))
        .flatten();
    ends(text) || note.is_some_and(|note| ends(text[..note].trim_end()))
}

/// Whether the text ends in a question or exclamation mark, as sentences do and some headings.
pub(super) fn ends_in_question(text: &str) -> bool {
    text.ends_with(['?', '!', '？', '！'])
}

/// Whether a line is a rule between parts of a text: `-----`, `＊　＊　＊`.
pub(super) fn is_rule(text: &str) -> bool {
    let is_mark = |c: char| {
        matches!(
            c,
            '-' | '='
                | '_'
                | '*'
                | '~'
                | '#'
                | '+'
                | '＊'
                | '※'
                | '◇'
                | '◆'
                | '○'
                | '●'
                | '☆'
                | '★'
                | '・'
                | '－'
                | '＝'
                | '＿'
        ) || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2500}'..='\u{257F}')
    };
    text.chars().all(|c| is_mark(c) || c.is_whitespace())
        && text.chars().filter(|c| is_mark(*c)).count() >= 3
}

fn is_full_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '．' | '.' | '!' | '?' | '！' | '？' | '…' | '｡' | '‼' | '⁈' | '۔' | '؟' | '।'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '」' | '』'
            | '）'
            | ')'
            | '】'
            | '］'
            | ']'
            | '〉'
            | '》'
            | '"'
            | '\''
            | '”'
            | '’'
            | '»'
            | '｣'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let source = "一\r\n　二 \r\r\n三\n";
        let found: Vec<&str> = lines(source, 0)
            .iter()
            .map(|line| &source[line.range()])
            .collect();
        assert_eq!(found, ["一", "二", "", "三"]);
        assert!(lines(source, 0)[1].is_indented);
        assert!(lines("", 0).is_empty());
    }

    #[test]
    fn width_counts_columns_and_stops() {
        assert_eq!(lines("東京 Tokyo", 0)[0].columns, 10);
        assert_eq!(lines(&"長".repeat(10_000), 0)[0].columns, MAX_COLUMNS);
    }

    #[test]
    fn rules_are_told_from_text() {
        for rule in ["-----", "＊　＊　＊", "――――", "* * *", "◇◇◇"] {
            assert!(is_rule(rule), "{rule}");
        }
        for text in ["", "--", "――", "- a -", "……", "・項目"] {
            assert!(!is_rule(text), "{text}");
        }
    }

    #[test]
    fn sentences_end_in_their_marks() {
        for (text, expected) in [
            ("会談した。", true),
            ("「会談した。」", true),
            ("会談した。（拍手）", true),
            ("と述べた（外務省）。", true),
            ("They met.", true),
            ("何よりアメリカですか？", true),
            ("カザフスタン外務省", false),
            ("外交政策（2024年）", false),
            ("", false),
        ] {
            assert_eq!(ends_sentence(text), expected, "{text}");
        }
    }
}
