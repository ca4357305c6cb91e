//! A full disk, Ctrl-C, two writers, a closed pipe: the index is as good as before.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::program::{fumikura, shell};
use crate::{assert_as_before, many_texts, ran, run, shelf};

/// Runs the program with files limited to some blocks, which fails as a full disk does: in the middle of a write.
fn with_little_room(folder: &Path, kilobytes: u32, arguments: &str) -> crate::Ran {
    let line = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" {arguments}");
    run(&mut shell(folder, &line))
}

#[test]
fn a_full_disk_leaves_the_index_as_it_was() {
    let shelf = shelf();
    many_texts(&shelf.path().join("many"));
    for (room, arguments) in [
        (64, "index many"),
        (1, "index many"),
        (0, "index many"),
        (64, "index many --rebuild"),
        (0, "index many --rebuild"),
    ] {
        let ran = with_little_room(shelf.path(), room, arguments);
        assert_eq!(ran.code, Some(2), "{arguments}: {ran:#?}");
        assert_eq!(ran.stderr.lines().count(), 2, "{arguments}: {ran:#?}");
        assert!(
            ran.stderr.to_lowercase().contains("file too large\n"),
            "{arguments}: {ran:#?}"
        );
        assert!(
            ran.stderr.contains("is the disk full"),
            "{arguments}: {ran:#?}"
        );
        assert_as_before(shelf.path());
        // What was half built takes no room.
        assert!(!shelf.path().join("index/generation-2").is_dir());
    }
    with_little_room(shelf.path(), 64, "index many").tells(
        2,
        &["fumikura: cannot write to the index: File too large\n  the index is as it was at the last commit"],
    );
    // With room again the same command succeeds.
    run(fumikura(shelf.path()).args(["index", "many"])).says(0, &[]);
}

#[test]
fn output_that_cannot_be_written_is_told() {
    let shelf = shelf();
    for command in [
        "search 会談",
        "search 会談 --json",
        "facets",
        "status",
        "show memo.txt",
        "verify",
    ] {
        run(&mut shell(
            shelf.path(),
            &format!("\"$0\" {command} > /dev/full"),
        ))
        .says(
            2,
            &["fumikura: cannot write the output: No space left on device"],
        );
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let shelf = shelf();
    for command in [
        "search 会談",
        "search 会談 --json",
        "facets",
        "status",
        "show memo.txt",
        "verify",
        "index texts",
    ] {
        let line = format!("\"$0\" {command} | head -c 0; exit ${{PIPESTATUS[0]}}");
        run(&mut shell(shelf.path(), &line)).says(0, &[]);
        // Closed before the first byte.
        let line = format!("(sleep 0.3; exec \"$0\" {command}) | true; exit ${{PIPESTATUS[0]}}");
        run(&mut shell(shelf.path(), &line)).says(0, &[]);
    }
}

/// Starts indexing, and returns when it is under way.
fn start(command: &mut Command, folder: &Path) -> Child {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    for _ in 0..1000 {
        // The engine takes this lock when it begins to write.
        let busy = fs::read_dir(folder.join("index"))
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| is_locked(&entry.path().join(".tantivy-writer.lock")));
        if busy || child.try_wait().is_ok_and(|status| status.is_some()) {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child
}

fn is_locked(path: &Path) -> bool {
    fs::File::open(path).is_ok_and(|file| file.try_lock().is_err())
}

#[test]
fn ctrl_c_leaves_the_index_as_it_was() {
    let shelf = shelf();
    many_texts(&shelf.path().join("many"));
    for arguments in [
        &["index", "many"][..],
        &["index", "many", "texts", "--rebuild"],
    ] {
        for wait_ms in [0, 30, 200] {
            let mut command = fumikura(shelf.path());
            let child = start(command.args(arguments), shelf.path());
            // The handler stands a moment after the lock.
            std::thread::sleep(Duration::from_millis(100 + wait_ms));
            let signalled = Command::new("kill")
                .args(["-INT", &child.id().to_string()])
                .status()
                .expect("there is a kill");
            assert!(signalled.success(), "it had ended before it was stopped");
            ran(child.wait_with_output().unwrap())
                .says(2, &["fumikura: stopped; the index is as it was before"]);
            assert_as_before(shelf.path());
            assert!(!shelf.path().join("index/generation-2").is_dir());
        }
    }
}

#[test]
fn a_second_writer_is_told_that_the_index_is_busy() {
    let shelf = shelf();
    many_texts(&shelf.path().join("many"));
    for first in [
        &["index", "many"][..],
        &["index", "many", "texts", "--rebuild"],
    ] {
        let mut command = fumikura(shelf.path());
        let child = start(command.args(first), shelf.path());
        for second in [&["index", "texts"][..], &["index", "texts", "--rebuild"]] {
            let holder = format!("fumikura: index: process {} since 20", child.id());
            let ran = run(fumikura(shelf.path()).args(second));
            let rest = " UTC is writing to this index\n  wait until it is done; searching works meanwhile\n";
            ran.tells(2, &[&holder, rest]);
        }
        assert_as_before(shelf.path());
        ran(child.wait_with_output().unwrap()).says(0, &[]);
        // The first one's work is whole.
        let status = run(fumikura(shelf.path()).arg("status"));
        assert!(
            status.stdout.starts_with("documents    41\n"),
            "{status:#?}"
        );
        run(fumikura(shelf.path()).arg("verify")).says(0, &[]);
        run(fumikura(shelf.path()).args(["index", "texts", "--rebuild"])).says(0, &[]);
    }
}

#[test]
fn an_index_that_cannot_be_written_still_answers() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = shelf();
    let close = |mode| {
        for folder in ["index", "index/generation-1"] {
            fs::set_permissions(shelf.path().join(folder), fs::Permissions::from_mode(mode))
                .unwrap();
        }
    };
    close(0o555);
    let is_root = fs::write(shelf.path().join("index/probe"), "").is_ok();
    if !is_root {
        for arguments in [&["index", "texts"][..], &["index", "texts", "--rebuild"]] {
            let ran = run(fumikura(shelf.path()).args(arguments));
            let hint = ": Permission denied\n  is the disk full, or the folder write-protected?\n";
            ran.tells(2, &["fumikura: index/generation-", hint]);
            assert_eq!(ran.stderr.lines().count(), 2, "{ran:#?}");
        }
        assert_as_before(shelf.path());
    }
    close(0o755);
}
