//! The names that are looked for in texts.
//!
//! In: CLDR in the languages below, and our tables. Out: every name in its folded spelling, with what it may be and how
//! and where it must be written. Not here: finding them ([`super::finder`]), and names that a person types
//! ([`super::names`]), which may be in any language.

use std::collections::HashMap;
use std::ops::Range;

use super::inflection::Endings;
use super::shorthand::Shorthand;
use super::tables::{self, Counts};
use super::{Country, names};
use crate::facet::fold::{Folded, fold};

/// Languages whose names are looked for, besides our tables, and the languages that texts with them are taken for.
/// An empty list: in every text; `!ja`: in texts in other languages.
const LOCALES: [(&str, &[&str]); 44] = [
    ("ja", &[]),
    ("en", &[]),
    ("zh", NOT_JAPANESE),
    ("zh-Hant", NOT_JAPANESE),
    ("zh-Hant-HK", NOT_JAPANESE),
    ("ko", &[]),
    ("ru", &[]),
    ("kk", &["kk"]),
    ("uk", &["uk"]),
    ("be", &["be"]),
    ("bg", &["bg"]),
    ("mk", &["mk"]),
    ("sr", &["sr"]),
    ("ky", &["ky", "kk"]),
    ("mn", &["mn"]),
    ("tg", &["tg"]),
    ("th", &[]),
    ("lo", &[]),
    ("km", &[]),
    ("my", &[]),
    ("ka", &[]),
    ("hy", &[]),
    ("el", &[]),
    ("he", &[]),
    ("hi", &[]),
    ("bn", &[]),
    ("ar", &["ar"]),
    ("fa", &["fa"]),
    ("vi", &["vi"]),
    ("fr", &["fr"]),
    ("de", &["de"]),
    ("es", &["es"]),
    ("pt", &["pt"]),
    ("it", &["it"]),
    ("nl", &["nl"]),
    ("pl", &["pl"]),
    ("tr", &["tr"]),
    ("id", &["id"]),
    ("cs", &["cs"]),
    ("sv", &["sv"]),
    ("da", &["da", "nb"]),
    ("fi", &["fi"]),
    ("hu", &["hu"]),
    ("ro", &["ro"]),
];

/// Chinese names are parts of words in Japanese (海地 in 上海地区).
const NOT_JAPANESE: &[&str] = &["!ja"];

/// A name of at least so many characters is looked for in a text whose language does not show, too.
const LONG_NAME_CHARS: usize = 5;

/// How a name must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    /// With a capital first: not `turkey`.
    Capital,
    /// In capitals only: not `us`.
    Capitals,
}

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    /// `Vietnamese`, which may be a language.
    Adjective,
    /// `Jordan`, which may be a person.
    Doubtful,
    /// `Hanoi`, which counts beside the name of its state.
    Weak,
    /// 越
    Letter,
}

#[derive(Debug, Clone)]
/// What a pattern may be.
pub(super) struct Name {
    /// None: looks like a name and is none.
    pub(super) countries: Vec<Country>,
    pub(super) kind: Kind,
    case: Case,
    /// Languages of the texts it is looked for in; none: in all.
    languages: Vec<&'static str>,
    is_long: bool,
}

/// All names, folded. The first one of a spelling counts, so that our tables go before CLDR.
pub(super) fn collect(shorthand: &Shorthand) -> HashMap<String, Vec<Name>> {
    let endings = Endings::new();
    let mut names: HashMap<String, Vec<Name>> = HashMap::new();
    for alias in tables::aliases() {
        let kind = match alias.counts {
            Counts::Always | Counts::Never => Kind::Name,
            Counts::InDoubt => Kind::Doubtful,
            Counts::Asked => continue,
        };
        // Whatever Cyrillic language a name is in, Russian endings fit it best.
        if alias.name.starts_with(|c| matches!(c, 'А'..='я')) && !alias.countries.is_empty() {
            for form in endings.of_name("ru", alias.name) {
                add(&mut names, &form, alias.countries.clone(), kind, &[]);
            }
        }
        add(&mut names, alias.name, alias.countries, kind, &[]);
    }
    for (locale, languages) in LOCALES {
        for (name, country) in names::of_locale(locale) {
            for form in endings.of_name(locale, &name) {
                add(&mut names, &form, vec![country], Kind::Name, languages);
            }
            add(&mut names, &name, vec![country], Kind::Name, languages);
        }
    }
    for (country, language, word) in tables::demonyms() {
        let languages = LOCALES
            .iter()
            .find(|(locale, _)| *locale == language)
            .map_or(&[][..], |(_, languages)| languages);
        for form in endings.of_adjective(language, &word) {
            add(&mut names, &form, vec![country], Kind::Adjective, languages);
        }
    }
    for (country, name) in tables::capitals() {
        add(&mut names, name, vec![country], Kind::Weak, &[]);
    }
    for letter in shorthand.letters() {
        let name = Name {
            countries: Vec::new(),
            kind: Kind::Letter,
            case: Case::Any,
            languages: Vec::new(),
            is_long: false,
        };
        names.insert(letter, vec![name]);
    }
    names
}

fn add(
    names: &mut HashMap<String, Vec<Name>>,
    written: &str,
    countries: Vec<Country>,
    kind: Kind,
    languages: &[&'static str],
) {
    let pattern = fold(written);
    // One Han character or syllable is a part of too many words.
    let length = pattern.chars().count();
    if length < 2 {
        return;
    }
    let name = Name {
        countries,
        kind,
        case: case_of(written),
        languages: languages.to_vec(),
        is_long: length >= LONG_NAME_CHARS,
    };
    let known = names.entry(pattern).or_default();
    let same = known
        .iter_mut()
        .find(|known| known.countries == name.countries && known.case == name.case);
    match same {
        // The same name in two languages is looked for in both.
        Some(same) if !same.languages.is_empty() => match languages {
            [] => same.languages.clear(),
            more => same.languages.extend(more),
        },
        Some(_) => {}
        None => known.push(name),
    }
}

fn case_of(written: &str) -> Case {
    let cased = |c: &char| c.is_lowercase() || c.is_uppercase();
    match written.chars().find(|c| c.is_alphabetic()) {
        Some(first) if !first.is_uppercase() => Case::Any,
        Some(_) if written.chars().filter(cased).all(char::is_uppercase) => Case::Capitals,
        Some(_) => Case::Capital,
        None => Case::Any,
    }
}

impl Name {
    /// Whether it is looked for in a text of a language, and written as it must be at a place.
    pub(super) fn fits<'a>(
        &self,
        text: &Folded,
        range: &Range<usize>,
        language: impl FnOnce() -> Option<&'a str>,
    ) -> bool {
        let written = || text.original_text(range).chars();
        let is_written_so = match self.case {
            Case::Any => true,
            Case::Capital => written().next().is_some_and(char::is_uppercase),
            Case::Capitals => !written().any(char::is_lowercase),
        };
        let is_looked_for = |language: Option<&str>| match language {
            Some("ja") => false,
            Some(language) => self.languages.iter().any(|&l| l == language || l == "!ja"),
            None => self.is_long || self.languages.contains(&"!ja"),
        };
        is_written_so && (self.languages.is_empty() || is_looked_for(language()))
    }
}
