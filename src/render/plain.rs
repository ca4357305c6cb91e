//! Hits for people.

mod bars;
mod explain;
mod shown;
mod stages;
mod table;

use std::borrow::Cow;
use std::io::{self, Write};

use super::wrap;
use crate::hit::{FacetCount, FacetCounts, FacetValue, Hit, Hits};

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
/// Near copies of a hit that are named.
const NAMED_DUPLICATES: usize = 3;

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
        if let Some(like) = &hits.like {
            let (like, words) = (one_line(like), one_line(&hits.query));
            let like = self.styled(BOLD, &format!("more like {like}"));
            writeln!(self.out, "{like}, by its words: {words}\n")?;
        }
        if let Some(explanation) = &hits.explanation {
            self.query_explanation(&hits.query, explanation)?;
        }
        for hit in &hits.hits {
            let date = hit.document.date.as_deref();
            let date = date.filter(|_| hits.undated.is_some());
            self.hit(hit, date, &hits.facets)?;
        }
        self.total(hits.total, &self.page(hits))?;
        if hits.total > 0 && self.options.facet_values > 0 {
            self.facets(&hits.facets)?;
        }
        self.out.flush()
    }

    /// Writes how many passages match, and something about them.
    fn total(&mut self, total: usize, more: &str) -> io::Result<()> {
        let passages = match total {
            1 => "passage matches",
            _ => "passages match",
        };
        let total = self.styled(BOLD, &total.to_string());
        writeln!(self.out, "{total} {passages}{more}")
    }

    /// Writes the counts in a line per facet.
    fn facets(&mut self, facets: &FacetCounts) -> io::Result<()> {
        for (name, counts) in by_facet(facets) {
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
        Ok(())
    }

    fn page(&self, hits: &Hits) -> String {
        let order = match hits.undated {
            None => String::new(),
            Some(0) => ", newest first".to_owned(),
            Some(undated) => format!(", newest first, {undated} without a date last"),
        };
        match (hits.hits.first(), hits.hits.last()) {
            (Some(first), Some(last)) if hits.hits.len() < hits.total => {
                format!("{order}, shown: {} to {}", first.rank, last.rank)
            }
            _ => order,
        }
    }

    fn hit(&mut self, hit: &Hit, date: Option<&str>, counts: &FacetCounts) -> io::Result<()> {
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
        let facets = facets_of(hit, &counts.topic);
        let place = self.styled(PLACE, &one_line(&place));
        let date = date.map_or_else(String::new, |date| format!("  {}", one_line(date)));
        writeln!(self.out, "    {place}{date}{}", self.styled(DIM, &facets))?;
        self.snippet(hit)?;
        self.left_out(hit)?;
        if let Some(explanation) = &hit.explanation {
            self.score(hit.score, explanation)?;
            self.matched(&hit.matched)?;
        }
        writeln!(self.out)
    }

    /// What is not shown because of this hit.
    fn left_out(&mut self, hit: &Hit) -> io::Result<()> {
        if !hit.duplicates.is_empty() {
            let named = hit.duplicates.iter().take(NAMED_DUPLICATES);
            let named: Vec<_> = named.map(|id| one_line(id)).collect();
            let more = match hit.duplicates.len() - named.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let copies = format!("near copies: {}{more}", named.join(", "));
            writeln!(self.out, "{INDENT}{}", self.styled(DIM, &copies))?;
        }
        if hit.more_in_document > 0 {
            let more = match hit.more_in_document {
                1 => "1 more passage of this document matches".to_owned(),
                more => format!("{more} more passages of this document match"),
            };
            let more = format!("{more}: --per-document 0");
            writeln!(self.out, "{INDENT}{}", self.styled(DIM, &more))?;
        }
        Ok(())
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

/// The facets that have values, by name.
fn by_facet(facets: &FacetCounts) -> impl Iterator<Item = (&'static str, &[FacetCount])> {
    let all = [
        ("country", facets.country.as_slice()),
        ("year", &facets.year),
        ("topic", &facets.topic),
        ("language", &facets.language),
    ];
    all.into_iter().filter(|(_, counts)| !counts.is_empty())
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

/// The values of a hit: topics as readers say them, years that are only the document's date in brackets.
fn facets_of(hit: &Hit, topics: &[FacetCount]) -> String {
    let label = |path: &String| {
        let known = topics
            .iter()
            .find(|count| matches!(&count.value, FacetValue::Name(name) if name == path));
        known.map_or(path, |count| &count.label).replace(" / ", "/")
    };
    let years: Vec<String> = hit.passage.years.iter().map(i32::to_string).collect();
    let years = match hit.passage.years_from_date {
        true => format!("({})", years.join(" ")),
        false => years.join(" "),
    };
    let topics: Vec<String> = hit.passage.topics.iter().map(label).collect();
    [hit.passage.countries.join(" "), years, topics.join(", ")]
        .into_iter()
        .filter(|values| !values.is_empty())
        .map(|values| format!("  {}", one_line(&values)))
        .collect()
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
            ..Hit::default()
        };
        Hits {
            total: 1,
            hits: vec![hit],
            ..Hits::default()
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
