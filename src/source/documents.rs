//! Bytes → documents: finds out the format and hands over to its reader.
//!
//! In: a reader and the names to show. Out: the documents, or the items that say what is wrong with them.

use std::io::{BufReader, Cursor, Read};
use std::path::Path;

use super::format::{self, Format};
use super::json_lines::JsonLines;
use super::parts::{PART_BYTES, Parts};
use super::{
    HEAD_BYTES, encoding, fields, file_date, front_matter, html, json, markdown, no_text, text,
};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};

/// The most that is read of what must be in memory as a whole: HTML, JSON that is no JSON Lines.
const MAX_WHOLE_BYTES: usize = 64 << 20;

/// The documents of a source. Made by [`Source::read`](super::Source::read).
pub struct Documents(Inner);

enum Inner {
    Read(std::vec::IntoIter<Result<Document>>),
    JsonLines(Box<JsonLines>),
    Parts(Box<Parts>),
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents").finish_non_exhaustive()
    }
}

impl Iterator for Documents {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Inner::Read(documents) => documents.next(),
            Inner::JsonLines(lines) => lines.next(),
            Inner::Parts(parts) => parts.next(),
        }
    }
}

impl Documents {
    /// Reads the documents of anything that gives bytes; `name` as in [`Source::from_bytes`](super::Source::from_bytes).
    ///
    /// # Errors
    ///
    /// As [`Source::read`](super::Source::read).
    pub fn from_reader(
        name: impl Into<String>,
        reader: impl Read + Send + 'static,
    ) -> Result<Self> {
        let name = name.into();
        Documents::read(&name, name.clone(), reader)
    }

    pub(super) fn read(
        name: &str,
        path: String,
        mut reader: impl Read + Send + 'static,
    ) -> Result<Self> {
        let io_error = |error| Error::io(Path::new(&path), "cannot be read to its end", error);
        let mut bytes = Vec::new();
        reader
            .by_ref()
            .take(HEAD_BYTES as u64)
            .read_to_end(&mut bytes)
            .map_err(io_error)?;
        if let Some(format::Unreadable { what, hint }) = format::unreadable(&bytes, &path) {
            return Err(Error::new(
                ErrorKind::UnsupportedFormat,
                format!("{path}: {what} is not read"),
            )
            .with_hint(hint));
        }
        if is_json_lines(name, &bytes) {
            let reader = BufReader::new(Cursor::new(bytes).chain(reader));
            return Ok(Documents(Inner::JsonLines(Box::new(JsonLines::new(
                reader,
                name.to_owned(),
                path,
            )))));
        }
        let more = (PART_BYTES + 1 - bytes.len()) as u64;
        reader
            .by_ref()
            .take(more)
            .read_to_end(&mut bytes)
            .map_err(io_error)?;
        if bytes.len() > PART_BYTES {
            match long_text(name, &path, &bytes) {
                Ok((document, from, is_markdown)) => {
                    let parts = Parts::new(reader, bytes, is_markdown, document, from);
                    return Ok(Documents(Inner::Parts(Box::new(parts))));
                }
                Err(format) => {
                    let more = (MAX_WHOLE_BYTES + 1 - bytes.len()) as u64;
                    reader
                        .take(more)
                        .read_to_end(&mut bytes)
                        .map_err(io_error)?;
                    if bytes.len() > MAX_WHOLE_BYTES {
                        return Err(too_long(&path, format));
                    }
                }
            }
        }
        let Some(decoded) = encoding::decode(bytes) else {
            let error = Error::new(
                ErrorKind::Undecodable,
                format!("{path}: not text in any known encoding"),
            );
            return Err(error.with_hint("convert it to UTF-8, or exclude it in a file `.ignore`"));
        };
        decoded_documents(name, path, decoded)
    }
}

/// Whether a source can be read line by line without decoding it first.
fn is_json_lines(name: &str, head: &[u8]) -> bool {
    let (encoding, mark_bytes) = encoding::detect(head);
    let is_wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    let head = &head[mark_bytes..];
    let begins = || {
        head.trim_ascii_start().starts_with(b"{")
            && format::begins_json_lines(&encoding.decode_without_bom_handling(head).0, name)
    };
    !is_wide && (format::is_json_lines_name(name) || begins())
}

/// A text that is to be read in parts: what it declares, where it begins, whether it is Markdown. Of others their format.
fn long_text(
    name: &str,
    path: &str,
    head: &[u8],
) -> std::result::Result<(Document, usize, bool), Format> {
    let (encoding, mark_bytes) = encoding::detect(head);
    let (text, _) = encoding.decode_without_bom_handling(&head[mark_bytes..]);
    let (document, from) = declared(name, path.to_owned(), &text);
    match format::of_text(&text, from, name) {
        Format::Text => Ok((document, from, false)),
        Format::Markdown => Ok((document, from, true)),
        other @ (Format::Html | Format::Json | Format::JsonLines) => Err(other),
    }
}

fn too_long(path: &str, format: Format) -> Error {
    let (what, hint) = match format {
        Format::Html => ("HTML", "split it into several pages".to_owned()),
        _ => (
            "JSON",
            format!("make it JSON Lines in UTF-8: jq -c '.[]' \"{path}\" > texts.jsonl"),
        ),
    };
    let message = format!("{path}: {what} of more than 64 MiB, left out");
    Error::new(ErrorKind::Malformed, message).with_hint(hint)
}

/// A document with what its front matter declares, and where that ends.
fn declared(name: &str, path: String, source: &str) -> (Document, usize) {
    let front = front_matter::read(source);
    let mut document = Document {
        id: name.to_owned(),
        path,
        ..Document::default()
    };
    document.complaints.extend(front.complaint);
    fields::apply(front.fields, "front matter", &mut document);
    (document, front.end)
}

fn decoded_documents(name: &str, path: String, decoded: encoding::Decoded) -> Result<Documents> {
    let source = decoded.text;
    let (mut document, from) = declared(name, path, &source);
    let format = format::of_text(&source, from, name);
    if matches!(format, Format::Json | Format::JsonLines) && source.len() > MAX_WHOLE_BYTES {
        return Err(too_long(&document.path, format));
    }
    document.complaints.splice(0..0, decoded.complaint);
    match format {
        Format::JsonLines => {
            let lines = JsonLines::new(
                Cursor::new(source.into_bytes()),
                name.to_owned(),
                document.path,
            );
            return Ok(Documents(Inner::JsonLines(Box::new(lines))));
        }
        Format::Json => {
            return Ok(Documents(Inner::Read(
                json::read(&source, name, &document.path).into_iter(),
            )));
        }
        Format::Text => text::read(&source, from, &mut document),
        Format::Markdown => markdown::read(&source, from, &mut document),
        Format::Html => html::read(&source, from, &mut document),
    }
    let date = &mut document.metadata.date;
    *date = date.take().or_else(|| file_date::in_name(name));
    let result = if document.blocks.is_empty() {
        Err(no_text(&document.path))
    } else {
        Ok(titled(document))
    };
    Ok(Documents(Inner::Read(vec![result].into_iter())))
}

/// Gives a document without a title the name of its file.
pub(super) fn titled(mut document: Document) -> Document {
    if document.title.is_empty() {
        let file = document.id.rsplit('/').next().unwrap_or_default();
        document.title = file
            .rsplit_once('.')
            .map_or(file, |(stem, _)| stem)
            .to_owned();
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_to_be_held_is_told_before_it_is_read() {
        for (name, head, what) in [
            ("a.html", "<!DOCTYPE html><p>", "HTML"),
            ("a.json", "[{\"text\": \"", "JSON"),
        ] {
            let endless = Cursor::new(head).chain(std::io::repeat(b'a'));
            let error = Documents::from_reader(name, endless).unwrap_err();
            let message = format!("{name}: {what} of more than 64 MiB, left out");
            assert_eq!(error.to_string(), message);
        }
    }
}
