//! Breaking text into lines of a terminal, two columns for a character of full width.
//!
//! In: a text. Out: byte ranges of its lines. Between characters of scripts without spaces a line may end anywhere, except
//! that it neither begins with a closing mark nor ends with an opening one ([JIS X 4051](https://www.w3.org/TR/jlreq/) in
//! small); elsewhere it ends at a space.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// Breaks a text into lines of at most `columns` columns; 0 keeps the lines of the text.
pub(super) fn lines(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if columns == 0 {
            lines.push(at..at + line.len());
        } else {
            wrap(line, at, columns, &mut lines);
        }
        at += line.len() + 1;
    }
    lines
}

fn wrap(line: &str, offset: usize, columns: usize, lines: &mut Vec<Range<usize>>) {
    let mut start = 0;
    let mut width = 0;
    let mut break_at = None; // the last place where this line may end
    let mut previous: Option<char> = None;
    for (at, c) in line.char_indices() {
        if at > start && previous.is_some_and(|previous| may_break(previous, c)) {
            break_at = Some(at);
        }
        let char_width = c.width().unwrap_or(0);
        if width + char_width > columns && at > start {
            let end = break_at.filter(|&at| at > start).unwrap_or(at);
            lines.push(offset + start..offset + line[..end].trim_end().len());
            start = end;
            width = line[start..at]
                .chars()
                .filter_map(UnicodeWidthChar::width)
                .sum();
            break_at = None;
        }
        width += char_width;
        previous = Some(c);
    }
    lines.push(offset + start..offset + line.len());
}

fn may_break(before: char, after: char) -> bool {
    const NEVER_FIRST: &str = "、。，．・：；？！」』）】〕］｝〉》”’ー々ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}%";
    const NEVER_LAST: &str = "「『（【〔［｛〈《“‘([{";
    if NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) {
        return false;
    }
    before.is_whitespace() || is_wide(before) || is_wide(after)
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<&str> {
        lines(text, columns)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn full_width_characters_take_two_columns() {
        assert_eq!(
            wrapped("日本とカザフスタン", 8),
            ["日本とカ", "ザフスタ", "ン"]
        );
        assert_eq!(wrapped("foreign policy of", 8), ["foreign", "policy", "of"]);
    }

    #[test]
    fn lines_do_not_begin_with_closing_marks() {
        assert_eq!(wrapped("日本国、中国", 6), ["日本", "国、中", "国"]);
        assert_eq!(wrapped("外交「新時代」へ", 6), ["外交", "「新時", "代」へ"]);
    }

    #[test]
    fn own_lines_are_kept() {
        assert_eq!(wrapped("一\n\n二", 0), ["一", "", "二"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }
}
