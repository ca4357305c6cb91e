//! Query text → tokens. Decides by the neighbourhood whether a mark is a mark or part of a word; only round brackets
//! are left open (see [`brackets`](super::brackets)).

use std::ops::Range;

use super::complaint::Complaints;
use super::syntax::{
    Field, FieldName, Operator, field_at, fold_width, is_bracket, is_mark, is_minus, is_sign,
    is_space, operator_at, quote, squeeze,
};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Bytes in the text as typed. Tokens without white space between them touch.
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Word(Word),
    Phrase {
        text: String,
        /// In Japanese brackets.
        is_bracketed: bool,
    },
    /// A phrase or a value that is missing: takes the marks before it with it.
    Nothing,
    Open,
    Close,
    Operator(Operator),
    Plus,
    Minus,
    Field(Field),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Asterisks at its end, as typed.
    pub(super) asterisks: String,
}

/// What stands before a token and decides what it may be.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// White space, an opening bracket, an operator or the start: all is possible.
    Space,
    /// Anything but a second sign or an operator.
    Sign,
    /// A value.
    Field,
    /// A phrase, a bracket or a word, without white space between: no sign and no field name.
    Unit,
}

pub(super) fn tokens(text: &str, complaints: &mut Complaints) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        complaints,
    };
    let mut before = Before::Space;
    while let Some(c) = lexer.peek() {
        if is_space(c) {
            lexer.at += c.len_utf8();
            before = Before::Space;
        } else {
            before = lexer.token(c, before);
        }
    }
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    /// Bytes read.
    at: usize,
    tokens: Vec<Token>,
    complaints: &'a mut Complaints,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character after the next.
    fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn push(&mut self, kind: Kind, len: usize) {
        let range = self.at..self.at + len;
        self.at = range.end;
        self.tokens.push(Token { kind, range });
    }

    fn token(&mut self, c: char, before: Before) -> Before {
        if matches!(before, Before::Space | Before::Unit)
            && let Some((operator, len)) = operator_at(self.rest())
        {
            self.push(Kind::Operator(operator), len);
            return Before::Space;
        }
        if before == Before::Space && is_sign(c) && self.peek_second().is_some_and(may_be_signed) {
            self.push(
                if is_minus(c) { Kind::Minus } else { Kind::Plus },
                c.len_utf8(),
            );
            return Before::Sign;
        }
        if matches!(before, Before::Space | Before::Sign)
            && let Some((name, len)) = field_at(self.rest())
        {
            match name {
                FieldName::Known(field) => return self.field(field, len),
                FieldName::Near(near) => self.misspelt(near, len),
            }
        }
        match (fold_width(c), quote(c)) {
            ('(', _) => {
                self.push(Kind::Open, c.len_utf8());
                return Before::Space;
            }
            (')', _) => self.push(Kind::Close, c.len_utf8()),
            (_, Some(_)) => self.phrase(c),
            _ => self.word(),
        }
        Before::Unit
    }

    fn field(&mut self, field: Field, len: usize) -> Before {
        let value = self.rest().get(len..).and_then(|rest| rest.chars().next());
        if value.is_some_and(|c| !is_space(c) && fold_width(c) != ')') {
            self.push(Kind::Field(field), len);
            return Before::Field;
        }
        let name = self.rest().get(..len).unwrap_or_default();
        let reason = format!("nothing after `{name}`");
        self.complaints
            .add(self.at..self.at + len, reason, "ignored");
        self.push(Kind::Nothing, len);
        Before::Unit
    }

    fn misspelt(&mut self, near: &str, len: usize) {
        let (name, value) = self.rest().split_at(len);
        // `note: …` is a word and a colon, `test://…` an address.
        let value = value.chars().next().map(fold_width);
        if value.is_none_or(|c| is_space(c) || matches!(c, '/' | ')')) {
            return;
        }
        let reason = format!("unknown field `{name}` (did you mean `{near}:`?)");
        self.complaints
            .add(self.at..self.at + len, reason, "searched as words");
    }

    fn phrase(&mut self, opener: char) {
        let Some(quote) = quote(opener) else { return };
        let is_own = |c: char| quote.openers.contains(&c) || quote.closers.contains(&c);
        let start = self.at;
        self.at += opener.len_utf8();
        let mut text = String::new();
        let mut depth = 1;
        while let Some(mut c) = self.peek() {
            self.at += c.len_utf8();
            let escaped = self.peek().filter(|&c| is_own(c) || fold_width(c) == '\\');
            if let ('\\', Some(next)) = (fold_width(c), escaped) {
                self.at += next.len_utf8();
                c = next;
            } else if quote.closers.contains(&c) {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            } else if quote.is_bracket && quote.openers.contains(&c) {
                depth += 1;
            }
            text.push(c);
        }
        let text = squeeze(&text);
        let range = start..self.at;
        let typed = self.text.get(range.clone()).unwrap_or_default();
        if depth > 0 {
            let action = if text.is_empty() {
                "ignored"
            } else {
                "the rest is the phrase"
            };
            let opener_range = start..start + opener.len_utf8();
            self.complaints
                .add(opener_range, format!("unclosed quote `{opener}`"), action);
        } else if text.is_empty() {
            self.complaints
                .add(range.clone(), format!("empty phrase `{typed}`"), "ignored");
        }
        let kind = if text.is_empty() {
            Kind::Nothing
        } else {
            Kind::Phrase {
                text,
                is_bracketed: quote.is_bracket,
            }
        };
        self.tokens.push(Token { kind, range });
    }

    /// Up to white space, a round bracket or a Japanese one.
    fn word(&mut self) {
        let start = self.at;
        let mut word = Word::default();
        if self.peek().map(fold_width) == Some('\\') {
            let rest = self.rest().chars().as_str();
            let rest = rest
                .get(self.peek().map_or(0, char::len_utf8)..)
                .unwrap_or_default();
            if let Some((_, len)) = operator_at(rest) {
                word.text.push_str(rest.get(..len).unwrap_or_default());
                self.at = self.text.len() - rest.len() + len;
            }
        }
        while let Some(c) = self.peek() {
            if is_space(c) || is_bracket(c) || quote(c).is_some_and(|quote| quote.is_bracket) {
                break;
            }
            if fold_width(c) == '*' {
                word.asterisks.push(c);
                self.at += c.len_utf8();
                continue;
            }
            let escaped = self.peek_second().filter(|&c| is_mark(c));
            let (c, len) = match (fold_width(c), escaped) {
                ('\\', Some(next)) => (next, c.len_utf8() + next.len_utf8()),
                _ => (c, c.len_utf8()),
            };
            word.keep_asterisks(self.at, self.complaints);
            word.text.push(c);
            self.at += len;
        }
        self.tokens.push(Token {
            kind: Kind::Word(word),
            range: start..self.at,
        });
    }
}

impl Word {
    /// Makes the asterisks before byte `end` part of the word, because it goes on after them or has nothing else.
    pub(super) fn keep_asterisks(&mut self, end: usize, complaints: &mut Complaints) {
        if !self.asterisks.is_empty() {
            let range = end - self.asterisks.len()..end;
            let reason = format!("`{}` not at the end of a word", self.asterisks);
            complaints.add(range, reason, "taken as text");
            self.text.push_str(&std::mem::take(&mut self.asterisks));
        }
    }
}

/// Whether a sign before this character is one.
fn may_be_signed(c: char) -> bool {
    !is_space(c) && !is_sign(c) && fold_width(c) != ')'
}
