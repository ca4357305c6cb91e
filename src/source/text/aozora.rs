//! Texts of Aozora Bunko → title, author, headings and paragraphs without markup.
//!
//! In: lines with ruby `《…》`, bars `｜` and notes `［＃…］`. Out: the text as it reads, each line a paragraph; headings
//! from the notes that mark them; the author in `other`; the legend of the markup left out; the colophon a block of its
//! own. Characters described in notes are taken from there when the note names them by code point, else `※` stays.
//! The markup is described at <https://www.aozora.gr.jp/annotation/>.

use serde_json::Value;

use super::structure::{has_heading_shape, is_numbered_heading};
use crate::document::{BlockKind, Document};
use crate::source::builder::Builder;
use crate::source::lines::{Line, floor_boundary, is_rule};

/// What stands above the description of the markup.
const LEGENDS: [&str; 2] = ["テキスト中に現れる記号について】", "表記について］"];
/// Where a legend begins at the latest.
const MAX_HEAD_LINES: usize = 30;
/// How long the credits at the end may be.
const MAX_COLOPHON_LINES: usize = 60;
/// Longer ruby is none.
const MAX_RUBY_BYTES: usize = 200;
/// Longer notes are none.
const MAX_NOTE_BYTES: usize = 1200;
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

/// What the notes on a line say about it.
enum Marked {
    Nothing,
    Heading(u8),
    Begins(u8),
    Ends,
}

/// Writes what a line reads.
fn write(builder: &mut Builder<'_>, line: &Line) -> Marked {
    let source = builder.source();
    let mut marked = Marked::Nothing;
    for (part, range) in parts(&source[line.range()]) {
        let range = line.start + range.start..line.start + range.end;
        match part {
            Part::Text if builder.is_open() => builder.copy(range),
            Part::Text => {
                // The indent of a heading stands before its note.
                let indent = source[range.clone()].len() - source[range.clone()].trim_start().len();
                builder.copy(range.start + indent..range.end);
            }
            Part::Character(c) => builder.replace(c.encode_utf8(&mut [0; 4]), range),
            Part::Note(note) => {
                if let Some(level) = heading_level(note) {
                    marked = if note.starts_with("ここから") {
                        Marked::Begins(level)
                    } else if note.starts_with("ここで") {
                        Marked::Ends
                    } else {
                        Marked::Heading(level)
                    };
                }
            }
            Part::Removed => {}
        }
    }
    marked
}

/// The level that a note gives to its line. A heading in the line of its text makes no heading of the whole line.
fn heading_level(note: &str) -> Option<u8> {
    let kinds = [("大見出し", 1), ("中見出し", 2), ("小見出し", 3)];
    let (_, level) = kinds.into_iter().find(|(name, _)| note.contains(name))?;
    (!note.contains("同行") && !note.contains("窓")).then_some(level)
}

/// A part of a line.
enum Part<'a> {
    Text,
    /// A character that the source could not write.
    Character(char),
    Note(&'a str),
    Removed,
}

/// Cuts a line into text and markup.
fn parts(line: &str) -> Vec<(Part<'_>, std::ops::Range<usize>)> {
    let mut parts = Vec::new();
    let mut text_start = 0;
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        let (part, len) = match c {
            '《' => (Part::Removed, ruby_bytes(rest)),
            '｜' if window(rest, MAX_RUBY_BYTES).contains('《') => (Part::Removed, c.len_utf8()),
            '※' => match note_bytes(&rest[c.len_utf8()..])
                .and_then(|len| Some((code_point(&rest[..len + c.len_utf8()])?, len)))
            {
                Some((character, len)) => (Part::Character(character), c.len_utf8() + len),
                None => (Part::Removed, 0),
            },
            '［' => match note_bytes(rest) {
                Some(len) => (Part::Note(&rest[6..len - 3]), len),
                None => (Part::Removed, 0),
            },
            _ => (Part::Removed, 0),
        };
        if len == 0 {
            at += c.len_utf8();
            continue;
        }
        if text_start < at {
            parts.push((Part::Text, text_start..at));
        }
        parts.push((part, at..at + len));
        at += len;
        text_start = at;
    }
    if text_start < line.len() {
        parts.push((Part::Text, text_start..line.len()));
    }
    parts
}

/// The length of the ruby at the start of a text; 0 if there is none.
fn ruby_bytes(text: &str) -> usize {
    match window(text, MAX_RUBY_BYTES).find('》') {
        Some(end) if end > '《'.len_utf8() => end + '》'.len_utf8(),
        _ => 0,
    }
}

/// The length of the note at the start of a text.
fn note_bytes(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    if !text.starts_with("［＃") {
        return None;
    }
    for (at, c) in window(text, MAX_NOTE_BYTES).char_indices() {
        match c {
            '［' => depth += 1,
            '］' if depth == 1 => return Some(at + c.len_utf8()),
            '］' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The start of a text, so that what is never closed is not looked for again and again to its end.
fn window(text: &str, bytes: usize) -> &str {
    &text[..floor_boundary(text, bytes)]
}

/// `※［＃「…」、U+9AD9、…］` names its character.
fn code_point(note: &str) -> Option<char> {
    let (_, after) = note.split_once("U+")?;
    let digits: String = after
        .chars()
        .take_while(char::is_ascii_hexdigit)
        .take(6)
        .collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?).filter(|c| !c.is_control())
}

/// A line of the head without its markup.
fn plain(line: &str) -> String {
    let text = parts(line).into_iter().map(|(part, range)| match part {
        Part::Text => line[range].to_owned(),
        Part::Character(c) => c.to_string(),
        Part::Note(_) | Part::Removed => String::new(),
    });
    text.collect::<String>().trim().to_owned()
}

/// Ruby over a Chinese character: kana in brackets, which no quotation is.
fn count_ruby(line: &str) -> usize {
    let is_kanji = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '々' | '〆');
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30FF}');
    line.match_indices('《')
        .filter(|(at, open)| {
            let inner = line[at + open.len()..]
                .split('》')
                .next()
                .unwrap_or_default();
            line[..*at].chars().next_back().is_some_and(is_kanji)
                && !inner.is_empty()
                && inner.len() <= 60
                && inner.chars().all(is_kana)
        })
        .count()
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

    #[test]
    fn broken_markup_stays() {
        for text in [
            "｜",
            "《",
            "》《",
            "［＃",
            "［＃［＃］",
            "※",
            "※［＃］",
            "《》",
            "｜《》",
        ] {
            let joined: String = parts(text)
                .into_iter()
                .map(|(_, range)| &text[range])
                .collect();
            assert_eq!(joined, text);
        }
    }
}
