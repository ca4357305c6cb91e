//! Sources: files, folders and bytes → decoded documents with the way back.
//!
//! In: a path, a reader or bytes in any of the formats and encodings below. Out: [`Document`](crate::Document)s, one for a text, a
//! Markdown file or a web page, one for each line of JSON Lines; each with its text, title, blocks, declared metadata and
//! what was lost on the way. It does not cut passages, guess languages or countries, or write anything.
//!
//! Formats, by content and then by name: plain text (also copies of web pages, and the markup of Aozora Bunko),
//! Markdown, HTML, JSON Lines, and JSON files of such objects. Encodings: UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP and
//! the others that browsers know.
//!
//! ```
//! use fumikura::Source;
//!
//! let source = Source::from_bytes("memo.txt", "会談の記録\n\n両国の外相は東京で会談した。");
//! let document = source.read()?.next().unwrap()?;
//! assert_eq!(document.title, "会談の記録");
//! assert_eq!(document.text, "両国の外相は東京で会談した。");
//! # Ok::<(), fumikura::Error>(())
//! ```

mod builder;
mod documents;
mod encoding;
mod fields;
mod file_date;
mod format;
mod front_matter;
mod furniture;
mod html;
mod json;
mod json_lines;
mod lines;
mod markdown;
mod parts;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod real_texts;
mod record;
mod text;
mod walk;

use std::fs::File;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use documents::Documents;
pub use walk::Walk;

use crate::error::{Error, ErrorKind, Result};

/// What is read of a source before its format is known.
const HEAD_BYTES: usize = 1 << 20;

/// A file, or bytes in memory, before decoding.
#[derive(Debug, Clone)]
pub struct Source {
    path: PathBuf,
    name: String,
    size_bytes: u64,
    /// Nothing for a file.
    bytes: Option<Arc<[u8]>>,
}

impl Source {
    /// All sources of a file or folder, sorted by path. Hidden files, and those that `.gitignore` and `.ignore` in the
    /// folder exclude, are left out.
    ///
    /// # Errors
    ///
    /// There is no such path, or it is neither a file nor a folder.
    pub fn walk(root: impl AsRef<Path>) -> Result<Walk> {
        walk::walk(root.as_ref())
    }

    /// A source in memory. The name decides the format where the content does not, and is the document's id.
    pub fn from_bytes(name: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        let (name, bytes) = (name.into(), Arc::<[u8]>::from(bytes.as_ref()));
        Source {
            path: PathBuf::from(&name),
            name,
            size_bytes: bytes.len() as u64,
            bytes: Some(bytes),
        }
    }

    fn file(path: PathBuf, name: String, size_bytes: u64) -> Self {
        Source {
            path,
            name,
            size_bytes,
            bytes: None,
        }
    }

    /// The path to open, as a person would type it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What ids of documents are made of: the path relative to the folder that was walked, or the file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Size when the source was found.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// Reads the documents. JSON Lines are read as they are asked for, texts and Markdown of more than 4 MiB in parts
    /// ([`Document::part`](crate::Document::part)), everything else at once.
    ///
    /// # Errors
    ///
    /// The source cannot be opened or read to its end, or it is of a kind that holds no text. What is wrong with a
    /// single document is an item of the iterator.
    pub fn read(&self) -> Result<Documents> {
        let shown = self.path.to_string_lossy().into_owned();
        match &self.bytes {
            Some(bytes) => Documents::read(&self.name, shown, Cursor::new(Arc::clone(bytes))),
            None => {
                let file = File::open(&self.path)
                    .map_err(|error| Error::io(&self.path, "cannot be opened", error))?;
                Documents::read(&self.name, shown, file)
            }
        }
    }
}

/// The date that a document gets from the name of its file where it declares none.
pub(crate) fn date_in_name(name: &str) -> Option<String> {
    file_date::in_name(name)
}

fn no_text(path: &str) -> Error {
    Error::new(ErrorKind::Malformed, format!("{path}: no text"))
        .with_hint("the file is empty, or holds nothing but white space and markup")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn read(name: &str, bytes: impl AsRef<[u8]>) -> Result<Vec<Result<Document>>> {
        Ok(Source::from_bytes(name, bytes).read()?.collect())
    }

    fn only(name: &str, bytes: impl AsRef<[u8]>) -> Document {
        let mut documents = read(name, bytes).unwrap();
        assert_eq!(documents.len(), 1);
        documents.remove(0).unwrap()
    }

    #[test]
    fn front_matter_and_encoding_go_before_the_format() {
        let source = "---\ntitle: 会談\ncountry: { a: 1 }\n---\n両国の外相は東京で会談した。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(source);
        let document = only("dir/a.txt", &bytes);
        assert_eq!(
            (document.id.as_str(), document.path.as_str()),
            ("dir/a.txt", "dir/a.txt")
        );
        assert_eq!(
            (document.title.as_str(), document.text.as_str()),
            ("会談", "両国の外相は東京で会談した。")
        );
        assert_eq!(document.origin.line(&document.text, 0), 5);
        assert_eq!(
            document.complaints,
            ["front matter: `country` is neither a value nor a list of values, ignored"]
        );
    }

    #[test]
    fn the_name_is_the_title_of_last_resort() {
        assert_eq!(
            only(
                "dir/会談.2024.txt",
                "両国の外相は東京で会談し、経済協力について意見を交わした。"
            )
            .title,
            "会談.2024"
        );
    }

    #[test]
    fn json_is_read_in_every_encoding_and_shape() {
        let line = "{\"id\": \"1\", \"text\": \"会談\"}\n";
        let utf16: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, bytes) in [
            ("a.jsonl", line.as_bytes()),
            ("a", line.as_bytes()),
            ("a.jsonl", &utf16),
            ("a.json", &utf16),
        ] {
            assert_eq!(only(name, bytes).id, "1", "{name}");
        }
        assert_eq!(only("a.json", "{\n\"text\": \"会談\"}").id, "a.json");
        let documents =
            Documents::from_reader("a.jsonl", Cursor::new(line.repeat(3).into_bytes())).unwrap();
        assert_eq!(documents.count(), 3);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (name, bytes, kind, message) in [
            (
                "a.pdf",
                b"%PDF-1.7 ...".as_slice(),
                ErrorKind::UnsupportedFormat,
                "a.pdf: PDF is not read",
            ),
            (
                "a.bin",
                b"\x01\x00\x02\x00",
                ErrorKind::UnsupportedFormat,
                "a.bin: binary data is not read",
            ),
            (
                "a.dat",
                &[0x01, 0x02, 0x03].repeat(100),
                ErrorKind::Undecodable,
                "a.dat: not text in any known encoding",
            ),
        ] {
            let error = read(name, bytes).unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, message));
            assert!(error.hint().is_some());
        }
        for (name, text) in [
            ("a.txt", ""),
            ("a.txt", " \r\n　"),
            ("a.md", "<!-- -->"),
            ("a.html", "<p> </p>"),
            ("a.txt", "---\ntitle: a\n---\n"),
        ] {
            let documents = read(name, text).unwrap();
            let error = documents[0].as_ref().unwrap_err();
            assert_eq!(
                (error.kind(), error.to_string()),
                (ErrorKind::Malformed, format!("{name}: no text")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_file_that_vanished_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "本文").unwrap();
        let source = Source::walk(folder.path())
            .unwrap()
            .next()
            .unwrap()
            .unwrap();
        std::fs::remove_file(source.path()).unwrap();
        assert_eq!(source.read().unwrap_err().kind(), ErrorKind::NotFound);
    }
}
