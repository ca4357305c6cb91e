//! Topics: a taxonomy of foreign relations, and which of its topics a text is about.
//!
//! In: `data/topics.toml`, names of topics as a person types them, texts. Out: paths such as `経済/貿易`, labels in
//! Japanese and English. A text is about a topic if enough different terms of it occur; the scoring is simple and
//! stands alone in `finder`, the format of the file in its own head, its mistakes in `file`. Not here: learning, and what a
//! document is about as a whole.
//!
//! ```
//! use fumikura::facet::topic;
//!
//! assert_eq!(topic::resolve("貿易"), Some("経済/貿易"));
//! assert_eq!(topic::resolve("trade"), Some("経済/貿易"));
//! assert_eq!(topic::label("経済/貿易", "en"), "Economy / Trade");
//! ```

mod file;
pub(super) mod finder;

use std::sync::LazyLock;

use super::fold::fold;
use crate::error::Result;

/// The path of a topic in the built-in taxonomy, by its path, a part of it or its English label, in any width and case.
pub fn resolve(name: &str) -> Option<&'static str> {
    Taxonomy::built_in().resolve(name)
}

/// A topic of the built-in taxonomy as readers in a locale say it: `経済 / 貿易`, `Economy / Trade`.
pub fn label(path: &str, locale: &str) -> String {
    Taxonomy::built_in().label(path, locale)
}

/// The file of the taxonomy that fumikura brings along.
const BUILT_IN: &str = include_str!("data/topics.toml");

/// Main topics and those below them, with the terms that show them.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    topics: Vec<Topic>,
    /// The file it was read from.
    toml: String,
}

/// One topic of a [`Taxonomy`].
#[derive(Debug, Clone)]
struct Topic {
    /// `経済` or `経済/貿易`.
    path: String,
    /// The English label of the last part of the path.
    en: String,
    /// Terms that show the topic alone.
    strong: Vec<String>,
    /// Terms that show it together with another one.
    medium: Vec<String>,
    /// Terms of which it takes three.
    weak: Vec<String>,
    /// What contains a term of the topic and does not show it.
    not: Vec<String>,
}

impl Taxonomy {
    /// The taxonomy that fumikura brings along.
    pub fn built_in() -> &'static Taxonomy {
        static PARSED: LazyLock<Taxonomy> = LazyLock::new(|| {
            let file = file::read_own(BUILT_IN);
            Taxonomy {
                topics: file.map_or_else(Vec::new, |file| file.topics),
                toml: BUILT_IN.to_owned(),
            }
        });
        &PARSED
    }

    /// Reads a taxonomy in the format that the head of `data/topics.toml` describes. With `extend = true` at its head it is
    /// added to the built-in one, else it stands alone.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed) with line, reason and hint: no TOML, unknown keys, a path twice
    /// or without the one above it, an empty label, a term that is empty, too short or there twice.
    pub fn parse(toml: &str) -> Result<Taxonomy> {
        let file = file::read(toml, |path| {
            Taxonomy::built_in().paths().any(|known| known == path)
        })?;
        let mut topics = match file.extend {
            true => Taxonomy::built_in().topics.clone(),
            false => Vec::new(),
        };
        for topic in file.topics {
            match topics.iter_mut().find(|known| known.path == topic.path) {
                Some(known) => known.extend(topic),
                None => topics.push(topic),
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
    /// Adds the terms of a topic with the same path, and takes its label. A term that both have keeps the new weight.
    fn extend(&mut self, other: Topic) {
        let terms = [&other.strong, &other.medium, &other.weak, &other.not];
        let new: Vec<String> = terms.into_iter().flatten().map(|term| fold(term)).collect();
        for (own, added) in [
            (&mut self.strong, other.strong),
            (&mut self.medium, other.medium),
            (&mut self.weak, other.weak),
            (&mut self.not, other.not),
        ] {
            own.retain(|term| !new.contains(&fold(term)));
            own.extend(added);
        }
        self.en = other.en;
    }

    /// The place of the main topic it stands below, or is, among all.
    fn main(&self, topics: &[Topic]) -> usize {
        let main = self.path.split('/').next();
        topics
            .iter()
            .position(|topic| Some(topic.path.as_str()) == main)
            .unwrap_or_default()
    }

    fn last_part(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
