//! Variety: near copies behind the first of them, and no document all over the page.
//!
//! In: candidates, best first. Out: [`Group`]s in the same order, each the passage that is shown and its copies. Copies are looked for in
//! other documents: of one document the number of passages is limited instead.

use std::collections::HashMap;

use super::collect::Candidate;

/// Candidates in which copies are looked for, from the first on: a bound, as each is compared with all before it.
const COMPARED: usize = 1_000;

/// A passage that is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) first: Candidate,
    /// Its near copies in other documents, best first.
    pub(super) copies: Vec<Candidate>,
    /// Whether it is the last that is shown of its document.
    pub(super) closes_document: bool,
}

impl Group {
    fn of(first: Candidate) -> Self {
        Group {
            first,
            copies: Vec::new(),
            closes_document: false,
        }
    }

    fn has_copy(&self, candidate: &Candidate) -> bool {
        let signatures = self.first.signature.zip(candidate.signature);
        self.first.document() != candidate.document()
            && signatures.is_some_and(|(own, other)| own.is_near(other))
    }
}

/// Puts near copies behind the best of them.
pub(super) fn fold(candidates: Vec<Candidate>, wanted: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(candidates.len());
    for (at, candidate) in candidates.into_iter().enumerate() {
        let mut compared = match wanted && at < COMPARED {
            true => groups.iter_mut(),
            false => [].iter_mut(),
        };
        match compared.find(|group| group.has_copy(&candidate)) {
            Some(group) => group.copies.push(candidate),
            None => groups.push(Group::of(candidate)),
        }
    }
    groups
}

/// Leaves at most `per_document` passages of each document; 0 leaves all.
pub(super) fn spread(groups: &mut Vec<Group>, per_document: usize) {
    if per_document == 0 {
        return;
    }
    let mut seen: HashMap<u64, usize> = HashMap::new();
    groups.retain_mut(|group| {
        let count = seen.entry(group.first.document()).or_default();
        *count += 1;
        group.closes_document = *count == per_document;
        *count <= per_document
    });
}
