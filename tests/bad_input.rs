//! What people get for input that is wrong: one clear line each, the right exit code, and an index as good as before.

mod common;
mod program;

#[path = "bad_input/arguments.rs"]
mod arguments;
#[path = "bad_input/damage.rs"]
mod damage;
#[path = "bad_input/facets.rs"]
mod facets;
#[path = "bad_input/hostile.rs"]
mod hostile;
#[path = "bad_input/interruption.rs"]
mod interruption;
#[path = "bad_input/names.rs"]
mod names;
#[path = "bad_input/sources.rs"]
mod sources;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use program::fumikura;
use tempfile::TempDir;

/// What a run printed, and its exit code.
#[derive(Debug)]
struct Ran {
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

/// Runs a command; whatever happens, nothing of it may look like a crash.
fn run(command: &mut Command) -> Ran {
    ran(command.output().expect("the program can be run"))
}

fn ran(output: Output) -> Ran {
    let ran = Ran {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code(),
    };
    for word in [
        "panicked",
        "Error {",
        "Err(",
        "Os {",
        "Some(",
        "backtrace",
        "(os error",
    ] {
        assert!(!ran.stderr.contains(word), "{word}: {ran:?}");
    }
    ran
}

impl Ran {
    /// Asserts the exit code and the messages, all of them.
    #[track_caller]
    fn says(&self, code: i32, messages: &[&str]) {
        let lines: Vec<&str> = self.stderr.lines().collect();
        assert_eq!(lines, messages, "{self:#?}");
        assert_eq!(self.code, Some(code), "{self:#?}");
    }

    /// Asserts the exit code, and messages of which some part varies.
    #[track_caller]
    fn tells(&self, code: i32, parts: &[&str]) {
        for part in parts {
            assert!(self.stderr.contains(part), "{part}: {self:#?}");
        }
        assert_eq!(self.code, Some(code), "{self:#?}");
    }
}

/// A folder with one text in `texts`, and an index of it.
fn shelf() -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).expect("the folder is ours");
    fs::write(
        texts.join("memo.txt"),
        "会談の記録\n\n両国の外相は東京で会談し、貿易協定に署名した。",
    )
    .expect("the folder is ours");
    let indexed = run(fumikura(folder.path()).args(["index", "texts"]));
    assert_eq!((indexed.code, indexed.stderr.as_str()), (Some(0), ""));
    folder
}

fn put(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("it has a parent")).expect("the folder is ours");
    fs::write(path, bytes).expect("the folder is ours");
}

/// Asserts that the index of a shelf answers as it did at first.
#[track_caller]
fn assert_as_before(folder: &Path) {
    let found = run(fumikura(folder).args(["search", "貿易協定", "-n", "1"]));
    assert_eq!(found.code, Some(0), "{found:#?}");
    assert!(found.stdout.contains("texts/memo.txt:3"), "{found:#?}");
    assert!(found.stdout.contains("1 passage matches"), "{found:#?}");
    let verified = run(fumikura(folder).arg("verify"));
    assert_eq!(
        verified.stdout, "sound: 1 passages of 1 documents\n",
        "{verified:#?}"
    );
}

/// Texts that take a while to index.
fn many_texts(folder: &Path) {
    fs::create_dir(folder).expect("the folder is ours");
    for file in 0..40 {
        let mut text = String::new();
        for paragraph in 0..400 {
            let number = file * 1000 + paragraph;
            text.push_str(&format!(
                "第{number}回の協議で両国の代表は鉄道と石油の輸送について話し合い、次の会合を{number}日後に開くことを決めた。"
            ).repeat(3));
            text.push_str("\n\n");
        }
        fs::write(folder.join(format!("{file:02}.txt")), text).expect("the folder is ours");
    }
}
