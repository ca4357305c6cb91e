//! Passages: the parts of a document that are indexed, scored and shown.
//!
//! In: a [`Document`] with its blocks. Out: [`Passage`]s in order: whole paragraphs of one section joined up to a
//! comfortable length, long paragraphs cut between sentences, a sentence cut only if it alone is too long. Everything in a block
//! ends up in exactly one passage; a heading leads the passages below it. It does not look at what the words mean.
//!
//! Lengths are measured in columns, two for a character of full width and one for any other, so that a passage holds a like
//! amount of text in Japanese (200 to 500 characters) and in English (about 60 to 160 words).
//!
//! ```
//! use fumikura::{Document, passages};
//!
//! let document = Document::new("memo", "会談", "外相会談が開かれた。\n\n貿易協定に署名した。");
//! let texts: Vec<&str> = passages(&document).map(|passage| passage.text).collect();
//! assert_eq!(texts, ["外相会談が開かれた。\n\n貿易協定に署名した。"]);
//! ```

use std::collections::VecDeque;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::document::{Block, BlockKind, Cut, Document};

/// Shorter passages are joined with what follows in their section.
const MIN_COLUMNS: usize = 400;
/// Passages are closed near this length.
const GOOD_COLUMNS: usize = 700;
/// No passage is longer, but for the rest of a section that would be too short alone.
const MAX_COLUMNS: usize = 1000;
/// A rest of a section shorter than this joins the passage before it.
const REST_COLUMNS: usize = 160;
/// Between the parts of a heading path.
const HEADING_SEPARATOR: &str = " > ";

/// A part of a document that is indexed, scored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<'d> {
    /// Number in its document, from 0.
    pub ordinal: usize,
    /// The headings above it, outermost first, joined by ` > `; may be empty.
    pub heading: String,
    /// Its text, a part of the document's `text`.
    pub text: &'d str,
    /// Bytes of the document's `text`.
    pub range: Range<usize>,
    /// Bytes of the decoded source.
    pub source_range: Range<usize>,
    /// Line of the decoded source it begins on, from 1.
    pub line: usize,
    /// Its language, if it is known from before: ISO 639.
    pub language: Option<&'d str>,
}

/// Cuts a document into passages.
pub fn passages(document: &Document) -> Passages<'_> {
    let blocks = match document.blocks.is_empty() {
        true if document.cuts.is_empty() => paragraphs(&document.text),
        true => Vec::new(),
        false => document.blocks.clone(),
    };
    Passages {
        document,
        cuts: document.cuts.iter(),
        cut_at: 0,
        blocks: blocks.into_iter(),
        headings: Vec::new(),
        section: Section::default(),
        ready: VecDeque::new(),
        ordinal: 0,
        known_line: (0, 1),
    }
}

/// Iterator over the passages of a document; cuts as it goes, so that a long document is never held twice.
#[derive(Debug)]
pub struct Passages<'d> {
    document: &'d Document,
    /// Passages that were cut before.
    cuts: std::slice::Iter<'d, Cut>,
    /// Where the next of them begins in the text.
    cut_at: usize,
    blocks: std::vec::IntoIter<Block>,
    /// The headings above the current block: level and text.
    headings: Vec<(u8, String)>,
    section: Section,
    /// Closed passages not yet given out.
    ready: VecDeque<(String, Range<usize>)>,
    ordinal: usize,
    /// A place and its line, to count on from.
    known_line: (usize, usize),
}

/// What is collected between two headings.
#[derive(Debug, Default)]
struct Section {
    /// Closed passages whose last may still take in a short rest.
    last: Option<(Range<usize>, usize)>,
    /// The passage that is growing, and its columns.
    open: Option<(Range<usize>, usize)>,
}

impl<'d> Iterator for Passages<'d> {
    type Item = Passage<'d>;

    fn next(&mut self) -> Option<Passage<'d>> {
        if !self.document.cuts.is_empty() {
            return self.next_cut();
        }
        loop {
            if let Some((heading, range)) = self.ready.pop_front() {
                return Some(self.passage(heading, range));
            }
            let Some(block) = self.blocks.next() else {
                self.end_section();
                let (heading, range) = self.ready.pop_front()?;
                return Some(self.passage(heading, range));
            };
            match block.kind {
                BlockKind::Heading(level) => self.heading(level, block.range),
                BlockKind::Paragraph => self.paragraph(block.range),
            }
        }
    }
}

impl<'d> Passages<'d> {
    /// The next passage that was cut before; none where the text is not as it was.
    fn next_cut(&mut self) -> Option<Passage<'d>> {
        let cut = self.cuts.next()?;
        let range = self.cut_at..self.cut_at.checked_add(cut.bytes)?;
        let text = self.document.text.get(range.clone())?;
        self.cut_at = range.end + Cut::SEPARATOR.len();
        self.ordinal += 1;
        Some(Passage {
            ordinal: self.ordinal - 1,
            heading: cut.heading.clone(),
            text,
            range,
            source_range: cut.start..cut.end,
            line: cut.line,
            language: Some(cut.language.as_str()),
        })
    }

    fn passage(&mut self, heading: String, range: Range<usize>) -> Passage<'d> {
        let document = self.document;
        let line = document
            .origin
            .line_after(self.known_line, &document.text, range.start);
        self.known_line = (range.start, line);
        self.ordinal += 1;
        Passage {
            ordinal: self.ordinal - 1,
            heading,
            text: &document.text[range.clone()],
            source_range: document.origin.source_range(range.clone()),
            range,
            line,
            language: None,
        }
    }

    fn heading_path(&self) -> String {
        let headings: Vec<&str> = self
            .headings
            .iter()
            .map(|(_, text)| text.as_str())
            .collect();
        headings.join(HEADING_SEPARATOR)
    }

    fn heading(&mut self, level: u8, range: Range<usize>) {
        self.end_section();
        let above = self
            .headings
            .iter()
            .take_while(|(other, _)| *other < level)
            .count();
        // A heading with nothing below it would be lost: it is shown as a passage of its own.
        self.headings.truncate(above);
        self.headings
            .push((level, self.document.text[range.clone()].trim().to_owned()));
        let next = self.blocks.as_slice().first().map(|block| block.kind);
        let childless = match next {
            None => true,
            Some(BlockKind::Heading(next)) => next <= level,
            Some(BlockKind::Paragraph) => false,
        };
        if childless {
            self.headings.pop();
            let heading = self.heading_path();
            self.ready.push_back((heading, range));
        }
    }

    fn paragraph(&mut self, range: Range<usize>) {
        let text = &self.document.text[range.clone()];
        let columns = columns(text);
        if columns <= MAX_COLUMNS {
            return self.grow(range, columns);
        }
        let text: &'d str = text;
        for sentence in sentences(text) {
            for part in parts(&text[sentence.clone()]) {
                let start = range.start + sentence.start + part.start;
                let part = start..start + part.len();
                let columns = self::columns(&self.document.text[part.clone()]);
                self.grow(part, columns);
            }
        }
    }

    /// Takes a paragraph or sentence into the open passage, or closes that and begins another.
    fn grow(&mut self, range: Range<usize>, columns: usize) {
        let Some((open, open_columns)) = &mut self.section.open else {
            self.section.open = Some((range, columns));
            return;
        };
        let joined = *open_columns + columns;
        let fits = if *open_columns < MIN_COLUMNS {
            MAX_COLUMNS
        } else {
            GOOD_COLUMNS
        };
        if joined <= fits {
            open.end = range.end;
            *open_columns = joined;
            return;
        }
        let closed = self.section.open.replace((range, columns));
        self.close_last();
        self.section.last = closed;
    }

    fn close_last(&mut self) {
        if let Some((range, _)) = self.section.last.take() {
            let heading = self.heading_path();
            self.push_trimmed(heading, range);
        }
    }

    fn end_section(&mut self) {
        let rest = self.section.open.take();
        let rest = match (&mut self.section.last, rest) {
            (Some((last, _)), Some((rest, columns))) if columns < REST_COLUMNS => {
                last.end = rest.end;
                None
            }
            (_, rest) => rest,
        };
        self.close_last();
        self.section.last = rest;
        self.close_last();
    }

    /// White space at the ends is no part of a passage, and white space alone is none.
    fn push_trimmed(&mut self, heading: String, range: Range<usize>) {
        let text = &self.document.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        let end = start + text.trim().len();
        if start < end {
            self.ready.push_back((heading, start..end));
        }
    }
}

/// Paragraphs of a text without structure: blank lines separate them.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if line.trim().is_empty() {
            blocks.extend(open.take());
        } else {
            let start = open.map_or(at, |range| range.start);
            open = Some(start..end);
        }
        at += line.len();
    }
    blocks.extend(open);
    blocks
        .into_iter()
        .map(|range| Block {
            kind: BlockKind::Paragraph,
            range,
        })
        .collect()
}

/// Sentences of a paragraph: Unicode's boundaries ([UAX #29](https://unicode.org/reports/tr29/)), except inside brackets, where
/// 「…。…」 goes on, and after them before a particle: 「…。」と述べた.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut bounds = text.split_sentence_bound_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = bounds.next()?;
        let mut end = start + first.len();
        let mut depth = bracket_depth(first, 0);
        let goes_on = |end: usize| {
            text[..end].ends_with(['」', '』']) && text[end..].starts_with(is_hiragana)
        };
        while (depth > 0 || goes_on(end)) && end - start < MAX_COLUMNS {
            let Some((_, next)) = bounds.next() else {
                break;
            };
            end += next.len();
            depth = bracket_depth(next, depth);
        }
        Some(start..end)
    })
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

fn bracket_depth(text: &str, depth: usize) -> usize {
    text.chars().fold(depth, |depth, c| match c {
        '「' | '『' | '（' | '(' | '【' => depth + 1,
        '」' | '』' | '）' | ')' | '】' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// A sentence that is too long by itself, in parts: after commas or spaces where there are any.
fn parts(sentence: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &sentence[at..];
        if rest.is_empty() {
            return None;
        }
        let mut width = 0;
        let mut pause = None;
        let mut cut = rest.len();
        for (offset, c) in rest.char_indices() {
            width += column_width(c);
            if width > MAX_COLUMNS {
                cut = pause.unwrap_or(offset);
                break;
            }
            if width > MIN_COLUMNS
                && matches!(c, '、' | '，' | ',' | ';' | '；' | ' ' | '　' | '\n')
            {
                pause = Some(offset + c.len_utf8());
            }
        }
        at += cut;
        Some(at - cut..at)
    })
}

/// Columns of a text on a terminal, roughly: what matters is the amount of text, not its layout.
fn columns(text: &str) -> usize {
    text.chars().map(column_width).sum()
}

fn column_width(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3ffff}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(blocks: &[(Option<u8>, &str)]) -> Document {
        let mut document = Document::new("d", "題", "");
        for (level, text) in blocks {
            let start = document.text.len();
            document.text.push_str(text);
            let kind = level.map_or(BlockKind::Paragraph, BlockKind::Heading);
            document.blocks.push(Block {
                kind,
                range: start..document.text.len(),
            });
            document.text.push_str("\n\n");
        }
        document
    }

    fn chars(text: &str) -> usize {
        text.chars().count()
    }

    #[test]
    fn headings_lead_the_passages_below_them() {
        let document = document(&[
            (Some(1), "外交"),
            (Some(2), "ロシア"),
            (None, "国境は長い。"),
            (Some(2), "中国"),
            (None, "貿易が増えた。"),
            (Some(1), "付録"),
        ]);
        let found: Vec<(String, &str)> = passages(&document).map(|p| (p.heading, p.text)).collect();
        let expected = [
            ("外交 > ロシア", "国境は長い。"),
            ("外交 > 中国", "貿易が増えた。"),
            ("", "付録"),
        ];
        assert_eq!(
            found,
            expected.map(|(heading, text)| (heading.to_owned(), text))
        );
    }

    #[test]
    fn short_paragraphs_are_joined_and_long_ones_cut_between_sentences() {
        let sentence = "両国は二〇二四年に新しい協定へ署名し、翌年から貿易を広げることで合意した。";
        let long = sentence.repeat(40);
        let document = document(&[(None, "短い段落。"), (None, "もう一つ。"), (None, &long)]);
        let found: Vec<Passage> = passages(&document).collect();
        assert!(found[0].text.starts_with("短い段落。\n\nもう一つ。"));
        for passage in &found {
            assert!(
                (75..=600).contains(&chars(passage.text)),
                "{}",
                chars(passage.text)
            );
            assert!(passage.text.ends_with('。'));
        }
        let all: String = found.iter().map(|p| p.text).collect();
        assert_eq!(all.replace('\n', ""), document.text.replace('\n', ""));
    }

    #[test]
    fn a_quotation_is_not_cut_inside() {
        let quotation = "大統領は「平和を守る。協力を広げる。約束は果たす。」と述べ、";
        let text = format!("{}拍手を受けた。", quotation.repeat(3));
        let found: Vec<Range<usize>> = sentences(&text).collect();
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn a_text_without_any_stop_is_cut_all_the_same() {
        let text = "あ".repeat(100_000);
        let document = Document::new("d", "", text);
        let found: Vec<usize> = passages(&document).map(|p| chars(p.text)).collect();
        assert_eq!(found.iter().sum::<usize>(), 100_000);
        assert!(found.iter().all(|&chars| chars <= 500), "{found:?}");
    }

    #[test]
    fn lines_count_from_one() {
        let document = Document::new("d", "", format!("一\n\n{}\n\n三", "二。".repeat(400)));
        let lines: Vec<usize> = passages(&document).map(|p| p.line).collect();
        assert_eq!((lines[0], lines.last()), (1, Some(&3)), "{lines:?}");
    }
}
