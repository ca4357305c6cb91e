//! What format a source is in: by what it contains, then by its name.
//!
//! In: the first bytes or the decoded text. Out: the format, or what kind of file it is that cannot be read. It does not
//! read the format.

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    JsonLines,
    /// One object, or an array of objects.
    Json,
}

/// A kind of file that is not read: what it is, and what to do with it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) what: &'static str,
    pub(super) hint: String,
}

/// The beginnings of files that hold no text.
const MAGIC: [(&[u8], &str); 17] = [
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x7fELF", "program"),
    (b"%!PS", "PostScript"),
];

/// Where zero bytes give a binary file away.
const BINARY_SAMPLE_BYTES: usize = 8192;

/// Recognises files that hold no text. `path` is shown in the commands that help.
pub(super) fn unreadable(head: &[u8], path: &str) -> Option<Unreadable> {
    let known = MAGIC
        .iter()
        .find(|(magic, _)| head.starts_with(magic))
        .map(|&(_, what)| what);
    let is_webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    let has_zeros = || {
        let sample = &head[..head.len().min(BINARY_SAMPLE_BYTES)];
        let has_mark = encoding_rs::Encoding::for_bom(head).is_some();
        !has_mark && sample.contains(&0) && super::encoding::utf16_without_mark(head).is_none()
    };
    let what = match known {
        Some(what) => what,
        None if is_webp => "image",
        None if has_zeros() => "binary data",
        None => return None,
    };
    Some(Unreadable {
        what,
        hint: way_out(what, path),
    })
}

fn way_out(what: &str, path: &str) -> String {
    let lower = path.to_ascii_lowercase();
    match what {
        "PDF" => format!("convert it first: pdftotext \"{path}\""),
        "gzip" => format!("unpack it first: gunzip -k \"{path}\""),
        "bzip2" => format!("unpack it first: bunzip2 -k \"{path}\""),
        "xz" => format!("unpack it first: unxz -k \"{path}\""),
        "zstd" => format!("unpack it first: unzstd \"{path}\""),
        "7z" => format!("unpack it first: 7z x \"{path}\""),
        "ZIP"
            if [".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"]
                .iter()
                .any(|end| lower.ends_with(end)) =>
        {
            format!("convert it first: soffice --headless --convert-to html \"{path}\"")
        }
        "ZIP" => format!("unpack it first: unzip \"{path}\""),
        "old Office" | "RTF" => {
            format!("convert it first: soffice --headless --convert-to html \"{path}\"")
        }
        "PostScript" => format!("convert it first: ps2ascii \"{path}\""),
        _ => {
            "plain text, Markdown, HTML and JSON Lines are read; exclude others in a file `.ignore`"
                .to_owned()
        }
    }
}

/// The format of a decoded text. `start` is where front matter ended.
pub(super) fn of_text(text: &str, start: usize, name: &str) -> Format {
    let extension = extension(name);
    let is_html_name = ["html", "htm", "xhtml", "xht"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known));
    if is_html_name || begins_html(&text[start..]) {
        return Format::Html;
    }
    if ["md", "markdown", "mkd"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
    {
        return Format::Markdown;
    }
    if start == 0 {
        if is_json_lines_name(name) || begins_json_lines(text, name) {
            return Format::JsonLines;
        }
        if is_json_name(name) && text.trim_start().starts_with(['{', '[']) {
            return Format::Json;
        }
    }
    Format::Text
}

pub(super) fn is_json_lines_name(name: &str) -> bool {
    let extension = extension(name);
    extension.eq_ignore_ascii_case("jsonl") || extension.eq_ignore_ascii_case("ndjson")
}

/// Whether the first line that is not blank is an object with a text. A line that is cut off is judged by its keys, and a
/// file named `.json` must have a second line that looks like one.
pub(super) fn begins_json_lines(text: &str, name: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('{') {
        return false;
    }
    let is_json = is_json_name(name);
    match text.split_once(['\n', '\r']) {
        Some((line, rest)) => is_record(line) && (!is_json || rest.trim_start().starts_with('{')),
        None if is_json => false,
        None => {
            is_record(text) || (text.len() >= super::HEAD_BYTES / 2 && text.contains("\"text\""))
        }
    }
}

fn is_json_name(name: &str) -> bool {
    extension(name).eq_ignore_ascii_case("json")
}

fn is_record(line: &str) -> bool {
    let value: Result<serde_json::Value, _> = serde_json::from_str(line);
    value.is_ok_and(|value| value.get("text").is_some())
}

/// Whether the text begins as a page does, perhaps after comments and an XML declaration.
fn begins_html(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let skipped = if rest.starts_with("<!--") {
            rest.split_once("-->")
        } else if rest.starts_with("<?") {
            rest.split_once("?>")
        } else {
            break;
        };
        let Some((_, after)) = skipped else {
            return false;
        };
        rest = after.trim_start();
    }
    let begins = |with: &str| {
        rest.get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    begins("<!doctype html") || begins("<html") || (begins("<head") && !begins("<header"))
}

fn extension(name: &str) -> &str {
    name.rsplit('/')
        .next()
        .unwrap_or_default()
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_then_the_name() {
        for (text, name, format) in [
            ("本文", "a.txt", Format::Text),
            ("本文", "a", Format::Text),
            ("# 題", "dir.html/a.MD", Format::Markdown),
            ("\n <!-- a --> <!DOCTYPE HTML><p>", "a.txt", Format::Html),
            ("<?xml version='1.0'?>\n<HTML>", "a.md", Format::Html),
            ("<p>本文", "a.htm", Format::Html),
            ("<header>", "a.txt", Format::Text),
            (
                "{\"id\": 1, \"text\": \"a\"}\n{",
                "a.txt",
                Format::JsonLines,
            ),
            ("{\"id\": 1}", "a.txt", Format::Text),
            ("{}", "a.ndjson", Format::JsonLines),
            ("[{\"text\": \"a\"}]", "a.json", Format::Json),
            ("{\"text\": \"a\"}\n", "a.json", Format::Json),
            ("{\"text\": \"a\"}\n{", "a.json", Format::JsonLines),
            ("[一]", "a.txt", Format::Text),
        ] {
            assert_eq!(of_text(text, 0, name), format, "{text} {name}");
        }
    }

    #[test]
    fn files_without_text_are_named_with_a_way_out() {
        let found = unreadable(b"%PDF-1.7", "dir/a.pdf").unwrap();
        assert_eq!(
            (found.what, found.hint.as_str()),
            ("PDF", "convert it first: pdftotext \"dir/a.pdf\"")
        );
        assert_eq!(
            unreadable(b"PK\x03\x04", "a.docx").unwrap().hint,
            "convert it first: soffice --headless --convert-to html \"a.docx\""
        );
        assert_eq!(
            unreadable(b"ab\0\x01\x02\x03", "a").unwrap().what,
            "binary data"
        );
        assert_eq!(unreadable("会談".as_bytes(), "a"), None);
        assert_eq!(unreadable(b"", "a"), None);
        let utf16: Vec<u8> = "The ministers met."
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(unreadable(&utf16, "a"), None);
    }
}
