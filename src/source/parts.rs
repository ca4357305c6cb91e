//! A long text, a part at a time.
//!
//! In: a reader of plain text or Markdown that is too long to be held as a whole. Out: documents with one id, each a part of the text that
//! ends with a line, if possible before a blank one. Headings do not reach from one part into the next.

use std::io::Read;
use std::path::Path;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::documents::titled;
use super::{encoding, file_date, markdown, no_text, text};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};

/// Longer texts are read in parts of this size.
pub(super) const PART_BYTES: usize = 4 << 20;
/// A line that is longer is cut somewhere.
const MAX_LINE_BYTES: usize = 64 << 20;

/// What is made of a part: text or Markdown.
pub(super) type Reader = fn(&str, usize, &mut Document);

/// The parts of a text.
pub(super) struct Parts {
    reader: Box<dyn Read + Send>,
    /// Read, and not yet given out.
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    mark_bytes: usize,
    read: Reader,
    /// What all parts have in common.
    document: Document,
    /// Where the text begins in the first part, after front matter.
    from: usize,
    /// Bytes and lines of the decoded source before this part.
    before: (usize, usize),
    is_done: bool,
}

impl Parts {
    /// Of a source whose beginning was read: `bytes`; `document` has what it declares, up to byte `from` of the decoded text.
    pub(super) fn new(
        reader: impl Read + Send + 'static,
        bytes: Vec<u8>,
        is_markdown: bool,
        document: Document,
        from: usize,
    ) -> Self {
        let (encoding, mark_bytes) = encoding::detect(&bytes);
        Parts {
            reader: Box::new(reader),
            bytes,
            encoding,
            mark_bytes,
            read: if is_markdown {
                markdown::read
            } else {
                text::read
            },
            document,
            from,
            before: (0, 0),
            is_done: false,
        }
    }

    /// The bytes of the next part; none at the end.
    fn next_bytes(&mut self) -> std::io::Result<Vec<u8>> {
        let mut wanted = PART_BYTES;
        loop {
            let missing = wanted.saturating_sub(self.bytes.len()) as u64;
            let read = self
                .reader
                .by_ref()
                .take(missing)
                .read_to_end(&mut self.bytes)?;
            let is_wide = self.encoding == UTF_16LE || self.encoding == UTF_16BE;
            let end = match (read as u64) < missing {
                true => Some(self.bytes.len()),
                false if is_wide => last_wide_line_end(&self.bytes, self.encoding),
                false => last_line_end(&self.bytes),
            };
            match end {
                None if wanted < MAX_LINE_BYTES => wanted *= 2,
                end => {
                    let end = end.unwrap_or(self.bytes.len() & !1);
                    let rest = self.bytes.split_off(end);
                    return Ok(std::mem::replace(&mut self.bytes, rest));
                }
            }
        }
    }

    fn next_part(&mut self) -> Result<Option<Document>> {
        loop {
            let bytes = self.next_bytes().map_err(|cause| {
                let path = Path::new(&self.document.path);
                Error::io(path, "cannot be read to its end", cause)
            })?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let (offset, lines) = self.before;
            let mark_bytes = std::mem::take(&mut self.mark_bytes);
            let Some(decoded) = encoding::decode_as(self.encoding, bytes, mark_bytes) else {
                let message = format!("not text in any known encoding from line {} on", lines + 1);
                let path = Path::new(&self.document.path);
                return Err(Error::at(ErrorKind::Undecodable, path, message));
            };
            let source = decoded.text;
            let mut document = self.document.clone();
            let complaint = decoded.complaint;
            document
                .complaints
                .extend(complaint.map(|complaint| match lines {
                    0 => complaint,
                    _ => format!("from line {} on: {complaint}", lines + 1),
                }));
            (self.read)(&source, std::mem::take(&mut self.from), &mut document);
            document.origin.shift(offset, lines);
            let newlines = source.bytes().filter(|&byte| byte == b'\n').count();
            self.before = (offset + source.len(), lines + newlines);
            let date = &mut document.metadata.date;
            *date = date.take().or_else(|| file_date::in_name(&document.id));
            // Said once.
            self.document.complaints.clear();
            if document.blocks.is_empty() {
                continue;
            }
            let document = titled(document);
            self.document.title.clone_from(&document.title);
            self.document.metadata.clone_from(&document.metadata);
            self.document.part += 1;
            return Ok(Some(document));
        }
    }
}

impl Iterator for Parts {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let next = self.next_part();
        self.is_done = !matches!(next, Ok(Some(_)));
        match next {
            Ok(None) if self.document.part == 0 => Some(Err(no_text(&self.document.path))),
            next => next.transpose(),
        }
    }
}

/// After the last blank line of the second half, else after the last line.
fn last_line_end(bytes: &[u8]) -> Option<usize> {
    let half = bytes.len() / 2;
    let later = &bytes[half..];
    let blank = later.windows(2).rposition(|two| two == b"\n\n");
    let blank = blank.or_else(|| later.windows(4).rposition(|four| four == b"\r\n\r\n"));
    match blank {
        Some(at) => Some(half + at + if later[at] == b'\n' { 2 } else { 4 }),
        None => bytes
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map(|at| at + 1),
    }
}

fn last_wide_line_end(bytes: &[u8], encoding: &'static Encoding) -> Option<usize> {
    let newline = match encoding == UTF_16LE {
        true => [b'\n', 0],
        false => [0, b'\n'],
    };
    let at = bytes.chunks_exact(2).rposition(|unit| unit == newline)?;
    Some((at + 1) * 2)
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    #[test]
    fn parts_add_up_to_the_text() {
        let mut source = String::from("題名\n\n");
        let mut number = 0;
        while source.len() < PART_BYTES * 2 + 1000 {
            number += 1;
            source.push_str(&format!(
                "第{number}回の会談で両国は鉄道の建設について話し合った。\n\n"
            ));
        }
        let all: Vec<Document> = Source::from_bytes("long.txt", &source)
            .read()
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(all.len(), 3);
        let mut lines = source.split('\n').enumerate();
        for (part, document) in all.iter().enumerate() {
            assert_eq!((document.id.as_str(), document.part), ("long.txt", part));
            assert_eq!(document.title, "題名");
            for block in &document.blocks {
                let text = &document.text[block.range.clone()];
                let range = document.origin.source_range(block.range.clone());
                assert_eq!(&source[range], text);
                let (line, _) = lines.find(|(_, line)| *line == text).unwrap();
                assert_eq!(
                    document.origin.line(&document.text, block.range.start),
                    line + 1
                );
            }
        }
    }

    #[test]
    fn every_encoding_is_cut_between_lines() {
        let line = "両国は鉄道の建設について話し合った。\r\n";
        let text = line.repeat(PART_BYTES / line.len() * 3);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xfe, 0xff], wide.as_slice()].concat();
        for bytes in [
            encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
            encoding_rs::ISO_2022_JP.encode(&text).0.into_owned(),
            marked,
        ] {
            let all = Source::from_bytes("long.txt", &bytes).read().unwrap();
            let all: Vec<Document> = all.map(Result::unwrap).collect();
            assert!(all.len() >= 2);
            let lines: usize = all.iter().map(|document| document.blocks.len()).sum();
            assert_eq!(lines, text.lines().count());
            assert!(all.iter().all(|document| document.complaints.is_empty()));
        }
    }

    #[test]
    fn a_line_without_an_end_is_cut_all_the_same() {
        let text = "あ".repeat(PART_BYTES);
        let all = Source::from_bytes("long.txt", &text).read().unwrap();
        let chars: usize = all.map(|part| part.unwrap().text.chars().count()).sum();
        assert_eq!(chars, PART_BYTES);
    }
}
