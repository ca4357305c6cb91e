//! The second stage: the best passages of the first, looked at more closely.
//!
//! In: candidates of one shelf, what the query seeks there, the years it names. Out: higher scores, and what each rests on. To the score of the first
//! stage is added, for each piece of evidence (`rescore/evidence.rs`), its value times its weight for the query's kind
//! (`rescore/weights.tsv`). No weight is negative, so nothing that matches lowers a passage, and what was not looked at stays behind
//! what was. Everything comes out of posting lists and columns: no text is read.

mod evidence;
mod occurrences;
mod weights;
mod years;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::collect::Candidate;
use crate::facet::Found;
use crate::hit::{Explanation, ScorePart};
use crate::query::plan::{SYNONYM_WEIGHT, Seen, Statistics, Tried};
use crate::schema::{Schema, TextFields, term};
use evidence::{EVIDENCE, Evidence, View, gather};
use occurrences::Occurrences;

/// Words of the query that are looked for, the rarest: more make a text, not a question.
const MAX_WORDS: usize = 24;
/// Grams of the query that are looked for, the rarest.
const MAX_GRAMS: usize = 48;
/// Name of the first stage's score among the parts of an explanation.
pub(super) const FIRST_STAGE: &str = "words and grams";

/// A view of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Grams,
}

impl Kind {
    fn field(self, fields: TextFields) -> Field {
        match self {
            Kind::Words => fields.words,
            Kind::Grams => fields.grams,
        }
    }

    fn typed(self, tried: &Tried) -> &[String] {
        match self {
            Kind::Words => &tried.words,
            Kind::Grams => &tried.grams,
        }
    }
}

/// Looks for evidence in candidates.
pub(super) struct SecondStage<'s> {
    pub(super) searcher: &'s Searcher,
    pub(super) schema: &'s Schema,
    pub(super) statistics: &'s Statistics<'s>,
    pub(super) seen: &'s Seen,
    /// The years that the query names.
    pub(super) years: &'s [Found<i32>],
}

impl SecondStage<'_> {
    /// Raises the scores of the candidates by the evidence for them.
    pub(super) fn rescore(&self, candidates: &mut [Candidate]) -> tantivy::Result<()> {
        let weights = self.weights();
        let evidence = self.evidence(candidates)?;
        for (candidate, evidence) in candidates.iter_mut().zip(evidence) {
            let parts = weights.iter().zip(&evidence);
            candidate.score += parts.map(|(weight, value)| weight * value).sum::<f32>();
        }
        Ok(())
    }

    /// What the scores of candidates rest on, given their first scores.
    pub(super) fn explain(&self, candidates: &[Candidate]) -> tantivy::Result<Vec<Explanation>> {
        let (weights, balance) = (self.weights(), self.seen.balance.get());
        let explain = |(candidate, evidence): (&Candidate, Evidence)| {
            let mut parts = vec![ScorePart::new(
                FIRST_STAGE,
                candidate.score / balance,
                balance,
            )];
            let found = EVIDENCE.iter().zip(evidence).zip(weights);
            parts.extend(found.map(|((name, value), weight)| ScorePart::new(name, value, weight)));
            Explanation {
                kind: self.seen.sought.kind,
                parts,
            }
        };
        let evidence = self.evidence(candidates)?;
        Ok(candidates.iter().zip(evidence).map(explain).collect())
    }

    /// What each piece of evidence adds, in the scale of the shelf's scores.
    fn weights(&self) -> Evidence {
        let weights = weights::weights(self.seen.sought.kind);
        weights.map(|weight| weight * self.seen.balance.get())
    }

    /// The evidence for each candidate; they must come in the order of their addresses.
    fn evidence(&self, candidates: &[Candidate]) -> tantivy::Result<Vec<Evidence>> {
        let [title, _, _] = self.schema.text_fields();
        let words = self.rarest(title.words, &self.seen.sought.words, MAX_WORDS)?;
        let grams = self.rarest(title.grams, &self.seen.sought.grams, MAX_GRAMS)?;
        let numbers = self.numbers(&words);
        let mut views = [
            self.view(Kind::Words, &words, candidates)?,
            self.view(Kind::Grams, &grams, candidates)?,
        ];
        let mut evidence = gather(&views, &numbers, candidates);
        if (self.seen.synonyms.iter()).any(|tried| !tried.found.is_empty()) {
            self.stand_in(&mut views, [&words, &grams], candidates)?;
            let with_others = gather(&views, &numbers, candidates);
            for (own, with) in evidence.iter_mut().zip(with_others) {
                own.iter_mut()
                    .zip(with)
                    .for_each(|(own, with)| *own += SYNONYM_WEIGHT * (with - *own));
            }
        }
        let [words, _] = views;
        let information = words.information.iter().sum();
        years::add(self, information, candidates, &mut evidence)?;
        Ok(evidence)
    }

    /// The rarest terms in their order, each with its information.
    fn rarest<'t>(
        &self,
        field: Field,
        terms: &'t [(String, f32)],
        limit: usize,
    ) -> tantivy::Result<Vec<(&'t str, f32)>> {
        let mut rated = Vec::with_capacity(terms.len());
        for (text, weight) in terms {
            // What no passage has says nothing about any.
            let idf = match self.statistics.doc_freq(&self.term(field, text))? {
                0 => 0.0,
                found => self.seen.shelf.idf(found),
            };
            rated.push((text.as_str(), weight * idf));
        }
        if rated.len() > limit {
            let mut worth: Vec<f32> = rated.iter().map(|(_, worth)| *worth).collect();
            worth.sort_unstable_by(|a, b| b.total_cmp(a));
            rated.retain(|(_, own)| *own >= worth[limit - 1]);
            rated.truncate(limit);
        }
        Ok(rated)
    }

    /// Which words are numbers and no years.
    fn numbers(&self, words: &[(&str, f32)]) -> Vec<usize> {
        let is_year = |word: &str| {
            let number = word.parse::<i32>();
            number.is_ok_and(|number| self.years.iter().any(|year| year.value == number))
        };
        let numbers = words.iter().enumerate();
        let numbers =
            numbers.filter(|(_, (word, _))| word.contains(char::is_numeric) && !is_year(word));
        numbers.map(|(at, _)| at).collect()
    }

    fn view(
        &self,
        kind: Kind,
        terms: &[(&str, f32)],
        candidates: &[Candidate],
    ) -> tantivy::Result<View> {
        let [title, heading, text] = self.schema.text_fields();
        let read = |fields, positions| {
            let texts = terms.iter().map(|(text, _)| *text);
            self.occurrences(kind.field(fields), texts, candidates, positions)
        };
        Ok(View {
            information: terms.iter().map(|(_, worth)| *worth).collect(),
            fields: [
                read(title, false)?,
                read(heading, false)?,
                read(text, kind == Kind::Words)?,
            ],
        })
    }

    /// Counts other words for what was typed, where that is not there.
    fn stand_in(
        &self,
        views: &mut [View; 2],
        terms: [&[(&str, f32)]; 2],
        candidates: &[Candidate],
    ) -> tantivy::Result<()> {
        for tried in &self.seen.synonyms {
            let typed = [Kind::Words, Kind::Grams].map(|kind| {
                let is_typed = |text: &str| kind.typed(tried).iter().any(|typed| typed == text);
                let places = terms[kind as usize].iter().enumerate();
                let places = places.filter(|(_, (text, _))| is_typed(text));
                places.map(|(at, _)| at).collect::<Vec<usize>>()
            });
            for words in &tried.found {
                for (part, fields) in self.schema.text_fields().into_iter().enumerate() {
                    let words = words.iter().map(String::as_str);
                    let others = self.occurrences(fields.words, words, candidates, false)?;
                    for (view, typed) in views.iter_mut().zip(&typed) {
                        view.fields[part].stand_in(typed, &others);
                    }
                }
            }
        }
        Ok(())
    }

    fn occurrences<'t>(
        &self,
        field: Field,
        texts: impl Iterator<Item = &'t str>,
        candidates: &[Candidate],
        positions: bool,
    ) -> tantivy::Result<Occurrences> {
        let terms: Vec<Term> = texts.map(|text| self.term(field, text)).collect();
        let length = self.seen.shelf.average_length(field);
        Occurrences::read(self.searcher, field, length, &terms, candidates, positions)
    }

    fn term(&self, field: Field, text: &str) -> Term {
        term(field, &self.seen.shelf.language, text)
    }
}
