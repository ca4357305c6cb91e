//! What a page declares: title, date, language, address.
//!
//! In: the tags of the page as they come. Out: the fields of a document that are not known yet. It believes only what is
//! written in the usual places; the text is not searched.

use serde_json::Value;

use super::write::entity;
use crate::document::Document;
use crate::source::lines::one_line;

/// Names of `meta` that hold the date of publication, the best first.
const DATE_NAMES: [&str; 14] = [
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "dc.date.created",
];

/// What the tags of a page said.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The text of `title`.
    pub(super) title: String,
    pub(super) og_title: Option<String>,
    pub(super) site_name: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    og_url: Option<String>,
    author: Option<String>,
    /// The rank of the name that gave the date, and the date.
    date: Option<(usize, String)>,
    has_title: bool,
}

impl Head {
    /// Takes note of a start tag.
    pub(super) fn tag(&mut self, name: &str, attributes: &[(String, String)], is_in_article: bool) {
        let value = |wanted: &str| {
            let found = attributes
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.trim());
            found.filter(|value| !value.is_empty())
        };
        let mut set = |field: fn(&mut Self) -> &mut Option<String>, value: Option<&str>| {
            let field = field(self);
            *field = field.take().or_else(|| value.map(one_line));
        };
        match name {
            "html" => set(
                |head| &mut head.language,
                value("lang").or_else(|| value("xml:lang")),
            ),
            "link" if value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                set(|head| &mut head.canonical, value("href"))
            }
            "meta" => {
                let name = value("property")
                    .or_else(|| value("name"))
                    .or_else(|| value("itemprop"))
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let content = value("content");
                match name.as_str() {
                    "og:title" => set(|head| &mut head.og_title, content),
                    "og:site_name" => set(|head| &mut head.site_name, content),
                    "og:url" => set(|head| &mut head.og_url, content),
                    "author" => set(|head| &mut head.author, content),
                    _ => {
                        if let Some(rank) = DATE_NAMES.iter().position(|known| *known == name) {
                            self.date(rank, content);
                        }
                    }
                }
            }
            "time" if is_in_article => self.date(DATE_NAMES.len(), value("datetime")),
            _ => {}
        }
    }

    fn date(&mut self, rank: usize, value: Option<&str>) {
        let is_better = self.date.as_ref().is_none_or(|(known, _)| rank < *known);
        if let Some(date) = value.and_then(iso_date).filter(|_| is_better) {
            self.date = Some((rank, date));
        }
    }

    /// Takes note of the text of a `title`; only the first counts.
    pub(super) fn title_text(&mut self, text: &str) {
        if self.has_title {
            return;
        }
        self.has_title = true;
        let mut decoded = String::new();
        let mut at = 0;
        while let Some(found) = text[at..].find('&') {
            decoded.push_str(&text[at..at + found]);
            at += found;
            let (part, len) = entity(&text[at..]).unwrap_or_else(|| ("&".to_owned(), 1));
            decoded.push_str(&part);
            at += len;
        }
        decoded.push_str(&text[at..]);
        self.title = one_line(&decoded);
    }

    /// Fills what the document does not know yet.
    pub(super) fn declare(&self, document: &mut Document) {
        let metadata = &mut document.metadata;
        let is_address = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        metadata.date = metadata
            .date
            .take()
            .or_else(|| self.date.as_ref().map(|(_, date)| date.clone()));
        metadata.language = metadata.language.take().or_else(|| self.language.clone());
        let url = || {
            self.canonical
                .iter()
                .chain(&self.og_url)
                .find(is_address)
                .cloned()
        };
        metadata.url = metadata.url.take().or_else(url);
        if let Some(author) = &self.author {
            metadata
                .other
                .entry("author".to_owned())
                .or_insert_with(|| Value::String(author.clone()));
        }
    }
}

/// A page's title without the name of its site, if that can be told apart.
pub(super) fn without_site_name(
    title: &str,
    is_site_name: impl Fn(&str) -> bool,
    is_heading: impl Fn(&str) -> bool,
) -> String {
    for separator in [
        " | ", "｜", " - ", " – ", " — ", " :: ", "|", " » ", "：", " / ",
    ] {
        let Some((text, site)) = title.rsplit_once(separator) else {
            continue;
        };
        let (text, site) = (text.trim(), site.trim());
        if !text.is_empty() && (is_site_name(site) || is_heading(text)) {
            return text.to_owned();
        }
    }
    title.to_owned()
}

/// `2024-05-01T…`, `2024/5/1`, `20240501` → `2024-05-01`; `2024-05` and `2024` stay.
fn iso_date(text: &str) -> Option<String> {
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    let mut parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    if let [all] = parts[..]
        && all.len() == 8
        && all.is_ascii()
    {
        parts = vec![&all[..4], &all[4..6], &all[6..]];
    }
    let is_number = |part: &&str| {
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_date = parts.len() <= 3
        && parts[0].len() == 4
        && parts.iter().all(is_number)
        && parts[1..].iter().all(|part| part.len() <= 2);
    is_date.then(|| {
        parts
            .iter()
            .map(|part| format!("{part:0>2}"))
            .collect::<Vec<_>>()
            .join("-")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_become_iso_dates() {
        for (text, date) in [
            ("2023-06-05T09:00:00+09:00", Some("2023-06-05")),
            ("2023/6/5 09:00", Some("2023-06-05")),
            ("20230605", Some("2023-06-05")),
            ("2023-06", Some("2023-06")),
            ("2023", Some("2023")),
            ("5 June 2023", None),
            ("", None),
            ("二〇二三", None),
        ] {
            assert_eq!(iso_date(text).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn the_best_date_counts() {
        let mut head = Head::default();
        let meta = |name: &str, content: &str| {
            vec![
                ("name".to_owned(), name.to_owned()),
                ("content".to_owned(), content.to_owned()),
            ]
        };
        head.tag(
            "time",
            &[("datetime".to_owned(), "2020-01-01".to_owned())],
            true,
        );
        head.tag("meta", &meta("dc.date", "2021-01-01"), false);
        head.tag("meta", &meta("article:published_time", "2022-01-01"), false);
        head.tag("meta", &meta("date", "2023-01-01"), false);
        let mut document = Document::default();
        head.declare(&mut document);
        assert_eq!(document.metadata.date.as_deref(), Some("2022-01-01"));
    }
}
