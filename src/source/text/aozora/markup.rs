//! The markup of Aozora Bunko within a line.
//!
//! In: a line. Out: what it reads, in a [`Builder`], and what its notes say about it.

use std::ops::Range;

use crate::source::builder::Builder;
use crate::source::lines::{Line, floor_boundary};

/// Longer ruby is none.
const MAX_RUBY_BYTES: usize = 200;
/// Longer notes are none.
const MAX_NOTE_BYTES: usize = 1200;

/// What the notes on a line say about it.
pub(super) enum Marked {
    Nothing,
    Heading(u8),
    Begins(u8),
    Ends,
}

/// Writes what a line reads.
pub(super) fn write(builder: &mut Builder<'_>, line: &Line) -> Marked {
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
fn parts(line: &str) -> Vec<(Part<'_>, Range<usize>)> {
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
pub(super) fn plain(line: &str) -> String {
    let text = parts(line).into_iter().map(|(part, range)| match part {
        Part::Text => line[range].to_owned(),
        Part::Character(c) => c.to_string(),
        Part::Note(_) | Part::Removed => String::new(),
    });
    text.collect::<String>().trim().to_owned()
}

/// Ruby over a Chinese character: kana in brackets, which no quotation is.
pub(super) fn count_ruby(line: &str) -> usize {
    let is_kanji = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '々' | '〆');
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30FF}');
    line.match_indices('《')
        .filter(|(at, open)| {
            let Some(end) = ruby_bytes(&line[*at..]).checked_sub('》'.len_utf8()) else {
                return false;
            };
            let inner = &line[at + open.len()..at + end];
            line[..*at].chars().next_back().is_some_and(is_kanji)
                && inner.len() <= 60
                && inner.chars().all(is_kana)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

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
