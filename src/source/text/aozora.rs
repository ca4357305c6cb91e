//! Texts of Aozora Bunko → title, author, headings and paragraphs without markup.
//!
//! In: lines with ruby `《…》`, bars `｜` and notes `［＃…］`. Out: the text as it reads, each line a paragraph; headings
//! from the notes that mark them; the author in `other`; the legend of the markup left out; the colophon a block of its
//! own. Characters described in notes are taken from there when the note names them by code point, else `※` stays.
//! The markup is described at <https://www.aozora.gr.jp/annotation/>.

mod markup;

use markup::{Marked, count_ruby, plain, write};
use serde_json::Value;

use super::heading::{has_heading_shape, is_numbered_heading};
use crate::document::{BlockKind, Document};
use crate::source::builder::Builder;
use crate::source::lines::{Line, is_rule};

/// What stands above the description of the markup.
const LEGENDS: [&str; 2] = ["テキスト中に現れる記号について】", "表記について］"];
/// Where a legend begins at the latest.
const MAX_HEAD_LINES: usize = 30;
/// How long the credits at the end may be.
const MAX_COLOPHON_LINES: usize = 60;
/// Ruby in a text without a legend.
const MIN_RUBY: usize = 5;

/// Whether a text is marked up as those of Aozora Bunko.
pub(super) fn is_aozora(source: &str, lines: &[Line]) -> bool {
    let text = |line: &Line| &source[line.range()];
    let has_legend = lines
        .iter()
        .take(MAX_HEAD_LINES)
        .any(|line| LEGENDS.iter().any(|legend| text(line).ends_with(legend)));
    let has_ruby = || {
        let count: usize = lines
            .iter()
            .take(2000)
            .map(|line| count_ruby(text(line)))
            .sum();
        count >= MIN_RUBY.max(lines.len().min(2000) / 20)
    };
    has_legend || (colophon(source, lines).is_some() && source.contains("青空文庫")) || has_ruby()
}

/// Reads a text whose markup was recognised.
pub(super) fn read(source: &str, lines: &[Line], document: &mut Document) {
    let colophon_start = colophon(source, lines).unwrap_or(lines.len());
    let body_start = head(source, &lines[..colophon_start], document);
    let body_start = legend_end(source, &lines[..colophon_start], body_start);
    let body = &lines[body_start..colophon_start];
    let has_heading_notes = body
        .iter()
        .any(|line| source[line.range()].contains("見出し］"));
    let mut builder = Builder::new(source);
    let mut block_level = None;
    for (index, line) in body.iter().enumerate() {
        if is_rule(&source[line.range()]) {
            continue;
        }
        let marked = write(&mut builder, line);
        let level = match marked {
            Marked::Begins(level) => *block_level.insert(level),
            Marked::Ends => block_level.take().unwrap_or(0),
            Marked::Heading(level) => level,
            Marked::Nothing => block_level.unwrap_or(0),
        };
        let is_chapter = || !has_heading_notes && is_unmarked_heading(source, body, index);
        builder.end(match level {
            0 if is_chapter() => BlockKind::Heading(2),
            0 => BlockKind::Paragraph,
            level => BlockKind::Heading(level),
        });
    }
    let mut end_of_previous = None;
    for line in lines[colophon_start..]
        .iter()
        .filter(|line| !line.is_blank())
    {
        if let Some(end) = end_of_previous.replace(line.end) {
            builder.replace("\n", end..line.start);
        }
        write(&mut builder, line);
    }
    builder.finish(document);
}

/// Whether a line is a heading in a text whose notes do not say so: alone, short, and numbered or indented.
fn is_unmarked_heading(source: &str, lines: &[Line], index: usize) -> bool {
    let line = &lines[index];
    let is_blank = |line: Option<&Line>| line.is_none_or(Line::is_blank);
    let before = index.checked_sub(1).and_then(|before| lines.get(before));
    let stands_alone = is_blank(before) && is_blank(lines.get(index + 1));
    let leads = lines[index + 1..]
        .iter()
        .take(4)
        .any(|next| next.columns > line.columns);
    let text = plain(&source[line.range()]);
    let is_indented = source[line.range()].contains("字下げ］")
        || source[..line.start].ends_with("\u{3000}\u{3000}\u{3000}");
    stands_alone
        && leads
        && line.columns <= 60
        && has_heading_shape(&text)
        && (is_indented || is_numbered_heading(&text))
}

/// Reads title, subtitle and author above the first blank line; returns the line below them.
fn head(source: &str, lines: &[Line], document: &mut Document) -> usize {
    let end = lines.iter().position(Line::is_blank).unwrap_or(0);
    let head: Vec<String> = lines[..end]
        .iter()
        .map(|line| plain(&source[line.range()]))
        .collect();
    // More is no head but prose.
    let is_head = (1..=6).contains(&head.len())
        && head
            .iter()
            .all(|line| !line.ends_with('。') && line.chars().count() <= 60);
    let ([title, rest @ ..], true) = (head.as_slice(), is_head) else {
        return 0;
    };
    if document.title.is_empty() {
        document.title.clone_from(title);
    }
    let other = &mut document.metadata.other;
    if let [subtitles @ .., author] = rest {
        other
            .entry("author".to_owned())
            .or_insert_with(|| Value::String(author.clone()));
        if !subtitles.is_empty() {
            other
                .entry("subtitle".to_owned())
                .or_insert_with(|| Value::String(subtitles.join(" ")));
        }
    }
    end
}

/// The line below the legend, which stands between two rules of dashes or above one.
fn legend_end(source: &str, lines: &[Line], from: usize) -> usize {
    let text = |line: usize| &source[lines[line].range()];
    let is_border = |line: usize| lines[line].columns >= 20 && text(line).chars().all(|c| c == '-');
    let is_legend = |line: usize| LEGENDS.iter().any(|legend| text(line).contains(legend));
    let Some(first) = (from..lines.len()).find(|&line| !lines[line].is_blank()) else {
        return from;
    };
    let second = (first + 1..lines.len()).find(|&line| !lines[line].is_blank());
    if !(is_legend(first) || (is_border(first) && second.is_some_and(is_legend))) {
        return from;
    }
    let near_end = lines.len().min(first + 2 * MAX_HEAD_LINES);
    (first + 1..near_end)
        .find(|&line| is_border(line))
        .map_or(from, |line| line + 1)
}

/// The first line of the credits.
fn colophon(source: &str, lines: &[Line]) -> Option<usize> {
    let near_end = lines.len().saturating_sub(MAX_COLOPHON_LINES);
    (near_end..lines.len()).find(|&line| source[lines[line].range()].starts_with("底本："))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::text::{outline, read};

    const NOVEL: &str = "草原の駅\r\n――短い旅――\r\n山田｜太郎《たろう》\r\n\r\n-------------------------------------------------------\r\n\
        【テキスト中に現れる記号について】\r\n\r\n《》：ルビ\r\n-------------------------------------------------------\r\n\r\n\
        ［＃５字下げ］一［＃「一」は中見出し］\r\n\r\n　汽車《きしゃ》は草原｜駅《えき》を出た［＃「出た」に傍点］。\r\n「※［＃「髙」、U+9AD9、1-2］い山」\r\n\r\n\
        ［＃ここから大見出し］\r\n終わりの章\r\n［＃ここで大見出し終わり］\r\n　彼は※［＃「てへん＋劣」、第3水準1-84-77］った。\r\n\r\n\r\n\
        底本：「短い旅」草原文庫\r\n　　　1990年\r\n入力：誰か\r\n青空文庫作成ファイル：\r\n";

    #[test]
    fn a_novel_reads_without_its_markup() {
        let mut document = Document::default();
        read(NOVEL, 0, &mut document);
        assert_eq!(document.title, "草原の駅");
        assert_eq!(document.metadata.other["author"], "山田太郎");
        assert_eq!(document.metadata.other["subtitle"], "――短い旅――");
        assert_eq!(
            outline(&document),
            [
                "## 一",
                "汽車は草原駅を出た。",
                "「髙い山」",
                "# 終わりの章",
                "彼は※った。",
                "底本：「短い旅」草原文庫\n1990年\n入力：誰か\n青空文庫作成ファイル：",
            ]
        );
        let place = document.text.find("駅を出た").unwrap();
        let origin = document
            .origin
            .source_range(place..place + "駅を出た".len());
        assert_eq!(&NOVEL[origin], "駅《えき》を出た");
        assert_eq!(document.origin.line(&document.text, place), 13);
    }

    #[test]
    fn ruby_alone_is_enough_and_chinese_titles_are_not() {
        let is = |text: &str| is_aozora(text, &crate::source::lines::lines(text, 0));
        assert!(is(&"汽車《きしゃ》は駅《えき》を出た。\n".repeat(4)));
        assert!(!is(&"他读《红楼梦》和《水浒传》。\n".repeat(10)));
        assert!(!is(""));
    }
}
