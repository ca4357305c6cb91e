//! A cross table for people.
//!
//! In: counts of pairs. Out: a table that fits the terminal: the most frequent rows and columns, a small bar beside each count, and a
//! line that says what was left out.

use std::collections::HashMap;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::bars::{USUAL_COLUMNS, bar, cut, padded};
use super::{BOLD, DIM, Plain, foremost, one_line};
use crate::hit::{CrossTable, FacetCount, FacetValue};

/// Columns of the bar in a cell.
const BAR: usize = 4;
/// Between two cells.
const GAP: usize = 2;
/// Longer names are cut, of rows and of columns.
const LONGEST_ROW: usize = 32;
const LONGEST_COLUMN: usize = 14;

impl<W: Write> Plain<W> {
    /// Writes a cross table with as many rows as the options say, and as many columns as fit.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn cross(&mut self, table: &CrossTable) -> io::Result<()> {
        let [rows_by, columns_by] = &table.by;
        self.total(table.total, &format!(", {rows_by} × {columns_by}"))?;
        if table.cells.is_empty() {
            let none = match rows_by == columns_by {
                true => format!("none names two values of {rows_by}"),
                false => format!("none has both a {rows_by} and a {columns_by}"),
            };
            writeln!(self.out, "{none}")?;
            return self.out.flush();
        }
        let cells = Cells::new(table);
        let rows = in_order(
            &cells.used(&table.rows, |value| cells.has_row(value)),
            self.options.facet_values,
        );
        let labels: Vec<String> = rows
            .iter()
            .map(|row| cut(&one_line(&row.label), LONGEST_ROW))
            .collect();
        let first = labels.iter().map(|label| label.width()).max().unwrap_or(0);
        let digits = cells.most.to_string().len();
        let screen = match self.options.columns {
            0 => USUAL_COLUMNS,
            columns => columns,
        };
        let all = cells.used(&table.columns, |value| cells.has_column(value));
        let columns = fitting(&all, screen.saturating_sub(first), digits);
        let mut head = padded("", first);
        for (column, width) in &columns {
            let label = cut(&one_line(&column.label), LONGEST_COLUMN);
            head.push_str(&format!("{}{}", " ".repeat(GAP), padded(&label, *width)));
        }
        let head = self.styled(BOLD, head.trim_end());
        writeln!(self.out, "{head}")?;
        for (row, label) in rows.iter().zip(&labels) {
            let mut line = padded(label, first);
            for (column, width) in &columns {
                let text = match cells.count(&row.value, &column.value) {
                    0 => String::new(),
                    count => format!("{count:>digits$} {}", bar(count, cells.most, BAR)),
                };
                line.push_str(&format!("{}{}", " ".repeat(GAP), padded(&text, *width)));
            }
            writeln!(self.out, "{}", line.trim_end())?;
        }
        let used_rows = cells.used(&table.rows, |value| cells.has_row(value)).len();
        if (rows.len(), columns.len()) != (used_rows, all.len()) {
            let left_out = format!(
                "shown: {} of {used_rows} rows, {} of {} columns; --json has all",
                rows.len(),
                columns.len(),
                all.len()
            );
            let left_out = self.styled(DIM, &left_out);
            writeln!(self.out, "{left_out}")?;
        }
        self.out.flush()
    }
}

/// The counts of a table by their values; of a square table in both directions.
struct Cells<'t> {
    counts: HashMap<(&'t FacetValue, &'t FacetValue), usize>,
    most: usize,
}

impl<'t> Cells<'t> {
    fn new(table: &'t CrossTable) -> Self {
        let mut counts = HashMap::new();
        for cell in &table.cells {
            counts.insert((&cell.row, &cell.column), cell.count);
            if table.by[0] == table.by[1] {
                counts.insert((&cell.column, &cell.row), cell.count);
            }
        }
        let most = counts.values().copied().max().unwrap_or(0);
        Cells { counts, most }
    }

    fn count(&self, row: &FacetValue, column: &FacetValue) -> usize {
        self.counts.get(&(row, column)).copied().unwrap_or(0)
    }

    fn has_row(&self, value: &FacetValue) -> bool {
        self.counts.keys().any(|(row, _)| *row == value)
    }

    fn has_column(&self, value: &FacetValue) -> bool {
        self.counts.keys().any(|(_, column)| *column == value)
    }

    /// The values that some cell has.
    fn used(
        &self,
        values: &'t [FacetCount],
        is_used: impl Fn(&FacetValue) -> bool,
    ) -> Vec<FacetCount> {
        values
            .iter()
            .filter(|count| is_used(&count.value))
            .cloned()
            .collect()
    }
}

/// The most frequent values, years from the past to the present.
fn in_order(counts: &[FacetCount], values: usize) -> Vec<FacetCount> {
    let mut shown: Vec<FacetCount> = foremost(counts, values).into_iter().cloned().collect();
    if let Some(FacetValue::Year(_)) = shown.first().map(|count| &count.value) {
        shown.reverse();
    }
    shown
}

/// As many of the most frequent columns as have room, with their widths; at least one.
fn fitting(all: &[FacetCount], room: usize, digits: usize) -> Vec<(FacetCount, usize)> {
    let width = |column: &FacetCount| {
        cut(&column.label, LONGEST_COLUMN)
            .width()
            .max(digits + 1 + BAR)
    };
    let mut number = all.len();
    loop {
        let columns: Vec<(FacetCount, usize)> = in_order(all, number)
            .into_iter()
            .map(|column| {
                let width = width(&column);
                (column, width)
            })
            .collect();
        let needed: usize = columns.iter().map(|(_, width)| GAP + width).sum();
        if needed <= room || number <= 1 {
            return columns;
        }
        number -= 1;
    }
}
