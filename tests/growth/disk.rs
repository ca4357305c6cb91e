//! A disk without room: a small file system in memory, for whoever may mount one.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::program::{fumikura, shell};
use crate::{Shelf, run};

/// A file system of three megabytes, gone when it is dropped.
struct Disk(PathBuf);

impl Disk {
    /// Nothing where that is not allowed.
    fn mount(place: PathBuf) -> Option<Self> {
        fs::create_dir(&place).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]);
        let mounted = mount.arg(&place).output();
        mounted
            .is_ok_and(|o| o.status.success())
            .then(|| Disk(place))
    }

    /// Takes all the room that is left, but for some bytes.
    fn fill(&self, left_bytes: usize) {
        let path = self.0.join("filler");
        // It fails, and leaves what fitted.
        let _ = fs::write(&path, vec![0; 3 << 20]);
        let bytes = fs::metadata(&path).unwrap().len() as usize;
        fs::write(&path, vec![0; bytes.saturating_sub(left_bytes)]).unwrap();
    }

    fn empty(&self) {
        fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

#[test]
#[allow(clippy::print_stdout)]
fn a_full_disk_is_told_and_forgotten_when_there_is_room() {
    let shelf = Shelf::new(&[("a.txt", "鉄道の本文。"), ("b.txt", "石油の本文。")]);
    let Some(disk) = Disk::mount(shelf.path("disk")) else {
        println!("skipped: no file system may be mounted here");
        return;
    };
    let program = |arguments: &[&str]| run(fumikura(shelf.folder.path()).args(arguments));
    let on_disk = |arguments: &[&str]| program(&[arguments, &["--index", "disk/index"]].concat());
    assert_eq!(on_disk(&["index", "texts"]).0, 0);
    shelf.put("c.txt", "港湾の本文。");
    assert_eq!(on_disk(&["index"]).0, 0);
    shelf.put("d.txt", "空港の本文。".repeat(2000));
    for left_bytes in [0, 8 << 10] {
        disk.fill(left_bytes);
        for arguments in [&["index"][..], &["index", "--rebuild"], &["optimize"]] {
            let (code, _, told) = on_disk(arguments);
            assert_eq!(code, 2, "{arguments:?}, {left_bytes} bytes left");
            let is_told = told.contains("is the disk full") && told.lines().count() == 2;
            assert!(is_told, "{arguments:?}: {told}");
            // The last commit answers.
            let (code, found, told) = on_disk(&["search", "港湾"]);
            assert!(code == 0 && found.contains("texts/c.txt:1"), "{told}");
            assert_eq!(on_disk(&["verify"]).0, 0);
        }
        disk.empty();
    }
    let line = "exec \"$0\" export --index disk/index > disk/all.jsonl";
    disk.fill(0);
    let (code, _, told) = run(&mut shell(shelf.folder.path(), line));
    assert_eq!(code, 2);
    assert!(told.contains("No space left on device"), "{told}");
    disk.empty();
    for arguments in [
        &["index"][..],
        &["verify"],
        &["index", "--rebuild"],
        &["optimize"],
    ] {
        let (code, _, told) = on_disk(arguments);
        assert_eq!((code, told.as_str()), (0, ""), "{arguments:?}");
    }
    let (_, found, _) = on_disk(&["search", "空港"]);
    assert!(found.contains("texts/d.txt:1"), "{found}");
}
