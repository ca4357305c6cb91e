//! A file or folder → its sources, in a stable order.
//!
//! In: a path as a person typed it. Out: every regular file below it, sorted by path; symbolic links are followed. Hidden
//! files and what `.gitignore` and `.ignore` in the folder exclude are left out. Only rules inside the folder count, so
//! that it gives the same sources wherever it stands. Files are not opened here.

use std::fs::FileType;
use std::path::{Component, Path, PathBuf};

use super::Source;
use crate::error::{Error, ErrorKind, Result};

/// The sources below a path. Made by [`Source::walk`].
///
/// What cannot be read (a folder without permission, a link that leads nowhere or in circles, a pipe) is an error and
/// does not end the walk.
pub struct Walk(Inner);

enum Inner {
    File(Option<Source>),
    Folder {
        root: PathBuf,
        entries: Box<ignore::Walk>,
    },
}

impl std::fmt::Debug for Walk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Walk").finish_non_exhaustive()
    }
}

pub(super) fn walk(root: &Path) -> Result<Walk> {
    let metadata = std::fs::metadata(root).map_err(|error| match error.kind() {
        // The cause says the same once more.
        std::io::ErrorKind::NotFound => {
            Error::at(ErrorKind::NotFound, root, "no such file or folder")
                .with_hint("give a file or folder with texts, or change to the folder it is in")
        }
        _ => Error::io(root, "cannot be read", error).with_hint("check its permissions"),
    })?;
    if metadata.is_dir() {
        let mut builder = ignore::WalkBuilder::new(root);
        builder
            .require_git(false)
            .parents(false)
            .git_global(false)
            .git_exclude(false)
            .follow_links(true)
            .sort_by_file_path(|one, other| {
                one.as_os_str()
                    .as_encoded_bytes()
                    .cmp(other.as_os_str().as_encoded_bytes())
            });
        return Ok(Walk(Inner::Folder {
            root: root.to_owned(),
            entries: Box::new(builder.build()),
        }));
    }
    if !metadata.is_file() {
        return Err(special(root, metadata.file_type()));
    }
    let name = root
        .file_name()
        .map_or_else(|| root.to_string_lossy(), |name| name.to_string_lossy());
    Ok(Walk(Inner::File(Some(Source::file(
        root.to_owned(),
        name.into_owned(),
        metadata.len(),
    )))))
}

impl Iterator for Walk {
    type Item = Result<Source>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Inner::File(source) => source.take().map(Ok),
            Inner::Folder { root, entries } => loop {
                let entry = match entries.next()? {
                    Ok(entry) => entry,
                    Err(error) => return Some(Err(failed(root, error))),
                };
                match entry.file_type() {
                    Some(kind) if kind.is_dir() => {}
                    Some(kind) if kind.is_file() => {
                        let name = name_below(root, entry.path());
                        let bytes = match entry.metadata() {
                            Ok(metadata) => metadata.len(),
                            Err(error) => return Some(Err(failed(entry.path(), error))),
                        };
                        return Some(Ok(Source::file(entry.into_path(), name, bytes)));
                    }
                    Some(kind) => return Some(Err(special(entry.path(), kind))),
                    None => {}
                }
            },
        }
    }
}

/// The path relative to the root, with `/` on every system.
fn name_below(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts = relative
        .components()
        .filter(|part| matches!(part, Component::Normal(_)));
    parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

fn failed(path: &Path, error: ignore::Error) -> Error {
    let mut innermost = &error;
    let mut path = path.to_owned();
    loop {
        match innermost {
            ignore::Error::WithPath { path: at, err } => {
                path.clone_from(at);
                innermost = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                innermost = err
            }
            ignore::Error::Loop { ancestor, child } => {
                let message = format!("links back to {}, not followed", ancestor.display());
                return Error::at(ErrorKind::Io, child, message)
                    .with_hint("remove the link, or name it in a file `.ignore`");
            }
            _ => break,
        }
    }
    match error.into_io_error().map(system_error) {
        Some(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            Error::at(ErrorKind::NotFound, &path, "links to nothing")
                .with_hint("remove the link, or name it in a file `.ignore`")
        }
        Some(cause) => Error::io(&path, "cannot be read", cause).with_hint("check its permissions"),
        None => Error::at(ErrorKind::Io, &path, "cannot be read"),
    }
}

/// The system's error, without the path that the walk puts around it.
fn system_error(error: std::io::Error) -> std::io::Error {
    let inner = error.get_ref().and_then(|inner| inner.source());
    let code = inner
        .and_then(|inner| inner.downcast_ref::<std::io::Error>())
        .and_then(std::io::Error::raw_os_error);
    code.map_or(error, std::io::Error::from_raw_os_error)
}

/// A pipe, a socket, a device: reading it might never end.
fn special(path: &Path, kind: FileType) -> Error {
    #[cfg(unix)]
    let what = {
        use std::os::unix::fs::FileTypeExt;
        match kind {
            kind if kind.is_fifo() => "a pipe",
            kind if kind.is_socket() => "a socket",
            _ => "a device",
        }
    };
    #[cfg(not(unix))]
    let what = {
        let _ = kind;
        "a special file"
    };
    Error::at(
        ErrorKind::UnsupportedFormat,
        path,
        format!("is {what}, not a file"),
    )
    .with_hint("write what it gives to a file and name that")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir, write};

    fn names(root: &Path) -> Vec<String> {
        walk(root)
            .unwrap()
            .map(|source| {
                source.map_or_else(
                    |error| format!("! {error}"),
                    |source| source.name().to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn files_come_in_a_stable_order_without_the_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        create_dir(root.join("b")).unwrap();
        create_dir(root.join("skip")).unwrap();
        for name in [
            "b/2.txt",
            "b/1.txt",
            "z.txt",
            "a.txt",
            "あ.txt",
            ".hidden",
            "skip/a.txt",
            "c.bak",
        ] {
            write(root.join(name), name).unwrap();
        }
        write(root.join(".gitignore"), "*.bak\n").unwrap();
        write(root.join(".ignore"), "skip/\n").unwrap();
        assert_eq!(
            names(root),
            ["a.txt", "b/1.txt", "b/2.txt", "z.txt", "あ.txt"]
        );
        let single = walk(&root.join("b/2.txt"))
            .unwrap()
            .next()
            .unwrap()
            .unwrap();
        assert_eq!((single.name(), single.size_bytes()), ("2.txt", 7));
        // A trailing slash changes nothing.
        assert_eq!(names(&root.join("b/"))[0], "1.txt");
    }

    #[test]
    fn a_missing_path_is_said() {
        let error = walk(Path::new("no/such/folder")).unwrap_err();
        assert_eq!(error.to_string(), "no/such/folder: no such file or folder");
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(error.hint().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_not_in_circles() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root.join("a.txt"), "a").unwrap();
        symlink(root.join("a.txt"), root.join("b.txt")).unwrap();
        symlink(root.join("nothing"), root.join("c.txt")).unwrap();
        symlink(root, root.join("d")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(root.join("e.txt")).unwrap();
        let shown = root.display();
        assert_eq!(
            names(root),
            [
                "a.txt".to_owned(),
                "b.txt".to_owned(),
                format!("! {shown}/c.txt: links to nothing"),
                format!("! {shown}/d: links back to {shown}, not followed"),
                format!("! {shown}/e.txt: is a socket, not a file"),
            ]
        );
        assert_eq!(
            walk(&root.join("e.txt")).unwrap_err().kind(),
            ErrorKind::UnsupportedFormat
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_are_shown_with_a_replacement() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder
            .path()
            .join(std::ffi::OsStr::from_bytes(b"a\xff.txt"));
        if write(&path, "本文である。").is_err() {
            return; // This file system has no such names.
        }
        let source = walk(folder.path()).unwrap().next().unwrap().unwrap();
        assert_eq!(source.name(), "a\u{fffd}.txt");
        assert_eq!(source.read().unwrap().count(), 1);
    }
}
