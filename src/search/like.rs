//! More like this: the passages that share the most telling words of one.
//!
//! In: a passage. Out: its words as a query. A word tells more the rarer it is and the more often the passage has it, title and headings
//! included; one that no other passage has finds nothing. Where the analyzer knows no words (Chinese, Thai, Japanese without a
//! dictionary) pairs of characters stand in for them. The query is text as a person would type it, and is ranked like any.

use std::collections::HashMap;
use std::ops::Range;

use super::collect::LeftOut;
use super::{Asked, SearchOptions, Searcher};
use crate::analysis::Signature;
use crate::error::{Error, ErrorKind, Result};
use crate::hit::Hits;
use crate::index::StoredPassage;
use crate::query::Query;
use crate::schema::{TextFields, term};

/// Words of the passage that are looked for: enough for its matter, few enough to be read and to be quick.
const MAX_WORDS: usize = 20;

/// A word of a passage.
#[derive(Debug)]
struct Word {
    /// As it is written where it first stands.
    written: String,
    count: u32,
    /// Number among the words of the passage.
    first: usize,
}

impl Searcher {
    /// Passages that are like one, by its id (`DOCUMENT#ORDINAL`, or the id of a document with a single passage). It is not among
    /// them, nor are its near copies.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when the index has no such passage, and as [`Searcher::search`].
    pub fn like(&self, passage_id: &str, options: &SearchOptions) -> Result<Hits> {
        self.index.guarded(|| self.alike(passage_id, options))
    }

    fn alike(&self, passage_id: &str, options: &SearchOptions) -> Result<Hits> {
        let located = self.located(passage_id)?;
        let [(address, stored)] = located.as_slice() else {
            let last = located.len() - 1;
            return Err(Error::new(
                ErrorKind::NotFound,
                format!("`{passage_id}` is a document of {} passages", last + 1),
            )
            .with_hint(format!(
                "give one of them: `{passage_id}#0` to `{passage_id}#{last}`"
            )));
        };
        let folded = self.index.analyzer().normalize(&stored.passage.text);
        let left_out = LeftOut {
            address: *address,
            signature: Signature::of(&folded),
        };
        let query = match self.telling_words(stored)? {
            words if words.is_empty() => Query::text(&stored.passage.text),
            words => Query::text(&words),
        };
        let mut hits = self.answer(Asked {
            left_out: Some(left_out),
            ..Asked::new(&query, options, &self.statistics()?)
        })?;
        hits.like = Some(stored.passage.id.clone());
        Ok(hits)
    }

    /// The most telling words of a passage, the most telling first.
    fn telling_words(&self, stored: &StoredPassage) -> Result<String> {
        let language = Some(stored.passage.language.as_str()).filter(|code| !code.is_empty());
        let passage = &stored.passage;
        let texts = [&stored.document.title, &passage.heading, &passage.text];
        let [mut words, mut grams] = [HashMap::new(), HashMap::new()];
        for text in texts {
            let analysis = self.index.analyzer().analyze(text, language);
            let taken: Vec<Range<usize>> = analysis.words.iter().map(|token| token.range).collect();
            for token in analysis.words.content() {
                if token.term.chars().all(char::is_numeric) {
                    // A bare number says little about the matter.
                    continue;
                }
                note(&mut words, token.term, &text[token.range]);
            }
            for token in analysis.grams.iter() {
                let stands_alone = token.term.chars().count() > 1
                    && !taken.iter().any(|word| overlap(word, &token.range));
                if stands_alone {
                    note(&mut grams, token.term, &text[token.range]);
                }
            }
        }
        let fields = self.index.schema().text;
        let code = language.unwrap_or_default();
        let mut rated = self.rated(code, words, fields, |fields| fields.words)?;
        rated.extend(self.rated(code, grams, fields, |fields| fields.grams)?);
        rated.sort_by(|(a, first), (b, second)| {
            (b.total_cmp(a))
                .then(first.first.cmp(&second.first))
                .then(first.written.cmp(&second.written))
        });
        // Spellings of one word are written alike.
        let mut written: Vec<String> = Vec::with_capacity(MAX_WORDS);
        for (_, word) in rated {
            if written.len() < MAX_WORDS && !written.contains(&word.written) {
                written.push(word.written);
            }
        }
        Ok(written.join(" "))
    }

    /// Words with what they tell: `(1 + ln count) · idf`.
    fn rated(
        &self,
        language: &str,
        words: HashMap<String, Word>,
        fields: TextFields,
        view: fn(TextFields) -> tantivy::schema::Field,
    ) -> Result<Vec<(f32, Word)>> {
        let passages = self.engine.num_docs() as f32;
        let mut rated = Vec::with_capacity(words.len());
        for (text, word) in words {
            let found = self
                .engine
                .doc_freq(&term(view(fields), language, &text))
                .map_err(|cause| self.index.damaged(cause))?;
            if found > 1 {
                let idf = (1.0 + passages / found as f32).ln();
                rated.push(((1.0 + (word.count as f32).ln()) * idf, word));
            }
        }
        Ok(rated)
    }
}

fn note(words: &mut HashMap<String, Word>, term: &str, written: &str) {
    let first = words.len();
    let word = words.entry(term.to_owned()).or_insert_with(|| Word {
        written: written.to_owned(),
        count: 0,
        first,
    });
    word.count += 1;
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
