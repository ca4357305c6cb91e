//! The file of a taxonomy: reading it, and what is wrong with it.
//!
//! In: TOML in the format that the head of `data/topics.toml` describes. Out: the topics as written, or the first mistake
//! with its line, its reason and what to do. Not here: what the topics are used for, and the name of the file.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::Topic;
use crate::error::{Error, ErrorKind, Result};
use crate::facet::fold::fold;

/// What a file says.
#[derive(Debug)]
pub(super) struct File {
    /// Whether the topics are added to the built-in ones.
    pub(super) extend: bool,
    pub(super) topics: Vec<Topic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    extend: bool,
    #[serde(default)]
    topic: Vec<WrittenTopic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTopic {
    path: Spanned<String>,
    en: Spanned<String>,
    #[serde(default)]
    strong: Terms,
    #[serde(default)]
    medium: Terms,
    #[serde(default)]
    weak: Terms,
    #[serde(default)]
    not: Terms,
}

type Terms = Vec<Spanned<String>>;

/// A mistake: its place, the reason, what to do.
struct Mistake(Range<usize>, String, &'static str);

/// Reads the file that fumikura brings along, which the tests check.
pub(super) fn read_own(toml: &str) -> Option<File> {
    toml::from_str::<Written>(toml).ok().map(File::from)
}

/// Reads a file and checks it. `known` are topics that its own may stand below if it extends them.
pub(super) fn read(toml: &str, known: impl Fn(&str) -> bool) -> Result<File> {
    let written: Written = toml::from_str(toml).map_err(|error| {
        let place = error.span().unwrap_or_default();
        // The reason alone: what follows it in the error's own text are lines of the file.
        let reason = error
            .message()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        malformed(
            toml,
            Mistake(
                place,
                reason,
                "see the head of the built-in topics.toml for the format",
            ),
        )
    })?;
    check(&written, known).map_err(|mistake| malformed(toml, mistake))?;
    Ok(written.into())
}

fn malformed(toml: &str, Mistake(place, reason, hint): Mistake) -> Error {
    let before = toml.as_bytes().get(..place.start).unwrap_or_default();
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    Error::new(ErrorKind::Malformed, format!("line {line}: {reason}")).with_hint(hint)
}

fn check(written: &Written, known: impl Fn(&str) -> bool) -> Result<(), Mistake> {
    let paths: Vec<&str> = written
        .topic
        .iter()
        .map(|topic| topic.path.get_ref().as_str())
        .collect();
    if paths.is_empty() {
        let reason = "there is no topic".to_owned();
        return Err(Mistake(
            0..0,
            reason,
            "write a [[topic]] with a path and an English label",
        ));
    }
    for (i, topic) in written.topic.iter().enumerate() {
        let path = paths[i];
        let wrong = |reason: String, hint| Err(Mistake(topic.path.span(), reason, hint));
        if path
            .split('/')
            .any(|part| part.is_empty() || part.trim() != part)
        {
            return wrong(
                format!("path `{path}` has an empty part or a space around one"),
                "write it like 経済/貿易",
            );
        }
        if paths[..i].contains(&path) {
            return wrong(
                format!("topic `{path}` is there twice"),
                "put its terms into one [[topic]]",
            );
        }
        if let Some((parent, _)) = path.rsplit_once('/')
            && !paths[..i].contains(&parent)
            && !(written.extend && known(parent))
        {
            return wrong(
                match paths.contains(&parent) {
                    true => format!("topic `{path}` stands before `{parent}`"),
                    false => format!("topic `{path}` stands below `{parent}`, which is not there"),
                },
                "put a [[topic]] for the upper one before it",
            );
        }
        if topic.en.get_ref().trim().is_empty() {
            let reason = format!("the English label `en` of topic `{path}` is empty");
            return Err(Mistake(
                topic.en.span(),
                reason,
                "write what readers see in other locales than Japanese",
            ));
        }
        check_terms(topic)?;
    }
    Ok(())
}

fn check_terms(topic: &WrittenTopic) -> Result<(), Mistake> {
    let mut seen = Vec::new();
    for written in [&topic.strong, &topic.medium, &topic.weak, &topic.not]
        .into_iter()
        .flatten()
    {
        let term = fold(written.get_ref());
        let wrong = |reason: &str, hint| {
            let reason = format!(
                "term `{}` of topic `{}` {reason}",
                written.get_ref(),
                topic.path.get_ref()
            );
            Err(Mistake(written.span(), reason, hint))
        };
        let beginning = term.split('*').next().unwrap_or_default();
        if term.trim().is_empty() {
            return wrong("is empty", "remove it");
        }
        if term.trim() != term {
            return wrong("has a space around it", "words are found whole without one");
        }
        if beginning.chars().count() < 2 && !beginning.starts_with(is_han) {
            return wrong(
                "would be found nearly everywhere",
                "write two characters at least (before any `*`)",
            );
        }
        if seen.contains(&term) {
            return wrong(
                "is there twice, in some width or case",
                "decide for one weight",
            );
        }
        seen.push(term);
    }
    Ok(())
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

impl From<Written> for File {
    fn from(written: Written) -> File {
        File {
            extend: written.extend,
            topics: written.topic.into_iter().map(Topic::from).collect(),
        }
    }
}

impl From<WrittenTopic> for Topic {
    fn from(written: WrittenTopic) -> Topic {
        let terms = |terms: Terms| terms.into_iter().map(Spanned::into_inner).collect();
        Topic {
            path: written.path.into_inner(),
            en: written.en.into_inner(),
            strong: terms(written.strong),
            medium: terms(written.medium),
            weak: terms(written.weak),
            not: terms(written.not),
        }
    }
}
