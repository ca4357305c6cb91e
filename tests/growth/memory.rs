//! What `--memory` promises, looked at from outside.

use std::fmt::Write as _;
use std::fs;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::faults::rounds;
use crate::program::fumikura;
use crate::{Shelf, run};

/// Indexes the shelf's texts, and gives the most memory that the process had, mapped files included.
fn peak_bytes(shelf: &Shelf, megabytes: u32) -> u64 {
    let mut command = fumikura(shelf.folder.path());
    let mut child = command
        .args(["index", "texts", "--index", "measured", "--memory"])
        .arg(megabytes.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = resident_bytes(&child).unwrap_or(0).max(peak);
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(child.wait().unwrap().success());
    peak
}

fn resident_bytes(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: u64 = line?.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes << 10)
}

/// A few megabytes where tests are run often, 300 in the soak.
#[test]
#[cfg(target_os = "linux")]
fn a_long_text_takes_no_more_memory_than_is_allowed() {
    let shelf = Shelf::new(&[]);
    let megabytes = if rounds() >= 100 { 300 } else { 5 };
    let mut text = String::from("長い記録\n\n");
    let mut number: u64 = 1;
    while text.len() < megabytes << 20 {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let (one, other) = (number >> 40, number >> 50);
        write!(
            text,
            "第{one}回の会談で両国は鉄道{other}号の建設について話し合った。"
        )
        .unwrap();
        text.push_str(if number >> 62 == 0 { "\n\n" } else { "" });
    }
    shelf.put("long.txt", text);
    let peak = peak_bytes(&shelf, 256);
    assert!(peak > 0 && peak <= 256_000_000, "{peak} bytes");
    let (code, _, told) =
        run(fumikura(shelf.folder.path()).args(["verify", "--index", "measured"]));
    assert_eq!((code, told.as_str()), (0, ""));
}
