//! HTML, Markdown and plain text → documents, whose passages point to where they stand in the source.

#![no_main]

use fumikura_fuzz::{choice, read};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = ["a.html", "a.md", "a.html", "a.txt"];

/// Says that the text is UTF-8, whatever stands in it; counts as no part of the decoded source.
const MARK: &str = "\u{feff}";

fuzz_target!(|data: &[u8]| {
    let Some((name, text)) = choice(&NAMES, data) else {
        return;
    };
    let text = &*String::from_utf8_lossy(text);
    // The places of records count from the beginning of their own texts.
    let is_record = text.trim_start().starts_with(['{', '[']);
    let decoded = Some(text).filter(|_| !is_record);
    read(name, format!("{MARK}{text}").as_bytes(), decoded);
});
