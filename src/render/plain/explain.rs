//! Explanations for people: how a query was read, and what a score rests on.

use std::io::{self, Write};

use super::{BOLD, DIM, INDENT, Plain, one_line};
use crate::hit::{Explanation, QueryExplanation};

impl<W: Write> Plain<W> {
    /// What of the query is looked for, a line for each way.
    pub(super) fn query_explanation(
        &mut self,
        query: &str,
        read: &QueryExplanation,
    ) -> io::Result<()> {
        let query = [query.to_owned()];
        let lines: [(&str, &[String]); 9] = [
            ("query", &query),
            ("words", &read.words),
            ("not looked for", &read.function_words),
            ("pairs", &read.grams),
            ("letter by letter", &read.phrases),
            ("beginnings", &read.prefixes),
            ("left out", &read.excluded),
            ("only", &read.filters),
            ("named", &read.named),
        ];
        for (name, values) in lines.into_iter().filter(|(_, values)| !values.is_empty()) {
            let values: Vec<_> = values.iter().map(|value| one_line(value)).collect();
            let name = self.styled(DIM, &format!("{name:>16}"));
            writeln!(self.out, "{name}  {}", values.join(", "))?;
        }
        writeln!(self.out)
    }

    /// A score as the sum of its parts; parts that add nothing are left out.
    pub(super) fn score(&mut self, score: f32, explanation: &Explanation) -> io::Result<()> {
        let total = self.styled(BOLD, &format!("{score:>8.2}"));
        writeln!(self.out, "{INDENT}{total}  score")?;
        let parts = explanation.parts.iter();
        for part in parts.filter(|part| part.contribution() != 0.0) {
            let weighed = match part.weight == 1.0 {
                true => String::new(),
                false => format!(" {:.2} × {:.2}", part.value, part.weight),
            };
            let added = format!(
                "{:>8.2}  {}{weighed}",
                part.contribution(),
                one_line(&part.name)
            );
            writeln!(self.out, "{INDENT}{}", self.styled(DIM, &added))?;
        }
        Ok(())
    }
}
