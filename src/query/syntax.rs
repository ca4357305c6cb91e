//! The marks of the query language, in all their widths: shared by the lexer, which reads them, and the printer,
//! which must not write one by accident.

use super::{Facet, TextField};

/// White space between words. Control characters, zero-width space and byte order mark come from pasting.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// Single spaces for white space, none at the ends.
pub(super) fn squeeze(text: &str) -> String {
    text.split(is_space)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The ASCII twin of a full-width form, else the character itself.
pub(super) fn fold_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

pub(super) fn is_minus(c: char) -> bool {
    matches!(fold_width(c), '-' | '\u{2010}' | '\u{2011}' | '\u{2212}')
}

pub(super) fn is_sign(c: char) -> bool {
    is_minus(c) || fold_width(c) == '+'
}

pub(super) fn is_bracket(c: char) -> bool {
    matches!(fold_width(c), '(' | ')')
}

/// Whether a backslash before it takes its meaning away.
pub(super) fn is_mark(c: char) -> bool {
    is_sign(c)
        || is_bracket(c)
        || matches!(fold_width(c), '"' | '*' | ':' | '\\' | '&' | '|')
        || matches!(
            c,
            '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' | '｢' | '｣'
        )
}

/// Neither letter nor sign of any script: alone it is no word.
pub(super) fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}')
        || matches!(c, '〜' | '〰' | '・' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
        || matches!(c, '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

/// A kind of quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    pub(super) openers: &'static [char],
    pub(super) closers: &'static [char],
    /// Brackets by nature (Japanese): they nest, open anywhere in a text, and are punctuation in a question.
    pub(super) is_bracket: bool,
}

const QUOTES: [Quote; 7] = [
    Quote {
        openers: &['"', '＂'],
        closers: &['"', '＂'],
        is_bracket: false,
    },
    Quote {
        openers: &['“'],
        closers: &['”'],
        is_bracket: false,
    },
    // Swedish, and Japanese input methods.
    Quote {
        openers: &['”'],
        closers: &['”'],
        is_bracket: false,
    },
    Quote {
        openers: &['„'],
        closers: &['“', '”'],
        is_bracket: false,
    },
    Quote {
        openers: &['«'],
        closers: &['»'],
        is_bracket: false,
    },
    Quote {
        openers: &['「', '｢'],
        closers: &['」', '｣'],
        is_bracket: true,
    },
    Quote {
        openers: &['『'],
        closers: &['』'],
        is_bracket: true,
    },
];

/// The quotes that a character opens.
pub(super) fn quote(opener: char) -> Option<Quote> {
    QUOTES
        .into_iter()
        .find(|quote| quote.openers.contains(&opener))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
}

const OPERATORS: [(&str, Operator); 5] = [
    ("AND", Operator::And),
    ("&&", Operator::And),
    ("OR", Operator::Or),
    ("||", Operator::Or),
    ("NOT", Operator::Not),
];

/// The operator at the start of a text, with its length in bytes. It ends at white space, a bracket or a quote.
pub(super) fn operator_at(text: &str) -> Option<(Operator, usize)> {
    OPERATORS.into_iter().find_map(|(form, operator)| {
        let mut rest = text.chars();
        let is_here = form.chars().all(|c| rest.next().map(fold_width) == Some(c));
        let len = text.len() - rest.as_str().len();
        let ends = rest
            .next()
            .is_none_or(|c| is_space(c) || is_bracket(c) || quote(c).is_some());
        (is_here && ends).then_some((operator, len))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text(TextField),
    Facet(Facet),
}

const FIELDS: [(&str, Field); 18] = [
    ("title", Field::Text(TextField::Title)),
    ("題名", Field::Text(TextField::Title)),
    ("タイトル", Field::Text(TextField::Title)),
    ("heading", Field::Text(TextField::Heading)),
    ("見出し", Field::Text(TextField::Heading)),
    ("text", Field::Text(TextField::Text)),
    ("本文", Field::Text(TextField::Text)),
    ("country", Field::Facet(Facet::Country)),
    ("国", Field::Facet(Facet::Country)),
    ("year", Field::Facet(Facet::Year)),
    ("年", Field::Facet(Facet::Year)),
    ("topic", Field::Facet(Facet::Topic)),
    ("分野", Field::Facet(Facet::Topic)),
    ("トピック", Field::Facet(Facet::Topic)),
    ("language", Field::Facet(Facet::Language)),
    ("lang", Field::Facet(Facet::Language)),
    ("言語", Field::Facet(Facet::Language)),
    // Many write the plural of this one; the others are caught as misspelt.
    ("countries", Field::Facet(Facet::Country)),
];

/// No name is longer in characters, and no misspelt one that is still recognised.
const MAX_NAME_CHARS: usize = 10;

pub(super) enum FieldName {
    Known(Field),
    /// Looks like this one misspelt.
    Near(&'static str),
}

/// The field name at the start of a text, with its length in bytes including the colon.
pub(super) fn field_at(text: &str) -> Option<(FieldName, usize)> {
    let mut name = String::new();
    let mut colon = None;
    for (at, c) in text.char_indices().take(MAX_NAME_CHARS + 1) {
        match fold_width(c) {
            ':' => {
                colon = Some(at + c.len_utf8());
                break;
            }
            folded if is_space(c) || is_mark(folded) => return None,
            folded => name.extend(folded.to_lowercase()),
        }
    }
    let len = colon?;
    if let Some((_, field)) = FIELDS.into_iter().find(|(known, _)| *known == name) {
        return Some((FieldName::Known(field), len));
    }
    let near = nearest(&name)?;
    Some((FieldName::Near(near), len))
}

/// The name that was probably meant: one slip, in long names two.
fn nearest(name: &str) -> Option<&'static str> {
    if name.len() < 3 || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let near = FIELDS
        .into_iter()
        .filter(|(known, _)| known.is_ascii())
        .filter_map(|(known, _)| {
            let slips = slips(name.as_bytes(), known.as_bytes());
            (slips <= if known.len() < 6 { 1 } else { 2 }).then_some((slips, known))
        });
    near.min_by_key(|(slips, _)| *slips).map(|(_, known)| known)
}

/// Letters added, left out, replaced or swapped with their neighbour between two short names.
fn slips(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_names() {
        let cases = [
            ("contry", Some("country")),
            ("coutnry", Some("country")),
            ("yaer", Some("year")),
            ("years", Some("year")),
            ("topics", Some("topic")),
            ("langage", Some("language")),
            ("tilte", Some("title")),
            ("headings", Some("heading")),
            ("http", None),
            ("https", None),
            ("file", None),
            ("time", None),
            ("mailto", None),
            ("note", None),
            ("国名", None),
        ];
        for (name, expected) in cases {
            assert_eq!(nearest(name), expected, "{name}");
        }
    }

    #[test]
    fn operators_end() {
        assert_eq!(operator_at("ＡＮＤ　日本"), Some((Operator::And, 9)));
        assert_eq!(operator_at("OR(越)"), Some((Operator::Or, 2)));
        assert_eq!(operator_at("OR「越」"), Some((Operator::Or, 2)));
        assert_eq!(operator_at("ORACLE"), None);
        assert_eq!(operator_at("or"), None);
    }
}
