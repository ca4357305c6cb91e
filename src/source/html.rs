//! HTML → title, headings, paragraphs and what the page declares.
//!
//! In: the page as a server sent it or a browser saved it, however malformed. Out: the text of its article without menus,
//! advertisements and comment sections; the title; date, language and address from its head. Four steps, a module each:
//! tokens to blocks with their context (`blocks`, with a `stack` and the rules in `tags`), blocks of the article (`article`), blocks to text (`write`), what the head says
//! (`head`). Scripts are not run: a page that is made by one is empty here.

mod article;
mod blocks;
mod head;
mod stack;
mod tags;
mod write;

use std::ops::Range;

use blocks::{Context, HtmlBlock};

use super::builder::Builder;
use super::furniture::is_furniture;
use super::lines::same_text;
use crate::document::Document;

/// Links and furniture are not longer.
const MAX_FURNITURE_CHARS: usize = 100;
/// Stretches of text between tags that are read of a page: each takes some 600 bytes until the page is a document.
const MAX_TEXTS: usize = 300_000;

/// Reads the page from byte `from` on into a document, whose title and metadata may be known already.
pub(super) fn read(source: &str, from: usize, document: &mut Document) {
    let page = blocks::read(source, from..source.len(), MAX_TEXTS);
    let hidden = article::hidden_contexts(&page.blocks);
    let kept: Vec<&HtmlBlock> = page
        .blocks
        .iter()
        .filter(|block| block.context.hidden & hidden == 0)
        .collect();
    let blocks = article::blocks(&kept);
    let title = article::title(source, &page, &blocks, document);
    page.head.declare(document);
    if page.is_cut {
        let told = format!(
            "the page has more than {MAX_TEXTS} stretches of text between tags, the rest was left out; split it"
        );
        document.complaints.push(told);
    }
    let mut builder = Builder::new(source);
    for block in &blocks {
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
        blocks
            .iter()
            .for_each(|block| write::write(&mut builder, block));
    }
    document.title = title.text;
    builder.finish(document);
}

/// Adds the text of a piece of HTML inside another format.
pub(super) fn append(builder: &mut Builder<'_>, range: Range<usize>) {
    let page = blocks::read(builder.source(), range, usize::MAX);
    page.blocks
        .iter()
        .filter(|block| block.context.hidden & Context::NEVER_TEXT == 0)
        .for_each(|block| write::write(builder, block));
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
            document.block_texts(),
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
            assert_eq!(read_html(&source).block_texts(), [PROSE, "二"], "{source}");
        }
        assert_eq!(
            read_html("<nav><a href=a>入口</a></nav>").block_texts(),
            ["入口"]
        );
        assert_eq!(read_html("<h1>題</h1>").block_texts(), ["題"]);
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
            assert_eq!(document.block_texts(), [PROSE], "{head}{body}");
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
            read_html("<pre>\r\n一  行\r\n  二行\r\n\r\n次の段落\r\n</pre>").block_texts(),
            ["一  行\n  二行", "次の段落"]
        );
    }
}
