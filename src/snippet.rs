//! Snippets: the part of a passage that answers, and the places in it that match.
//!
//! In: a passage's text, how it was cut, and what of a query can be [`Seen`] there. Out: ranges in the text as written, and a [`Snippet`] around
//! the densest of them. What is highlighted: words of the query and synonyms in any form, words that sound like it, and its spellings letter by letter in any width
//! and case. No markup: that is the renderer's business.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::{Analysis, Analyzer, Token};
use crate::hit::Snippet;
use crate::query::plan::Seen;

/// Readings of one position: a name and its first part, each with and without long vowels.
const MAX_READINGS: usize = 4;

/// Bytes of the text that match, in order, not overlapping.
pub(crate) fn highlights(
    text: &str,
    language: Option<&str>,
    analyzer: &Analyzer,
    seen: &Seen,
) -> Vec<Range<usize>> {
    let analysis = analyzer.analyze(text, language);
    let others = seen.synonyms.iter().flat_map(|tried| &tried.found);
    // Forms of single words; several words are found as they are spelt.
    let others = others.filter(|words| words.len() == 1).flatten();
    let words: HashSet<&str> = seen
        .words
        .iter()
        .chain(others)
        .map(String::as_str)
        .collect();
    let is_match = |term: &str| {
        words.contains(term) || seen.prefixes.iter().any(|prefix| term.starts_with(prefix))
    };
    let mut ranges: Vec<Range<usize>> = analysis
        .words
        .content()
        .filter(|token| is_match(token.term))
        .map(|token| token.range)
        .collect();
    let spellings = seen.spellings.iter().chain(&seen.prefixes);
    ranges.extend(analyzer.find_spellings(text, language, spellings.map(String::as_str)));
    ranges.extend(seen.sounds.iter().flat_map(|row| sounding(&analysis, row)));
    merged(ranges)
}

/// Words that sound like a row of readings, side by side.
fn sounding(analysis: &Analysis, row: &[String]) -> Vec<Range<usize>> {
    let readings: Vec<Token<'_>> = analysis.readings.content().collect();
    let mut found = Vec::new();
    for (at, first) in readings.iter().enumerate() {
        // A position has a few readings at most.
        let near = &readings[at..readings.len().min(at + row.len() * MAX_READINGS)];
        let words = row.iter().enumerate().map(|(place, reading)| {
            let mut near = near.iter();
            near.find(|token| token.position == first.position + place && token.term == reading)
        });
        if let Some(words) = words.collect::<Option<Vec<_>>>() {
            found.extend(words.into_iter().map(|token| token.range.clone()));
        }
    }
    found
}

/// In order, with overlapping and touching ranges joined.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Cuts a snippet of at most `max_chars` characters around the part of the text with the most different matches, beginning at a
/// sentence if one is near.
pub(crate) fn snippet(text: &str, highlights: &[Range<usize>], max_chars: usize) -> Snippet {
    let range = window(text, highlights, max_chars);
    let part = &text[range.clone()];
    let inside = highlights
        .iter()
        .filter(|h| h.start >= range.start && h.end <= range.end);
    let mut counted = (0, 0); // bytes of `part` counted so far, and their characters
    let mut chars_at = |byte: usize| {
        counted = (byte, counted.1 + part[counted.0..byte].chars().count());
        counted.1
    };
    let highlights = inside
        .map(|h| {
            (
                chars_at(h.start - range.start),
                chars_at(h.end - range.start),
            )
        })
        .collect();
    Snippet {
        text: part.to_owned(),
        highlights,
    }
}

/// How far back a snippet reaches for the beginning of a sentence, as a share of its length.
const LEAD_SHARE: usize = 3;

fn window(text: &str, highlights: &[Range<usize>], max_chars: usize) -> Range<usize> {
    // Byte offset of every character, and of the end.
    let offsets: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let chars = offsets.len() - 1;
    if chars <= max_chars {
        return 0..text.len();
    }
    let char_at = |byte: usize| offsets.partition_point(|&offset| offset < byte);
    // For each match as the first one shown: how much different text is matched within reach.
    let mut best = (0, 0);
    for (index, first) in highlights.iter().enumerate() {
        let end =
            offsets[(char_at(first.start) + max_chars * (LEAD_SHARE - 1) / LEAD_SHARE).min(chars)];
        let mut seen = HashSet::new();
        let score: usize = highlights[index..]
            .iter()
            .take_while(|h| h.end <= end)
            .map(|h| &text[h.clone()])
            .filter(|matched| seen.insert(*matched))
            .map(str::len)
            .sum();
        if score > best.0 {
            best = (score, char_at(first.start));
        }
    }
    let reach_back = best.1.saturating_sub(max_chars / LEAD_SHARE);
    let lead = &text[offsets[reach_back]..offsets[best.1]];
    let is_end = |c: char| matches!(c, '。' | '．' | '！' | '？' | '!' | '?' | '\n') || c == '.';
    let start = match lead.rfind(is_end) {
        Some(at) => {
            let after = offsets[reach_back] + at;
            let skipped =
                text[after..].find(|c: char| !is_end(c) && !c.is_whitespace() && c != '」');
            char_at(after + skipped.unwrap_or(0)).min(best.1)
        }
        None if reach_back == 0 => 0,
        None => best.1.saturating_sub(max_chars / (2 * LEAD_SHARE)),
    };
    let start = start.min(chars - max_chars.min(chars));
    offsets[start]..offsets[(start + max_chars).min(chars)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::plan::Shelf;

    fn seen(words: &[&str], spellings: &[&str]) -> Seen {
        let own = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
        Seen {
            words: own(words),
            spellings: own(spellings),
            ..Seen::on(Shelf::empty(""))
        }
    }

    #[test]
    fn matches_are_marked_as_written() {
        let analyzer = Analyzer::grams_only();
        let text = "ﾍﾞﾄﾅﾑとVietnam、ベトナム人";
        let ranges = highlights(
            text,
            None,
            &analyzer,
            &seen(&["vietnam"], &["ベトナム", "vietnam"]),
        );
        let marked: Vec<&str> = ranges.into_iter().map(|range| &text[range]).collect();
        assert_eq!(marked, ["ﾍﾞﾄﾅﾑ", "Vietnam", "ベトナム"]);
    }

    #[test]
    fn a_latin_spelling_is_a_whole_word() {
        let analyzer = Analyzer::grams_only();
        let text = "Trade and tradesmen";
        let ranges = highlights(text, None, &analyzer, &seen(&["trade"], &["trade"]));
        let marked: Vec<&str> = ranges.into_iter().map(|range| &text[range]).collect();
        assert_eq!(marked, ["Trade"]);
    }

    #[test]
    fn a_snippet_counts_characters_and_keeps_its_length() {
        let text = format!(
            "{}。署名したのは貿易協定である。{}",
            "前".repeat(300),
            "後".repeat(300)
        );
        let at = text.find("貿易").expect("in the text");
        let marks: Vec<Range<usize>> = std::iter::once(at..at + 12).collect();
        let snippet = snippet(&text, &marks, 60);
        assert_eq!(snippet.text.chars().count(), 60);
        let (start, end) = snippet.highlights[0];
        let marked: String = snippet.text.chars().skip(start).take(end - start).collect();
        assert_eq!(marked, "貿易協定");
        assert!(snippet.text.starts_with("署名"), "{}", snippet.text);
    }
}
