//! Query → text that parses back to the same query.

use std::fmt::{self, Display, Formatter, Write};

use super::run::is_wordlike;
use super::syntax::{field_at, fold_width, is_bracket, is_mark, is_sign, operator_at, quote};
use super::{Clause, FacetFilter, Occur, Query, Text, TextField};

/// A text in the query language. What was parsed prints so that it parses to the same query. Of queries made in code
/// the language cannot say all: an optional phrase or bracket beside required parts is printed as required.
impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Query::All => Ok(()),
            Query::Text(Text { text, field: None }) => words(f, text),
            Query::Boolean(clauses) if inner_field(clauses, None).is_none() => {
                boolean(f, clauses, None)
            }
            query => unit(f, query, None),
        }
    }
}

impl Display for FacetFilter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.facet())?;
        let value = match self {
            FacetFilter::Year(years) => return write!(f, "{years}"),
            FacetFilter::Country(value)
            | FacetFilter::Topic(value)
            | FacetFilter::Language(value) => value,
        };
        let plain = escaped(value, true);
        if plain == *value && !value.contains(' ') {
            f.write_str(&plain)
        } else {
            quoted(f, value)
        }
    }
}

/// One unit, to which a sign can be put. Bare words here belong to `field`.
fn unit(f: &mut Formatter<'_>, query: &Query, field: Option<TextField>) -> fmt::Result {
    match query {
        Query::All => f.write_str("()"),
        Query::Facet(filter) => write!(f, "{filter}"),
        Query::Text(text) => {
            field_name(f, text.field, field)?;
            if !text.text.contains(' ') {
                return f.write_str(&escaped(&text.text, true));
            }
            f.write_char('(')?;
            words(f, &text.text)?;
            f.write_char(')')
        }
        Query::Phrase(text) => {
            field_name(f, text.field, field)?;
            quoted(f, &text.text)
        }
        Query::Prefix(text) => {
            field_name(f, text.field, field)?;
            // Escaped together, because the asterisk decides whether what stands before it is a mark.
            let mut printed = escaped(&format!("{}*", text.text), true);
            printed.truncate(printed.len() - "\\*".len());
            f.write_str(&printed)?;
            f.write_char('*')
        }
        Query::Boolean(clauses) => {
            let inner = inner_field(clauses, field);
            field_name(f, inner, field)?;
            f.write_char('(')?;
            boolean(f, clauses, inner.or(field))?;
            f.write_char(')')
        }
    }
}

fn field_name(
    f: &mut Formatter<'_>,
    own: Option<TextField>,
    around: Option<TextField>,
) -> fmt::Result {
    match own {
        Some(own) if Some(own) != around => write!(f, "{own}:"),
        _ => Ok(()),
    }
}

/// The field name that must stand before the brackets, because clauses in them can be wished for only as bare words.
fn inner_field(clauses: &[Clause], around: Option<TextField>) -> Option<TextField> {
    if clauses.iter().all(|clause| clause.occur == Occur::Should) {
        return None;
    }
    let own = |clause: &Clause| match (clause.occur, &clause.query) {
        (Occur::Should, Query::Text(text) | Query::Phrase(text) | Query::Prefix(text)) => {
            text.field
        }
        _ => None,
    };
    clauses
        .iter()
        .find_map(own)
        .filter(|own| Some(*own) != around)
}

fn boolean(f: &mut Formatter<'_>, clauses: &[Clause], field: Option<TextField>) -> fmt::Result {
    let is_choice = clauses.iter().all(|clause| clause.occur == Occur::Should);
    if !is_choice || is_running_text(clauses, field) {
        return run(f, clauses, field);
    }
    for (at, clause) in clauses.iter().enumerate() {
        f.write_str(if at > 0 { " OR " } else { "" })?;
        unit(f, &clause.query, field)?;
    }
    Ok(())
}

/// Whether wishes side by side would be read as they are: one text, phrases of it, prefixes.
fn is_running_text(clauses: &[Clause], field: Option<TextField>) -> bool {
    let mut rest = clauses;
    let mut texts = 0;
    let mut uncovered = None;
    while let [clause, behind @ ..] = rest {
        rest = behind;
        match &clause.query {
            Query::Text(text) if text.field == field => {
                texts += 1;
                let (pieces, count) = pieces(text, behind);
                if count > 0 {
                    uncovered = Some(
                        pieces
                            .iter()
                            .any(|piece| matches!(piece, Piece::Word(word) if is_wordlike(word))),
                    );
                }
                rest = &behind[count..];
            }
            Query::Prefix(text) if text.field == field => {}
            _ => return false,
        }
    }
    let has_prefix = || {
        clauses
            .iter()
            .any(|clause| matches!(clause.query, Query::Prefix(_)) && clause.has_words(field))
    };
    texts <= 1 && uncovered.is_none_or(|has_words| has_words || has_prefix())
}

/// Clauses side by side.
fn run(f: &mut Formatter<'_>, clauses: &[Clause], field: Option<TextField>) -> fmt::Result {
    let mut rest = clauses;
    let mut is_first = true;
    while let [clause, behind @ ..] = rest {
        rest = behind;
        let Clause { occur, query } = clause;
        if *query == Query::All && *occur == Occur::Must && clauses.len() > 1 {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            f.write_char(' ')?;
        }
        match (occur, query) {
            (Occur::Should, Query::Text(text)) if text.field == field => {
                let (pieces, count) = pieces(text, behind);
                rest = &behind[count..];
                for (at, piece) in pieces.iter().enumerate() {
                    f.write_str(if at > 0 { " " } else { "" })?;
                    match piece {
                        Piece::Word(word) => f.write_str(&escaped(word, false))?,
                        Piece::Phrase(phrase) => bracketed(f, phrase)?,
                    }
                }
                continue;
            }
            (Occur::Must, query) if needs_plus(query, clauses, field) => f.write_char('+')?,
            (Occur::MustNot, _) => f.write_char('-')?,
            _ => {}
        }
        unit(f, query, field)?;
    }
    Ok(())
}

/// Whether a requirement would be read as something else without a plus.
fn needs_plus(query: &Query, clauses: &[Clause], field: Option<TextField>) -> bool {
    match query {
        Query::Text(text) | Query::Prefix(text) => text.field == field,
        Query::Facet(filter) => {
            let is_same = |clause: &&Clause| match (clause.occur, &clause.query) {
                (Occur::Must, Query::Facet(other)) => other.facet() == filter.facet(),
                _ => false,
            };
            clauses.iter().filter(is_same).count() > 1
        }
        _ => false,
    }
}

enum Piece<'a> {
    Word(&'a str),
    Phrase(&'a str),
}

/// A running text with the phrases that follow as clauses put back into it, and how many of these there are.
fn pieces<'a>(text: &'a Text, behind: &'a [Clause]) -> (Vec<Piece<'a>>, usize) {
    let mut words: Vec<&str> = text.text.split(' ').collect();
    let mut pieces = Vec::new();
    let mut count = 0;
    for clause in behind {
        let Clause {
            occur: Occur::Should,
            query: Query::Phrase(phrase),
        } = clause
        else {
            break;
        };
        let phrase_words: Vec<&str> = phrase.text.split(' ').collect();
        let place = words
            .windows(phrase_words.len())
            .position(|window| window == phrase_words);
        let (Some(place), true) = (place, phrase.field == text.field) else {
            break;
        };
        pieces.extend(words.drain(..place).map(Piece::Word));
        words.drain(..phrase_words.len());
        pieces.push(Piece::Phrase(&phrase.text));
        count += 1;
    }
    pieces.extend(words.into_iter().map(Piece::Word));
    (pieces, count)
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    enclosed(f, '"', text, '"')
}

fn bracketed(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    enclosed(f, '「', text, '」')
}

fn enclosed(f: &mut Formatter<'_>, opener: char, text: &str, closer: char) -> fmt::Result {
    let quote = quote(opener);
    let is_own = |c: char| {
        quote.is_some_and(|quote| quote.openers.contains(&c) || quote.closers.contains(&c))
    };
    f.write_char(opener)?;
    for c in text.chars() {
        if is_own(c) || fold_width(c) == '\\' {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char(closer)
}

fn words(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    for (at, word) in text.split(' ').enumerate() {
        f.write_str(if at > 0 { " " } else { "" })?;
        f.write_str(&escaped(word, false))?;
    }
    Ok(())
}

/// A word in which nothing is a mark; as a unit it may stand behind a sign.
fn escaped(word: &str, is_unit: bool) -> String {
    let has_plain_brackets = brackets_are_text(word);
    let mut out = String::with_capacity(word.len());
    // Where the lexer looks for marks: at the start and behind a bracket.
    let mut is_start = true;
    let mut colon_at = None;
    for (at, c) in word.char_indices() {
        let rest = &word[at..];
        if is_start {
            colon_at = field_at(rest).map(|(_, len)| at + len);
        }
        let is_colon = colon_at == Some(at + c.len_utf8());
        let next = rest.chars().nth(1);
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        let needs_escape = match fold_width(c) {
            '\\' => next.is_none_or(is_mark) || is_start && operator_at(behind).is_some(),
            '*' => true,
            '(' | ')' => !has_plain_brackets,
            _ if is_start && is_sign(c) => is_unit || next.is_some_and(|next| !is_sign(next)),
            _ if is_start && is_operator(rest, has_plain_brackets) => true,
            _ => is_colon || quote(c).is_some_and(|quote| is_start || quote.is_bracket),
        };
        if needs_escape {
            out.push('\\');
        }
        out.push(c);
        is_start = has_plain_brackets && is_bracket(c);
    }
    out
}

/// Whether the start of a word would be read as an operator, although what follows it may be escaped.
fn is_operator(word: &str, has_plain_brackets: bool) -> bool {
    operator_at(word).is_some_and(|(_, len)| match word[len..].chars().next() {
        None => true,
        Some(c) if is_bracket(c) => has_plain_brackets,
        Some(c) => quote(c).is_some_and(|quote| !quote.is_bracket),
    })
}

/// Whether the round brackets of a word would be read as part of it.
fn brackets_are_text(word: &str) -> bool {
    let mut depth = 0usize;
    for (at, c) in word.char_indices() {
        match fold_width(c) {
            '(' if at == 0 => return false,
            '(' => depth += 1,
            ')' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}
