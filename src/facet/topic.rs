//! Topics: a taxonomy of foreign relations, and which of its topics a text is about.
//!
//! In: `data/topics.toml`, names of topics as a person types them, texts. Out: paths such as `経済/貿易`, labels in
//! Japanese and English. A text is about a topic if enough different terms of it occur; the scoring is simple and
//! stands alone in `finder`. Not here: learning, and what a document is about as a whole.
//!
//! ```
//! use fumikura::facet::topic;
//!
//! assert_eq!(topic::resolve("貿易"), Some("経済/貿易"));
//! assert_eq!(topic::resolve("trade"), Some("経済/貿易"));
//! assert_eq!(topic::label("経済/貿易", "en"), "Economy / Trade");
//! ```

pub(super) mod finder;

use std::sync::LazyLock;

use serde::Deserialize;

use super::fold::fold;
use crate::error::{Error, ErrorKind, Result};

/// The path of a topic in the built-in taxonomy, by its path, a part of it or its English label, in any width and case.
pub fn resolve(name: &str) -> Option<&'static str> {
    Taxonomy::built_in().resolve(name)
}

/// A topic of the built-in taxonomy as readers in a locale say it: `経済 / 貿易`, `Economy / Trade`.
pub fn label(path: &str, locale: &str) -> String {
    Taxonomy::built_in().label(path, locale)
}

/// The taxonomy that fumikura brings along.
const BUILT_IN: &str = include_str!("data/topics.toml");

/// Topics in two levels, with the terms that show them.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    topics: Vec<Topic>,
    /// The file it was read from.
    toml: String,
}

/// One topic of a [`Taxonomy`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    /// `経済` or `経済/貿易`.
    path: String,
    /// The English label of the last part of the path.
    en: String,
    /// Terms that show the topic alone.
    #[serde(default)]
    strong: Vec<String>,
    /// Terms that show it together with another one.
    #[serde(default)]
    medium: Vec<String>,
    /// Terms of which it takes three.
    #[serde(default)]
    weak: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Whether the topics are added to the built-in ones.
    #[serde(default)]
    extend: bool,
    topic: Vec<Topic>,
}

impl Taxonomy {
    /// The taxonomy that fumikura brings along.
    pub fn built_in() -> &'static Taxonomy {
        static PARSED: LazyLock<Taxonomy> = LazyLock::new(|| {
            // The tests read the file we ship.
            Taxonomy::parse(BUILT_IN).unwrap_or(Taxonomy {
                topics: Vec::new(),
                toml: String::new(),
            })
        });
        &PARSED
    }

    /// Reads a taxonomy in the format that the head of `data/topics.toml` describes. With `extend = true` at its head it is
    /// added to the built-in one, else it stands alone.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Malformed`] if it is no TOML, has unknown keys, a path twice, or a path whose parent is missing.
    pub fn parse(toml: &str) -> Result<Taxonomy> {
        let malformed = |reason: String| Error::new(ErrorKind::Malformed, reason);
        let file: File = toml::from_str(toml).map_err(|error| {
            malformed("the taxonomy is not valid".to_owned()).with_source(error)
        })?;
        let mut topics = match file.extend {
            true => Taxonomy::built_in().topics.clone(),
            false => Vec::new(),
        };
        for (i, topic) in file.topic.iter().enumerate() {
            if file.topic[..i].iter().any(|other| other.path == topic.path) {
                return Err(malformed(format!(
                    "topic {:?} is in the taxonomy twice",
                    topic.path
                )));
            }
            if let Some((parent, _)) = topic.path.rsplit_once('/')
                && !topics.iter().any(|other| other.path == parent)
            {
                return Err(malformed(format!(
                    "topic {:?} stands before its parent {parent:?}",
                    topic.path
                )));
            }
            match topics.iter_mut().find(|known| known.path == topic.path) {
                Some(known) => known.extend(topic),
                None => topics.push(topic.clone()),
            }
        }
        Ok(Taxonomy {
            topics,
            toml: toml.to_owned(),
        })
    }

    /// The text it was read from.
    pub fn toml(&self) -> &str {
        &self.toml
    }

    /// The path of a topic, by its path, a part of it or its English label, in any width and case.
    pub fn resolve(&self, name: &str) -> Option<&str> {
        let name = fold(name.trim()).replace(" / ", "/");
        let name = name.trim_matches('/');
        let matches =
            |topic: &&Topic, wanted: &dyn Fn(&Topic) -> String| fold(&wanted(topic)) == name;
        let by = |wanted: &dyn Fn(&Topic) -> String| {
            self.topics.iter().find(|topic| matches(topic, wanted))
        };
        by(&|topic| topic.path.clone())
            .or_else(|| by(&|topic| topic.last_part().to_owned()))
            .or_else(|| by(&|topic| topic.en.clone()))
            .or_else(|| by(&|topic| self.english(topic).replace(" / ", "/")))
            .map(|topic| topic.path.as_str())
    }

    /// A topic as readers in a locale say it: Japanese for `ja`, else English; an unknown path as it is.
    pub fn label(&self, path: &str, locale: &str) -> String {
        match self.topics.iter().find(|topic| topic.path == path) {
            Some(topic) if locale.trim_start().to_ascii_lowercase().starts_with("ja") => {
                topic.path.replace('/', " / ")
            }
            Some(topic) => self.english(topic),
            None => path.to_owned(),
        }
    }

    /// The paths of all topics, a topic before those below it.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.topics.iter().map(|topic| topic.path.as_str())
    }

    fn english(&self, topic: &Topic) -> String {
        let parent = topic.path.rsplit_once('/').map(|(parent, _)| parent);
        match parent.and_then(|parent| self.topics.iter().find(|topic| topic.path == parent)) {
            Some(parent) => format!("{} / {}", self.english(parent), topic.en),
            None => topic.en.clone(),
        }
    }
}

impl Topic {
    /// Adds the terms of a topic with the same path.
    fn extend(&mut self, other: &Topic) {
        self.en.clone_from(&other.en);
        self.strong.extend_from_slice(&other.strong);
        self.medium.extend_from_slice(&other.medium);
        self.weak.extend_from_slice(&other.weak);
    }

    fn last_part(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
