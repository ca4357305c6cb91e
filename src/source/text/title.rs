//! Which line of a text is its title.
//!
//! In: the lines, and which of them were removed. Out: the title in the document, its line removed. A line is the title
//! if it stands twice above the text, else if it is the first that looks like a heading. A text that begins with prose
//! has no title of its own.

use std::collections::HashMap;

use super::heading::{has_heading_shape, is_numbered_heading};
use crate::document::Document;

use crate::source::furniture::is_furniture;
use crate::source::lines::{Line, ends_in_question, ends_sentence, one_line, same_text};

/// Titles may be wider than headings.
const MAX_COLUMNS: u16 = 160;
/// What is looked at above the text.
const MAX_HEAD_LINES: usize = 60;
/// A category above the title, `政治`.
const MAX_CATEGORY_CHARS: usize = 4;

/// Finds the title if the document has none, and takes out the line that repeats it.
pub(super) fn take(source: &str, lines: &[Line], is_removed: &mut [bool], document: &mut Document) {
    let text = |line: usize| &source[lines[line].range()];
    let head = head(source, lines);
    if !document.title.is_empty() {
        let candidates = head.iter().copied().filter(|&line| !is_removed[line]);
        if let Some(line) = candidates
            .take(3)
            .find(|&line| same_text(text(line), &document.title))
        {
            is_removed[line] = true;
        }
        return;
    }
    let kept: Vec<usize> = head
        .iter()
        .copied()
        .filter(|&line| !is_removed[line] && is_title_like(&lines[line], text(line)))
        .filter(|&line| !is_wrapped(lines, line) && !is_furniture(text(line)))
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    head.iter()
        .for_each(|&line| *counts.entry(text(line)).or_default() += 1);
    let repeated = kept
        .iter()
        .copied()
        .find(|&line| counts[text(line)] >= 2 && lines[line].columns >= 10);
    let first = || {
        kept.iter()
            .copied()
            .find(|&line| !is_category(text(line)))
            .or_else(|| kept.first().copied())
    };
    let Some(title) = repeated.or_else(first) else {
        return;
    };
    document.title = one_line(text(title));
    is_removed[title] = true;
    // What stood above it is the page's way of saying where the article belongs.
    for &line in kept
        .iter()
        .filter(|&&line| line < title && is_category(text(line)))
    {
        is_removed[line] = true;
    }
}

/// The lines above the first paragraph that are not blank.
fn head(source: &str, lines: &[Line]) -> Vec<usize> {
    let is_paragraph = |line: &Line| {
        line.columns > MAX_COLUMNS || (line.columns > 60 && ends_sentence(&source[line.range()]))
    };
    let written = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_blank());
    written
        .take(MAX_HEAD_LINES)
        .take_while(|(_, line)| !is_paragraph(line))
        .map(|(index, _)| index)
        .collect()
}

fn is_title_like(line: &Line, text: &str) -> bool {
    let is_question = ends_in_question(text) && line.columns <= 80;
    line.columns <= MAX_COLUMNS
        && (is_question || has_heading_shape(text))
        && !is_numbered_heading(text)
}

/// Whether a line looks like one of a wrapped paragraph.
fn is_wrapped(lines: &[Line], line: usize) -> bool {
    let columns = lines[line].columns;
    let neighbour = |at: Option<&Line>| at.map_or(0, |line| line.columns);
    let next = neighbour(lines.get(line + 1));
    let before = neighbour(line.checked_sub(1).and_then(|before| lines.get(before)));
    let is_like =
        |other: u16| other * 10 >= columns * 8 && other * 10 <= columns * 12 && other != columns;
    columns >= 50 && (is_like(next) || is_like(before))
}

fn is_category(text: &str) -> bool {
    text.chars().count() <= MAX_CATEGORY_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::lines::lines;

    fn title(source: &str) -> String {
        let lines = lines(source, 0);
        let mut document = Document::default();
        take(source, &lines, &mut vec![false; lines.len()], &mut document);
        document.title
    }

    #[test]
    fn titles_are_found() {
        let prose = "両国の外相は東京で会談し、経済協力と人の往来について意見を交わした。";
        for (head, expected) in [
            ("会談の記録", "会談の記録"),
            ("政治\n\n会談の記録", "会談の記録"),
            (
                "国際\n政治\n短信\n\n二国間の会談の記録\n\n二国間の会談の記録",
                "二国間の会談の記録",
            ),
            ("首脳は何を語ったか？", "首脳は何を語ったか？"),
            ("政治", "政治"),
            ("第1章　はじめに", ""),
            ("2025年5月5日", ""),
            ("- 項目", ""),
            ("", ""),
        ] {
            assert_eq!(
                title(&format!("{head}\n\n{prose}\n\n見出し\n\n{prose}")),
                expected,
                "{head}"
            );
        }
    }

    #[test]
    fn a_declared_title_is_not_read_twice() {
        let source = "会談の　記録\n\n本文である。";
        let lines = lines(source, 0);
        let mut is_removed = vec![false; lines.len()];
        let mut document = Document::new("", "会談の 記録", "");
        take(source, &lines, &mut is_removed, &mut document);
        assert_eq!(is_removed, [true, false, false]);
    }
}
