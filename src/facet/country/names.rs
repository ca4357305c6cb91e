//! Names of countries, from CLDR and the alias table.
//!
//! In: locales, names as typed. Out: folded names with their countries. Languages are loaded when a name asks for
//! them: our own table, Japanese and English first (about a millisecond), then the languages of the name's script.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use icu_locale::Locale;
use icu_locale::names::RegionDisplayName;
use icu_locale::subtags::Region;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::inflection::Endings;
use super::shorthand::Shorthand;
use super::tables::Counts;
use super::{Country, TABLE, tables};
use crate::facet::fold::fold;

/// The names of all countries in a locale, with their usual variants, as written.
pub(super) fn of_locale(tag: &str) -> Vec<(String, Country)> {
    let locale = crate::language::display_locale(tag);
    let mut names = Vec::new();
    for row in TABLE.iter() {
        let own = match (row.own_names, tag) {
            (Some((japanese, _)), "ja") => Some(japanese.to_owned()),
            (Some((_, english)), "en") => Some(english.to_owned()),
            _ => None,
        };
        let usual = region(row.country)
            .and_then(|region| RegionDisplayName::try_new_light((&locale).into(), region).ok())
            .map(|name| name.to_string());
        let short = region(row.country)
            .and_then(|region| {
                RegionDisplayName::try_new_short_light((&locale).into(), region).ok()
            })
            .map(|name| name.to_string())
            .filter(|short| usual.as_ref() != Some(short));
        for name in own.into_iter().chain(usual).chain(short) {
            for variant in variants(&name) {
                names.push((variant, row.country));
            }
            names.push((name, row.country));
        }
    }
    names
}

/// What people write instead of a name of CLDR: `コンゴ民主共和国(キンシャサ)` without the bracket, `&` as `and`,
/// `St.` as `Saint`, no `・`, no accents.
fn variants(name: &str) -> Vec<String> {
    let mut variants = Vec::new();
    if let Some((before, _)) = name.strip_suffix(')').and_then(|name| name.split_once('(')) {
        variants.push(before.trim().to_owned());
    }
    if name.contains(" & ") {
        variants.push(name.replace(" & ", " and "));
        variants.push(name.replace("St. ", "Saint ").replace(" & ", " and "));
        variants.push(name.replace("St. ", "Saint ").replace(" & ", " and the "));
    } else if name.contains("St. ") {
        variants.push(name.replace("St. ", "Saint "));
    }
    // Arabic `for the`, written together with the name.
    if let Some(rest) = name.strip_prefix("ال") {
        variants.push(format!("لل{rest}"));
    }
    if name.contains('・') {
        variants.push(name.replace('・', ""));
    }
    if name
        .chars()
        .all(|c| c < '\u{250}' || ('\u{1e00}'..'\u{2020}').contains(&c))
        && !name.is_ascii()
    {
        variants.push(name.nfd().filter(|&c| !is_combining_mark(c)).collect());
    }
    variants
}

/// The name to show: short where it is a name (英国, not the abbreviation UK).
pub(super) fn display(country: Country, locale: &Locale) -> Option<String> {
    if let Some((japanese, english)) = country.row()?.own_names {
        return match locale.id.language.as_str() {
            "ja" => Some(japanese.to_owned()),
            "en" => Some(english.to_owned()),
            _ => None,
        };
    }
    let region = region(country)?;
    let short = RegionDisplayName::try_new_short_light(locale.into(), region).ok();
    let short = short.map(|name| name.to_string());
    let abbreviation = |name: &String| {
        name.chars().count() <= 4
            && name.chars().any(char::is_uppercase)
            && !name.chars().any(char::is_lowercase)
    };
    short.filter(|name| !abbreviation(name)).or_else(|| {
        RegionDisplayName::try_new_light(locale.into(), region)
            .ok()
            .map(|name| name.to_string())
    })
}

fn region(country: Country) -> Option<Region> {
    Region::try_from_str(country.as_str()).ok()
}

/// Folded names to countries.
pub(super) type Names = HashMap<String, Country>;

/// Our own names, Japanese and English, peoples and adjectives: all that most readers type.
static FIRST: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::new();
    // A name that shows no country in running text (`수단`, also "means") is still one for a person who asks for it.
    for alias in tables::aliases() {
        if let [country] = alias.countries[..] {
            names.entry(fold(alias.name)).or_insert(country);
        }
    }
    add_locales(&mut names, &["ja", "en"]);
    let endings = Endings::new();
    for (country, language, word) in tables::demonyms() {
        for form in endings.of_adjective(language, &word) {
            names.entry(fold(&form)).or_insert(country);
        }
        names.entry(fold(&word)).or_insert(country);
    }
    names
});

/// Languages of CLDR by script. Where two languages give a name to different countries, the first one counts.
const SCRIPTS: [&[&str]; 4] = [
    &["zh", "zh-Hant", "zh-Hant-HK", "ko", "yue"],
    &[
        "ru", "kk", "uk", "be", "bg", "mk", "sr", "mn", "ky", "tg", "tt", "kk-Cyrl",
    ],
    &[
        "fr", "de", "es", "vi", "it", "pt", "nl", "pl", "id", "ms", "tr", "cs", "sk", "sl", "hr",
        "bs", "sv", "da", "nb", "nn", "fi", "et", "lv", "lt", "hu", "ro", "sq", "ca", "eu", "gl",
        "cy", "ga", "is", "af", "sw", "zu", "fil", "az", "uz", "tk", "ha", "ig", "yo", "so", "jv",
        "pt-PT", "es-MX", "sr-Latn", "mt", "lb", "fo", "rm",
    ],
    &[
        "th", "ar", "fa", "he", "hi", "ur", "bn", "ta", "te", "mr", "gu", "kn", "ml", "pa", "ne",
        "or", "as", "si", "my", "km", "lo", "ka", "hy", "el", "am", "ps", "ug", "bo", "dz", "kok",
        "sd",
    ],
];

static OTHERS: [LazyLock<Names>; 4] = [
    LazyLock::new(|| of_script(0)),
    LazyLock::new(|| of_script(1)),
    LazyLock::new(|| of_script(2)),
    LazyLock::new(|| of_script(3)),
];

fn of_script(script: usize) -> Names {
    let mut names = Names::new();
    add_locales(&mut names, SCRIPTS[script]);
    names
}

fn add_locales(names: &mut Names, locales: &[&str]) {
    for locale in locales {
        for (name, country) in of_locale(locale) {
            names.entry(fold(&name)).or_insert(country);
        }
    }
}

/// The names in Japanese, English and our table, folded; for suggestions.
pub(super) fn first() -> &'static Names {
    &FIRST
}

/// The names in the languages written like `name`, folded.
pub(super) fn like(name: &str) -> &'static Names {
    let script = match name
        .chars()
        .find(|c| c.is_alphabetic())
        .map_or(0, u32::from)
    {
        0..=0x24f | 0x1e00..=0x1eff => 2,
        0x400..=0x52f => 1,
        0x1100..=0x11ff | 0x3041..=0x9fff | 0xac00..=0xd7a3 => 0,
        _ => 3,
    };
    &OTHERS[script]
}

/// Names that several countries have.
static SHARED: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let aliases = tables::aliases().filter(|alias| alias.counts == Counts::Never);
    aliases.map(|alias| fold(alias.name)).collect()
});

static SHORTHAND: LazyLock<Shorthand> = LazyLock::new(Shorthand::new);

/// The country with a name in any language.
pub(super) fn resolve(name: &str) -> Option<Country> {
    let name = fold(name.trim());
    if SHARED.contains(&name) {
        return None;
    }
    let known = |name: &str| FIRST.get(name).or_else(|| like(name).get(name)).copied();
    known(&name)
        .or_else(|| known(name.strip_prefix("the ")?))
        .or_else(|| SHORTHAND.country(&name))
        .or_else(|| known(name.strip_suffix('人')?))
}
