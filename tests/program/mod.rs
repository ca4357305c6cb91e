//! The program as a user has it: with a dictionary, and nothing of the developer's own environment.

// Every test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common;

/// What `FUMIKURA_DATA` is set to: a folder with the dictionary where the program looks for it.
pub fn data() -> PathBuf {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fumikura-data");
    let place = data.join("dictionary");
    fs::create_dir_all(&place).expect("the target folder can be written");
    let link = place.join("ipadic");
    if !link.is_dir() {
        // Another test program may be quicker; what counts is that it is there.
        let _ = std::os::unix::fs::symlink(common::dictionary(), &link);
    }
    assert!(link.is_dir(), "{} leads nowhere", link.display());
    data
}

/// The program, to be run in `folder`.
pub fn fumikura(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fumikura"));
    clean(&mut command, folder);
    command
}

/// Runs a command line in `folder` with the program as its `$0`.
pub fn shell(folder: &Path, line: &str) -> Command {
    let mut command = Command::new("bash");
    command.args(["-c", line, env!("CARGO_BIN_EXE_fumikura")]);
    clean(&mut command, folder);
    command
}

fn clean(command: &mut Command, folder: &Path) {
    command
        .current_dir(folder)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("FUMIKURA_DATA", data())
        .env("LANG", "C");
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be created");
    for entry in fs::read_dir(from).expect("the folder can be listed") {
        let entry = entry.expect("the folder can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("the file can be copied");
        }
    }
}
