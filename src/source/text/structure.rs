//! Lines → headings and paragraphs.
//!
//! In: the lines that belong to the text, each with whether it stands apart from the one before. Out: blocks as ranges of
//! lines. Where an editor wrapped the lines, they are joined up to a blank line or an indent; otherwise each line is a
//! paragraph. A heading is a short line without a full stop that something longer follows.

use std::ops::Range;

use super::Kept;
use super::heading::{Numbering, has_heading_shape, is_list_item, numbering};
use crate::document::BlockKind;
use crate::source::lines::{MAX_COLUMNS, ends_in_question, ends_sentence};

const MAX_HEADING_COLUMNS: u16 = 80;
/// A line at least this wide is text, whatever its end.
const MIN_TEXT_COLUMNS: u16 = 60;
/// Headings that may stand between a heading and its text.
const MAX_HEADINGS_IN_A_ROW: usize = 3;

/// Cuts lines into blocks.
pub(super) fn blocks(source: &str, kept: &[Kept]) -> Vec<(BlockKind, Range<usize>)> {
    let structure = Structure {
        source,
        kept,
        wrap: wrap_columns(source, kept),
    };
    let mut blocks: Vec<(BlockKind, Range<usize>)> = Vec::new();
    for index in 0..kept.len() {
        if let Some(level) = structure.heading(index) {
            blocks.push((BlockKind::Heading(level), index..index + 1));
        } else if structure.continues(index)
            && blocks
                .last()
                .is_some_and(|(kind, _)| *kind == BlockKind::Paragraph)
        {
            let end = blocks.len() - 1;
            blocks[end].1.end = index + 1;
        } else {
            blocks.push((BlockKind::Paragraph, index..index + 1));
        }
    }
    blocks
}

/// The width at which an editor wrapped the lines, if one did.
fn wrap_columns(source: &str, kept: &[Kept]) -> Option<u16> {
    let followed = || {
        kept.windows(2)
            .filter(|pair| !pair[1].is_apart)
            .map(|pair| &pair[0].line)
    };
    let count = followed().count();
    // The second widest of a hundred: a few lines may stick out.
    let mut by_columns = vec![0_usize; usize::from(MAX_COLUMNS) + 1];
    followed().for_each(|line| by_columns[usize::from(line.columns)] += 1);
    let mut above = 0;
    let wide = (0..by_columns.len()).rev().find(|&columns| {
        above += by_columns[columns];
        above * 50 > count
    })?;
    let wide = wide as u16;
    let full = followed()
        .filter(|line| line.columns * 10 >= wide * 7)
        .count();
    let open = followed()
        .filter(|line| !ends_sentence(&source[line.range()]))
        .count();
    let is_wrapped = count >= 2
        && (30..=100).contains(&wide)
        && full * 10 >= count * 7
        && open * 10 >= count * 6;
    is_wrapped.then_some(wide)
}

struct Structure<'a> {
    source: &'a str,
    kept: &'a [Kept],
    wrap: Option<u16>,
}

impl<'a> Structure<'a> {
    fn text(&self, index: usize) -> &'a str {
        &self.source[self.kept[index].line.range()]
    }

    fn columns(&self, index: usize) -> u16 {
        self.kept[index].line.columns
    }

    /// Whether a line goes on with the paragraph of the line before.
    fn continues(&self, index: usize) -> bool {
        let (Some(wrap), Some(before)) = (self.wrap, index.checked_sub(1)) else {
            return false;
        };
        let Kept { line, is_apart } = &self.kept[index];
        let starts = line.is_indented && !self.kept[before].line.is_indented
            || is_list_item(self.text(index));
        let ended = self.columns(before) * 10 < wrap * 6 && ends_sentence(self.text(before));
        !is_apart && !starts && !ended
    }

    /// The level of the heading a line is, if it is one.
    fn heading(&self, index: usize) -> Option<u8> {
        let text = self.text(index);
        let columns = self.columns(index);
        // Titles may be sentences, headings are not.
        if text.contains('。') {
            return None;
        }
        let is_apart = self.kept[index].is_apart;
        let is_followed = self.kept.get(index + 1).is_some_and(|next| !next.is_apart);
        let stands_alone = is_apart && !is_followed;
        let is_question = stands_alone
            && ends_in_question(text)
            && columns <= 60
            && has_heading_shape(text.trim_end_matches(['？', '！', '?', '!']));
        if columns > MAX_HEADING_COLUMNS
            || !(has_heading_shape(text) || is_question)
            || !self.leads_to_text(index)
        {
            return None;
        }
        let level = if numbering(text) == Some(Numbering::Chapter) {
            1
        } else {
            2
        };
        (stands_alone || self.stands_out(index, is_apart, is_followed)).then_some(level)
    }

    /// Whether a line among others is a heading nevertheless.
    fn stands_out(&self, index: usize, is_apart: bool, is_followed: bool) -> bool {
        let text = self.text(index);
        let number = numbering(text);
        let is_sibling = |other: usize| {
            numbering(self.text(other)) == number && self.columns(other) <= MAX_HEADING_COLUMNS
        };
        let follows_text = is_apart
            || index
                .checked_sub(1)
                .is_none_or(|before| ends_sentence(self.text(before)));
        if number.is_some() {
            let is_list = (is_followed && is_sibling(index + 1))
                || (!is_apart && index > 0 && is_sibling(index - 1));
            return follows_text && !is_list;
        }
        let next_is_text = is_followed && {
            let next = self.columns(index + 1);
            let ends = ends_sentence(self.text(index + 1))
                || self.wrap.is_some_and(|wrap| next * 10 >= wrap * 8);
            next >= MIN_TEXT_COLUMNS
                && next >= self.columns(index).saturating_mul(2).min(MAX_COLUMNS)
                && ends
        };
        // A value with its label, a clause that was cut off, a wrapped line that happens to be short.
        let is_clause = text.contains(['、', '，']) && self.columns(index) >= 36;
        let is_plain = !text.contains(": ")
            && !is_clause
            && self
                .wrap
                .is_none_or(|wrap| self.columns(index) * 10 < wrap * 7);
        follows_text && next_is_text && is_plain
    }

    /// Whether text follows, perhaps after further headings.
    fn leads_to_text(&self, index: usize) -> bool {
        for next in index + 1..self.kept.len().min(index + 1 + MAX_HEADINGS_IN_A_ROW) {
            let text = self.text(next);
            let is_longer = self.columns(next) * 2 > self.columns(index);
            if self.columns(next) >= MIN_TEXT_COLUMNS
                || (ends_sentence(text) && is_longer)
                || is_list_item(text)
            {
                return true;
            }
            if !has_heading_shape(text) {
                return false;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::text::record_blocks;

    fn headings(text: &str) -> Vec<&str> {
        let blocks = record_blocks(text);
        let headings = blocks
            .into_iter()
            .filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        headings.map(|block| &text[block.range]).collect()
    }

    #[test]
    fn headings_are_found() {
        let prose = "両国の外相は東京で会談し、経済協力と人の往来について意見を交わした。";
        for heading in [
            "署名までの道のり",
            "第一章　発端",
            "一、背景",
            "1. Background",
            "（２）貿易",
            "■ 要点",
            "【結論】",
            "何よりアメリカですか？",
            "「第三の隣国」とは何か",
            "一",
            "ソビエト後の統合",
            "The road to the treaty",
            "2025年の会談",
        ] {
            assert_eq!(
                headings(&format!("{prose}\n\n{heading}\n\n{prose}")),
                [heading]
            );
        }
        assert_eq!(
            headings(&format!("{prose}\n貿易は増え続ける\n{prose}")),
            ["貿易は増え続ける"]
        );
        assert_eq!(
            headings(&format!("第一部\n\n発端\n\n{prose}")),
            ["第一部", "発端"]
        );
    }

    #[test]
    fn other_short_lines_are_not() {
        let prose = "両国の外相は東京で会談し、経済協力と人の往来について意見を交わした。";
        for line in [
            "会談は終わった。",
            "「そうですか」",
            "（拍手）",
            "2025年5月5日（月）",
            "https://example.com/",
            "・項目",
            "- item",
            "次のとおり：",
            "※注記",
            "文・編集部　更新日：2025年6月3日 08:00",
            "――",
            "3,141",
            "「なぜ？」",
        ] {
            assert_eq!(
                headings(&format!("{prose}\n\n{line}\n\n{prose}")),
                Vec::<&str>::new(),
                "{line}"
            );
        }
        assert!(headings(&format!("{prose}\n\n署名")).is_empty());
        assert!(headings("forest: 51.6% (2023 est.)\nClimate: semiarid in the south and along the coast; the north has a cool, dry season.").is_empty());
        assert!(
            headings(&format!(
                "{prose}\n一、戦争状態の終了\n二、外交関係の回復\n三、漁業\n{prose}"
            ))
            .is_empty()
        );
    }

    #[test]
    fn chapters_stand_above_sections() {
        let text = "第一章　発端\n\n第一節　会談\n\n両国の外相は東京で会談し、経済協力と人の往来について意見を交わした。";
        let kinds: Vec<_> = record_blocks(text)
            .into_iter()
            .map(|block| block.kind)
            .collect();
        assert_eq!(
            kinds,
            [
                BlockKind::Heading(1),
                BlockKind::Heading(2),
                BlockKind::Paragraph
            ]
        );
    }
}
