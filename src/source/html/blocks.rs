//! Tokens of HTML → blocks of text with what stands around them.
//!
//! In: a page. Out: for each stretch of text without a block border its parts in the source, whether it is in an article,
//! in a menu, in links. It decides nothing about what is shown.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::head::Head;
use super::stack::Stack;
use super::tags::{self, Role};
use crate::document::BlockKind;
use crate::source::lines::floor_boundary;

/// What was found in a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<HtmlBlock>,
    pub(super) head: Head,
    /// Whether there was more text than may be.
    pub(super) is_cut: bool,
}

/// A stretch of text.
#[derive(Debug)]
pub(super) struct HtmlBlock {
    pub(super) kind: BlockKind,
    pub(super) context: Context,
    pub(super) runs: Vec<Run>,
    /// Characters that are no white space, before entities are decoded.
    pub(super) chars: usize,
    /// Those of them in links.
    link_chars: usize,
}

impl HtmlBlock {
    pub(super) fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }

    /// Whether it is mostly links.
    pub(super) fn is_links(&self) -> bool {
        self.link_chars * 10 > self.chars * 6
    }
}

/// A part of a block.
#[derive(Debug)]
pub(super) enum Run {
    Text(Range<usize>),
    /// A line break at this tag.
    Break(Range<usize>),
    /// The border of two cells.
    Cell,
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// Why it may be no part of the text: the flags below.
    pub(super) hidden: u8,
    /// Which `article` it is in, counted from 1; 0 for none.
    pub(super) article: usize,
    /// Which `main` it is in.
    pub(super) main: usize,
    pub(super) is_preformatted: bool,
}

impl Context {
    /// In a control or hidden.
    pub(super) const NEVER_TEXT: u8 = 1;
    /// In a form; some pages are one.
    pub(super) const FORM: u8 = 2;
    /// Around or beside the text, going by names.
    pub(super) const AROUND: u8 = 4;
}

/// Reads the blocks of a page or of a part of one, with at most so many stretches of text between tags.
pub(super) fn read(source: &str, range: Range<usize>, max_texts: usize) -> Page {
    // In XHTML `<script/>` has no content that could hold tags.
    let is_xml = source[range.clone()].trim_start().starts_with("<?xml");
    let mut reader = Reader::new(source, range.end, is_xml, max_texts);
    let mut emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            reader.event(&event, range.start + span.start..range.start + span.end);
            None
        },
    );
    emitter.naively_switch_states(!is_xml);
    let Ok(()) = Tokenizer::new_with_emitter(&source[range.clone()], emitter).finish();
    reader.end_block();
    reader.page
}

/// A start tag while its attributes are read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    attributes: Vec<(String, String)>,
}

struct Reader<'a> {
    source: &'a str,
    end: usize,
    page: Page,
    stack: Stack,
    block: Option<HtmlBlock>,
    tag: Tag,
    is_xml: bool,
    /// Stretches of text that may still come.
    texts_left: usize,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, end: usize, is_xml: bool, max_texts: usize) -> Self {
        Reader {
            source,
            end,
            page: Page::default(),
            stack: Stack::default(),
            block: None,
            tag: Tag::default(),
            is_xml,
            texts_left: max_texts,
        }
    }

    fn event(&mut self, event: &CallbackEvent<'_>, span: Range<usize>) {
        match *event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.name = name.to_vec();
                self.tag.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => {
                // Nobody reads so many.
                if self.tag.attributes.len() < 64 {
                    self.tag.attributes.push((
                        String::from_utf8_lossy(name).to_ascii_lowercase(),
                        String::new(),
                    ));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, last)) = self
                    .tag
                    .attributes
                    .last_mut()
                    .filter(|(_, last)| last.is_empty())
                {
                    *last = String::from_utf8_lossy(&value[..value.len().min(2048)]).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.start_tag(self_closing, span),
            CallbackEvent::EndTag { name } => self.end_tag(name, span),
            CallbackEvent::String { .. } => self.text(span),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn start_tag(&mut self, is_self_closing: bool, span: Range<usize>) {
        let tag = std::mem::take(&mut self.tag);
        let Some((name, role)) = tags::element(&tag.name) else {
            return;
        };
        let is_in_article = self.stack.context().article > 0;
        self.page.head.tag(name, &tag.attributes, is_in_article);
        self.stack.end_implied(name, role);
        match role {
            Role::Void => return,
            Role::Break => return self.line_break(span),
            Role::Rule => return self.end_block(),
            Role::Cell if self.block.is_some() => self.run(Run::Cell),
            Role::Inline | Role::Anchor | Role::Dropped | Role::Title => {}
            _ => self.end_block(),
        }
        if !(is_self_closing && self.is_xml) {
            self.stack.start(name, role, &tag.attributes);
        }
    }

    fn end_tag(&mut self, name: &[u8], span: Range<usize>) {
        let Some((name, role)) = tags::element(name) else {
            return;
        };
        match role {
            Role::Break => return self.line_break(span),
            Role::Void | Role::Rule => return,
            // The row of a cell goes on.
            Role::Inline | Role::Anchor | Role::Dropped | Role::Title | Role::Cell => {}
            _ => self.end_block(),
        }
        self.stack.end(name, role);
    }

    fn line_break(&mut self, span: Range<usize>) {
        let Some(block) = &self.block else { return };
        if matches!(block.runs.last(), Some(Run::Break(_))) {
            self.end_block();
        } else {
            self.run(Run::Break(span));
        }
    }

    fn run(&mut self, run: Run) {
        if let Some(block) = &mut self.block {
            block.runs.push(run);
        }
    }

    fn text(&mut self, span: Range<usize>) {
        let start = floor_boundary(self.source, span.start);
        let end = floor_boundary(self.source, span.end.min(self.end));
        if start >= end {
            return;
        }
        let text = &self.source[start..end];
        let top = self.stack.top();
        if top.is_some_and(|top| top.is_dropped) {
            if self.stack.is_in_title() {
                self.page.head.title_text(text);
            }
            return;
        }
        let chars = text.chars().filter(|c| !c.is_whitespace()).count();
        if chars == 0
            && self
                .block
                .as_ref()
                .is_none_or(|block| !matches!(block.runs.last(), Some(Run::Text(_))))
        {
            return;
        }
        let Some(texts_left) = self.texts_left.checked_sub(1) else {
            self.page.is_cut = true;
            return;
        };
        self.texts_left = texts_left;
        let (context, is_link) = (self.stack.context(), top.is_some_and(|top| top.is_link));
        let kind = top
            .and_then(|top| top.heading)
            .map_or(BlockKind::Paragraph, BlockKind::Heading);
        if self
            .block
            .as_ref()
            .is_some_and(|block| block.context != context || block.kind != kind)
        {
            self.end_block();
        }
        let block = self.block.get_or_insert_with(|| HtmlBlock {
            kind,
            context,
            runs: Vec::new(),
            chars: 0,
            link_chars: 0,
        });
        block.runs.push(Run::Text(start..end));
        block.chars += chars;
        block.link_chars += if is_link { chars } else { 0 };
    }

    fn end_block(&mut self) {
        self.page
            .blocks
            .extend(self.block.take().filter(|block| block.chars > 0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        let blocks = read(source, 0..source.len(), 99).blocks;
        let text = |block: &HtmlBlock| {
            let runs = block.runs.iter().map(|run| match run {
                Run::Text(range) => &source[range.clone()],
                Run::Break(_) => "/",
                Run::Cell => "|",
            });
            format!(
                "{}{}",
                runs.collect::<String>(),
                if block.context.hidden > 0 { "!" } else { "" }
            )
        };
        blocks.iter().map(text).collect()
    }

    #[test]
    fn blocks_end_where_they_should() {
        for (source, expected) in [
            ("a<p>b<p>c</p>d", vec!["a", "b", "c", "d"]),
            (
                "a <b>b</b>\r\nc<br>d<br> <br>e &amp; < f",
                vec!["a b\r\nc/d/", "e &amp; < f"],
            ),
            (
                "<ul><li>a<ul><li>b</ul><li>c</ul>d",
                vec!["a", "b", "c", "d"],
            ),
            (
                "<tr><td>a<td>b<tr><td>c<p>d</p></td><td>e</table>",
                vec!["a|b", "c", "d", "e"],
            ),
            (
                "a<nav>b<div>c</div></nav>d<aside>e</aside><footer>f</footer>",
                vec!["a", "b!", "c!", "d", "e!", "f!"],
            ),
            ("<nav>a</span></div>b</nav>c", vec!["a!", "b!", "c"]),
            (
                "a<script>b</script>c<rt>d</rt><svg><title>e</title></svg>f<template>g",
                vec!["acf"],
            ),
            ("<h1>a<h2>b</h2>c", vec!["a", "b", "c"]),
            (
                "<p hidden>a</p>b<p style='display: none'>c</p>d",
                vec!["a!", "b", "c!", "d"],
            ),
            (
                "<?xml version='1.0'?><html><head><script src='a'/><title>t</title></head><p>a</p><div/>b",
                vec!["a", "b"],
            ),
        ] {
            assert_eq!(texts(source), expected, "{source}");
        }
    }

    #[test]
    fn no_more_text_is_read_than_may_be() {
        let source = "<p>a<p>b</p><!-- c -->";
        for (max_texts, blocks) in [(2, 2), (1, 1)] {
            let page = read(source, 0..source.len(), max_texts);
            assert_eq!((page.blocks.len(), page.is_cut), (blocks, blocks < 2));
        }
    }

    #[test]
    fn text_is_where_it_is_said_to_be() {
        let source = "あ\r\n<p>い&lt;う\r\n\r\nえ<br/>お</p><!-- か -->き<";
        for block in read(source, 0..source.len(), 99).blocks {
            for run in block.runs {
                if let Run::Text(range) = run {
                    assert!(!source[range.clone()].contains('>') && !source[range].contains("--"));
                }
            }
        }
        assert_eq!(texts(source), ["あ\r\n", "い&lt;う\r\n\r\nえ/お", "き<"]);
    }
}
