//! HTML → title, headings, paragraphs and what the page declares.
//!
//! In: the page as a server sent it or a browser saved it, however malformed. Out: the text of its article without menus,
//! advertisements and comment sections; the title; date, language and address from its head. Three steps, a module each:
//! tokens to blocks with their context (`blocks`, by the rules in `tags`), blocks to text (`write`), what the head says
//! (`head`). Scripts are not run: a page that is made by one is empty here.

mod blocks;
mod head;
mod tags;
mod write;

use std::ops::Range;

use blocks::{Context, HtmlBlock, Page};

use super::builder::Builder;
use super::furniture::is_furniture;
use super::lines::same_text;
use crate::document::{BlockKind, Document};

/// An article with this many characters is one.
const MIN_ARTICLE_CHARS: usize = 200;
/// Links and furniture are not longer.
const MAX_FURNITURE_CHARS: usize = 100;

/// Reads the page from byte `from` on into a document, whose title and metadata may be known already.
pub(super) fn read(source: &str, from: usize, document: &mut Document) {
    let page = blocks::read(source, from..source.len());
    let hidden = hidden_contexts(&page.blocks);
    let kept: Vec<&HtmlBlock> = page
        .blocks
        .iter()
        .filter(|block| block.context.hidden & hidden == 0)
        .collect();
    let article = article(&kept);
    let title = title(source, &page, &article, document);
    page.head.declare(document);
    let mut builder = Builder::new(source);
    for block in &article {
        let is_title = || {
            block.chars <= 2 * MAX_FURNITURE_CHARS
                && same_text(&write::plain(source, block), &title.text)
        };
        let is_repeated = (block.is_heading() || !title.is_in_page) && is_title();
        if !is_repeated && !is_page_furniture(source, block) {
            write::write(&mut builder, block);
        }
    }
    if !builder.has_blocks() {
        // A page of links, or of nothing but its title.
        article
            .iter()
            .for_each(|block| write::write(&mut builder, block));
    }
    document.title = title.text;
    builder.finish(document);
}

/// Adds the text of a piece of HTML inside another format.
pub(super) fn append(builder: &mut Builder<'_>, range: Range<usize>) {
    let page = blocks::read(builder.source(), range);
    page.blocks
        .iter()
        .filter(|block| block.context.hidden & Context::NEVER_TEXT == 0)
        .for_each(|block| write::write(builder, block));
}

/// Which contexts are left out: as many as leave a good part of the page's prose.
fn hidden_contexts(blocks: &[HtmlBlock]) -> u8 {
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
fn article<'a>(blocks: &[&'a HtmlBlock]) -> Vec<&'a HtmlBlock> {
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

struct Title {
    text: String,
    /// Whether a heading of the page gave it.
    is_in_page: bool,
}

/// What the document says, else the highest heading of the article, else what the head says.
fn title(source: &str, page: &Page, article: &[&HtmlBlock], document: &Document) -> Title {
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
            text: text.replace('\n', " "),
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

/// Short blocks of nothing but links, and lines such as `シェアする`.
fn is_page_furniture(source: &str, block: &HtmlBlock) -> bool {
    if block.chars > MAX_FURNITURE_CHARS {
        return false;
    }
    (block.is_links() && !block.is_heading()) || is_furniture(&write::plain(source, block))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_html(source: &str) -> Document {
        let mut document = Document::default();
        read(source, 0, &mut document);
        document
    }

    fn texts(document: &Document) -> Vec<&str> {
        document
            .blocks
            .iter()
            .map(|block| &document.text[block.range.clone()])
            .collect()
    }

    const PROSE: &str = "両国の外相は東京で会談し、経済協力と人の往来について意見を交わした。次の会談は来年に行われる。";

    #[test]
    fn the_article_is_read_without_the_page_around_it() {
        let source = format!(
            "<!DOCTYPE html>\n<html lang=\"ja\"><head><title>会談の記録 | 外交ノート</title>\n<meta name=date content=\"2025-12-24T09:00:00+09:00\">\n\
            <link rel=canonical href=\"https://example.com/a\"><script>var a = '<p>b</p>';</script><style>p {{}}</style></head>\n\
            <body class=\"has-sidebar\"><header><h2>外交ノート</h2></header><nav><a href=/>ホーム</a></nav>\n\
            <article class=\"post category-social\"><h1>会談の<br>記録</h1><p class=\"share\">シェア</p>\n<p>{PROSE}<ruby>漢<rp>(</rp><rt>かん</rt></ruby>字&amp;&nbsp;A</p>\n\
            <h2 id=x>見出し</h2><ul><li>項目一<li>項目二</ul><p><a href=/b>続きはあちら</a></p>\n<table><tr><th>回<td>年<tr><td>一<td>1997</table>\n\
            <div class=\"related-posts\"><p>{PROSE}</p></div></article>\n<aside>{PROSE}</aside><footer>© 2025</footer></body></html>"
        );
        let document = read_html(&source);
        assert_eq!(document.title, "会談の 記録");
        let first = format!("{PROSE}漢字& A");
        assert_eq!(
            texts(&document),
            [
                first.as_str(),
                "見出し",
                "項目一",
                "項目二",
                "回 | 年",
                "一 | 1997"
            ]
        );
        assert_eq!(document.metadata.date.as_deref(), Some("2025-12-24"));
        assert_eq!(document.metadata.language.as_deref(), Some("ja"));
        assert_eq!(
            document.metadata.url.as_deref(),
            Some("https://example.com/a")
        );
        let place = document.text.find("字&").unwrap();
        assert_eq!(
            &source[document.origin.source_range(place..place + "字&".len())],
            "字&amp;"
        );
        let heading = document.text.find("見出し").unwrap();
        assert_eq!(
            document.origin.line(&document.text, heading),
            source[..source.find("見出し").unwrap()]
                .matches('\n')
                .count()
                + 1
        );
    }

    #[test]
    fn pages_without_an_article_are_read_whole() {
        for source in [
            format!("<p>{PROSE}<p>二"),
            format!("<form id=aspnetForm><div><p>{PROSE}</p><p>二</p></div></form>"),
            format!("<div class=\"menu\"><p>{PROSE}</p><p>二</p></div>"),
            format!("<body><table><tr><td>{PROSE}<br><br>二</table>"),
            format!("<div><span>{PROSE}</div><div>二</b></p></div></div></section>"),
        ] {
            assert_eq!(texts(&read_html(&source)), [PROSE, "二"], "{source}");
        }
        assert_eq!(texts(&read_html("<nav><a href=a>入口</a></nav>")), ["入口"]);
        assert_eq!(texts(&read_html("<h1>題</h1>")), ["題"]);
    }

    #[test]
    fn titles_are_found() {
        for (head, body, title) in [
            (
                "<title>会談の記録 | 外交ノート</title>",
                "<h1>会談の記録</h1>",
                "会談の記録",
            ),
            (
                "<title>会談の記録 - 外交ノート</title>",
                "<header>外交ノート</header>",
                "会談の記録",
            ),
            (
                "<title>会談の記録｜外交ノート</title>",
                "<h2>会談の記録</h2>",
                "会談の記録",
            ),
            ("<title>会談の記録 - 前編</title>", "", "会談の記録 - 前編"),
            (
                "<title>外交ノート</title><meta property=og:title content=\"会談の記録\">",
                "",
                "会談の記録",
            ),
            (
                "<title>会談の記録</title>",
                "<header><h1>外交ノート</h1></header>",
                "会談の記録",
            ),
            (
                "<title>会談の記録 | 外交ノート</title>",
                "<header><h1>会談の記録</h1></header>",
                "会談の記録",
            ),
            ("<title>会談&amp;記録\n</title>", "", "会談&記録"),
        ] {
            let document = read_html(&format!(
                "<html><head>{head}</head><body>{body}<p>{PROSE}</p></body></html>"
            ));
            assert_eq!(document.title, title);
            assert_eq!(texts(&document), [PROSE], "{head}{body}");
        }
    }

    #[test]
    fn depth_and_nonsense_do_no_harm() {
        for source in [
            "<div>".repeat(200_000) + PROSE,
            "<div>".repeat(50_000) + &"</span>".repeat(50_000) + PROSE,
            "<table><td>".repeat(20_000) + PROSE,
            format!("{PROSE}<p class='{}'>", "a ".repeat(100_000)),
            format!("<a href=x>{PROSE}{PROSE}{PROSE}"),
        ] {
            assert!(read_html(&source).text.contains(PROSE));
        }
        for source in [
            "<",
            "<p",
            "</",
            "&",
            "&#",
            "&#xD800;",
            "<!",
            "<!--",
            "<![CDATA[",
            "<title>",
            "<p>&#13;&#0;\0",
            "<table><tr></p></tr>",
        ] {
            read_html(source);
        }
    }

    #[test]
    fn preformatted_text_keeps_its_lines() {
        assert_eq!(
            texts(&read_html(
                "<pre>\r\n一  行\r\n  二行\r\n\r\n次の段落\r\n</pre>"
            )),
            ["一  行\n  二行", "次の段落"]
        );
    }
}
