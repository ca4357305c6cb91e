//! The tables of `data/`: what CLDR does not know.
//!
//! In: the files as they are built in; each says in its head how to read it. Out: their lines as values. Not here: what
//! is done with them. A line that does not fit its format is skipped; tests see to it that there is none.

use super::Country;

/// A line of `country_aliases.tsv`.
#[derive(Debug, Clone)]
pub(super) struct Alias {
    pub(super) name: &'static str,
    /// None: text that looks like a country's name and is none.
    pub(super) countries: Vec<Country>,
    pub(super) counts: Counts,
}

/// When a name counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    Always,
    /// In a text about states: `Jordan` is also a person.
    InDoubt,
    /// Only where a person asks for a country: `Korea`.
    Asked,
    /// Never, two states share the name: コンゴ.
    Never,
}

pub(super) fn aliases() -> impl Iterator<Item = Alias> {
    rows(include_str!("../data/country_aliases.tsv")).filter_map(|row| {
        let (name, codes) = (*row.first()?, *row.get(1)?);
        let counts = match codes.chars().next()? {
            '~' => Counts::InDoubt,
            '?' => Counts::Asked,
            '=' => Counts::Never,
            _ => Counts::Always,
        };
        let codes = codes.trim_start_matches(['~', '?', '=']).split(' ');
        let countries = codes.filter_map(Country::from_code).collect();
        Some(Alias {
            name,
            countries,
            counts,
        })
    })
}

/// The lines of `country_demonyms.tsv`: country, language, word.
pub(super) fn demonyms() -> impl Iterator<Item = (Country, &'static str, String)> {
    rows(include_str!("../data/country_demonyms.tsv")).flat_map(|row| {
        let country = row.first().and_then(|code| Country::from_code(code));
        let language = row.get(1).copied().unwrap_or_default();
        let words = row.get(2).copied().unwrap_or_default().split(' ');
        words.filter_map(move |word| Some((country?, language, word.replace('&', " "))))
    })
}

/// The lines of `country_capitals.tsv`: country and name.
pub(super) fn capitals() -> impl Iterator<Item = (Country, &'static str)> {
    rows(include_str!("../data/country_capitals.tsv")).flat_map(|row| {
        let country = row.first().and_then(|code| Country::from_code(code));
        let names = row.get(1).copied().unwrap_or_default().split('|');
        names.filter_map(move |name| Some((country?, name)))
    })
}

pub(super) fn shorthand() -> impl Iterator<Item = Vec<&'static str>> {
    rows(include_str!("../data/country_shorthand.tsv"))
}

pub(super) fn contexts() -> impl Iterator<Item = Vec<&'static str>> {
    rows(include_str!("../data/country_contexts.tsv"))
}

pub(super) fn endings() -> impl Iterator<Item = Vec<&'static str>> {
    rows(include_str!("../data/country_endings.tsv"))
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}
