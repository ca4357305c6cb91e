//! Which blocks of a page are its article, and what its title is.
//!
//! In: all blocks of a page with what stands around them. Out: those that are text, as the page marks them, or as many
//! as leave a good part of its prose.

use super::blocks::{Context, HtmlBlock, Page};
use super::{MAX_FURNITURE_CHARS, head, write};
use crate::document::{BlockKind, Document};
use crate::source::lines::{one_line, same_text};

/// An article with this many characters is one.
const MIN_ARTICLE_CHARS: usize = 200;

/// Which contexts are left out: as many as leave a good part of the page's prose.
pub(super) fn hidden_contexts(blocks: &[HtmlBlock]) -> u8 {
    let prose = |hidden: u8| -> usize {
        let visible = blocks
            .iter()
            .filter(|block| block.context.hidden & hidden == 0);
        visible
            .filter(|block| !block.is_links())
            .map(|block| if block.chars >= 40 { block.chars } else { 0 })
            .sum()
    };
    let all = prose(Context::NEVER_TEXT);
    let has_article = |hidden: u8| {
        let visible = blocks
            .iter()
            .filter(|block| block.context.hidden & hidden == 0);
        visible
            .filter(|block| block.context.article > 0 || block.context.main > 0)
            .map(|block| block.chars)
            .sum::<usize>()
            >= MIN_ARTICLE_CHARS
    };
    let choices = [
        Context::NEVER_TEXT | Context::FORM | Context::AROUND,
        Context::NEVER_TEXT | Context::AROUND,
        Context::NEVER_TEXT,
    ];
    for hidden in choices {
        let has_any = blocks
            .iter()
            .any(|block| block.context.hidden & hidden == 0 && block.chars > 0);
        if has_any && (has_article(hidden) || prose(hidden) * 5 >= all) {
            return hidden;
        }
    }
    // Nothing but menus.
    0
}

/// The blocks of the article, if the page says which they are; else all.
pub(super) fn blocks<'a>(blocks: &[&'a HtmlBlock]) -> Vec<&'a HtmlBlock> {
    let chars = |blocks: &[&HtmlBlock]| blocks.iter().map(|block| block.chars).sum::<usize>();
    let all = chars(blocks);
    let main: Vec<&HtmlBlock> = blocks
        .iter()
        .copied()
        .filter(|block| block.context.main > 0)
        .collect();
    let main_chars = chars(&main);
    let (around, around_chars) =
        if main_chars >= MIN_ARTICLE_CHARS.min(all) || main_chars * 4 >= all.max(1) {
            (main, main_chars)
        } else {
            (blocks.to_vec(), all)
        };
    // Several articles of one kind make up a page together; teasers beside an article do not.
    let count = blocks
        .iter()
        .map(|block| block.context.article)
        .max()
        .unwrap_or(0);
    let mut chars_of = vec![0; count + 1];
    around
        .iter()
        .for_each(|block| chars_of[block.context.article] += block.chars);
    let largest = chars_of.iter().skip(1).copied().max().unwrap_or(0);
    let articles: Vec<&HtmlBlock> = around
        .iter()
        .copied()
        .filter(|block| block.context.article > 0 && chars_of[block.context.article] * 3 >= largest)
        .collect();
    let article_chars = chars(&articles);
    let is_article = article_chars * 4 >= around_chars
        && (article_chars >= MIN_ARTICLE_CHARS || article_chars * 2 >= around_chars);
    if article_chars > 0 && is_article {
        articles
    } else {
        around
    }
}

pub(super) struct Title {
    pub(super) text: String,
    /// Whether a heading of the page gave it.
    pub(super) is_in_page: bool,
}

/// What the document says, else the highest heading of the article, else what the head says.
pub(super) fn title(
    source: &str,
    page: &Page,
    article: &[&HtmlBlock],
    document: &Document,
) -> Title {
    if !document.title.is_empty() {
        return Title {
            text: document.title.clone(),
            is_in_page: false,
        };
    }
    let is_h1 = |block: &&&HtmlBlock| block.kind == BlockKind::Heading(1) && block.chars > 0;
    let in_article: Vec<String> = article
        .iter()
        .filter(is_h1)
        .map(|block| write::plain(source, block))
        .collect();
    let declared = |text: &str| {
        let page_titles = [
            page.head.og_title.as_deref(),
            Some(page.head.title.as_str()),
        ];
        page_titles
            .into_iter()
            .flatten()
            .any(|title| !text.is_empty() && title.contains(text))
    };
    let from_page = in_article
        .iter()
        .find(|text| declared(text))
        .or_else(|| in_article.iter().find(|text| !text.is_empty()));
    if let Some(text) = from_page {
        return Title {
            text: one_line(text),
            is_in_page: true,
        };
    }
    // In the page's header perhaps, but then the head must confirm that it is no logo.
    let anywhere = page
        .blocks
        .iter()
        .filter(|block| is_h1(&block))
        .map(|block| write::plain(source, block))
        .find(|text| declared(text));
    let is_site_name = |name: &str| {
        page.head
            .site_name
            .as_deref()
            .is_some_and(|site| same_text(site, name))
            || page.blocks.iter().any(|block| {
                block.context.hidden != 0
                    && block.chars <= MAX_FURNITURE_CHARS
                    && same_text(&write::plain(source, block), name)
            })
    };
    let is_heading = |text: &str| {
        article
            .iter()
            .any(|block| block.is_heading() && same_text(&write::plain(source, block), text))
    };
    let text = anywhere
        .or_else(|| page.head.og_title.clone())
        .unwrap_or_else(|| head::without_site_name(&page.head.title, is_site_name, is_heading));
    Title {
        text,
        is_in_page: false,
    }
}
