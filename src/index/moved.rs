//! Sources that were renamed, and records that stand on another line, after they were analysed.
//!
//! In: where passages say they are from, and where that is now. Out: passages with the names and lines of today. What is
//! searched knows neither, so a change of them needs no new analysis; what is shown is corrected when it is read.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::content::id_hash;
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
    pub(super) lines: Lines,
}

/// Lines of records that stood elsewhere when they were analysed, by the hash of the document's id.
pub(super) type Lines = BTreeMap<u64, u32>;

/// Lines as a file holds them.
pub(super) fn lines_to_bytes(lines: &Lines) -> Vec<u8> {
    let pair = |(id, line): (&u64, &u32)| [&id.to_le_bytes()[..], &line.to_le_bytes()].concat();
    lines.iter().flat_map(pair).collect()
}

pub(super) fn lines_from_bytes(bytes: &[u8]) -> Lines {
    let pairs = bytes.chunks_exact(12).filter_map(|pair| {
        let (id, line) = pair.split_first_chunk::<8>()?;
        let line = line.first_chunk::<4>()?;
        Some((u64::from_le_bytes(*id), u32::from_le_bytes(*line)))
    });
    pairs.collect()
}

impl MovedSources {
    pub(super) fn new(moved: Vec<Moved>, lines: Lines) -> Self {
        let keys = moved.iter().map(|m| (m.name.clone(), m.key.clone()));
        MovedSources {
            keys: keys.collect(),
            lines,
            by_key: moved.into_iter().map(|m| (m.key.clone(), m)).collect(),
        }
    }

    /// Gives a passage the names of today.
    pub(crate) fn correct(&self, stored: &mut StoredPassage) {
        if stored.is_record
            && !self.lines.is_empty()
            && let Some(&line) = self.lines.get(&id_hash(&stored.document.id))
        {
            stored.passage.line = line as usize;
        }
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
    fn lines_survive_the_way_through_a_file() {
        let lines = Lines::from([(7, 1), (u64::MAX, u32::MAX)]);
        assert_eq!(lines_from_bytes(&lines_to_bytes(&lines)), lines);
    }

    #[test]
    fn ids_made_of_the_name_change_with_it() {
        let moved = Moved {
            key: "/texts\nold/a.jsonl".to_owned(),
            name: "b.jsonl".to_owned(),
            path: "texts/b.jsonl".to_owned(),
        };
        let moved = MovedSources::new(vec![moved], Lines::new());
        let indexed = |id| moved.indexed_id(id);
        assert_eq!(indexed("b.jsonl").as_deref(), Some("old/a.jsonl"));
        assert_eq!(indexed("b.jsonl#12").as_deref(), Some("old/a.jsonl#12"));
        for other in ["b.jsonl#x", "b.jsonl#", "old/a.jsonl", "c"] {
            assert_eq!(indexed(other), None, "{other}");
        }
    }
}
