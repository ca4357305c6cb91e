//! What each piece of evidence weighs, by the kind of the query: `weights.tsv`, learned by `examples/learn_ranking.rs`.

use std::sync::LazyLock;

use super::evidence::{EVIDENCE, Evidence};
use crate::query::QueryKind;

/// Read once, and not by every search.
static WEIGHTS: LazyLock<[Evidence; 3]> = LazyLock::new(|| read(include_str!("weights.tsv")));

/// The weights for a kind of query.
pub(super) fn weights(kind: QueryKind) -> Evidence {
    WEIGHTS[kind as usize]
}

/// One line for each piece of evidence: its name and three weights. What is not named weighs nothing.
fn read(table: &str) -> [Evidence; 3] {
    let mut weights = [[0.0; EVIDENCE.len()]; 3];
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let name = fields.next();
        let Some(at) = EVIDENCE.iter().position(|known| Some(*known) == name) else {
            continue;
        };
        for (kind, field) in weights.iter_mut().zip(fields) {
            kind[at] = field.parse().unwrap_or_default();
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_piece_of_evidence_and_nothing_else() {
        let table = include_str!("weights.tsv");
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let mut named = Vec::new();
        for line in lines {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 4, "{line}");
            for weight in &fields[1..] {
                let weight: f32 = weight.parse().unwrap();
                assert!((0.0..100.0).contains(&weight), "{line}");
            }
            named.push(fields[0]);
        }
        assert_eq!(named, EVIDENCE);
    }
}
