//! Indexes of every format that was ever released: the current one is read, of others it is said what they are.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use fumikura::{Analyzer, ErrorKind, Index};

use crate::common::repository;
use crate::program::copy;
use crate::{Shelf, find, options};

fn current_format() -> u32 {
    let searcher = Shelf::new(&[]).index().searcher().unwrap();
    searcher.status().unwrap().format
}

/// Writes the index of the current format, to be kept once it is released: see `tests/data/README.md`.
#[test]
#[ignore = "writes into the repository"]
fn write_the_index_of_this_format() {
    // The index says where its texts stood, which is nobody's business.
    let texts = Path::new("/tmp/shelf/texts");
    copy(&repository("tests/data/texts"), texts);
    let format = current_format();
    let folder = repository("tests/data/indexes").join(format!("format-{format}"));
    let index = Index::create(&folder, Analyzer::grams_only()).unwrap();
    let mut writer = index.writer(&options()).unwrap();
    writer
        .update(&[texts], |_| ControlFlow::Continue(()))
        .unwrap();
    writer.close().unwrap();
}

#[test]
fn indexes_of_all_formats_are_opened_or_told_apart() {
    let current = current_format();
    let mut formats = Vec::new();
    for entry in fs::read_dir(repository("tests/data/indexes")).unwrap() {
        let kept = entry.unwrap().path();
        let name = kept.file_name().unwrap().to_string_lossy().into_owned();
        let format: u32 = name.strip_prefix("format-").unwrap().parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("index");
        copy(&kept, &index);
        let opened = Index::open(&index, Analyzer::grams_only());
        if format == current {
            assert_eq!(find(&opened.unwrap(), "小麦").len(), 1, "{name}");
        } else {
            let error = opened.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Incompatible, "{name}: {error}");
            let message =
                format!("the index has format {format}, this version reads format {current}");
            assert!(error.to_string().ends_with(&message), "{name}: {error}");
            let hint = error.hint().unwrap();
            assert!(hint.contains("/texts --rebuild --index "), "{hint}");
        }
        formats.push(format);
    }
    formats.sort_unstable();
    assert_eq!(formats.first(), Some(&1));
}
