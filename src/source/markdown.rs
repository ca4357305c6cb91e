//! Markdown → title, headings and paragraphs without markup.
//!
//! In: CommonMark with tables, footnotes and strikethrough. Out: headings with their level; paragraphs, list items, rows
//! of tables (cells joined by ` | `), quotations and code as paragraphs. Links keep their text, images their description.
//! HTML blocks go through the HTML reader. Addresses of links are dropped, footnotes stay where they stand.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, joint};
use super::html;
use super::lines::{is_space, one_line, same_text};
use crate::document::{BlockKind, Document};

const CELL_SEPARATOR: &str = " | ";

/// Reads the text from byte `from` on into a document, whose title may be known already.
pub(super) fn read(source: &str, from: usize, document: &mut Document) {
    let declared = document.title.clone();
    read_blocks(source, from, document, true);
    if document.blocks.is_empty() {
        // A text of nothing but a title is better shown twice than not found.
        document.title = declared;
        read_blocks(source, from, document, false);
    }
    if document.title.is_empty() {
        let heading = document
            .blocks
            .iter()
            .find(|block| matches!(block.kind, BlockKind::Heading(_)));
        document.title = heading
            .map(|block| document.text[block.range.clone()].to_owned())
            .unwrap_or_default();
    }
}

/// Fills the document; the title it begins with is taken out if `takes_title` says so.
fn read_blocks(source: &str, from: usize, document: &mut Document, takes_title: bool) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut reader = Reader {
        builder: Builder::new(source),
        gap: None,
        html: None,
        is_ruby_text: false,
    };
    for (event, range) in Parser::new_ext(&source[from..], options).into_offset_iter() {
        if event == Event::End(TagEnd::Heading(pulldown_cmark::HeadingLevel::H1)) && takes_title {
            let first = reader.builder.first_block();
            if let Some(first) =
                first.filter(|first| document.title.is_empty() || same_text(first, &document.title))
            {
                if document.title.is_empty() {
                    document.title = one_line(first);
                }
                reader.builder.discard_first_block();
                reader.gap = None;
                continue;
            }
        }
        reader.event(event, from + range.start..from + range.end);
    }
    reader.builder.finish(document);
}

struct Reader<'a> {
    builder: Builder<'a>,
    /// What stands between the text written last and the next, if it is in the same block.
    gap: Option<Gap>,
    /// The HTML block being collected.
    html: Option<Range<usize>>,
    /// Between `<rt>` and `</rt>`.
    is_ruby_text: bool,
}

enum Gap {
    /// A line end inside a paragraph.
    Soft(Range<usize>),
    /// A line end that counts.
    Hard(Range<usize>),
    /// White space that is kept if something follows.
    Space(Range<usize>),
    /// White space written as an entity.
    Entity(Range<usize>),
    /// The border of a cell.
    Cell,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::TableCell) if self.builder.is_open() => self.gap = Some(Gap::Cell),
            Event::Start(Tag::HtmlBlock) => {
                self.end(BlockKind::Paragraph);
                self.html = Some(range.start..range.start);
            }
            Event::Html(_) => {
                if let Some(html) = &mut self.html {
                    html.end = html.end.max(range.end);
                }
            }
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(range) = self.html.take() {
                    html::append(&mut self.builder, range);
                }
            }
            Event::Start(tag) if !is_inline(&tag) => self.end(BlockKind::Paragraph),
            Event::End(TagEnd::Heading(level)) => self.end(BlockKind::Heading(level as u8)),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition,
            )
            | Event::Rule => self.end(BlockKind::Paragraph),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                // Without the backticks around it.
                let inner = self.builder.source()[range.clone()]
                    .find(&*text)
                    .map(|at| range.start + at);
                self.text(
                    &text,
                    inner.map_or(range, |start| start..start + text.len()),
                );
            }
            Event::SoftBreak => self.gap = Some(Gap::Soft(range)),
            Event::HardBreak => self.gap = Some(Gap::Hard(range)),
            Event::InlineHtml(tag) => self.inline_html(&tag.to_ascii_lowercase(), range),
            Event::Start(_)
            | Event::End(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        if tag.starts_with("<br") {
            self.gap = Some(Gap::Hard(range));
        } else if tag.starts_with("<rt") || tag.starts_with("<rp") {
            self.is_ruby_text = true;
        } else if tag.starts_with("</r") {
            self.is_ruby_text = false;
        }
    }

    fn end(&mut self, kind: BlockKind) {
        self.gap = None;
        self.is_ruby_text = false;
        self.builder.end(kind);
    }

    /// Adds text; line ends in it count.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.is_ruby_text {
            return;
        }
        if self.builder.source()[range.clone()] != *text {
            // Escapes and entities.
            let text = text.trim_matches(['\r', '\n']);
            if text.trim_matches(is_space).is_empty() {
                self.gap.get_or_insert(Gap::Entity(range));
            } else {
                self.close_gap(text.chars().next());
                self.builder.replace(&text.replace('\r', "\n"), range);
            }
            return;
        }
        let mut at = range.start;
        for line in text.split_inclusive(['\n', '\r']) {
            let inner = line.trim_end_matches(is_space);
            let indent = inner.len() - inner.trim_start_matches(is_space).len();
            // Only the first line of a block loses its indent.
            let skipped = if self.builder.is_open() { 0 } else { indent };
            if indent < inner.len() {
                self.close_gap(inner[skipped..].chars().next());
                self.builder.copy(at + skipped..at + inner.len());
            }
            let rest = at + inner.len()..at + line.len();
            if line.ends_with(['\n', '\r']) {
                let start = match &self.gap {
                    Some(Gap::Hard(gap)) if indent == inner.len() => gap.start,
                    _ => rest.start,
                };
                self.gap = Some(Gap::Hard(start..rest.end));
            } else if !rest.is_empty() && self.gap.is_none() {
                self.gap = Some(Gap::Space(rest));
            }
            at += line.len();
        }
    }

    /// Writes what stands between the last text and the next, which begins with `next`.
    fn close_gap(&mut self, next: Option<char>) {
        let Some(gap) = self.gap.take().filter(|_| self.builder.is_open()) else {
            return;
        };
        match gap {
            Gap::Soft(range) => self
                .builder
                .replace(joint(self.builder.last_char(), next), range),
            Gap::Hard(range) => {
                // Blank lines in code.
                let line_ends = self.builder.source()[range.clone()].matches('\n').count();
                self.builder
                    .replace(&"\n".repeat(line_ends.clamp(1, 2)), range);
            }
            Gap::Space(range) => self.builder.copy(range),
            Gap::Entity(range) => self.builder.replace(" ", range),
            Gap::Cell => self.builder.insert(CELL_SEPARATOR),
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::TableCell
            | Tag::Superscript
            | Tag::Subscript
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_markdown(source: &str) -> Document {
        let mut document = Document::default();
        read(source, 0, &mut document);
        document
    }

    #[test]
    fn every_kind_of_block_is_read() {
        let source = "# 題 *名*\n\n　一行目の**強調**と\n[リンク](https://example.com/)。![図](a.png)\\*\n\n## 見出し &amp; `コード`\n\n- 項目一\n- 項目二\n  - 内側\n\n\
            > 引用\n\n| 回 | 年 |\n|---|---|\n| PALM1 | 1997 |\n\n```rust\nlet a = 1;\n\nlet b = 2;\n```\n\n注[^1]。\n\n[^1]: 脚注\n\n<!-- 注釈 -->\n\n<div>枠の<b>中</b></div>\n\n\
            <ruby>漢字<rt>かんじ</rt></ruby>と<br>改行\n";
        let document = read_markdown(source);
        assert_eq!(document.title, "題 名");
        assert_eq!(
            document.block_texts(),
            [
                "一行目の強調とリンク。図*",
                "見出し & コード",
                "項目一",
                "項目二",
                "内側",
                "引用",
                "回 | 年",
                "PALM1 | 1997",
                "let a = 1;\n\nlet b = 2;",
                "注。",
                "脚注",
                "枠の中",
                "漢字と\n改行",
            ]
        );
        assert_eq!(document.blocks[1].kind, BlockKind::Heading(2));
        let place = document.text.find("リンク").unwrap();
        let origin = document.origin.source_range(place..place + "リンク".len());
        assert_eq!(&source[origin], "リンク");
        assert_eq!(document.origin.line(&document.text, place), 4);
        let place = document.text.find('&').unwrap();
        assert_eq!(
            &source[document.origin.source_range(place..place + 1)],
            "&amp;"
        );
    }

    #[test]
    fn titles_are_found() {
        for (source, title, blocks) in [
            ("# 題\n\n本文", "題", 1),
            ("本文\n\n# 題\n\n本文", "題", 3),
            ("## 副題\n\n本文", "副題", 2),
            ("本文", "", 1),
            ("# 題", "題", 1),
            ("題\n===\n\n本文\r\n続き", "題", 1),
        ] {
            let document = read_markdown(source);
            assert_eq!(
                (document.title.as_str(), document.blocks.len()),
                (title, blocks),
                "{source}"
            );
        }
        let mut document = Document::new("", "題", "");
        read("# 題\n\n# 次\n\n本文", 0, &mut document);
        assert_eq!(document.block_texts(), ["次", "本文"]);
    }

    #[test]
    fn line_ends_leave_no_trace() {
        let document = read_markdown("本文の\r\n続き\r\n\r\n```\r\na\r\nb\r\n```\r\n");
        assert_eq!(document.block_texts(), ["本文の続き", "a\nb"]);
    }
}
