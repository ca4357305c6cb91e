//! The command that makes an index anew, with the sources it was made from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::sources::lists;

/// More folders than this make no command that anybody reads.
const MAX_ROOTS: usize = 3;

/// What to look at when a file of the index cannot be written.
pub(super) const NOT_WRITTEN: &str = "is the disk full, or the folder write-protected?";

/// What to run when an index cannot be used.
pub(super) fn rebuild(folder: &Path) -> String {
    let roots = roots(folder);
    let sources = match (1..=MAX_ROOTS).contains(&roots.len()) {
        true => roots
            .iter()
            .map(|root| quoted(root))
            .collect::<Vec<_>>()
            .join(" "),
        false => "FOLDER".to_owned(),
    };
    let folder = quoted(&folder.to_string_lossy());
    format!("build it again: fumikura index {sources} --rebuild --index {folder}")
}

/// The files and folders the index was made from, as far as it can still be read.
fn roots(folder: &Path) -> BTreeSet<String> {
    let lists = entries(folder).flat_map(|generation| lists(&generation));
    let mut roots = BTreeSet::new();
    roots.extend(Manifest::roots_of(folder).into_iter().map(|root| root.path));
    for list in lists {
        for line in fs::read_to_string(list).unwrap_or_default().lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            roots.extend(record["root"].as_str().map(str::to_owned));
        }
    }
    roots
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ',' | ':' | '@');
    match !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_names_the_sources() {
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("ix");
        let generation = index.join("generation-1");
        fs::create_dir_all(&generation).unwrap();
        let shown = quoted(&index.to_string_lossy());
        assert_eq!(
            rebuild(&index),
            format!("build it again: fumikura index FOLDER --rebuild --index {shown}")
        );
        let list = "{\"root\":\"/texts/外交 文書\",\"name\":\"a\"}\n{\"root\":\"/a\"}\nbroken";
        fs::write(generation.join("sources-2.jsonl"), list).unwrap();
        assert_eq!(
            rebuild(&index),
            format!(
                "build it again: fumikura index /a '/texts/外交 文書' --rebuild --index {shown}"
            )
        );
    }

    #[test]
    fn words_are_quoted_for_the_shell() {
        assert_eq!(quoted("外交/2024.txt"), "外交/2024.txt");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("-x"), "'-x'");
    }
}
