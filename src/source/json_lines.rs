//! JSON Lines → documents, one a line, read as they are asked for.
//!
//! In: any reader. Out: a document or an error for each line that is not blank; an error does not end the file. One line
//! is in memory at a time, and no line may exceed 64 MiB. UTF-16, whose lines cannot be told apart byte by byte, is
//! decoded by the caller.

use std::io::{BufRead, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::encoding;
use super::record::{self, Place};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};

/// The longest line that is read.
const MAX_LINE_BYTES: usize = 64 << 20;
/// A buffer above this size is given back after its line.
const KEPT_BUFFER_BYTES: usize = 1 << 20;

/// The documents of a JSON Lines source.
pub(super) struct JsonLines {
    reader: Box<dyn BufRead + Send>,
    name: String,
    path: String,
    line: usize,
    buffer: Vec<u8>,
    /// Found on the first line that is not ASCII, and kept.
    encoding: Option<&'static Encoding>,
    /// Whether any line had something in it.
    has_records: bool,
    is_done: bool,
}

enum Line {
    Read,
    TooLong,
    End,
}

impl JsonLines {
    pub(super) fn new(reader: impl BufRead + Send + 'static, name: String, path: String) -> Self {
        JsonLines {
            reader: Box::new(reader),
            name,
            path,
            line: 0,
            buffer: Vec::new(),
            encoding: None,
            has_records: false,
            is_done: false,
        }
    }

    /// Reads one line into the buffer; of a line that is too long nothing.
    fn read_line(&mut self) -> std::io::Result<Line> {
        self.buffer.clear();
        self.buffer.shrink_to(KEPT_BUFFER_BYTES);
        let limit = MAX_LINE_BYTES as u64 + 1;
        if self
            .reader
            .by_ref()
            .take(limit)
            .read_until(b'\n', &mut self.buffer)?
            == 0
        {
            return Ok(Line::End);
        }
        self.line += 1;
        if self.buffer.len() <= MAX_LINE_BYTES || self.buffer.ends_with(b"\n") {
            return Ok(Line::Read);
        }
        self.buffer.clear();
        self.reader.skip_until(b'\n')?;
        Ok(Line::TooLong)
    }

    /// The document of the line in the buffer; nothing if the line is blank.
    fn record(&mut self) -> Option<Result<Document>> {
        let mut bytes = std::mem::take(&mut self.buffer);
        if self.line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        if bytes.trim_ascii().is_empty() {
            self.buffer = bytes;
            return None;
        }
        self.has_records = true;
        bytes.truncate(bytes.trim_ascii_end().len());
        let place = Place {
            default_id: format!("{}#{}", self.name, self.line),
            path: &self.path,
            line: self.line,
        };
        let is_plain = bytes.is_ascii() && !bytes.contains(&0x1B);
        let encoding = if is_plain {
            UTF_8
        } else {
            *self
                .encoding
                .get_or_insert_with(|| encoding::detect(&bytes).0)
        };
        let Some(decoded) = encoding::decode_as(encoding, bytes, 0) else {
            return Some(Err(place.error("not text in any known encoding")));
        };
        let mut result = record::read(&decoded.text, &place);
        if let (Ok(document), Some(complaint)) = (&mut result, decoded.complaint) {
            document
                .complaints
                .push(format!("line {}: {complaint}", self.line));
        }
        self.buffer = decoded.text.into_bytes();
        Some(result)
    }
}

impl Iterator for JsonLines {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            match self.read_line() {
                Ok(Line::Read) => {
                    if let Some(result) = self.record() {
                        return Some(result);
                    }
                }
                Ok(Line::TooLong) => {
                    self.has_records = true;
                    let message = format!(
                        "{}:{}: the line is longer than 64 MiB, skipped",
                        self.path, self.line
                    );
                    let error = Error::new(ErrorKind::Malformed, message);
                    return Some(Err(error.with_hint("cut the text into several records")));
                }
                Ok(Line::End) => {
                    self.is_done = true;
                    if !self.has_records {
                        return Some(Err(super::no_text(&self.path)));
                    }
                }
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(Error::io(
                        Path::new(&self.path),
                        "cannot be read to its end",
                        error,
                    )));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Cursor};

    fn read(bytes: impl Into<Vec<u8>>) -> Vec<Result<Document>> {
        JsonLines::new(
            Cursor::new(bytes.into()),
            "a.jsonl".to_owned(),
            "dir/a.jsonl".to_owned(),
        )
        .collect()
    }

    #[test]
    fn a_bad_line_does_not_end_the_file() {
        let results =
            read("\u{feff}{\"id\":\"a\",\"text\":\"一\"}\r\n\n{\"text\":\n{\"text\":\"三\"}");
        assert_eq!(results.len(), 3);
        assert_eq!(results[0].as_ref().unwrap().id, "a");
        let error = results[1].as_ref().unwrap_err();
        assert_eq!(
            error.to_string(),
            "dir/a.jsonl:3: not valid JSON: EOF while parsing a value, at byte 8"
        );
        let last = results[2].as_ref().unwrap();
        assert_eq!(
            (last.id.as_str(), last.origin.line(&last.text, 0)),
            ("a.jsonl#4", 4)
        );
    }

    #[test]
    fn legacy_encodings_are_decoded_line_by_line() {
        let text =
            "{\"id\": \"1\", \"text\": \"ascii\"}\n{\"text\": \"両国の外相は東京で会談した。\"}\n";
        for encoding in [
            encoding_rs::SHIFT_JIS,
            encoding_rs::EUC_JP,
            encoding_rs::ISO_2022_JP,
        ] {
            let results = read(encoding.encode(text).0.into_owned());
            assert_eq!(
                results[1].as_ref().unwrap().text,
                "両国の外相は東京で会談した。",
                "{}",
                encoding.name()
            );
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped() {
        let long = std::io::repeat(b'a').take(MAX_LINE_BYTES as u64 + 5);
        let reader = long.chain(Cursor::new(b"\n{\"text\":\"x\"}\n".to_vec()));
        let lines = JsonLines::new(BufReader::new(reader), "a".to_owned(), "a".to_owned());
        let results: Vec<_> = lines.collect();
        assert_eq!(results.len(), 2);
        assert_eq!(
            results[0].as_ref().unwrap_err().to_string(),
            "a:1: the line is longer than 64 MiB, skipped"
        );
        assert_eq!(results[1].as_ref().unwrap().id, "a#2");
    }

    #[test]
    fn an_empty_file_is_said_to_be_empty() {
        for bytes in ["", "\n \n"] {
            let results = read(bytes);
            assert_eq!(results.len(), 1);
            assert_eq!(
                results[0].as_ref().unwrap_err().to_string(),
                "dir/a.jsonl: no text"
            );
        }
    }
}
