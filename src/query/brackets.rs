//! Which round brackets group and which are punctuation: 欧州連合(EU)の加盟国 is one word, 国連(UN OR 国際連合) is not.

use super::MAX_DEPTH;
use super::complaint::Complaints;
use super::lexer::{Kind, Token, Word};

/// What is known of a bracket before any is judged.
#[derive(Default, Clone)]
struct Bracket {
    is_closed: bool,
    has_operator: bool,
    has_operand: bool,
}

/// Leaves only the brackets that group, each with its partner or open to the end; the others become parts of words.
pub(super) fn resolve(text: &str, tokens: Vec<Token>, complaints: &mut Complaints) -> Vec<Token> {
    let brackets = measure(&tokens);
    let mut resolver = Resolver {
        text,
        out: Vec::with_capacity(tokens.len()),
        complaints,
    };
    // For each open bracket, innermost last, whether it groups.
    let mut open: Vec<bool> = Vec::new();
    let mut depth = 0;
    let mut is_too_deep = false;
    for (token, bracket) in tokens.into_iter().zip(brackets) {
        match token.kind {
            Kind::Open => {
                let is_joined = bracket.has_operator && bracket.has_operand;
                let mut groups = is_joined || !resolver.touches_word(&token);
                if groups && depth == MAX_DEPTH {
                    groups = false;
                    if !std::mem::replace(&mut is_too_deep, true) {
                        let reason = format!("brackets more than {MAX_DEPTH} deep");
                        resolver
                            .complaints
                            .add(token.range.clone(), reason, "taken as text");
                    }
                } else if !bracket.is_closed {
                    let action = if groups {
                        "closed at the end"
                    } else {
                        "taken as text"
                    };
                    let reason = format!("unclosed bracket `{}`", resolver.typed(&token));
                    resolver.complaints.add(token.range.clone(), reason, action);
                }
                open.push(groups);
                depth += usize::from(groups);
                resolver.push(token, groups);
            }
            Kind::Close => match open.pop() {
                Some(groups) => {
                    depth -= usize::from(groups);
                    resolver.push(token, groups);
                }
                None => {
                    let reason = format!("unopened bracket `{}`", resolver.typed(&token));
                    resolver.complaints.add(token.range, reason, "ignored");
                }
            },
            // In a bracket that does not group there is nothing to operate on.
            Kind::Operator(_) => resolver.push(token, open.last() != Some(&false)),
            // Behind a bracket that does not group, a sign stands inside a word: f(-x).
            Kind::Plus | Kind::Minus => {
                let is_mark = !resolver.touches_word(&token);
                resolver.push(token, is_mark);
            }
            _ => resolver.push(token, true),
        }
    }
    resolver.out
}

/// For each token that opens a bracket: whether it is closed and what stands inside, at any depth.
fn measure(tokens: &[Token]) -> Vec<Bracket> {
    let mut brackets = vec![Bracket::default(); tokens.len()];
    let mut open: Vec<(usize, Bracket)> = Vec::new();
    let mut close = |open: &mut Vec<(usize, Bracket)>, is_closed: bool| {
        if let Some((at, inner)) = open.pop() {
            if let Some((_, outer)) = open.last_mut() {
                outer.has_operator |= inner.has_operator;
                outer.has_operand |= inner.has_operand;
            }
            brackets[at] = Bracket { is_closed, ..inner };
        }
    };
    for (at, token) in tokens.iter().enumerate() {
        match (&token.kind, open.last_mut()) {
            (Kind::Open, _) => open.push((at, Bracket::default())),
            (Kind::Close, _) => close(&mut open, true),
            (Kind::Operator(_), Some((_, bracket))) => bracket.has_operator = true,
            (Kind::Word(_) | Kind::Phrase { .. }, Some((_, bracket))) => bracket.has_operand = true,
            _ => {}
        }
    }
    while !open.is_empty() {
        close(&mut open, false);
    }
    brackets
}

struct Resolver<'a> {
    text: &'a str,
    out: Vec<Token>,
    complaints: &'a mut Complaints,
}

impl Resolver<'_> {
    fn typed(&self, token: &Token) -> &str {
        self.text.get(token.range.clone()).unwrap_or_default()
    }

    /// Whether a token stands directly behind a word or a phrase.
    fn touches_word(&self, token: &Token) -> bool {
        self.out.last().is_some_and(|last| {
            last.range.end == token.range.start
                && matches!(last.kind, Kind::Word(_) | Kind::Phrase { .. })
        })
    }

    /// Adds a token, as a mark or as text; words that touch become one.
    fn push(&mut self, mut token: Token, is_mark: bool) {
        if !is_mark {
            let text = self.typed(&token).to_owned();
            token.kind = Kind::Word(Word {
                text,
                ..Word::default()
            });
        }
        if let Kind::Word(word) = &token.kind
            && let Some(Token {
                kind: Kind::Word(last),
                range,
            }) = self.out.last_mut()
            && range.end == token.range.start
        {
            last.keep_asterisks(range.end, self.complaints);
            last.text.push_str(&word.text);
            last.asterisks.clone_from(&word.asterisks);
            range.end = token.range.end;
            return;
        }
        self.out.push(token);
    }
}
