//! Counts for people, with bars.
//!
//! In: counts per facet value. Out: a line per value, its bar as long as its share of the most frequent one.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{DIM, Plain, by_facet, foremost, one_line};
use crate::hit::{FacetCount, FacetCounts, Hits};

/// Width of a terminal that is not known.
pub(super) const USUAL_COLUMNS: usize = 80;
/// No bar is longer, in columns.
const LONGEST_BAR: usize = 20;
/// A longer name is cut.
const LONGEST_LABEL: usize = 32;

impl<W: Write> Plain<W> {
    /// Writes how many passages match, and the values of each facet with bars, as many as the options say.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn counts(&mut self, hits: &Hits) -> io::Result<()> {
        self.total(hits.total, "")?;
        self.bars(&hits.facets)?;
        self.out.flush()
    }

    fn bars(&mut self, facets: &FacetCounts) -> io::Result<()> {
        let shown: Vec<_> = by_facet(facets)
            .map(|(name, counts)| {
                (
                    name,
                    counts.len(),
                    foremost(counts, self.options.facet_values),
                )
            })
            .collect();
        let label = |count: &FacetCount| cut(&one_line(&count.label), LONGEST_LABEL);
        let all = || shown.iter().flat_map(|(_, _, counts)| counts);
        let widest = all().map(|count| label(count).width()).max().unwrap_or(0);
        let most = all().map(|count| count.count).max().unwrap_or(0);
        let digits = most.to_string().len();
        let columns = match self.options.columns {
            0 => USUAL_COLUMNS,
            columns => columns,
        };
        let room = columns
            .saturating_sub(8 + 2 + widest + 2 + digits + 2)
            .min(LONGEST_BAR);
        for (name, known, counts) in shown {
            let most = counts.iter().map(|count| count.count).max().unwrap_or(0);
            for (at, count) in counts.iter().enumerate() {
                let name = if at == 0 { name } else { "" };
                let name = self.styled(DIM, &format!("{name:>8}"));
                let label = padded(&label(count), widest);
                let bar = bar(count.count, most, room);
                writeln!(self.out, "{name}  {label}  {:>digits$}  {bar}", count.count)?;
            }
            if known > counts.len() {
                writeln!(
                    self.out,
                    "{:>8}  and {} more; --json lists all",
                    "",
                    known - counts.len()
                )?;
            }
        }
        Ok(())
    }
}

/// A text filled up with spaces to a width in columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// A text that takes no more than some columns.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        let longer = format!("{cut}{c}…");
        if longer.width() > columns {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

/// A bar of at most `columns` columns, in steps of an eighth; what counts at all can be seen.
pub(super) fn bar(count: usize, most: usize, columns: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if count == 0 || most == 0 {
        return String::new();
    }
    let share = count as f64 / most as f64;
    let eighths = ((share * (columns * 8) as f64).round() as usize).max(1);
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_show_what_counts() {
        for (count, expected) in [
            (0, ""),
            (1, "▏"),
            (250, "█"),
            (500, "██"),
            (560, "██▎"),
            (1000, "████"),
        ] {
            assert_eq!(bar(count, 1000, 4), expected, "{count}");
        }
    }

    #[test]
    fn full_width_characters_take_two_columns() {
        assert_eq!(padded("日本", 6), "日本  ");
        assert_eq!(cut("カザフスタン", 12), "カザフスタン");
        assert_eq!(cut("カザフスタン", 11), "カザフスタ…");
        assert_eq!(cut("カザフスタン", 10), "カザフス…");
    }
}
