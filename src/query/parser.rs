//! Tokens → query: operators, signs, fields and groups. Keeps its own stack, so that no text can exhaust the program's.

use std::ops::Range;

use super::complaint::Complaints;
use super::lexer::{Kind, Token, Word};
use super::run::{Marks, Run};
use super::syntax::{Field, Operator};
use super::{
    Clause, Facet, FacetFilter, MAX_CHARS, MAX_CLAUSES, Occur, Parsed, Query, Text, TextField,
    YearError, YearRange, brackets, lexer,
};

pub(super) fn parse(typed: &str) -> Parsed {
    let mut complaints = Complaints::default();
    let mut text = typed;
    if let Some((end, _)) = typed.char_indices().nth(MAX_CHARS) {
        let reason = format!("query longer than {MAX_CHARS} characters");
        complaints.add(end..typed.len(), reason, "the rest was left out");
        text = typed.get(..end).unwrap_or_default();
    }
    let tokens = lexer::tokens(text, &mut complaints);
    let tokens = brackets::resolve(text, tokens, &mut complaints);
    let query = match only_operators(text, &tokens, &mut complaints) {
        Some(query) => query,
        None => Parser::new(text, &mut complaints).query(tokens),
    };
    Parsed {
        query,
        complaints: complaints.finish(typed),
    }
}

/// A query in which there is nothing to operate on asks for the word.
fn only_operators(text: &str, tokens: &[Token], complaints: &mut Complaints) -> Option<Query> {
    if tokens
        .iter()
        .any(|token| matches!(token.kind, Kind::Word(_) | Kind::Phrase { .. }))
    {
        return None;
    }
    let operators = || {
        tokens
            .iter()
            .filter(|token| matches!(token.kind, Kind::Operator(_)))
    };
    let first = operators().next()?;
    complaints.add(
        first.range.clone(),
        "nothing but operators",
        "searched as words",
    );
    let words: Vec<&str> = operators()
        .filter_map(|token| text.get(token.range.clone()))
        .collect();
    Some(Query::text(&words.join(" ")))
}

/// What stands between two brackets, or the whole.
#[derive(Default)]
struct Group {
    open: Range<usize>,
    /// What was typed before the bracket.
    marks: Marks,
    /// What a word in it belongs to unless it says otherwise.
    field: Option<Field>,
    /// The text field of the words in it that belong to no facet.
    text_field: Option<TextField>,
    /// Operands of `OR`, complete.
    either: Vec<Query>,
    /// Operands of `AND`, complete.
    both: Vec<Query>,
    run: Run,
    /// `AND` or `OR` behind which nothing was read yet.
    operator: Option<Range<usize>>,
    /// `NOT` behind which nothing was read yet, and whether their number is odd.
    not: Option<(Range<usize>, bool)>,
    sign: Option<Occur>,
    own_field: Option<Field>,
}

struct Parser<'a> {
    text: &'a str,
    complaints: &'a mut Complaints,
    /// Around the current group, outermost first.
    outer: Vec<Group>,
    group: Group,
    clauses: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, complaints: &'a mut Complaints) -> Self {
        Parser {
            text,
            complaints,
            outer: Vec::new(),
            group: Group::default(),
            clauses: 0,
        }
    }

    fn query(mut self, tokens: Vec<Token>) -> Query {
        for Token { kind, range } in tokens {
            if self.clauses == MAX_CLAUSES {
                let reason = format!("more than {MAX_CLAUSES} clauses");
                self.complaints.add(
                    range.start..self.text.len(),
                    reason,
                    "the rest was left out",
                );
                break;
            }
            match kind {
                Kind::Word(word) => self.word(word, range),
                Kind::Phrase { text, is_bracketed } => self.phrase(text, is_bracketed, range),
                Kind::Nothing => self.group.forget_marks(),
                Kind::Open => self.open(range),
                Kind::Close => self.close(range.end),
                Kind::Operator(Operator::Not) => {
                    let is_odd = self.group.not.take().is_none_or(|(_, is_odd)| !is_odd);
                    self.group.not = Some((range, is_odd));
                }
                Kind::Operator(operator) => self.operator(operator, range),
                Kind::Plus => self.group.sign = Some(Occur::Must),
                Kind::Minus => self.group.sign = Some(Occur::MustNot),
                Kind::Field(field) => self.group.own_field = Some(field),
            }
        }
        while !self.outer.is_empty() {
            self.close(self.text.len());
        }
        self.end_group();
        std::mem::take(&mut self.group)
            .into_query()
            .unwrap_or(Query::All)
    }

    fn word(&mut self, mut word: Word, range: Range<usize>) {
        if word.text.is_empty() {
            word.keep_asterisks(range.end, self.complaints);
        }
        let (mut marks, field) = self.group.take_marks();
        let query = match field {
            Some(Field::Facet(facet)) => {
                if !word.asterisks.is_empty() {
                    let end = range.end;
                    let reason = format!("`{}` in a value of `{facet}:`", word.asterisks);
                    self.complaints
                        .add(end - word.asterisks.len()..end, reason, "left out");
                }
                self.facet(facet, word.text, range, &mut marks)
            }
            field => {
                let text = Text {
                    text: word.text,
                    field: text_field(field),
                };
                if word.asterisks.is_empty() {
                    Query::Text(text)
                } else {
                    Query::Prefix(text)
                }
            }
        };
        self.push(query, marks);
    }

    fn phrase(&mut self, text: String, is_bracketed: bool, range: Range<usize>) {
        let (mut marks, field) = self.group.take_marks();
        let query = match field {
            Some(Field::Facet(facet)) => self.facet(facet, text, range, &mut marks),
            field => Query::Phrase(Text {
                text,
                field: text_field(field),
            }),
        };
        self.push(
            query,
            Marks {
                is_bracketed,
                ..marks
            },
        );
    }

    /// A facet with its value; what is no year is searched as a word like any other.
    fn facet(&mut self, facet: Facet, value: String, at: Range<usize>, marks: &mut Marks) -> Query {
        Query::Facet(match facet {
            Facet::Country => FacetFilter::Country(value),
            Facet::Topic => FacetFilter::Topic(value),
            Facet::Language => FacetFilter::Language(value),
            Facet::Year => match YearRange::parse(&value) {
                Ok(years) => FacetFilter::Year(years),
                Err(YearError::Reversed(typed, years)) => {
                    let reason = format!("years `{typed}` run backwards");
                    self.complaints
                        .add(at, reason, format!("taken as `{years}`"));
                    FacetFilter::Year(years)
                }
                Err(error) => {
                    let action = format!("searched as a word ({})", YearRange::FORMS);
                    self.complaints.add(at, error.to_string(), action);
                    marks.has_field = false;
                    let field = self.group.text_field;
                    return Query::Text(Text { text: value, field });
                }
            },
        })
    }

    fn push(&mut self, query: Query, marks: Marks) {
        let is_clause = self.group.run.push(query, marks, self.group.text_field);
        self.clauses += usize::from(is_clause);
    }

    fn open(&mut self, open: Range<usize>) {
        let (marks, field) = self.group.take_marks();
        let text_field = match field {
            Some(Field::Facet(_)) => self.group.text_field,
            field => text_field(field),
        };
        let group = Group {
            open,
            marks,
            field,
            text_field,
            ..Group::default()
        };
        self.outer.push(std::mem::replace(&mut self.group, group));
    }

    fn close(&mut self, end: usize) {
        self.end_group();
        if let Some(outer) = self.outer.pop() {
            let group = std::mem::replace(&mut self.group, outer);
            let (range, marks) = (group.open.start..end, group.marks);
            match group.into_query() {
                Some(query) => self.push(query, marks),
                None => self
                    .complaints
                    .add(range, "nothing in the brackets", "ignored"),
            }
        }
    }

    /// `AND` or `OR`: what stands before it is complete.
    fn operator(&mut self, operator: Operator, range: Range<usize>) {
        self.end_not();
        if self.group.run.is_empty() {
            self.complaints
                .add(range.clone(), self.useless(&range, "before"), "ignored");
            return;
        }
        self.group.end_run();
        if operator == Operator::Or {
            self.group.end_both();
        }
        self.group.operator = Some(range);
    }

    fn end_group(&mut self) {
        self.end_not();
        if self.group.run.is_empty()
            && let Some(range) = self.group.operator.take()
        {
            self.complaints
                .add(range.clone(), self.useless(&range, "after"), "ignored");
        }
    }

    fn end_not(&mut self) {
        if let Some((range, _)) = self.group.not.take() {
            self.complaints
                .add(range.clone(), self.useless(&range, "after"), "ignored");
        }
    }

    fn useless(&self, range: &Range<usize>, side: &str) -> String {
        let typed = self.text.get(range.clone()).unwrap_or_default();
        format!("operator `{typed}` with nothing {side} it")
    }
}

impl Group {
    /// The signs and the field name before a unit, which are thereby used up.
    fn take_marks(&mut self) -> (Marks, Option<Field>) {
        let is_odd = self.not.take().map(|(_, is_odd)| is_odd);
        let sign = self.sign.take();
        let is_negated = is_odd.unwrap_or(false) != (sign == Some(Occur::MustNot));
        let occur = if is_negated {
            Some(Occur::MustNot)
        } else {
            sign.filter(|sign| *sign == Occur::Must)
        };
        let own_field = self.own_field.take();
        let marks = Marks {
            occur,
            has_field: own_field.is_some(),
            is_bracketed: false,
        };
        (marks, own_field.or(self.field))
    }

    fn forget_marks(&mut self) {
        let _ = self.take_marks();
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.is_empty() {
            self.both.push(run.into_query(self.text_field));
        }
    }

    fn end_both(&mut self) {
        let both = std::mem::take(&mut self.both);
        if !both.is_empty() {
            self.either
                .push(Query::boolean(both.into_iter().map(Clause::must)));
        }
    }

    fn into_query(mut self) -> Option<Query> {
        self.end_run();
        self.end_both();
        let is_empty = self.either.is_empty();
        (!is_empty).then(|| Query::boolean(self.either.into_iter().map(Clause::should)))
    }
}

fn text_field(field: Option<Field>) -> Option<TextField> {
    match field {
        Some(Field::Text(field)) => Some(field),
        _ => None,
    }
}
