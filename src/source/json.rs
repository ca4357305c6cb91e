//! A JSON file that holds one object, or an array of objects → documents.
//!
//! In: the decoded text of the whole file. Out: a document or an error for each object, read as JSON Lines are. An object
//! that is broken does not end the file as long as its brackets match.

use std::ops::Range;

use super::record::{self, Place};
use crate::document::Document;
use crate::error::Result;

/// Reads every record of a JSON file.
pub(super) fn read(source: &str, name: &str, path: &str) -> Vec<Result<Document>> {
    let records = records(source);
    if records.is_empty() {
        return vec![Err(super::no_text(path))];
    }
    let is_single = records.len() == 1 && source.trim_start().starts_with('{');
    let (mut line, mut counted) = (1, 0);
    let mut results = Vec::with_capacity(records.len());
    for (index, range) in records.into_iter().enumerate() {
        line += source[counted..range.start].matches('\n').count();
        counted = range.start;
        let default_id = if is_single {
            name.to_owned()
        } else {
            format!("{name}#{}", index + 1)
        };
        results.push(record::read(
            &source[range],
            &Place {
                default_id,
                path,
                line,
            },
        ));
    }
    results
}

/// The parts of the source that stand side by side at the top or in one array around everything.
fn records(source: &str) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let base = usize::from(source.trim_start().starts_with('['));
    let mut records = Vec::new();
    let (mut depth, mut start, mut end) = (0_usize, None, 0);
    let (mut in_string, mut is_escaped) = (false, false);
    for (at, &byte) in bytes.iter().enumerate() {
        if in_string {
            in_string = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            end = at + 1;
            continue;
        }
        let opens = matches!(byte, b'{' | b'[');
        let closes = matches!(byte, b'}' | b']');
        let separates = depth <= base && (byte == b',' || byte.is_ascii_whitespace());
        let is_outer = base == 1 && ((opens && depth == 0) || (closes && depth == 1));
        if !separates && !is_outer {
            start.get_or_insert(at);
            end = at + 1;
            in_string = byte == b'"';
        }
        depth = if opens {
            depth + 1
        } else {
            depth.saturating_sub(usize::from(closes))
        };
        let is_complete = closes && depth == base;
        if is_complete || separates || is_outer {
            records.extend(start.take().map(|start| start..end));
        }
    }
    records.extend(start.map(|start| start..end));
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_in_arrays_and_alone() {
        for (source, ids) in [
            (r#"{"text": "a, ] \" } b"}"#, vec!["f.json"]),
            (
                "[\n{\"text\": \"a\"},\n{\"id\": \"x\", \"text\": \"b\", \"n\": [{}, []]}]\n",
                vec!["f.json#1", "x"],
            ),
            (
                "{\n\"text\": \"a\"\n}\n{\n\"text\": \"b\"}",
                vec!["f.json#1", "f.json#2"],
            ),
        ] {
            let documents: Vec<_> = read(source, "f.json", "f.json")
                .into_iter()
                .map(Result::unwrap)
                .collect();
            assert_eq!(
                documents
                    .iter()
                    .map(|document| document.id.as_str())
                    .collect::<Vec<_>>(),
                ids
            );
        }
    }

    #[test]
    fn what_is_no_record_is_an_error_with_its_line() {
        let results = read(
            "[{\"text\": \"a\"},\n3, \"x\",\n{\"id\": 1}, {\"text\": \"z\"}, {",
            "f.json",
            "f.json",
        );
        let messages: Vec<String> = results
            .iter()
            .map(|result| {
                result
                    .as_ref()
                    .map_or_else(ToString::to_string, |document| document.text.clone())
            })
            .collect();
        assert_eq!(
            messages,
            [
                "a",
                "f.json:2: no JSON object",
                "f.json:2: no JSON object",
                "f.json:3: no \"text\"",
                "z",
                "f.json:3: not valid JSON: EOF while parsing an object, at byte 1",
            ]
        );
        for empty in ["[]", " ", "[ , ]"] {
            assert_eq!(
                read(empty, "f.json", "f.json")[0]
                    .as_ref()
                    .unwrap_err()
                    .to_string(),
                "f.json: no text"
            );
        }
    }
}
