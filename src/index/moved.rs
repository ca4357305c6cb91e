//! Sources that were renamed after they were indexed.
//!
//! In: where the passages of a source say they are from, and where it is now. Out: passages with the names of today. What is
//! searched does not know a file's name, so renaming one needs no new analysis; what is shown is corrected when it is read.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::stored::StoredPassage;

/// More than this many are read again instead: every search loads the list.
pub(super) const MAX_MOVED: usize = 10_000;

/// A source that was renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Moved {
    /// The key its passages carry.
    pub(crate) key: String,
    /// Its name now.
    pub(crate) name: String,
    /// Its path now, as a person would type it.
    pub(crate) path: String,
}

impl Moved {
    /// Its name when it was indexed.
    pub(crate) fn old_name(&self) -> &str {
        self.key.rsplit_once('\n').map_or("", |(_, name)| name)
    }
}

/// All renamed sources of a commit.
#[derive(Debug, Default)]
pub(crate) struct MovedSources {
    by_key: HashMap<String, Moved>,
    /// The keys by today's names.
    keys: HashMap<String, String>,
}

impl MovedSources {
    pub(super) fn new(moved: Vec<Moved>) -> Self {
        let keys = moved.iter().map(|m| (m.name.clone(), m.key.clone()));
        MovedSources {
            keys: keys.collect(),
            by_key: moved.into_iter().map(|m| (m.key.clone(), m)).collect(),
        }
    }

    /// Gives a passage the names of today.
    pub(crate) fn rename(&self, stored: &mut StoredPassage) {
        let Some(moved) = self.by_key.get(&stored.source) else {
            return;
        };
        let document = &mut stored.document;
        if let Some(rest) = rest_of_id(&document.id, moved.old_name()) {
            document.id = format!("{}{rest}", moved.name);
            stored.passage.id = format!("{}#{}", document.id, stored.passage.ordinal);
        }
        if document.path.ends_with(moved.old_name()) {
            document.path.clone_from(&moved.path);
        }
    }

    /// The id a document was indexed with, by its id of today.
    pub(crate) fn indexed_id(&self, id: &str) -> Option<String> {
        let name = match self.keys.contains_key(id) {
            true => id,
            false => id.rsplit_once('#').map_or(id, |(name, _)| name),
        };
        let moved = self.by_key.get(self.keys.get(name)?)?;
        let rest = rest_of_id(id, name)?;
        Some(format!("{}{rest}", moved.old_name()))
    }
}

/// What follows the name of the source in an id that was made of it: nothing, or `#` and the number of a record.
fn rest_of_id<'i>(id: &'i str, name: &str) -> Option<&'i str> {
    let rest = id.strip_prefix(name)?;
    let number = rest.strip_prefix('#');
    let is_number = |n: &str| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit());
    (rest.is_empty() || number.is_some_and(is_number)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_of_the_name_change_with_it() {
        let moved = MovedSources::new(vec![Moved {
            key: "/texts\nold/a.jsonl".to_owned(),
            name: "b.jsonl".to_owned(),
            path: "texts/b.jsonl".to_owned(),
        }]);
        let indexed = |id| moved.indexed_id(id);
        assert_eq!(indexed("b.jsonl").as_deref(), Some("old/a.jsonl"));
        assert_eq!(indexed("b.jsonl#12").as_deref(), Some("old/a.jsonl#12"));
        for other in ["b.jsonl#x", "b.jsonl#", "old/a.jsonl", "c"] {
            assert_eq!(indexed(other), None, "{other}");
        }
    }
}
