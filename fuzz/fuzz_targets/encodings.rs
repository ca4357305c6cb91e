//! Bytes in any encoding → documents, by every reader.

#![no_main]

use fumikura_fuzz::{choice, read};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 6] = ["a", "a.txt", "a.md", "a.html", "a.jsonl", "a.json"];

fuzz_target!(|data: &[u8]| {
    if let Some((name, bytes)) = choice(&NAMES, data) {
        read(name, bytes, None);
    }
});
