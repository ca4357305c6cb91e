//! What a writer that died left in the folder of a generation.
//!
//! In: the files of the last commit. Out: a folder without any others of the engine. They take room, and the engine refuses to write a
//! list of deletions whose name is taken: its number may come again in the next run. What is known of the sources is tidied up
//! elsewhere ([`CommitNote`](super::sources::CommitNote)).

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Removes the engine's files that no commit knows. Only for whoever holds the lock; what cannot be removed now is removed next time.
pub(super) fn remove_strays(generation: &Path, known: &HashSet<PathBuf>) {
    let entries = fs::read_dir(generation).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let is_engines = name.to_str().is_some_and(is_engines);
        if is_engines && !known.contains(Path::new(&name)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a file is a part of a segment, or the beginning of a list that was to replace another.
fn is_engines(name: &str) -> bool {
    const SEGMENT_CHARS: usize = 32;
    let segment = name.split_once('.').map_or("", |(segment, _)| segment);
    let is_segment =
        segment.len() == SEGMENT_CHARS && segment.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_segment || name.starts_with(".tmp")
}
