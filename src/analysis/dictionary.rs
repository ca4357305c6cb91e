//! The Japanese dictionary: built once from MeCab sources, then mapped into memory in a millisecond.
//!
//! In: a folder or `.tar.gz` of MeCab sources (IPADIC: `*.csv`, `matrix.def`, `char.def`, `unk.def`). Out: a folder of lindera's own files
//! and `fumikura.json`, which names the dictionary and holds a checksum of what decides the words. Where that folder lies is the caller's
//! business.

use std::fs;
use std::path::{Path, PathBuf};

use ::lindera::dictionary::{DictionaryBuilder, Metadata, Schema, load_fs_dictionary};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// What to do when there is no usable dictionary.
const INSTALL_HINT: &str = "run: fumikura dictionary install";
const INFO_FILE: &str = "fumikura.json";
/// Files without which a folder is no set of MeCab sources.
const SOURCE_FILES: [&str; 3] = ["matrix.def", "char.def", "unk.def"];
/// More than this is no dictionary: IPADIC unpacks to 50 MB.
const MAX_ARCHIVE_BYTES: u64 = 2 << 30;

/// A dictionary of Japanese words, opened.
#[derive(Clone)]
pub struct Dictionary {
    inner: ::lindera::dictionary::Dictionary,
    /// Words beside those of the dictionary.
    words: Option<::lindera::dictionary::UserDictionary>,
    info: DictionaryInfo,
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dictionary")
            .field("info", &self.info)
            .finish_non_exhaustive()
    }
}

/// What a built dictionary says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryInfo {
    /// Name of the dictionary: `ipadic`.
    pub name: String,
    /// BLAKE3 of the built files, 16 hex digits: two dictionaries with one checksum cut alike.
    pub checksum: String,
    /// Size of the built files.
    pub bytes: u64,
}

impl Dictionary {
    /// Opens a dictionary that [`Dictionary::build`] made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Dictionary`] when there is none at `folder` or it cannot be read by this build.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = folder.as_ref();
        let info = DictionaryInfo::read(folder)?;
        let inner = load_fs_dictionary(folder).map_err(|cause| {
            Error::at(
                ErrorKind::Dictionary,
                folder,
                "the Japanese dictionary cannot be read",
            )
            .with_hint("build it again: fumikura dictionary install --force")
            .with_source(cause)
        })?;
        Ok(Dictionary {
            inner,
            words: None,
            info,
        })
    }

    /// Builds a dictionary from MeCab sources, a folder or a `.tar.gz`, into `target`, which appears only when complete and
    /// replaces what was there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Dictionary`] when the sources are none; [`ErrorKind::Io`] when the target cannot be written.
    pub fn build(sources: &Path, target: &Path) -> Result<DictionaryInfo> {
        let parent = target
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::create_dir_all(parent)
            .map_err(|cause| Error::io(parent, "cannot create the folder", cause))?;
        let work = parent.join(format!(".dictionary-{}", std::process::id()));
        let result = build_in(sources, &work, target);
        // Nothing half-built stays behind, whatever happened.
        let _ = fs::remove_dir_all(&work);
        result
    }

    /// What the dictionary says of itself.
    pub fn info(&self) -> &DictionaryInfo {
        &self.info
    }

    /// The dictionary with other words beside its own: rows of word, part of speech and reading, as they stand in filtered texts.
    pub(crate) fn with_words(mut self, rows: &str) -> Result<Self> {
        let builder = DictionaryBuilder::new((*self.inner.metadata).clone());
        let words = builder.build_user_dict_from_reader(rows.as_bytes());
        self.words = Some(words.map_err(|cause| {
            Error::new(
                ErrorKind::Dictionary,
                "no dictionary can be made of the words of the user dictionary",
            )
            .with_source(cause)
        })?);
        Ok(self)
    }

    /// The dictionary and the words beside it.
    pub(crate) fn into_inner(
        self,
    ) -> (
        ::lindera::dictionary::Dictionary,
        Option<::lindera::dictionary::UserDictionary>,
    ) {
        (self.inner, self.words)
    }
}

impl DictionaryInfo {
    /// Reads what the dictionary in `folder` says of itself, without opening it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Dictionary`] when there is no dictionary there.
    pub fn read(folder: &Path) -> Result<Self> {
        let missing =
            |reason: &str| Error::at(ErrorKind::Dictionary, folder, reason).with_hint(INSTALL_HINT);
        let json = fs::read(folder.join(INFO_FILE))
            .map_err(|cause| missing("there is no Japanese dictionary").with_source(cause))?;
        serde_json::from_slice(&json)
            .map_err(|cause| missing("this is no dictionary of this version").with_source(cause))
    }
}

fn build_in(sources: &Path, work: &Path, target: &Path) -> Result<DictionaryInfo> {
    let unpacked;
    let folder = if sources.is_dir() {
        sources
    } else {
        unpacked = unpack(sources, &work.join("sources"))?;
        &unpacked
    };
    for file in SOURCE_FILES {
        if !folder.join(file).is_file() {
            return Err(Error::at(
                ErrorKind::Dictionary,
                sources,
                format!("no MeCab dictionary sources: `{file}` is missing"),
            )
            .with_hint(
                "give the folder with the .csv and .def files, or install the package mecab-ipadic",
            ));
        }
    }
    let built = work.join("built");
    DictionaryBuilder::new(metadata(folder)?)
        .build_dictionary(folder, &built)
        .map_err(|cause| {
            Error::at(
                ErrorKind::Dictionary,
                sources,
                "these sources make no dictionary",
            )
            .with_source(cause)
        })?;
    let info = describe(&built)?;
    let json = serde_json::to_vec_pretty(&info).map_err(|cause| {
        Error::at(ErrorKind::Io, target, "cannot describe the dictionary").with_source(cause)
    })?;
    fs::write(built.join(INFO_FILE), json)
        .map_err(|cause| Error::io(&built, "cannot write", cause))?;
    let old = work.join("old");
    match fs::rename(target, &old) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            return Err(Error::io(
                target,
                "cannot replace the old dictionary",
                cause,
            ));
        }
        _ => {}
    }
    fs::rename(&built, target)
        .map_err(|cause| Error::io(target, "cannot write the dictionary", cause))?;
    Ok(info)
}

/// Unpacks a `.tar.gz` and finds the folder of sources in it.
fn unpack(archive: &Path, into: &Path) -> Result<PathBuf> {
    use std::io::Read;

    let file = fs::File::open(archive)
        .map_err(|cause| Error::io(archive, "cannot open the dictionary sources", cause))?;
    let bytes = flate2::read::GzDecoder::new(file).take(MAX_ARCHIVE_BYTES);
    // `unpack` refuses entries that would land outside the folder.
    tar::Archive::new(bytes).unpack(into).map_err(|cause| {
        Error::at(
            ErrorKind::Dictionary,
            archive,
            "no .tar.gz of dictionary sources",
        )
        .with_source(cause)
    })?;
    let mut folders = vec![into.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join(SOURCE_FILES[0]).is_file() {
            return Ok(folder);
        }
        let entries =
            fs::read_dir(&folder).map_err(|cause| Error::io(&folder, "cannot list", cause))?;
        folders.extend(
            entries
                .flatten()
                .map(|entry| entry.path())
                .filter(|path| path.is_dir()),
        );
    }
    Err(Error::at(
        ErrorKind::Dictionary,
        archive,
        format!(
            "no dictionary sources inside: `{}` is missing",
            SOURCE_FILES[0]
        ),
    ))
}

/// How the sources are to be read: IPADIC's columns, in the encoding they are in.
fn metadata(sources: &Path) -> Result<Metadata> {
    let path = sources.join("unk.def");
    let sample = fs::read(&path).map_err(|cause| Error::io(&path, "cannot read", cause))?;
    // Debian ships the original EUC-JP files, other packages UTF-8.
    let encoding = if std::str::from_utf8(&sample).is_ok() {
        "UTF-8"
    } else {
        "EUC-JP"
    };
    let columns = [
        "surface",
        "left_context_id",
        "right_context_id",
        "cost",
        "part_of_speech",
        "part_of_speech_subcategory_1",
        "part_of_speech_subcategory_2",
        "part_of_speech_subcategory_3",
        "conjugation_type",
        "conjugation_form",
        "base_form",
        "reading",
        "pronunciation",
    ];
    let schema =
        |columns: &[&str]| Schema::new(columns.iter().map(|&column| column.to_owned()).collect());
    Ok(Metadata {
        name: "ipadic".to_owned(),
        encoding: encoding.to_owned(),
        flexible_csv: true,
        dictionary_schema: schema(&columns),
        user_dictionary_schema: schema(&["surface", "part_of_speech", "reading"]),
        ..Metadata::default()
    })
}

/// Sums up the built files.
fn describe(built: &Path) -> Result<DictionaryInfo> {
    let failed = |cause| Error::io(built, "cannot read the built dictionary", cause);
    let mut paths: Vec<PathBuf> = fs::read_dir(built)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    paths.sort();
    let mut hasher = blake3::Hasher::new();
    let mut bytes = 0;
    for path in paths {
        let file = fs::File::open(&path).map_err(failed)?;
        bytes += file.metadata().map_err(failed)?.len();
        hasher.update_reader(file).map_err(failed)?;
    }
    Ok(DictionaryInfo {
        name: "ipadic".to_owned(),
        checksum: hasher.finalize().to_hex()[..16].to_owned(),
        bytes,
    })
}
