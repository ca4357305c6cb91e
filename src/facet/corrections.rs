//! Corrections: values that a sidecar beside the texts sets, adds or removes.
//!
//! In: the text of a file `facets.toml`. Out: [`Sidecar`], its rules in order; for one document [`Corrections`]. What a
//! document declares itself goes first: `set` leaves a facet alone that the document declares, `remove` takes away only
//! what was found. Not here: reading files, and which sidecars a source has.
//!
//! ```toml
//! [[rule]]
//! path = "vietnam/*.txt"            # below the folder of the sidecar; without `/` a file's name; or `id`, of documents
//! set = { country = "VN" }          # instead of what is found
//! add = { year = "2020..2024" }     # beside what is found
//! remove = { topic = "経済/貿易" }  # although the text seems to say so
//! ```

use globset::{GlobBuilder, GlobMatcher};
use serde::Deserialize;
use toml::Spanned;

use super::country::Country;
use super::declared::{self, Written};
use super::topic::Taxonomy;
use super::{Facets, Found, Provenance};
use crate::error::{Error, ErrorKind, Result};

/// The rules of a sidecar.
#[derive(Debug, Default)]
pub(crate) struct Sidecar {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    /// None for any path.
    path: Option<Vec<GlobMatcher>>,
    /// None for any id.
    id: Option<Vec<GlobMatcher>>,
    actions: Vec<(Action, Facets)>,
    /// The rule as written, by which a changed one is known.
    written: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// Exactly these values, in the facets that are named: country, year, topic.
    Set([bool; 3]),
    Add,
    Remove,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: Option<Spanned<toml::Value>>,
    id: Option<Spanned<toml::Value>>,
    set: Option<Values>,
    add: Option<Values>,
    remove: Option<Values>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    country: Option<Spanned<toml::Value>>,
    year: Option<Spanned<toml::Value>>,
    topic: Option<Spanned<toml::Value>>,
}

/// A line of the sidecar and what is wrong with it.
type Complaint = (usize, String);

impl Sidecar {
    /// Reads a sidecar, with a complaint for each value that is left out.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Malformed`] if it is no TOML or has unknown keys; the message begins with the line.
    pub(crate) fn parse(text: &str, taxonomy: &Taxonomy) -> Result<(Self, Vec<Complaint>)> {
        let line = |start: usize| {
            1 + text
                .bytes()
                .take(start)
                .filter(|&byte| byte == b'\n')
                .count()
        };
        let malformed = |line: usize, reason: &str| {
            Error::new(ErrorKind::Malformed, format!("{line}: {reason}, nothing of this file is used"))
                .with_hint("a rule is [[rule]] with path or id, and with set, add or remove = { country, year, topic }")
        };
        let file: File = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            malformed(
                line(start),
                error.message().lines().next().unwrap_or_default(),
            )
        })?;
        let mut complaints = Vec::new();
        let mut rules = Vec::new();
        for entry in file.rule {
            let span = entry.span();
            let entry = entry.into_inner();
            let mut patterns = |written: Option<Spanned<toml::Value>>, in_paths: bool| {
                written.map(|written| {
                    let place = line(written.span().start);
                    let globs = texts(written, "pattern", place, &mut complaints);
                    let globs = globs.iter().map(|text| {
                        glob(text, in_paths).map_err(|reason| {
                            complaints
                                .push((place, format!("pattern `{text}` {reason}, left out")));
                        })
                    });
                    globs.filter_map(Result::ok).collect::<Vec<_>>()
                })
            };
            let (path, id) = (patterns(entry.path, true), patterns(entry.id, false));
            if path.is_none() && id.is_none() {
                let reason = "the rule has neither `path` nor `id`, left out";
                complaints.push((line(span.start), reason.to_owned()));
                continue;
            }
            let mut actions = Vec::new();
            for (values, action) in [
                (entry.set, Action::Set([false; 3])),
                (entry.add, Action::Add),
                (entry.remove, Action::Remove),
            ] {
                if let Some(values) = values {
                    let names = [
                        values.country.is_some(),
                        values.year.is_some(),
                        values.topic.is_some(),
                    ];
                    let action = if let Action::Set(_) = action {
                        Action::Set(names)
                    } else {
                        action
                    };
                    actions.push((action, resolve(values, taxonomy, &line, &mut complaints)));
                }
            }
            rules.push(Rule {
                path,
                id,
                actions,
                written: text.get(span).unwrap_or_default().to_owned(),
            });
        }
        Ok((Sidecar { rules }, complaints))
    }

    /// What decides the corrections of the documents at a path: changes when they may change.
    pub(crate) fn written_for(&self, path: &str) -> String {
        let rules = self.rules.iter().filter(|rule| matches(&rule.path, path));
        rules
            .map(|rule| rule.written.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Corrects a document that stands at a path (relative to the sidecar's folder) and has an id.
    /// Gives the declared values that a rule would remove.
    pub(crate) fn correct(
        &self,
        path: &str,
        id: &str,
        corrections: &mut Corrections,
    ) -> Vec<String> {
        let rules = self
            .rules
            .iter()
            .filter(|rule| matches(&rule.path, path) && matches(&rule.id, id));
        let actions = rules.flat_map(|rule| &rule.actions);
        actions
            .flat_map(|(action, values)| corrections.apply(*action, values))
            .collect()
    }
}

fn matches(globs: &Option<Vec<GlobMatcher>>, text: &str) -> bool {
    globs
        .as_ref()
        .is_none_or(|globs| globs.iter().any(|glob| glob.is_match(text)))
}

/// A pattern; in paths `*` stays within a folder, and a pattern without `/` is a file's name in any of them.
fn glob(text: &str, in_paths: bool) -> Result<GlobMatcher, String> {
    let anywhere = in_paths && !text.contains('/');
    let pattern = if anywhere {
        format!("**/{text}")
    } else {
        text.trim_start_matches('/').to_owned()
    };
    let glob = GlobBuilder::new(&pattern)
        .literal_separator(in_paths)
        .build();
    glob.map(|glob| glob.compile_matcher())
        .map_err(|error| format!("is not valid: {}", error.kind()))
}

/// A text or number, or a list of them.
fn texts(
    written: Spanned<toml::Value>,
    what: &str,
    line: usize,
    complaints: &mut Vec<Complaint>,
) -> Vec<String> {
    let values = match written.into_inner() {
        toml::Value::Array(values) => values,
        value => vec![value],
    };
    let mut texts = Vec::new();
    for value in values {
        match value {
            toml::Value::String(text) => texts.push(text),
            toml::Value::Integer(number) => texts.push(number.to_string()),
            value => complaints.push((
                line,
                format!("{what} `{value}` is neither a text nor a number, left out"),
            )),
        }
    }
    texts
}

fn resolve(
    values: Values,
    taxonomy: &Taxonomy,
    line: &dyn Fn(usize) -> usize,
    complaints: &mut Vec<Complaint>,
) -> Facets {
    let mut facets = Facets::default();
    for (name, written) in [
        ("country", values.country),
        ("year", values.year),
        ("topic", values.topic),
    ] {
        let Some(written) = written else { continue };
        let place = line(written.span().start);
        let texts = texts(written, name, place, complaints);
        let mut own = Written::default();
        match name {
            "country" => own.country = &texts,
            "year" => own.year = &texts,
            _ => own.topic = &texts,
        }
        let mut reasons = Vec::new();
        facets = facets.joined(&declared::resolve(
            &own,
            Provenance::Corrected,
            taxonomy,
            &mut reasons,
        ));
        complaints.extend(reasons.into_iter().map(|reason| (place, reason)));
    }
    facets
}

/// What is given for one document, by itself and by sidecars, and what of the found values does not count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Corrections {
    given: Facets,
    countries: Unwanted<Country>,
    years: Unwanted<i32>,
    topics: Unwanted<String>,
}

/// The found values of a facet that do not count.
#[derive(Debug, Clone)]
struct Unwanted<T> {
    /// All that are not given.
    others: bool,
    values: Vec<T>,
}

impl<T> Default for Unwanted<T> {
    fn default() -> Self {
        Unwanted {
            others: false,
            values: Vec::new(),
        }
    }
}

impl Corrections {
    /// A document as its author declared it.
    pub(crate) fn new(declared: Facets) -> Self {
        Corrections {
            given: declared,
            ..Corrections::default()
        }
    }

    /// Takes found values away.
    pub(crate) fn remove(&mut self, values: &Facets) {
        self.apply(Action::Remove, values);
    }

    /// What was declared, added and set.
    pub(crate) fn given(&self) -> &Facets {
        &self.given
    }

    /// Leaves of found values those that count.
    pub(crate) fn prune(&self, found: &mut Facets) {
        self.countries
            .prune(&mut found.countries, &self.given.countries, same);
        self.years.prune(&mut found.years, &self.given.years, same);
        self.topics
            .prune(&mut found.topics, &self.given.topics, is_in);
    }

    /// Applies a rule. Says which declared values it cannot remove.
    fn apply(&mut self, action: Action, values: &Facets) -> Vec<String> {
        let [country, year, topic] = match action {
            Action::Set(named) => named,
            _ => [true; 3],
        };
        let mut kept = Vec::new();
        if country {
            let kept_here =
                self.countries
                    .apply(action, &mut self.given.countries, &values.countries, same);
            kept.extend(kept_here.iter().map(|value| format!("country `{value}`")));
        }
        if year {
            let kept_here = self
                .years
                .apply(action, &mut self.given.years, &values.years, same);
            kept.extend(kept_here.iter().map(|value| format!("year `{value}`")));
        }
        if topic {
            let kept_here =
                self.topics
                    .apply(action, &mut self.given.topics, &values.topics, is_in);
            kept.extend(kept_here.iter().map(|value| format!("topic `{value}`")));
        }
        kept
    }
}

impl<T: Clone + PartialEq> Unwanted<T> {
    fn prune(&self, found: &mut Vec<Found<T>>, given: &[Found<T>], covers: fn(&T, &T) -> bool) {
        found.retain(|found| {
            let is_given = given.iter().any(|given| given.value == found.value);
            let is_unwanted =
                self.others || self.values.iter().any(|value| covers(value, &found.value));
            is_given || !is_unwanted
        });
    }

    /// Applies a rule to one facet; gives the declared values that it cannot remove.
    fn apply(
        &mut self,
        action: Action,
        given: &mut Vec<Found<T>>,
        values: &[Found<T>],
        covers: fn(&T, &T) -> bool,
    ) -> Vec<T> {
        let is_declared = |found: &Found<T>| found.provenance == Provenance::Declared;
        match action {
            Action::Set(_) if given.iter().any(is_declared) => {}
            Action::Set(_) => {
                *given = values.to_vec();
                self.others = true;
                self.values.clear();
            }
            Action::Add => {
                for value in values {
                    self.values
                        .retain(|unwanted| !covers(unwanted, &value.value));
                    if !given.iter().any(|found| found.value == value.value) {
                        given.push(value.clone());
                    }
                }
            }
            Action::Remove => {
                let unwanted = |found: &Found<T>| {
                    values
                        .iter()
                        .any(|value| covers(&value.value, &found.value))
                };
                given.retain(|found| is_declared(found) || !unwanted(found));
                self.values
                    .extend(values.iter().map(|found| found.value.clone()));
                return given
                    .iter()
                    .filter(|found| unwanted(found))
                    .map(|found| found.value.clone())
                    .collect();
            }
        }
        Vec::new()
    }
}

fn same<T: PartialEq>(one: &T, other: &T) -> bool {
    one == other
}

/// Whether a topic is another one or below it.
#[expect(clippy::ptr_arg, reason = "one shape for all values")]
fn is_in(parent: &String, topic: &String) -> bool {
    topic
        .strip_prefix(parent.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests;
