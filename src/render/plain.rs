//! Hits for people.

use std::borrow::Cow;
use std::io::{self, Write};

use super::wrap;
use crate::facet::{Found, Provenance};
use crate::hit::{FacetCount, FacetCounts, FacetValue, Hit, Hits, Shown, ShownPassage};

/// How hits are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainOptions {
    /// Mark matches and structure with colours.
    pub colour: bool,
    /// Width of the terminal in columns; 0 keeps lines as they are.
    pub columns: usize,
    /// Values shown per facet; 0 leaves the counts out.
    pub facet_values: usize,
}

impl Default for PlainOptions {
    fn default() -> Self {
        PlainOptions {
            colour: false,
            columns: 0,
            facet_values: 6,
        }
    }
}

/// Writes hits for people.
///
/// For each hit a line with rank, title, heading and `path:line`, a line with its facets, and its snippet, indented; then
/// counts. Control characters are made visible, matches are marked if colours are on.
#[derive(Debug)]
pub struct Plain<W> {
    out: W,
    options: PlainOptions,
}

/// Terminal codes: what they begin, and the one that ends all.
const BOLD: &str = "\x1b[1m";
const MATCH: &str = "\x1b[1;33m";
const DIM: &str = "\x1b[2m";
const PLACE: &str = "\x1b[36m";
const END: &str = "\x1b[0m";
/// Before every line of a passage.
const INDENT: &str = "    ";

impl<W: Write> Plain<W> {
    /// A renderer without colours and line breaks of its own.
    pub fn new(out: W) -> Self {
        Plain::with_options(out, PlainOptions::default())
    }

    /// A renderer that lays hits out as told.
    pub fn with_options(out: W, options: PlainOptions) -> Self {
        Plain { out, options }
    }

    /// Writes the hits of one search.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn write(&mut self, hits: &Hits) -> io::Result<()> {
        for hit in &hits.hits {
            self.hit(hit)?;
        }
        self.total(hits)?;
        if hits.total > 0 && self.options.facet_values > 0 {
            self.facets(&hits.facets)?;
        }
        self.out.flush()
    }

    /// Writes how many passages match, and which of them are shown.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn total(&mut self, hits: &Hits) -> io::Result<()> {
        let passages = if hits.total == 1 {
            "passage matches"
        } else {
            "passages match"
        };
        let total = self.styled(BOLD, &hits.total.to_string());
        writeln!(self.out, "{total} {passages}{}", self.page(hits))
    }

    /// Writes the counts alone.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn facets(&mut self, facets: &FacetCounts) -> io::Result<()> {
        let all = [
            ("country", &facets.country),
            ("year", &facets.year),
            ("topic", &facets.topic),
            ("language", &facets.language),
        ];
        for (name, counts) in all.into_iter().filter(|(_, counts)| !counts.is_empty()) {
            let shown: Vec<String> = foremost(counts, self.options.facet_values)
                .into_iter()
                .map(count)
                .collect();
            let more = match counts.len() - shown.len() {
                0 => String::new(),
                more => format!(", {more} more"),
            };
            let label = self.styled(DIM, &format!("{name:>8}"));
            writeln!(self.out, "{label}  {}{more}", shown.join(", "))?;
        }
        self.out.flush()
    }

    /// Writes a document or passage, with its facets and where each came from.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn shown(&mut self, shown: &Shown, locale: &str) -> io::Result<()> {
        let document = &shown.document;
        let title = self.styled(BOLD, &one_line(&document.title));
        writeln!(self.out, "{title}")?;
        let known = [
            ("id", Some(&document.id)),
            ("path", Some(&document.path)),
            ("date", document.date.as_ref()),
            ("url", document.url.as_ref()),
        ];
        for (name, value) in known {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                writeln!(self.out, "{name:>8}  {}", one_line(value))?;
            }
        }
        for (name, value) in &shown.metadata {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            writeln!(self.out, "{:>8}  {}", one_line(name), one_line(&value))?;
        }
        for shown in &shown.passages {
            self.shown_passage(shown, locale)?;
        }
        self.out.flush()
    }

    fn shown_passage(&mut self, shown: &ShownPassage, locale: &str) -> io::Result<()> {
        let ShownPassage { passage, facets } = shown;
        let place = self.styled(
            PLACE,
            &format!("{}, line {}", one_line(&passage.id), passage.line),
        );
        let heading = match passage.heading.as_str() {
            "" => String::new(),
            heading => format!("  {}", self.styled(BOLD, &one_line(heading))),
        };
        writeln!(self.out, "\n{place}{heading}")?;
        let columns = self.options.columns.saturating_sub(INDENT.len());
        for line in wrap::lines(&passage.text, columns)
            .into_iter()
            .filter(|line| !line.is_empty())
        {
            writeln!(
                self.out,
                "{INDENT}{}",
                sanitize(&passage.text[line]).trim_end()
            )?;
        }
        let mut why = Vec::new();
        for found in &facets.countries {
            why.push(reason(&found.value.name(locale), found, &passage.text));
        }
        for found in &facets.years {
            why.push(reason(&found.value.to_string(), found, &passage.text));
        }
        for found in &facets.topics {
            why.push(reason(&found.value, found, &passage.text));
        }
        if !why.is_empty() {
            let why = self.styled(DIM, &why.join("; "));
            writeln!(self.out, "{INDENT}{why}")?;
        }
        Ok(())
    }

    fn page(&self, hits: &Hits) -> String {
        match (hits.hits.first(), hits.hits.last()) {
            (Some(first), Some(last)) if hits.hits.len() < hits.total => {
                format!(", shown: {} to {}", first.rank, last.rank)
            }
            _ => String::new(),
        }
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let title = if hit.document.title.is_empty() {
            &hit.document.id
        } else {
            &hit.document.title
        };
        let place = if hit.document.path.is_empty() {
            hit.passage.id.clone()
        } else {
            format!("{}:{}", hit.document.path, hit.passage.line)
        };
        let rank = self.styled(BOLD, &format!("{:>2}", hit.rank));
        let title = self.styled(BOLD, &one_line(title));
        let heading = match hit.passage.heading.as_str() {
            "" => String::new(),
            heading => format!(" > {}", one_line(heading)),
        };
        writeln!(self.out, "{rank}  {title}{heading}")?;
        let facets = facets_of(hit);
        let place = self.styled(PLACE, &one_line(&place));
        writeln!(self.out, "    {place}{}", self.styled(DIM, &facets))?;
        self.snippet(hit)?;
        writeln!(self.out)
    }

    fn snippet(&mut self, hit: &Hit) -> io::Result<()> {
        let text = &hit.snippet.text;
        // Highlights count characters; lines count bytes.
        let offsets: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let byte = |at: usize| offsets.get(at).copied().unwrap_or(text.len());
        let marks: Vec<(usize, usize)> = hit
            .snippet
            .highlights
            .iter()
            .map(|&(start, end)| (byte(start), byte(end)))
            .collect();
        let columns = self.options.columns.saturating_sub(INDENT.len());
        for line in wrap::lines(text, columns) {
            if line.is_empty() {
                continue;
            }
            let mut rendered = String::from(INDENT);
            let mut at = line.start;
            for &(start, end) in marks
                .iter()
                .filter(|(start, end)| *start < line.end && *end > line.start)
            {
                let (start, end) = (start.max(line.start), end.min(line.end));
                rendered.push_str(&sanitize(&text[at..start]));
                rendered.push_str(&self.styled(MATCH, &sanitize(&text[start..end])));
                at = end;
            }
            rendered.push_str(&sanitize(&text[at..line.end]));
            writeln!(self.out, "{}", rendered.trim_end())?;
        }
        Ok(())
    }

    fn styled(&self, style: &str, text: &str) -> String {
        match self.options.colour && !text.is_empty() {
            true => format!("{style}{text}{END}"),
            false => text.to_owned(),
        }
    }
}

/// The values with the most passages, in the order of the facet: years stay a row of years.
fn foremost(counts: &[FacetCount], values: usize) -> Vec<&FacetCount> {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    // Stable: of equals the first.
    order.sort_by_key(|&at| std::cmp::Reverse(counts[at].count));
    order.truncate(values);
    order.sort_unstable();
    order.into_iter().map(|at| &counts[at]).collect()
}

fn count(count: &FacetCount) -> String {
    let label = match &count.value {
        FacetValue::Year(year) => year.to_string(),
        FacetValue::Name(_) => one_line(&count.label).into_owned(),
    };
    format!("{label} {}", count.count)
}

/// A facet value and why the passage has it.
fn reason<T>(name: &str, found: &Found<T>, text: &str) -> String {
    let name = one_line(name);
    match (
        &found.provenance,
        found.range.clone().and_then(|range| text.get(range)),
    ) {
        (Provenance::Declared, _) => format!("{name}: declared"),
        (Provenance::Found, Some(words)) => format!("{name}: found, `{}`", one_line(words)),
        (Provenance::Found, None) => format!("{name}: found in the heading"),
    }
}

fn facets_of(hit: &Hit) -> String {
    let mut facets = String::new();
    let years: Vec<String> = hit.passage.years.iter().map(i32::to_string).collect();
    for values in [
        hit.passage.countries.join(" "),
        years.join(" "),
        hit.passage.topics.join(" "),
    ] {
        if !values.is_empty() {
            facets.push_str("  ");
            facets.push_str(&one_line(&values));
        }
    }
    facets
}

fn one_line(text: &str) -> Cow<'_, str> {
    match sanitize(text) {
        Cow::Borrowed(text) if !text.contains('\n') => Cow::Borrowed(text),
        text => Cow::Owned(text.replace('\n', " ")),
    }
}

/// Makes text from a file harmless to a terminal: control characters other than line break and tab, and those that
/// reverse the direction of what follows, become `�`.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    // A carriage return before a line break is a line end, not an attack.
    let text = text.replace("\r\n", "\n");
    Cow::Owned(
        text.chars()
            .map(|c| if is_harmful(c) { '\u{fffd}' } else { c })
            .collect(),
    )
}

/// Whether a terminal obeys a character instead of showing it.
pub(super) fn is_harmful(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::{DocumentHit, PassageHit, Snippet};

    fn hits(text: &str, highlights: Vec<(usize, usize)>) -> Hits {
        let hit = Hit {
            rank: 1,
            score: 1.0,
            passage: PassageHit {
                line: 7,
                heading: "背景".to_owned(),
                years: vec![2024],
                ..PassageHit::default()
            },
            document: DocumentHit {
                path: "a.txt".to_owned(),
                title: "題\u{1b}[31m".to_owned(),
                ..DocumentHit::default()
            },
            snippet: Snippet {
                text: text.to_owned(),
                highlights,
            },
            explanation: None,
        };
        Hits {
            query: String::new(),
            complaints: Vec::new(),
            total: 1,
            took_ms: 0.0,
            hits: vec![hit],
            facets: FacetCounts::default(),
        }
    }

    fn rendered(hits: &Hits, options: PlainOptions) -> String {
        let mut out = Vec::new();
        Plain::with_options(&mut out, options)
            .write(hits)
            .expect("memory can be written to");
        String::from_utf8(out).expect("renderers write UTF-8")
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let text = rendered(&hits("危\u{7}険\u{202e}", vec![]), PlainOptions::default());
        assert_eq!(
            text,
            " 1  題�[31m > 背景\n    a.txt:7  2024\n    危�険�\n\n1 passage matches\n"
        );
    }

    #[test]
    fn matches_are_marked_across_line_breaks() {
        let options = PlainOptions {
            colour: true,
            columns: 12,
            facet_values: 0,
        };
        let text = rendered(&hits("日本とカザフスタン", vec![(3, 9)]), options);
        assert!(
            text.contains("    日本と\x1b[1;33mカ\x1b[0m\n    \x1b[1;33mザフスタ\x1b[0m\n"),
            "{text:?}"
        );
    }
}
