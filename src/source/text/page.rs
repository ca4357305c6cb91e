//! Which lines of a text belong to it, and which to the web page it was copied from.
//!
//! In: the lines of a text. Out: for each whether it goes. Listed furniture goes, short lines that repeat, lists of links
//! to other pages, and what stands below the text. Long lines and sentences always stay, and so does everything if
//! nothing else would be left.

use std::collections::HashSet;

use crate::document::Metadata;
use crate::source::furniture::{is_furniture, is_list_label, normal_form};
use crate::source::lines::{Line, ends_sentence, is_rule};

/// Lines with more characters are never removed.
const MAX_REPEATED_CHARS: usize = 120;
/// Wider lines are no links.
const MAX_LINK_COLUMNS: u16 = 100;
/// How many lines below the text may be searched for its source.
const MAX_CREDIT_LINES: usize = 12;

/// For each line whether it goes. The address in a line `出典: …` at the end is kept as metadata.
pub(super) fn removed(source: &str, lines: &[Line], metadata: &mut Metadata) -> Vec<bool> {
    let page = Page { source, lines };
    let mut is_removed: Vec<bool> = lines
        .iter()
        .map(|line| &source[line.range()])
        .map(|text| is_rule(text) || is_furniture(text))
        .collect();
    page.remove_repeated(&mut is_removed);
    page.remove_link_lists(&mut is_removed);
    page.remove_tail(&mut is_removed, metadata);
    let is_empty = lines
        .iter()
        .zip(&is_removed)
        .all(|(line, is_removed)| line.is_blank() || *is_removed);
    if is_empty {
        vec![false; lines.len()]
    } else {
        is_removed
    }
}

struct Page<'a> {
    source: &'a str,
    lines: &'a [Line],
}

impl<'a> Page<'a> {
    fn text(&self, line: usize) -> &'a str {
        &self.source[self.lines[line].range()]
    }

    /// A title in the menu, above the text and in the text; a button after every section.
    fn remove_repeated(&self, is_removed: &mut [bool]) {
        let mut seen = HashSet::new();
        for group in self.groups() {
            let mut repeated = Vec::new();
            for line in group.clone() {
                let text = self.text(line);
                let is_short = text.len() <= MAX_REPEATED_CHARS * 4
                    && text.chars().count() <= MAX_REPEATED_CHARS;
                // A question and its answer in a dialogue may repeat, a quotation too.
                if is_short && !ends_sentence(text) && !text.starts_with('「') && !seen.insert(text)
                {
                    repeated.push(line);
                }
            }
            // The refrain of a poem, the cells of a table: among other short lines repetition is nothing odd.
            let is_list =
                group.len() >= 4 && group.clone().all(|line| self.lines[line].columns <= 60);
            if !is_list || repeated.len() * 2 > group.len() {
                repeated
                    .into_iter()
                    .for_each(|line| is_removed[line] = true);
            }
        }
    }

    /// `関連記事` and the links below it, up to the next blank line.
    fn remove_link_lists(&self, is_removed: &mut [bool]) {
        let labels = (0..self.lines.len()).filter(|&line| is_list_label(self.text(line)));
        for label in labels.collect::<Vec<_>>() {
            let below = label + 1..self.lines.len();
            below
                .take_while(|&line| self.is_link(line))
                .for_each(|line| is_removed[line] = true);
        }
    }

    /// What stands below the last sentence: buttons, titles of other articles, the source.
    fn remove_tail(&self, is_removed: &mut [bool], metadata: &mut Metadata) {
        let is_text = |line: usize| {
            !is_removed[line] && self.is_sentence(line) && credit(self.text(line)).is_none()
        };
        let Some(tail) = (0..self.lines.len())
            .rev()
            .find(|&line| is_text(line))
            .map(|line| line + 1)
        else {
            return;
        };
        let written: Vec<usize> = (tail..self.lines.len())
            .filter(|&line| !self.lines[line].is_blank())
            .collect();
        let furniture: Vec<usize> = written
            .iter()
            .copied()
            .filter(|&line| is_removed[line])
            .collect();
        if let Some(&first) = furniture.first() {
            let below = written
                .iter()
                .filter(|&&line| line > first && self.is_link(line));
            if furniture.len() >= 2 && furniture.len() * 3 >= written.len() {
                below.for_each(|&line| is_removed[line] = true);
            }
        }
        let mut near_end = written.iter().rev().take(MAX_CREDIT_LINES).copied();
        let Some((credit, rest)) = near_end.find_map(|line| Some((line, credit(self.text(line))?)))
        else {
            return;
        };
        if is_address(rest) {
            metadata.url.get_or_insert_with(|| rest.to_owned());
            is_removed[credit] = true;
        }
        // Titles of other articles directly above; a single one may belong to the text.
        let links = (tail..credit)
            .rev()
            .take_while(|&line| self.is_link(line))
            .collect::<Vec<_>>();
        if links.len() >= 2 && is_address(rest) {
            links.into_iter().for_each(|line| is_removed[line] = true);
        }
    }

    fn is_sentence(&self, line: usize) -> bool {
        ends_sentence(self.text(line)) || self.lines[line].columns > MAX_LINK_COLUMNS
    }

    /// Short, no sentence, and not closed by a bracket as bylines and notes are.
    fn is_link(&self, line: usize) -> bool {
        let text = self.text(line);
        !text.is_empty()
            && !self.is_sentence(line)
            && !text.ends_with([')', '）', '」', '』'])
            && credit(text).is_none()
    }

    /// Runs of lines without a blank one.
    fn groups(&self) -> Vec<std::ops::Range<usize>> {
        let mut groups = Vec::new();
        let mut start = 0;
        for (index, line) in self.lines.iter().enumerate() {
            if line.is_blank() {
                groups.push(start..index);
                start = index + 1;
            }
        }
        groups.push(start..self.lines.len());
        groups.retain(|group| !group.is_empty());
        groups
    }
}

/// What follows `出典:` in its languages.
fn credit(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once([':', '：'])?;
    let is_credit = matches!(
        normal_form(label).as_str(),
        "出典"
            | "出所"
            | "引用元"
            | "元記事"
            | "ソース"
            | "source"
            | "nguồn"
            | "来源"
            | "來源"
            | "출처"
            | "источник"
    );
    is_credit.then(|| rest.trim())
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::lines::lines;

    fn kept(source: &str) -> Vec<&str> {
        let lines = lines(source, 0);
        let is_removed = removed(source, &lines, &mut Metadata::default());
        let kept = lines
            .iter()
            .zip(is_removed)
            .filter(|(line, is_removed)| !line.is_blank() && !is_removed);
        kept.map(|(line, _)| &source[line.range()]).collect()
    }

    #[test]
    fn links_around_the_text_go() {
        let source = "本文の一段落目である。\n\n関連記事\n・朝食はなぜ麺なのか\n・列車で運ぶ箱の値段\n\n本文の二段落目である。\n\n\
            コメント (0)\nはじめての方へ\nログイン\n人気の話題\nプライバシーポリシー\n";
        assert_eq!(
            kept(source),
            ["本文の一段落目である。", "本文の二段落目である。"]
        );
    }

    #[test]
    fn the_source_is_metadata() {
        let source = "本文である。\n記者による (通信社)\n南部の州との連帯\n二国間の連携\n出典: https://example.com/a\nコメント (0)";
        assert_eq!(kept(source), ["本文である。", "記者による (通信社)"]);
        let mut metadata = Metadata::default();
        removed(source, &lines(source, 0), &mut metadata);
        assert_eq!(metadata.url.as_deref(), Some("https://example.com/a"));
        let source = "本文である。\n\n出典：外務省年報";
        assert_eq!(kept(source), ["本文である。", "出典：外務省年報"]);
    }

    #[test]
    fn repetition_goes_unless_it_is_the_form() {
        assert_eq!(
            kept("見出しの文句\n\n本文である。\n\n続きの話\n\n見出しの文句\n\n本文である。"),
            ["見出しの文句", "本文である。", "続きの話", "本文である。"]
        );
        let poem = "春の海\nひねもすのたり\n波の音\n春の海\n遠き船影\n";
        assert_eq!(kept(poem).len(), 5);
        let dialogue = "「はい」\n\n「はい」\n\n行こう。\n\n行こう。\n";
        assert_eq!(kept(dialogue).len(), 4);
    }

    #[test]
    fn what_is_long_stays() {
        let long = "長い文ではあるが句点がない".repeat(12);
        assert_eq!(kept(&format!("{long}\n\n{long}\n\n文。")).len(), 3);
    }
}
