//! Languages by the names people give them.
//!
//! In: a tag, a code, or a name in any language CLDR knows. Out: the language. Only for what people type: a name that is
//! neither Japanese nor English is looked for in every language, which takes some milliseconds.

use icu_locale::{LanguageIdentifier, Locale};

use super::Language;

/// The language that a tag, a code or a name stands for, if it is one that has a name.
pub(super) fn named(name: &str) -> Option<Language> {
    let name = fold(name);
    let coded =
        Language::from_tag(&name).filter(|language| language.name("en") != language.as_str());
    let is_tag = name.len() == 2 || name.contains(['-', '_']);
    match coded {
        Some(_) if is_tag => coded,
        // `Lao` is a name first, and a code of another standard.
        _ => own(&name).or(coded).or_else(|| in_cldr(&name)),
    }
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Codes with their names in Japanese and English.
fn table() -> impl Iterator<Item = (&'static str, [&'static str; 2])> {
    include_str!("data/names.tsv").lines().filter_map(|line| {
        let mut columns = line.split('\t').filter(|_| !line.starts_with('#'));
        Some((columns.next()?, [columns.next()?, columns.next()?]))
    })
}

fn own(name: &str) -> Option<Language> {
    let (code, _) = table().find(|(_, names)| names.iter().any(|known| fold(known) == name))?;
    Language::from_tag(code)
}

/// Looks among the names that each language has for itself, then among those it has for the others.
fn in_cldr(name: &str) -> Option<Language> {
    let codes: Vec<&str> = table().map(|(code, _)| code).chain(["zh-Hant"]).collect();
    let is_named = |code: &str, locale: &str| {
        let (Ok(subject), Ok(locale)) =
            (code.parse::<LanguageIdentifier>(), locale.parse::<Locale>())
        else {
            return false;
        };
        super::name_in_cldr(subject, locale).is_some_and(|known| fold(&known) == name)
    };
    let endonym = codes.iter().find(|code| is_named(code, code));
    let found = endonym.or_else(|| {
        codes
            .iter()
            .find(|code| codes.iter().any(|locale| is_named(code, locale)))
    });
    Language::from_tag(found?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_names_in_every_language() {
        for (name, code) in [
            ("ja", "ja"),
            ("JA", "ja"),
            ("jpn", "ja"),
            ("ja_JP.UTF-8", "ja"),
            ("zh-Hant", "zh"),
            ("日本語", "ja"),
            ("Japanese", "ja"),
            (" japanese ", "ja"),
            ("Japanisch", "ja"),
            ("日语", "ja"),
            ("日文", "ja"),
            ("일본어", "ja"),
            ("японский", "ja"),
            ("中国語", "zh"),
            ("中文", "zh"),
            ("русский", "ru"),
            ("Deutsch", "de"),
            ("Tiếng Việt", "vi"),
            ("қазақ тілі", "kk"),
            ("Lao", "lo"),
            ("kk", "kk"),
        ] {
            assert_eq!(
                named(name).map(|l| l.to_string()).as_deref(),
                Some(code),
                "{name}"
            );
        }
        for name in ["", "クリンゴン語", "xx", "zzz", "japonais-de-cuisine?", "-"] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
