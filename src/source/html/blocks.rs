//! Tokens of HTML → blocks of text with what stands around them.
//!
//! In: a page. Out: for each stretch of text without a block border its parts in the source, whether it is in an article,
//! in a menu, in links. Open elements are kept on a stack of limited height, missing end tags are supplied where every
//! page leaves them out. It decides nothing about what is shown.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::head::Head;
use super::tags::{self, Label, Role};
use crate::document::BlockKind;
use crate::source::lines::floor_boundary;

/// Browsers do not nest deeper.
const MAX_DEPTH: usize = 512;

/// What was found in a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<HtmlBlock>,
    pub(super) head: Head,
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

/// Reads the blocks of a page or of a part of one.
pub(super) fn read(source: &str, range: Range<usize>) -> Page {
    let mut reader = Reader::new(source, range.clone());
    let mut emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            reader.event(&event, range.start + span.start..range.start + span.end);
            None
        },
    );
    // In XHTML `<script/>` has no content that could hold tags.
    let is_xml = source[range.clone()].trim_start().starts_with("<?xml");
    emitter.naively_switch_states(!is_xml);
    let Ok(()) = Tokenizer::new_with_emitter(&source[range.clone()], emitter).finish();
    reader.is_xml = is_xml;
    reader.end_block();
    reader.page
}

/// An open element.
struct Open {
    name: &'static str,
    is_inline: bool,
    is_dropped: bool,
    is_link: bool,
    heading: Option<u8>,
    context: Context,
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
    stack: Vec<Open>,
    /// Open elements above the stack's limit.
    overflow: usize,
    block: Option<HtmlBlock>,
    tag: Tag,
    articles: usize,
    mains: usize,
    is_xml: bool,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, range: Range<usize>) -> Self {
        let is_xml = source[range.clone()].trim_start().starts_with("<?xml");
        Reader {
            source,
            end: range.end,
            page: Page::default(),
            stack: Vec::new(),
            overflow: 0,
            block: None,
            tag: Tag::default(),
            articles: 0,
            mains: 0,
            is_xml,
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
        self.page
            .head
            .tag(name, &tag.attributes, self.context().article > 0);
        if let Some((ended, protected)) = tags::implied_ends(name) {
            self.close_nearest(
                |open| ended.contains(&open.name),
                |open| protected.contains(&open.name),
            );
        }
        match role {
            Role::Void => return,
            Role::Break => return self.line_break(span),
            Role::Rule => return self.end_block(),
            Role::Cell if self.block.is_some() => self.run(Run::Cell),
            Role::Inline | Role::Anchor | Role::Dropped | Role::Title => {}
            _ => {
                self.close_nearest(|open| open.name == "p", |open| !open.is_inline);
                if matches!(role, Role::Heading(_)) {
                    self.close_nearest(|open| open.heading.is_some(), |open| !open.is_inline);
                }
                self.end_block();
            }
        }
        if is_self_closing && self.is_xml {
            return;
        }
        if self.stack.len() >= MAX_DEPTH {
            self.overflow += 1;
            return;
        }
        let open = self.open(name, role, &tag.attributes);
        self.stack.push(open);
    }

    /// The state inside an element: that around it and what it adds.
    fn open(&mut self, name: &'static str, role: Role, attributes: &[(String, String)]) -> Open {
        let around = self.stack.last();
        let mut open = Open {
            name,
            is_inline: matches!(
                role,
                Role::Inline | Role::Anchor | Role::Dropped | Role::Title
            ),
            is_dropped: matches!(role, Role::Dropped | Role::Title)
                || around.is_some_and(|around| around.is_dropped),
            is_link: role == Role::Anchor || around.is_some_and(|around| around.is_link),
            heading: if let Role::Heading(level) = role {
                Some(level)
            } else {
                around.and_then(|around| around.heading)
            },
            context: self.context(),
        };
        let value = |wanted: &str| {
            attributes
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.as_str())
        };
        let is_region = matches!(name, "html" | "body" | "main" | "article");
        let by_role = value("role").map_or(Label::Nothing, tags::label_of_role);
        let by_names = ["class", "id"]
            .into_iter()
            .filter_map(value)
            .map(tags::label_of_names)
            .find(|label| *label != Label::Nothing);
        // Names of headings, paragraphs' parts and whole pages say other things.
        let is_named = !open.is_inline && !is_region && open.heading.is_none();
        let label = if by_role == Label::Nothing && is_named {
            by_names.unwrap_or(Label::Nothing)
        } else {
            by_role
        };
        let context = &mut open.context;
        let is_inside = context.article > 0 || context.main > 0;
        if (role == Role::Main || label == Label::Main) && context.main == 0 {
            self.mains += 1;
            context.main = self.mains;
        }
        if (role == Role::Article || label == Label::Article) && context.article == 0 {
            self.articles += 1;
            context.article = self.articles;
        }
        let is_hidden = value("hidden").is_some() && !is_region;
        let is_invisible =
            value("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
        if role == Role::Control || is_hidden {
            context.hidden |= Context::NEVER_TEXT;
        }
        if role == Role::Form {
            context.hidden |= Context::FORM;
        }
        let is_edge =
            (role == Role::Edge && context.article == 0) || (label == Label::Header && !is_inside);
        if role == Role::Beside || label == Label::Around || is_edge || (is_invisible && !is_region)
        {
            context.hidden |= Context::AROUND;
        }
        context.is_preformatted |= role == Role::Preformatted;
        open
    }

    fn end_tag(&mut self, name: &[u8], span: Range<usize>) {
        let Some((name, role)) = tags::element(name) else {
            return;
        };
        match role {
            Role::Break => return self.line_break(span),
            Role::Void | Role::Rule => return,
            _ if self.overflow > 0 => {
                self.overflow -= 1;
                if !matches!(role, Role::Inline | Role::Anchor) {
                    self.end_block();
                }
                return;
            }
            Role::Inline | Role::Anchor => {
                return self.close_nearest(|open| open.name == name, |open| !open.is_inline);
            }
            Role::Dropped | Role::Title => {
                return self.close_nearest(|open| open.name == name, |_| false);
            }
            // The row goes on.
            Role::Cell => {}
            _ => self.end_block(),
        }
        let is_table = name == "table";
        let is_part = matches!(
            name,
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption"
        );
        self.close_nearest(
            |open| open.name == name,
            |open| {
                if is_table {
                    false
                } else if is_part {
                    open.name == "table"
                } else {
                    matches!(open.name, "table" | "td" | "th")
                }
            },
        );
    }

    /// Closes the innermost element that is wanted, and all in it, unless one that protects it comes first.
    fn close_nearest(
        &mut self,
        is_wanted: impl Fn(&Open) -> bool,
        protects: impl Fn(&Open) -> bool,
    ) {
        for index in (0..self.stack.len()).rev() {
            if is_wanted(&self.stack[index]) {
                self.stack.truncate(index);
                return;
            }
            if protects(&self.stack[index]) {
                return;
            }
        }
    }

    fn context(&self) -> Context {
        self.stack
            .last()
            .map_or_else(Context::default, |open| open.context)
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
        let top = self.stack.last();
        if top.is_some_and(|top| top.is_dropped) {
            if top.is_some_and(|top| top.name == "title")
                && self.stack.iter().all(|open| open.name != "svg")
            {
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
        let (context, is_link) = (self.context(), top.is_some_and(|top| top.is_link));
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
        let blocks = read(source, 0..source.len()).blocks;
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
    fn text_is_where_it_is_said_to_be() {
        let source = "あ\r\n<p>い&lt;う\r\n\r\nえ<br/>お</p><!-- か -->き<";
        for block in read(source, 0..source.len()).blocks {
            for run in block.runs {
                if let Run::Text(range) = run {
                    assert!(!source[range.clone()].contains('>') && !source[range].contains("--"));
                }
            }
        }
        assert_eq!(texts(source), ["あ\r\n", "い&lt;う\r\n\r\nえ/お", "き<"]);
    }
}
