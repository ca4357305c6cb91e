//! Countries whose name a person may have meant.
//!
//! In: a name that no country has. Out: up to three countries, all equally near. Only for messages: it compares with every name.

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
    let least = close.first().map_or(0, |&(edits, _)| edits);
    close
        .into_iter()
        .take_while(|&(edits, _)| edits == least)
        .map(|(_, country)| country)
        .take(3)
        .collect()
}

/// Insertions, deletions, replacements and exchanges of neighbours between two names, if not more than `allowed`.
fn edits(typed: &[char], known: &str, allowed: usize) -> Option<usize> {
    if allowed == 0 || known.chars().count().abs_diff(typed.len()) > allowed {
        return None;
    }
    let known: Vec<char> = known.chars().collect();
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (i, &a) in typed.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, &b) in known.iter().enumerate() {
            let replaced = row[j] + usize::from(a != b);
            let mut least = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && a == known[j - 1] && typed[i - 1] == b {
                least = least.min(above[j - 1] + 1);
            }
            next.push(least);
        }
        above = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|&edits| edits <= allowed)
}
