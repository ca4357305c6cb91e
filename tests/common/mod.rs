//! What the tests share: a dictionary that is built once, and a polite way to go without texts that are not here.

// Every test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fumikura::{Analyzer, Dictionary, DictionaryInfo};

/// Where the system's package puts the sources of the dictionary.
const SOURCES: &str = "/usr/share/mecab/dic/ipadic";

/// The folder of the Japanese dictionary, built when it is first asked for. Test programs that run at the same time build their own
/// and one of them wins: a folder appears under its name only when it is complete.
pub fn dictionary() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT
        .get_or_init(|| {
            let home = Path::new(env!("CARGO_TARGET_TMPDIR"));
            let target = home.join("ipadic");
            if DictionaryInfo::read(&target).is_ok() {
                return target;
            }
            let own = home.join(format!("ipadic-{}", std::process::id()));
            if let Err(error) = Dictionary::build(Path::new(SOURCES), &own) {
                panic!("{error}: install the package mecab-ipadic, or run make test");
            }
            if std::fs::rename(&own, &target).is_err() {
                // Another test program was quicker.
                let _ = std::fs::remove_dir_all(&own);
            }
            DictionaryInfo::read(&target).expect("somebody has built the dictionary");
            target
        })
        .clone()
}

/// An analyzer with that dictionary; one for all tests of a program.
pub fn analyzer() -> Analyzer {
    static OPENED: OnceLock<Analyzer> = OnceLock::new();
    OPENED
        .get_or_init(|| {
            Analyzer::new(Dictionary::open(dictionary()).expect("a dictionary was built"))
        })
        .clone()
}

/// A folder or file of this repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder of real texts that some developers have beside the project. Without it a test is skipped, with a word about it.
#[allow(clippy::print_stderr)]
pub fn real_texts(name: &str) -> Option<PathBuf> {
    let path = repository("../shared/real").join(name);
    if path.try_exists().unwrap_or(false) {
        return Some(path);
    }
    eprintln!("skipped: {name} is not here");
    None
}
