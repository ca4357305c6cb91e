//! Plain text → title, headings and paragraphs.
//!
//! In: decoded text, perhaps the copy of a web page or a novel of Aozora Bunko. Out: the document's text without page
//! furniture, cut into blocks. Four steps, a module each: what belongs to the text (`page`), which line is the title
//! (`title`), what is a heading and what a paragraph (`structure`, by the look of `heading`); texts of Aozora Bunko go their own way (`aozora`).
//! It does not read what the text says.

mod aozora;
mod heading;
mod page;
mod structure;
mod title;

use std::ops::Range;

use super::builder::{Builder, joint};
use super::lines::{Line, lines};
#[cfg(test)]
use crate::document::BlockKind;
use crate::document::{Block, Document};

/// A line of the text, after blank lines and furniture were taken out.
struct Kept {
    line: Line,
    /// Whether something was taken out before it.
    is_apart: bool,
}

/// Reads the text from byte `from` on into a document, whose title may be known already.
pub(super) fn read(source: &str, from: usize, document: &mut Document) {
    let lines = lines(source, from);
    if aozora::is_aozora(source, &lines) {
        return aozora::read(source, &lines, document);
    }
    let mut is_removed = page::removed(source, &lines, &mut document.metadata);
    title::take(source, &lines, &mut is_removed, document);
    let mut kept = keep(&lines, &is_removed);
    if kept.is_empty() {
        // A text of nothing but a title is better shown twice than not found.
        kept = keep(&lines, &vec![false; lines.len()]);
    }
    let mut builder = Builder::new(source);
    for (kind, range) in structure::blocks(source, &kept) {
        write(&mut builder, &kept[range]);
        builder.end(kind);
    }
    builder.finish(document);
}

/// The blocks of a text that is taken as it is.
pub(super) fn record_blocks(text: &str) -> Vec<Block> {
    let lines = lines(text, 0);
    let kept = keep(&lines, &vec![false; lines.len()]);
    structure::blocks(text, &kept)
        .into_iter()
        .map(|(kind, range)| Block {
            kind,
            range: kept[range.start].line.start..kept[range.end - 1].line.end,
        })
        .collect()
}

fn keep(lines: &[Line], is_removed: &[bool]) -> Vec<Kept> {
    let mut kept = Vec::new();
    let mut is_apart = true;
    for (line, &is_removed) in lines.iter().zip(is_removed) {
        if line.is_blank() || is_removed {
            is_apart = true;
        } else {
            kept.push(Kept {
                line: line.clone(),
                is_apart,
            });
            is_apart = false;
        }
    }
    kept
}

/// Writes lines as one paragraph.
fn write(builder: &mut Builder<'_>, lines: &[Kept]) {
    let source = builder.source();
    let mut before: Option<Range<usize>> = None;
    for Kept { line, .. } in lines {
        if let Some(before) = before {
            let last = source[before.clone()].chars().next_back();
            let first = source[line.range()].chars().next();
            // A word that was cut at its hyphen.
            let is_cut = last == Some('-') && first.is_some_and(char::is_lowercase);
            builder.replace(
                if is_cut { "" } else { joint(last, first) },
                before.end..line.start,
            );
        }
        builder.copy(line.range());
        before = Some(line.range());
    }
}

/// What a block is called in the tests of this module.
#[cfg(test)]
fn outline(document: &Document) -> Vec<String> {
    let line = |block: &Block| match block.kind {
        BlockKind::Heading(level) => format!(
            "{} {}",
            "#".repeat(level.into()),
            &document.text[block.range.clone()]
        ),
        BlockKind::Paragraph => document.text[block.range.clone()].to_owned(),
    };
    document.blocks.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(source: &str) -> Document {
        let mut document = Document::default();
        read(source, 0, &mut document);
        document
    }

    #[test]
    fn a_saved_page_becomes_an_article() {
        let source = "経済\r\n\r\n関税同盟の十年。 何が変わったか。 草原の国の収支\r\n\r\n目次:\r\n\r\n関税同盟の十年。 何が変わったか。 草原の国の収支\r\n\
            関税同盟の十年。 何が変わったか。 草原の国の収支\r\nAnonim\r\n\r\n同盟が発足してから十年が過ぎた。加盟国のあいだの貿易はおよそ二倍に増えている。\r\n\r\n\
            署名までの道のり\r\n\r\nImage\r\n\r\n交渉は三年にわたって続いた。主な争点は関税の分け前と原産地の規則だった。\r\n\r\nコメント (0)";
        let document = read_text(source);
        assert_eq!(
            document.title,
            "関税同盟の十年。 何が変わったか。 草原の国の収支"
        );
        assert_eq!(
            outline(&document),
            [
                "同盟が発足してから十年が過ぎた。加盟国のあいだの貿易はおよそ二倍に増えている。",
                "## 署名までの道のり",
                "交渉は三年にわたって続いた。主な争点は関税の分け前と原産地の規則だった。",
            ]
        );
        let heading = &document.blocks[1];
        assert_eq!(
            &source[document.origin.source_range(heading.range.clone())],
            "署名までの道のり"
        );
        assert_eq!(
            document.origin.line(&document.text, heading.range.start),
            13
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let source = "両国の交流\n\n　両国は一九九二年に国交を結び、以来さまざまな分野で協力\nを進めてきた。二〇一一年には首脳が相互に訪問し、貿易の額は\n\
            十年で三倍になった。\n　今後は輸送路の整備が課題になる。港を持たない国にとって鉄\n道は命綱であり、隣国との調整が欠かせない。\n";
        let document = read_text(source);
        assert_eq!(document.title, "両国の交流");
        assert_eq!(
            outline(&document),
            [
                "両国は一九九二年に国交を結び、以来さまざまな分野で協力を進めてきた。二〇一一年には首脳が相互に訪問し、貿易の額は十年で三倍になった。",
                "今後は輸送路の整備が課題になる。港を持たない国にとって鉄道は命綱であり、隣国との調整が欠かせない。",
            ]
        );
        let source = "The first line of a paragraph that was wrapped by an editor goes on\nto a second line and from there, with some more words added to it, to\na third one that is not quite as wide as those before.\n";
        assert_eq!(
            outline(&read_text(source)),
            [source.trim_end().replace('\n', " ")]
        );
        assert!(read_text(source).text.contains("goes on to a second"));
    }

    #[test]
    fn lines_that_end_in_sentences_are_paragraphs() {
        let source = "両国は一九九二年に国交を結び、以来さまざまな分野で協力を進めてきました。\n二〇一一年には首脳が相互に訪問しました。\n\
            貿易は増え続ける\n貿易の額は十年で三倍になり、主な品目は機械と食料品で、鉄道の整備がこれを支えてきました。\n以上です。\n";
        let document = read_text(source);
        assert_eq!(document.title, "");
        assert_eq!(document.blocks.len(), 5);
        assert_eq!(document.blocks[2].kind, BlockKind::Heading(2));
    }

    #[test]
    fn a_text_without_text_keeps_what_there_is() {
        assert_eq!(
            outline(&read_text("目次\nImage\nコメント (0)\n")),
            ["目次", "Image", "コメント (0)"]
        );
        assert_eq!(outline(&read_text("覚え書き\n")), ["覚え書き"]);
        assert!(outline(&read_text("\r\n　\n")).is_empty());
    }

    #[test]
    fn old_line_ends_are_line_ends() {
        let document = read_text("題名である\r\r最初の段落である。\r次の段落である。");
        assert_eq!(document.title, "題名である");
        assert_eq!(
            outline(&document),
            ["最初の段落である。", "次の段落である。"]
        );
        assert_eq!(
            document
                .origin
                .line(&document.text, document.blocks[1].range.start),
            4
        );
    }
}
