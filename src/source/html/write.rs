//! The parts of an HTML block → text: entities decoded, white space collapsed.
//!
//! In: a block with the places of its text in the source. Out: the same in a [`Builder`], each part mapped to its place.

use std::ops::Range;

use html5gum::{Token, Tokenizer};

use super::blocks::{HtmlBlock, Run};
use crate::source::builder::{Builder, joint};

const CELL_SEPARATOR: &str = " | ";
/// The longest entity has 33 characters; numbers may have leading zeros.
const MAX_ENTITY_BYTES: usize = 48;

/// Writes a block.
pub(super) fn write(builder: &mut Builder<'_>, block: &HtmlBlock) {
    let mut writer = Writer {
        builder,
        gap: None,
        block,
    };
    for run in &block.runs {
        match run {
            Run::Text(range) => writer.text(range.clone()),
            Run::Break(range) => {
                writer.gap = Some(Gap {
                    what: What::Break,
                    range: range.clone(),
                })
            }
            Run::Cell => {
                writer.gap = Some(Gap {
                    what: What::Cell,
                    range: 0..0,
                })
            }
        }
    }
    builder.end(block.kind);
}

/// The text of a block alone.
pub(super) fn plain(source: &str, block: &HtmlBlock) -> String {
    let start = block.runs.iter().find_map(|run| match run {
        Run::Text(range) => Some(range.start),
        Run::Break(_) | Run::Cell => None,
    });
    let mut builder = Builder::excerpt(source, start.unwrap_or(0));
    write(&mut builder, block);
    builder.into_text()
}

/// White space that was read and is written when text follows.
struct Gap {
    what: What,
    range: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum What {
    /// Spaces.
    Space,
    /// At least one line end in the source.
    LineEnd,
    /// `br`
    Break,
    Cell,
}

struct Writer<'w, 'a> {
    builder: &'w mut Builder<'a>,
    gap: Option<Gap>,
    block: &'w HtmlBlock,
}

impl Writer<'_, '_> {
    fn text(&mut self, range: Range<usize>) {
        let source = self.builder.source();
        let mut at = range.start;
        while at < range.end {
            let rest = &source[at..range.end];
            let Some(c) = rest.chars().next() else { return };
            let mut len = c.len_utf8();
            if c == '&' {
                if let Some((decoded, entity_bytes)) = entity(rest) {
                    len = entity_bytes;
                    self.entity(&decoded, at..at + len);
                    at += len;
                    continue;
                }
            } else if is_invisible(c) {
                at += len;
                continue;
            } else if c.is_whitespace() {
                len = rest
                    .find(|c: char| !c.is_whitespace())
                    .unwrap_or(rest.len());
                self.space(at..at + len);
                at += len;
                continue;
            }
            let end = rest[len..]
                .find(|c: char| c == '&' || c.is_whitespace() || is_invisible(c))
                .map_or(rest.len(), |end| len + end);
            self.close_gap(Some(c));
            self.builder.copy(at..at + end);
            at += end;
        }
    }

    fn entity(&mut self, decoded: &str, range: Range<usize>) {
        let visible = decoded.trim_matches(is_invisible);
        if visible.trim().is_empty() {
            if !visible.is_empty() {
                self.add_gap(What::Space, range);
            }
        } else {
            self.close_gap(visible.chars().next());
            self.builder.replace(visible, range);
        }
    }

    fn space(&mut self, range: Range<usize>) {
        let text = &self.builder.source()[range.clone()];
        let has_line_end = text.contains(['\n', '\r']);
        if self.block.context.is_preformatted {
            self.preformatted(range);
        } else {
            self.add_gap(
                if has_line_end {
                    What::LineEnd
                } else {
                    What::Space
                },
                range,
            );
        }
    }

    fn add_gap(&mut self, what: What, range: Range<usize>) {
        match &mut self.gap {
            Some(gap) => {
                if what > gap.what {
                    gap.what = what;
                }
                if gap.what < What::Break {
                    gap.range.end = range.end;
                }
            }
            None => self.gap = Some(Gap { what, range }),
        }
    }

    /// White space that counts; a blank line ends the block.
    fn preformatted(&mut self, range: Range<usize>) {
        if !self.builder.is_open() {
            return;
        }
        let text = &self.builder.source()[range.clone()];
        let line_ends = text.replace("\r\n", "\n").matches(['\n', '\r']).count();
        match line_ends {
            0 => self.add_gap(What::Space, range),
            1 => {
                self.gap = Some(Gap {
                    what: What::Break,
                    range,
                })
            }
            _ => {
                self.gap = None;
                self.builder.end(self.block.kind);
            }
        }
    }

    /// Writes the white space before text that begins with `next`.
    fn close_gap(&mut self, next: Option<char>) {
        let Some(Gap { what, range }) = self.gap.take().filter(|_| self.builder.is_open()) else {
            return;
        };
        let text = &self.builder.source()[range.clone()];
        let is_preformatted = self.block.context.is_preformatted;
        match what {
            What::Cell => self.builder.insert(CELL_SEPARATOR),
            What::LineEnd => self
                .builder
                .replace(joint(self.builder.last_char(), next), range),
            What::Break => {
                self.builder.replace("\n", range.clone());
                // The indent of the next line.
                let indent = text
                    .rfind(['\n', '\r'])
                    .map_or(range.end, |at| range.start + at + 1);
                if is_preformatted && indent < range.end {
                    self.builder.copy(indent..range.end);
                }
            }
            // One space as it is keeps what stands around it in one piece.
            What::Space
                if text == " "
                    || text == "\u{3000}"
                    || (is_preformatted && !text.contains('&')) =>
            {
                self.builder.copy(range)
            }
            What::Space => self.builder.replace(
                if text.contains('\u{3000}') {
                    "\u{3000}"
                } else {
                    " "
                },
                range,
            ),
        }
    }
}

/// Takes no room: soft hyphen, zero-width space, byte order mark, and the null that browsers drop.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0')
}

/// Decodes the entity at the start of a text: what it stands for and its length. Nothing if it is a mere `&`.
pub(super) fn entity(text: &str) -> Option<(String, usize)> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let name_bytes = text
        .bytes()
        .skip(1)
        .take(MAX_ENTITY_BYTES)
        .take_while(is_part)
        .count();
    let has_end = text.as_bytes().get(1 + name_bytes) == Some(&b';');
    let candidate = &text[..1 + name_bytes + usize::from(has_end)];
    let mut decoded = String::new();
    for token in Tokenizer::new(candidate) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            decoded.push_str(&String::from_utf8_lossy(&text));
        }
    }
    (decoded != candidate && !decoded.is_empty()).then_some((decoded, candidate.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded() {
        for (text, expected) in [
            ("&amp;b", Some(("&", 5))),
            ("&#x6771;", Some(("東", 8))),
            ("&#26481;", Some(("東", 8))),
            ("&copy 2025", Some(("©", 5))),
            ("&ampx;", Some(("&x;", 6))),
            ("&#xD800;", Some(("\u{fffd}", 8))),
            ("&", None),
            ("& b", None),
            ("&nosuch;", None),
            ("&#;", None),
        ] {
            assert_eq!(
                entity(text),
                expected.map(|(decoded, len)| (decoded.to_owned(), len)),
                "{text}"
            );
        }
    }

    #[test]
    fn white_space_is_collapsed() {
        for (html, expected) in [
            ("<p> 東京\n  都 </p>", "東京都"),
            ("<p>a\n b  c&nbsp;&nbsp;d", "a b c d"),
            ("<p>&nbsp;東京　都&nbsp;<br>\n港区<br>", "東京　都\n港区"),
            ("<p>a&#8203;b&shy;c\u{feff}", "abc"),
            ("<p>a<!-- b -->c", "ac"),
        ] {
            let page = super::super::blocks::read(html, 0..html.len(), 9);
            assert_eq!(plain(html, &page.blocks[0]), expected, "{html}");
        }
    }
}
