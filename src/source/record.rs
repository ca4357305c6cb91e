//! One JSON object → one document.
//!
//! In: the text of the object and where it stands. Out: a document whose text is the value of `text`, cut into blocks as
//! plain text is, but with nothing removed; `id`, `title` and the declared fields; every other key in `other`.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::lines::is_space;
use super::{fields, text};
use crate::document::{Cut, Document, Origin, Removed};
use crate::error::{Error, ErrorKind, Result};

const HINT: &str =
    r#"every line must be one JSON object with a "text", such as {"id": "1", "text": "…"}"#;

/// Where a record stands.
pub(super) struct Place<'a> {
    /// The name of the source, and what tells records without an id apart.
    pub(super) default_id: String,
    /// The source as a person would type it.
    pub(super) path: &'a str,
    /// From 1.
    pub(super) line: usize,
}

impl Place<'_> {
    pub(super) fn error(&self, message: impl std::fmt::Display) -> Error {
        let (path, line) = (self.path, self.line);
        Error::new(ErrorKind::Malformed, format!("{path}:{line}: {message}")).with_hint(HINT)
    }
}

/// Reads one record.
pub(super) fn read(json: &str, place: &Place<'_>) -> Result<Document> {
    let mut document = Document {
        path: place.path.to_owned(),
        origin: Origin::record(place.line),
        ..Document::default()
    };
    let mut record = parse(json, place, &mut document)?;
    let text = match record.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err(place.error(r#""text" is no string"#)),
        None => return Err(place.error(r#"no "text""#)),
    };
    if text.trim_matches(is_space).is_empty() && !record.contains_key("exported") {
        return Err(place.error(r#""text" is empty"#));
    }
    document.text = text;
    take_cuts(&mut record, &mut document);
    if document.cuts.is_empty() {
        if document.text.contains('\r') {
            document.text = document.text.replace("\r\n", "\n").replace('\r', "\n");
        }
        document.blocks = text::record_blocks(&document.text);
    }
    document.id = match record.remove("id").map(fields::text) {
        Some(Some(id)) if !id.is_empty() => id,
        None | Some(Some(_)) => place.default_id.clone(),
        Some(None) => return Err(place.error(r#""id" is neither a string nor a number"#)),
    };
    fields::apply(record, &format!("line {}", place.line), &mut document);
    Ok(document)
}

/// What an index said of a document when it was exported: where it was from, and its passages. If they do not add up to the text it was
/// edited since, and is cut anew.
fn take_cuts(record: &mut Map<String, Value>, document: &mut Document) {
    let exported = record.remove("exported").unwrap_or_default();
    let parsed = serde_json::from_value::<Exported>(exported.clone());
    let Ok(Exported {
        path,
        passages,
        removed,
    }) = parsed
    else {
        if !exported.is_null() {
            record.insert("exported".to_owned(), exported);
        }
        return;
    };
    if add_up(&passages, &document.text) {
        document.cuts = passages;
    }
    document.path = path;
    document.removed = removed;
}

/// Whether passages are the parts of a text, from its first byte to its last.
fn add_up(passages: &[Cut], text: &str) -> bool {
    let rest = passages
        .iter()
        .enumerate()
        .try_fold(text, |rest, (index, cut)| {
            let rest = match index {
                0 => rest,
                _ => rest.strip_prefix(Cut::SEPARATOR)?,
            };
            rest.get(cut.bytes..)
        });
    rest == Some("") && passages.iter().all(|cut| cut.start <= cut.end)
}

/// The field `exported` of a record.
#[derive(Deserialize)]
struct Exported {
    path: String,
    passages: Vec<Cut>,
    #[serde(default)]
    removed: Removed,
}

fn parse(json: &str, place: &Place<'_>, document: &mut Document) -> Result<Map<String, Value>> {
    let value = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => {
            // Half a character is no reason to lose the document.
            let (repaired, count) = replace_lone_surrogates(json);
            let repaired = if count > 0 {
                serde_json::from_str(&repaired).ok()
            } else {
                None
            };
            let value = repaired.ok_or_else(|| place.error(describe(&error)))?;
            let what = if count == 1 {
                "1 half character was"
            } else {
                &format!("{count} half characters were")
            };
            document.complaints.push(format!(
                "line {}: {what} replaced (`\\u` escapes of lone surrogates)",
                place.line
            ));
            value
        }
    };
    match value {
        Value::Object(record) => Ok(record),
        _ => Err(place.error("no JSON object")),
    }
}

/// `not valid JSON: reason, column N`; the line of the parser's message is the line within the record.
fn describe(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or_default();
    match error.column() {
        0 => format!("not valid JSON: {reason}"),
        column => format!("not valid JSON: {reason}, at byte {column}"),
    }
}

/// Replaces each `\uD800`…`\uDFFF` that has no partner.
fn replace_lone_surrogates(json: &str) -> (String, usize) {
    let mut repaired = String::with_capacity(json.len());
    let (mut at, mut count) = (0, 0);
    while let Some(found) = json[at..].find('\\') {
        let escape = at + found;
        repaired.push_str(&json[at..escape]);
        let (len, is_lone) = match surrogate(json, escape) {
            Some(high @ 0xD800..0xDC00) => match surrogate(json, escape + 6) {
                Some(0xDC00..=0xDFFF) => (12, false),
                _ => (6, high > 0),
            },
            Some(_) => (6, true),
            // Any other escape: the backslash and the character after it.
            None => (
                1 + json[escape + 1..].chars().next().map_or(0, char::len_utf8),
                false,
            ),
        };
        if is_lone {
            repaired.push_str("\\ufffd");
            count += 1;
        } else {
            repaired.push_str(&json[escape..escape + len]);
        }
        at = escape + len;
    }
    repaired.push_str(&json[at..]);
    (repaired, count)
}

/// The value of the surrogate escape at `at`, if there is one.
fn surrogate(json: &str, at: usize) -> Option<u32> {
    let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    (0xD800..=0xDFFF).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place<'static> {
        Place {
            default_id: "briefs.jsonl#7".to_owned(),
            path: "corpus/briefs.jsonl",
            line: 7,
        }
    }

    #[test]
    fn a_record_becomes_a_document() {
        let json = r#"{"id": 12, "title": "題", "text": "一行目。\r\n二行目。", "lang": "ja", "series": "短信"}"#;
        let document = read(json, &place()).unwrap();
        assert_eq!(
            (document.id.as_str(), document.title.as_str()),
            ("12", "題")
        );
        assert_eq!(document.text, "一行目。\n二行目。");
        assert_eq!(document.blocks.len(), 2);
        assert_eq!(document.origin, Origin::record(7));
        assert_eq!(document.path, "corpus/briefs.jsonl");
        assert_eq!(document.metadata.language.as_deref(), Some("ja"));
        assert_eq!(document.metadata.other["series"], "短信");
        assert_eq!(
            read(r#"{"text": "a"}"#, &place()).unwrap().id,
            "briefs.jsonl#7"
        );
    }

    #[test]
    fn nothing_is_removed_from_a_record() {
        let text = "コメント\n\n目次:\n\nImage\n\nImage";
        let json = serde_json::json!({ "text": text }).to_string();
        let document = read(&json, &place()).unwrap();
        assert_eq!(document.text, text);
        assert_eq!(document.blocks.len(), 4);
    }

    #[test]
    fn errors_say_where_and_what() {
        for (json, message) in [
            (r#"{"id": "1"}"#, r#"corpus/briefs.jsonl:7: no "text""#),
            (
                r#"{"text": 3}"#,
                r#"corpus/briefs.jsonl:7: "text" is no string"#,
            ),
            (
                r#"{"text": " \n"}"#,
                r#"corpus/briefs.jsonl:7: "text" is empty"#,
            ),
            (
                r#"{"text": "a", "id": []}"#,
                r#"corpus/briefs.jsonl:7: "id" is neither a string nor a number"#,
            ),
            ("[]", "corpus/briefs.jsonl:7: no JSON object"),
            (
                r#"{"text": "a""#,
                "corpus/briefs.jsonl:7: not valid JSON: EOF while parsing an object, at byte 12",
            ),
        ] {
            let error = read(json, &place()).unwrap_err();
            assert_eq!(error.to_string(), message);
            assert_eq!(error.kind(), ErrorKind::Malformed);
            assert!(error.hint().is_some());
        }
    }

    #[test]
    fn half_characters_do_not_lose_the_document() {
        for (json, text, complaints) in [
            (r#"{"text": "a\ud83db"}"#, "a\u{fffd}b", 1),
            (
                r#"{"text": "\udc00\ud83d\ude00\ud83d"}"#,
                "\u{fffd}\u{1f600}\u{fffd}",
                1,
            ),
            (r#"{"text": "\\ud83d\ud83d\ude00"}"#, "\\ud83d\u{1f600}", 0),
            (r#"{"text": "\ud83d\\ude00"}"#, "\u{fffd}\\ude00", 1),
        ] {
            let document = read(json, &place()).unwrap();
            assert_eq!(document.text, text);
            assert_eq!(document.complaints.len(), complaints);
        }
    }
}
