//! `fumikura.toml`: what a folder of texts says of how it is indexed and searched.
//!
//! In: a root. Out: [`CorpusSettings`], the files that its `fumikura.toml` names, which lead there from the current folder. Reading those files
//! is the business of whoever uses them.
//!
//! ```toml
//! user_dictionary = "words.csv"    # relative to this folder
//! synonyms = "synonyms.tsv"        # what is used anyway, if it is there
//! topics = "topics.toml"           # so is this
//! ```

use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::Index;
use super::sidecar::{folder, read};
use crate::error::{Error, ErrorKind, Result};
use crate::query::Synonyms;

const SETTINGS: &str = "fumikura.toml";
const SYNONYMS: &str = "synonyms.tsv";
const TOPICS: &str = "topics.toml";

/// Files that belong to a folder of texts and are no texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorpusSettings {
    /// Words of one's own.
    pub user_dictionary: Option<PathBuf>,
    /// Words that mean the same.
    pub synonyms: Option<PathBuf>,
    /// What to find topics by.
    pub topics: Option<PathBuf>,
    /// The file itself.
    own: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    user_dictionary: Option<PathBuf>,
    synonyms: Option<PathBuf>,
    topics: Option<PathBuf>,
}

impl CorpusSettings {
    /// Reads the settings of a root, a folder or a file in one. Without a `fumikura.toml` these are the files that are there by their usual names.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Malformed`] with the line of the first mistake; [`ErrorKind::Io`] when the file cannot be read.
    pub fn read(root: impl AsRef<Path>) -> Result<Self> {
        let folder = folder(root.as_ref());
        let path = folder.join(SETTINGS);
        let text = read(&path)?;
        let written: Written = match &text {
            None => Written::default(),
            Some(text) => toml::from_str(text).map_err(|error| malformed(&path, text, &error))?,
        };
        let named = |named: Option<PathBuf>| named.map(|name| folder.join(plain(&name)));
        let usual = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
        Ok(CorpusSettings {
            user_dictionary: named(written.user_dictionary),
            synonyms: named(written.synonyms).or_else(|| usual(SYNONYMS)),
            topics: named(written.topics).or_else(|| usual(TOPICS)),
            own: text.map(|_| path),
        })
    }

    /// Whether a path, as sources below the root have it, is one of these files.
    pub(super) fn has(&self, path: &Path) -> bool {
        let all = [
            &self.user_dictionary,
            &self.synonyms,
            &self.topics,
            &self.own,
        ];
        all.into_iter().flatten().any(|own| own == path)
    }
}

/// `./words.csv` is `words.csv`.
fn plain(path: &Path) -> PathBuf {
    let parts = path.components();
    parts.filter(|part| *part != Component::CurDir).collect()
}

fn malformed(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let start = error.span().unwrap_or_default().start;
    let before = text.as_bytes().get(..start).unwrap_or_default();
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let reason = error.message().lines().next().unwrap_or_default();
    Error::new(ErrorKind::Malformed, format!("line {line}: {reason}"))
        .in_file(path)
        .with_hint("it may name files: user_dictionary, synonyms, topics, such as synonyms = \"synonyms.tsv\"")
}

impl Index {
    /// The synonyms beside the texts the index is made from, as they are now, and what cannot be used of them.
    pub(crate) fn synonyms(&self) -> (Synonyms, Vec<Error>) {
        let mut all = Synonyms::default();
        let mut problems = Vec::new();
        let read_from = |root: &Path| -> Result<Synonyms> {
            let Some(path) = CorpusSettings::read(root)?.synonyms else {
                return Ok(Synonyms::default());
            };
            match read(&path)? {
                Some(text) => Synonyms::parse(&text).map_err(|error| error.in_file(&path)),
                None => Err(
                    Error::at(ErrorKind::NotFound, &path, "there is no such file")
                        .with_hint("fumikura.toml beside the texts names it"),
                ),
            }
        };
        for root in self.roots() {
            match read_from(&root) {
                Ok(own) => all = all.and(own),
                Err(error) => problems.push(error),
            }
        }
        (all, problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(toml: &str) -> Result<CorpusSettings> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(SETTINGS), toml).unwrap();
        std::fs::write(folder.path().join(TOPICS), "").unwrap();
        let mut settings = CorpusSettings::read(folder.path())?;
        for path in [
            &mut settings.user_dictionary,
            &mut settings.synonyms,
            &mut settings.topics,
        ] {
            *path = path
                .take()
                .map(|path| path.strip_prefix(folder.path()).unwrap_or(&path).into());
        }
        Ok(settings)
    }

    #[test]
    fn files_are_named_from_the_folder() {
        let read =
            settings("user_dictionary = './own/words.csv'\nsynonyms = '/etc/words.tsv'\n").unwrap();
        assert_eq!(read.user_dictionary, Some("own/words.csv".into()));
        assert_eq!(read.synonyms, Some("/etc/words.tsv".into()));
        assert_eq!(read.topics, Some("topics.toml".into()));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (toml, told) in [
            (
                "\nsynonym = 'a'",
                "fumikura.toml:2: unknown field `synonym`",
            ),
            ("synonyms = 1", "fumikura.toml:1: invalid type: integer `1`"),
            ("a\n", "fumikura.toml:1: "),
        ] {
            let error = settings(toml).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Malformed);
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}
