//! Processes that die, files that are none, clocks that are wrong.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use fumikura::{Analyzer, Dictionary, Index};

use crate::common::dictionary;
use crate::program::{copy, fumikura};
use crate::{Shelf, counts, export, options, run};

pub(crate) fn rounds() -> u64 {
    number_of("FUMIKURA_SOAK_ROUNDS").unwrap_or(10)
}

fn number_of(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Numbers that look random, and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % limit
    }
}

/// Writes, changes, renames or removes a text.
fn change(shelf: &Shelf, random: &mut Random) {
    let name = format!("{}/{}.txt", random.below(4), random.below(40));
    let path = shelf.path("texts").join(&name);
    match random.below(5) {
        0 if path.is_file() => fs::remove_file(&path).unwrap(),
        1 if path.is_file() => {
            let other = shelf.path(&format!(
                "texts/{}/{}.txt",
                random.below(4),
                random.below(40)
            ));
            fs::create_dir_all(other.parent().unwrap()).unwrap();
            fs::rename(&path, other).unwrap();
        }
        _ => {
            let number = random.below(1000);
            let text =
                format!("第{number}号の記録\n\n{number}番目の会談で両国は鉄道を論じた。\n\n");
            shelf.put(&name, text.repeat(20 + random.below(80) as usize));
        }
    }
}

/// Runs a command that must end well and in silence.
#[track_caller]
fn succeeds(shelf: &Shelf, round: u64, arguments: &[&str]) {
    let (code, said, told) = run(fumikura(shelf.folder.path()).args(arguments));
    assert!(
        code == 0 && told.is_empty(),
        "round {round}, {arguments:?}: exit code {code}\nstdout: {said}\nstderr: {told}"
    );
}

#[test]
#[allow(clippy::print_stdout)]
fn killed_writers_lose_nothing() {
    let shelf = Shelf::new(&[]);
    let mut random = Random(number_of("FUMIKURA_SOAK_SEED").unwrap_or(11));
    for _ in 0..60 {
        change(&shelf, &mut random);
    }
    fs::remove_dir_all(shelf.path("index")).unwrap();
    succeeds(&shelf, 0, &["index", "texts"]);
    let (mut killed, mut searched, mut lost) = (0, 0, 0);
    for round in 0..rounds() {
        for _ in 0..=random.below(20) {
            change(&shelf, &mut random);
        }
        let mut command = fumikura(shelf.folder.path());
        command
            .arg("index")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if round % 5 == 4 {
            command.arg("--rebuild");
        }
        let mut child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(random.below(400)));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        // The last commit answers, whole.
        succeeds(&shelf, round, &["search", "会談", "-n", "3"]);
        succeeds(&shelf, round, &["verify"]);
        searched += 1;
        if round % 5 == 0 {
            succeeds(&shelf, round, &["index"]);
        }
    }
    succeeds(&shelf, rounds(), &["index"]);
    let analyzer = Analyzer::new(Dictionary::open(dictionary()).unwrap());
    let index = Index::open(shelf.path("index"), analyzer.clone()).unwrap();
    let fresh = Index::in_memory(analyzer);
    let mut writer = fresh.writer(&options()).unwrap();
    std::env::set_current_dir(shelf.folder.path()).unwrap();
    writer
        .update(&["texts"], |_| std::ops::ControlFlow::Continue(()))
        .unwrap();
    let (found, expected) = (export(&index), export(&fresh));
    lost += expected.iter().filter(|line| !found.contains(line)).count();
    println!(
        "{killed} writers killed, {searched} times searched and verified, {lost} documents lost"
    );
    assert_eq!(found, expected);
    // What the dead left behind is gone.
    let generations = fs::read_dir(shelf.path("index")).unwrap();
    let generations = generations.filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert!(generations.count() <= 2);
}

#[test]
fn a_writer_that_died_in_its_commit_is_no_obstacle_to_the_next() {
    let shelf = Shelf::new(&[]);
    for number in 0..10 {
        shelf.put(&format!("{number}.txt"), format!("鉄道の本文{number}。"));
    }
    shelf.update();
    copy(&shelf.path("index"), &shelf.path("before"));
    shelf.put("0.txt", "鉄道の新しい本文。");
    shelf.update();
    // All that the commit wrote is there, but not the list that makes it one.
    copy(&shelf.path("before"), &shelf.path("index"));
    fs::write(shelf.path("index/generation-1/.tmpAbCdEf"), "half a list").unwrap();
    assert_eq!(counts(&shelf.update()), [0, 1, 0, 0, 9]);
    assert_eq!(shelf.find("新しい").len(), 1);
    shelf.index().verify().unwrap();
    let files = fs::read_dir(shelf.path("index/generation-1")).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let (deletions, others): (Vec<_>, Vec<_>) = files
        .filter(|name| name.ends_with(".del") || name.starts_with(".tmp"))
        .partition(|name| name.ends_with(".del"));
    assert_eq!((deletions.len(), others), (1, vec![]));
}

#[test]
fn a_first_build_that_is_terminated_says_where_it_stands() {
    let shelf = Shelf::new(&[]);
    fs::remove_dir_all(shelf.path("index")).unwrap();
    for number in 0..400 {
        shelf.put(
            &format!("{number:03}.txt"),
            format!("第{number}号の会談で鉄道を論じ、次の会合を決めた。\n\n").repeat(100),
        );
    }
    let child = fumikura(shelf.folder.path())
        .args(["index", "texts"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lock = shelf.path("index/generation-1/.tantivy-writer.lock");
    while !lock.is_file() {
        std::thread::sleep(Duration::from_millis(2));
    }
    std::thread::sleep(Duration::from_millis(150));
    let kill = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let program = |arguments: &[&str]| run(fumikura(shelf.folder.path()).args(arguments));
    if output.status.code() == Some(2) {
        assert!(
            said.contains("sources are indexed and can be searched"),
            "{said}"
        );
        assert!(
            said.contains("the same command goes on with the others"),
            "{said}"
        );
        let (_, status, _) = program(&["status"]);
        assert!(status.contains("unfinished "), "{status}");
    }
    assert_eq!(program(&["verify"]).0, 0);
    let (code, said, _) = program(&["index"]);
    assert!(
        code == 0 && said.contains("passages of 400 documents"),
        "{said}"
    );
    assert_eq!(program(&["verify"]).0, 0);
}

#[test]
fn what_is_no_file_is_told_and_stops_nothing() {
    let shelf = Shelf::new(&[
        ("a.txt", "鉄道の本文。"),
        ("folder.txt/b.txt", "石油の本文。"),
    ]);
    fs::remove_dir_all(shelf.path("index")).unwrap();
    let pipe = shelf.path("texts/pipe.txt");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let (code, said, told) = run(fumikura(shelf.folder.path()).args(["index", "texts"]));
    assert_eq!(code, 2);
    assert!(said.contains("of 2 documents"), "{said}");
    assert!(
        told.contains("texts/pipe.txt: is a pipe, not a file"),
        "{told}"
    );
}

#[test]
fn a_clock_that_was_set_back_confuses_nobody() {
    let shelf = Shelf::new(&[("a.txt", "鉄道の本文。")]);
    shelf.update();
    let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
    let folder = fs::read_dir(shelf.path("index/generation-1")).unwrap();
    let files = folder.map(|entry| entry.unwrap().path());
    for path in files.chain([shelf.path("texts/a.txt"), shelf.path("index/manifest.json")]) {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(tomorrow).unwrap();
    }
    assert_eq!(counts(&shelf.update()), [0, 0, 0, 0, 1]);
    // With a time in the future nothing can be said about a change.
    fs::write(shelf.path("texts/a.txt"), "石油の本文。").unwrap();
    let file = fs::File::options()
        .write(true)
        .open(shelf.path("texts/a.txt"))
        .unwrap();
    file.set_modified(tomorrow).unwrap();
    assert_eq!(counts(&shelf.update()), [0, 1, 0, 0, 0]);
    assert_eq!(shelf.find("石油"), ["a.txt:1 a.txt"]);
    shelf.index().verify().unwrap();
}

#[test]
fn an_index_that_may_only_be_read_answers() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = Shelf::new(&[("a.txt", "鉄道の本文。")]);
    shelf.update();
    let folder = shelf.path("index/generation-1");
    let set = |mode: u32| {
        let permissions = || fs::Permissions::from_mode(mode);
        for entry in fs::read_dir(&folder).unwrap() {
            fs::set_permissions(entry.unwrap().path(), permissions()).unwrap();
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode | 0o111)).unwrap();
    };
    // Locks included: somebody else made it. Without them, too.
    set(0o444);
    assert_eq!(shelf.find("鉄道").len(), 1);
    set(0o644);
    fs::remove_file(folder.join(".tantivy-meta.lock")).unwrap();
    set(0o444);
    assert_eq!(shelf.find("鉄道").len(), 1);
    set(0o644);
}

#[test]
fn a_crowd_of_tiny_files_is_indexed_and_left_alone() {
    let shelf = Shelf::new(&[]);
    let files = (rounds() * 200).min(10_000) as usize;
    for number in 0..files {
        shelf.put(
            &format!("{}/{number}.txt", number % 100),
            format!("会談{number}"),
        );
    }
    assert_eq!(counts(&shelf.update()), [files, 0, 0, 0, 0]);
    assert_eq!(counts(&shelf.update()), [0, 0, 0, 0, files]);
}

#[test]
fn a_long_text_is_read_in_parts_and_stays_one_document() {
    let shelf = Shelf::new(&[]);
    let mut text = String::from("長い記録\n\n");
    for number in 0..120_000 {
        text.push_str(&format!("{number}回目の会談。\n"));
    }
    text.push_str("\n最後に港湾を論じた。\n");
    shelf.put("long.txt", &text);
    let summary = shelf.update();
    assert_eq!(
        (summary.new, summary.documents, summary.problems),
        (1, 1, 0)
    );
    assert_eq!(shelf.find("港湾").len(), 1);
    let shown = shelf
        .index()
        .searcher()
        .unwrap()
        .show("long.txt", "en")
        .unwrap();
    let ordinals = shown.passages.iter().map(|shown| shown.passage.ordinal);
    assert!(ordinals.eq(0..shown.passages.len()));
    let last = &shown.passages.last().unwrap().passage;
    assert!(text[last.start..last.end].ends_with("最後に港湾を論じた。"));
    assert_eq!(last.line, text[..last.start].matches('\n').count() + 1);
    shelf.index().verify().unwrap();
    // Changed at its end, and away.
    shelf.put("long.txt", format!("{text}\nそして空港も。\n"));
    assert_eq!(counts(&shelf.update()), [0, 1, 0, 0, 0]);
    assert_eq!((shelf.find("空港").len(), shelf.find("港湾").len()), (1, 1));
    fs::remove_file(shelf.path("texts/long.txt")).unwrap();
    shelf.update();
    assert_eq!(
        shelf.index().searcher().unwrap().status().unwrap().passages,
        0
    );
}
