//! Countries whose name a person may have meant.
//!
//! In: a name that no country has. Out: up to three countries. Only for messages: it compares with every name.

use super::{Country, names};
use crate::facet::fold::fold;

pub(super) fn nearest(name: &str) -> Vec<Country> {
    let name = fold(name.trim());
    let typed: Vec<char> = name.chars().collect();
    if typed.len() < 2 {
        return Vec::new();
    }
    let mut close: Vec<(usize, Country)> = Vec::new();
    for (known, country) in names::first().iter().chain(names::like(&name)) {
        let distance = if known.len() > name.len() && known.contains(&name) && typed.len() >= 2 {
            1 // コンゴ is a part of two names
        } else {
            let allowed = typed.len() / 3;
            match edits(&typed, known, allowed) {
                Some(edits) => edits,
                None => continue,
            }
        };
        match close.iter_mut().find(|(_, other)| other == country) {
            Some((least, _)) => *least = distance.min(*least),
            None => close.push((distance, *country)),
        }
    }
    close.sort_unstable();
    close
        .into_iter()
        .map(|(_, country)| country)
        .take(3)
        .collect()
}

/// Insertions, deletions and replacements between two names, if not more than `allowed`.
fn edits(typed: &[char], known: &str, allowed: usize) -> Option<usize> {
    let known: Vec<char> = known.chars().collect();
    if allowed == 0 || known.len().abs_diff(typed.len()) > allowed {
        return None;
    }
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (i, &a) in typed.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &b) in known.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().filter(|&edits| edits <= allowed)
}
