//! What benches have beside their texts: a dictionary, and questions on the sample corpus.

use std::fs;
use std::path::{Path, PathBuf};

use fumikura::Dictionary;

/// The questions on the sample corpus.
pub(crate) fn questions() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/corpus-questions.tsv");
    let lines = fs::read_to_string(path).unwrap();
    let questions = lines.lines().filter(|line| !line.starts_with('#'));
    questions
        .filter_map(|line| line.split('\t').next())
        .map(str::to_owned)
        .collect()
}

/// The folder of a dictionary, which is built from the system's sources once.
pub(crate) fn dictionary() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-dictionary");
    if Dictionary::open(&folder).is_err() {
        let sources = Path::new("/usr/share/mecab/dic/ipadic");
        Dictionary::build(sources, &folder)
            .expect("install the package mecab-ipadic, or run make bench");
    }
    folder
}
