//! Whether a document is the one that was indexed.
//!
//! In: a document as it was read. Out: a hash of all that decides what is indexed and shown of it, but for the line a record stands on:
//! a line that is inserted above must not make all others new.

use crate::document::Document;

/// The hash of a document. `source` is the hash of the file it is from: a file that is one document is new when anything in it is.
/// `facets` stands for the rules by which its facets are found.
pub(super) fn content_hash(document: &Document, source: &str, facets: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    };
    let metadata = &document.metadata;
    for text in [&document.id, &document.title, &document.text] {
        add(text.as_bytes());
    }
    add(facets.as_bytes());
    for values in [&metadata.country, &metadata.year, &metadata.topic] {
        add(&json(values));
    }
    for value in [&metadata.date, &metadata.language, &metadata.url] {
        add(&json(value));
    }
    add(&json(&metadata.other));
    if !document.origin.is_record() {
        add(source.as_bytes());
    }
    if !document.cuts.is_empty() {
        add(document.path.as_bytes());
        add(&json(&document.cuts));
    }
    if !document.removed.is_empty() {
        add(&json(&document.removed));
    }
    first_bytes(&hasher)
}

/// A short hash of a document's id, to know which were read: a million of them fit into some megabytes.
pub(super) fn id_hash(id: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(id.as_bytes());
    first_bytes(&hasher)
}

fn first_bytes(hasher: &blake3::Hasher) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("strings, numbers and JSON values always serialise")
}
