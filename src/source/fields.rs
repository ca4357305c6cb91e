//! What an author declares about a document, in front matter or JSON → title and [`Metadata`](crate::Metadata).
//!
//! In: keys and values as they were parsed. Out: the known fields as text, everything else untouched in `other`, and a
//! complaint for each value of a wrong type. It does not check what the values mean; [`facet`](crate::facet) does.

use serde_json::Value;

use super::lines::one_line;
use crate::document::Document;

/// Puts declared fields into a document. `place` says where they stood, for complaints.
pub(super) fn apply(
    fields: impl IntoIterator<Item = (String, Value)>,
    place: &str,
    document: &mut Document,
) {
    for (key, value) in fields {
        if !is_known(&key) {
            document.metadata.other.insert(key, value);
            continue;
        }
        let Some(values) = texts(value) else {
            document.complaints.push(format!(
                "{place}: `{key}` is neither a value nor a list of values, ignored"
            ));
            continue;
        };
        let metadata = &mut document.metadata;
        let single = match key.as_str() {
            "country" => {
                metadata.country = values;
                continue;
            }
            "year" => {
                metadata.year = values;
                continue;
            }
            "topic" => {
                metadata.topic = values;
                continue;
            }
            "title" => {
                document.title = values.into_iter().next().unwrap_or_default();
                continue;
            }
            "date" => &mut metadata.date,
            "url" => &mut metadata.url,
            _ => &mut metadata.language,
        };
        // `lang` must not undo `language`, whichever comes first.
        if key != "lang" || single.is_none() {
            *single = values.into_iter().next();
        }
    }
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "title" | "country" | "year" | "topic" | "date" | "language" | "lang" | "url"
    )
}

/// A value or a list of values as text; empty ones are left out. Nothing if it is of a wrong type.
fn texts(value: Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Array(values) => {
            let texts: Option<Vec<_>> = values.into_iter().map(text).collect();
            texts.map(|texts| texts.into_iter().filter(|text| !text.is_empty()).collect())
        }
        value => text(value).map(|text| {
            if text.is_empty() {
                Vec::new()
            } else {
                vec![text]
            }
        }),
    }
}

/// A single value as text.
pub(super) fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(one_line(&text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => Some(String::new()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_and_lists_are_the_same() {
        let Value::Object(fields) = json!({
            "title": "会談\n の記録", "country": "VN", "year": [2024, "2020..2022"], "topic": null, "date": 2024,
            "lang": "ja", "language": "zh-Hant", "url": "https://example.com/", "series": ["短信"],
        }) else {
            unreachable!()
        };
        let mut document = Document::default();
        apply(fields, "front matter", &mut document);
        assert_eq!(document.title, "会談 の記録");
        assert_eq!(document.metadata.country, ["VN"]);
        assert_eq!(document.metadata.year, ["2024", "2020..2022"]);
        assert!(document.metadata.topic.is_empty());
        assert_eq!(document.metadata.date.as_deref(), Some("2024"));
        assert_eq!(document.metadata.language.as_deref(), Some("zh-Hant"));
        assert_eq!(
            document.metadata.url.as_deref(),
            Some("https://example.com/")
        );
        assert_eq!(document.metadata.other["series"], json!(["短信"]));
        assert!(document.complaints.is_empty());
    }

    #[test]
    fn wrong_types_are_named() {
        let Value::Object(fields) = json!({ "country": { "a": 1 }, "year": [[2024]] }) else {
            unreachable!()
        };
        let mut document = Document::default();
        apply(fields, "line 7", &mut document);
        assert_eq!(
            document.complaints,
            [
                "line 7: `country` is neither a value nor a list of values, ignored",
                "line 7: `year` is neither a value nor a list of values, ignored",
            ]
        );
    }
}
