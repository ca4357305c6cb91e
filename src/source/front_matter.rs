//! Front matter: what the author declares at the very start of a text, YAML between `---` or TOML between `+++`.
//!
//! In: a decoded source. Out: where the front matter ends, its keys and values as JSON values, or why it could not be
//! read. A text that merely begins with a rule of dashes has none.

mod yaml;

use std::ops::Range;

use serde_json::Value;

use super::lines::{floor_boundary, line_at};

/// Front matter longer than this is no front matter.
const MAX_BYTES: usize = 64 << 10;

/// The front matter of a source.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    /// Where the text begins: the byte after the closing line.
    pub(super) end: usize,
    pub(super) fields: Vec<(String, Value)>,
    /// Why it was ignored or is suspicious.
    pub(super) complaint: Option<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Syntax {
    Yaml,
    Toml,
}

/// Reads the front matter of a source; an empty one that ends at 0 if there is none.
pub(super) fn read(source: &str) -> FrontMatter {
    let (first, start) = line_at(source, 0);
    let syntax = match source[first].trim_end() {
        "---" => Syntax::Yaml,
        "+++" => Syntax::Toml,
        _ => return FrontMatter::default(),
    };
    let (first_field, _) = line_at(source, start);
    let has_field = is_field(&source[first_field], syntax);
    let Some((inner, end)) = closing(source, start, syntax) else {
        let complaint = has_field.then(|| {
            let fence = if syntax == Syntax::Yaml { "---" } else { "+++" };
            format!("front matter is not closed by a line `{fence}`, read as text")
        });
        return FrontMatter {
            complaint,
            ..FrontMatter::default()
        };
    };
    let parsed = match syntax {
        Syntax::Yaml => parse_yaml(&source[inner.clone()]),
        Syntax::Toml => parse_toml(&source[inner.clone()]),
    };
    match parsed {
        Ok(Some(fields)) => FrontMatter {
            end,
            fields,
            complaint: None,
        },
        // Two rules with prose in between.
        Ok(None) if !source[inner].trim().is_empty() => FrontMatter::default(),
        Ok(None) => FrontMatter {
            end,
            ..FrontMatter::default()
        },
        Err(_) if !has_field => FrontMatter::default(),
        Err((line, reason)) => {
            let name = if syntax == Syntax::Yaml {
                "YAML"
            } else {
                "TOML"
            };
            // Counted from the line after the fence.
            let place = line.map_or(String::new(), |line| format!(" (line {})", line + 1));
            let complaint = Some(format!(
                "front matter is not valid {name}: {reason}{place}; ignored"
            ));
            FrontMatter {
                end,
                fields: Vec::new(),
                complaint,
            }
        }
    }
}

/// Finds the closing line: the range between the two fences, and where the text begins.
fn closing(source: &str, start: usize, syntax: Syntax) -> Option<(Range<usize>, usize)> {
    let mut at = start;
    while at < source.len() && at - start < MAX_BYTES {
        let (line, next) = line_at(source, at);
        let line = source[line].trim_end();
        if (syntax == Syntax::Yaml && (line == "---" || line == "..."))
            || (syntax == Syntax::Toml && line == "+++")
        {
            return Some((start..at, next));
        }
        at = next;
    }
    None
}

/// Whether a line assigns something to a key.
fn is_field(line: &str, syntax: Syntax) -> bool {
    let sign = if syntax == Syntax::Yaml { ':' } else { '=' };
    let Some((key, value)) = line.split_once(sign) else {
        return false;
    };
    let key = key.trim_matches(|c: char| c.is_whitespace() || c == '"');
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    is_key && (syntax == Syntax::Toml || value.is_empty() || value.starts_with(char::is_whitespace))
}

type Parsed = Result<Option<Vec<(String, Value)>>, (Option<usize>, String)>;

fn parse_yaml(text: &str) -> Parsed {
    match yaml::parse(text)? {
        Value::Object(fields) => Ok(Some(fields.into_iter().collect())),
        _ => Ok(None),
    }
}

fn parse_toml(text: &str) -> Parsed {
    let table: toml::Table = toml::from_str(text).map_err(|error: toml::de::Error| {
        let line = error.span().map(|span| {
            1 + text[..floor_boundary(text, span.start)]
                .matches('\n')
                .count()
        });
        (
            line,
            error
                .message()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned(),
        )
    })?;
    Ok(Some(
        table
            .into_iter()
            .map(|(key, value)| (key, from_toml(value)))
            .collect(),
    ))
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(values) => values.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => Value::Object(
            table
                .into_iter()
                .map(|(key, value)| (key, from_toml(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(source: &str) -> Value {
        Value::Object(read(source).fields.into_iter().collect())
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml =
            "---\ntitle: 会談: 記録\ncountry: [NO, VN]\nyear: 2024\ndate: 2024-05-01\n---\n本文";
        // A colon in a YAML value must be quoted.
        assert!(read(yaml).complaint.is_some());
        let yaml = yaml
            .replace("会談: 記録", "\"会談: 記録\"")
            .replace('\n', "\r\n");
        let toml = "+++\ntitle = \"会談: 記録\"\ncountry = [\"NO\", \"VN\"]\nyear = 2024\ndate = 2024-05-01\n+++\n本文";
        let expected = json!({ "title": "会談: 記録", "country": ["NO", "VN"], "year": 2024, "date": "2024-05-01" });
        assert_eq!(fields(&yaml), expected);
        assert_eq!(fields(toml), expected);
        assert_eq!(&yaml[read(&yaml).end..], "本文");
        assert_eq!(&toml[read(toml).end..], "本文");
    }

    #[test]
    fn what_is_broken_is_said_with_its_line() {
        for (source, complaint) in [
            (
                "---\ntitle: 会談\ncountry: [VN\n---\n本文",
                "front matter is not valid YAML: did not find expected ',' or ']' (line 4); ignored",
            ),
            (
                "+++\ntitle = \"会談\"\nyear = \n+++\n本文",
                "front matter is not valid TOML: ",
            ),
            (
                "---\ntitle: 会談\n本文",
                "front matter is not closed by a line `---`, read as text",
            ),
        ] {
            let complaint_found = read(source).complaint.unwrap_or_default();
            assert!(complaint_found.starts_with(complaint), "{complaint_found}");
        }
        assert!(
            read("+++\ntitle = \"会談\"\nyear = \n+++\n")
                .complaint
                .unwrap()
                .ends_with("(line 3); ignored")
        );
    }

    #[test]
    fn a_rule_of_dashes_is_no_front_matter() {
        for source in [
            "---\n\n本文である。\n\n---\n次",
            "---",
            "-----\ntitle: 会談\n-----\n",
            "本文\n---\ntitle: 会談\n---\n",
            "",
        ] {
            assert_eq!(read(source), FrontMatter::default(), "{source}");
        }
        assert_eq!(read("---\n---\n本文").end, 8);
    }

    #[test]
    fn hostile_yaml_is_refused() {
        let bomb = format!(
            "---\na: &a [x,x,x,x,x,x,x,x,x]\n{}---\n",
            ('b'..='j')
                .zip('a'..)
                .map(|(to, from)| format!(
                    "{to}: &{to} [{}]\n",
                    vec![format!("*{from}"); 9].join(",")
                ))
                .collect::<String>()
        );
        assert!(read(&bomb).complaint.is_some());
        // Few aliases, but of a long text.
        let blown_up = format!(
            "---\na: &a {}\nb: [{}]\n---\n",
            "x".repeat(1 << 14),
            "*a,".repeat(1 << 13)
        );
        let complaint = read(&blown_up).complaint.unwrap_or_default();
        assert!(
            complaint.contains("its aliases repeat too much"),
            "{complaint}"
        );
        let modest =
            "---\ncountry: &c [VN, KZ]\nyear: 123456789012345678901\nnote: [*c, !t x]\n---\n";
        assert_eq!(
            fields(modest),
            json!({ "country": ["VN", "KZ"], "year": "123456789012345678901", "note": [["VN", "KZ"], "x"] })
        );
        assert!(
            read(&format!("---\na: {}\n---\n", "[".repeat(10_000)))
                .complaint
                .is_some()
        );
        assert!(
            read(&format!("+++\na = {}\n+++\n", "[".repeat(10_000)))
                .complaint
                .is_some()
        );
    }
}
