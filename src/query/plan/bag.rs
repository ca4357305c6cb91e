//! A bag of terms: any of them makes a passage match, and the score is the sum of all that are there (BM25).
//!
//! In: terms with their weights, and other queries that are ways to match. Out: a query of the engine. It is what the engine's union of term queries would be, matches and scores
//! alike; but the postings of a term are added up block by block in one tight loop, where the union asks each term for one passage after
//! the other.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, EmptyQuery, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, TERMINATED, Term};

/// A term and what a score for it is multiplied by.
pub(super) type Weighted = (Term, f32);

/// Terms that are looked for in any number.
#[derive(Debug, Default)]
pub(super) struct Bag {
    /// What also makes a passage match, and adds to its score.
    pub(super) ways: Vec<Box<dyn Query>>,
    /// Any of these makes a passage match.
    pub(super) matching: Vec<Weighted>,
    /// These only add to the score of what matches.
    pub(super) adding: Vec<Weighted>,
}

impl Bag {
    /// The query; the empty one where nothing can match.
    pub(super) fn query(self) -> Box<dyn Query> {
        match self.matching.is_empty() && self.ways.is_empty() {
            true => Box::new(EmptyQuery),
            false => Box::new(self),
        }
    }
}

impl Clone for Bag {
    fn clone(&self) -> Self {
        Bag {
            ways: self.ways.iter().map(|way| way.box_clone()).collect(),
            matching: self.matching.clone(),
            adding: self.adding.clone(),
        }
    }
}

impl Query for Bag {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let ways = self.ways.iter().map(|way| way.weight(scoring));
        let ways = ways.collect::<tantivy::Result<_>>()?;
        let EnableScoring::Enabled {
            statistics_provider: statistics,
            ..
        } = scoring
        else {
            let matching = self.matching.iter().map(|(term, _)| (term.clone(), None));
            return Ok(Box::new(BagWeight {
                ways,
                matching: matching.collect(),
                adding: Vec::new(),
            }));
        };
        let passages = statistics.total_num_docs()?;
        let scored = |(term, weight): &Weighted| {
            let found = statistics.doc_freq(term)?;
            let tokens = statistics.total_num_tokens(term.field())?;
            let average = tokens as Score / passages as Score;
            let bm25 = Bm25Weight::for_one_term_without_explain(found, passages, average);
            Ok((term.clone(), Some((bm25, *weight))))
        };
        Ok(Box::new(BagWeight {
            ways,
            matching: (self.matching.iter().map(scored)).collect::<tantivy::Result<_>>()?,
            adding: (self.adding.iter().map(scored)).collect::<tantivy::Result<_>>()?,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for way in &self.ways {
            way.query_terms(visitor);
        }
        for (term, _) in self.matching.iter().chain(&self.adding) {
            visitor(term, false);
        }
    }
}

/// Terms with their BM25 and its factor; none where nothing is scored.
type Scored = Vec<(Term, Option<(Bm25Weight, f32)>)>;

/// The terms of a bag, weighted.
#[derive(Default)]
pub(super) struct BagWeight {
    pub(super) ways: Vec<Box<dyn Weight>>,
    matching: Scored,
    adding: Scored,
}

impl BagWeight {
    /// Ways to match, and no terms.
    pub(super) fn of(ways: Vec<Box<dyn Weight>>) -> Self {
        BagWeight {
            ways,
            ..BagWeight::default()
        }
    }

    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<BagScorer> {
        let open = |terms: &Scored| {
            let streams = terms.iter().map(|(term, scored)| {
                let bm25 = scored.as_ref();
                let bm25 = bm25.map(|(bm25, weight)| bm25.boost_by(boost * weight));
                Stream::open(reader, term, bm25)
            });
            let there = streams.filter_map(Result::transpose);
            there.collect::<tantivy::Result<Vec<Stream>>>()
        };
        let ways = self.ways.iter().map(|way| way.scorer(reader, boost));
        let mut scorer = BagScorer {
            ways: ways.collect::<tantivy::Result<_>>()?,
            matching: open(&self.matching)?,
            adding: open(&self.adding)?,
            start: 0,
            matches: vec![0; BUCKETS].into(),
            scores: vec![0.0; WINDOW].into(),
            added: vec![0.0; WINDOW].into(),
            bucket: BUCKETS,
            doc: 0,
        };
        scorer.advance();
        Ok(scorer)
    }
}

impl Weight for BagWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.open(reader, boost)?))
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let mut scorer = self.open(reader, 1.0)?;
        while scorer.doc < TERMINATED {
            callback(scorer.doc, scorer.score());
            scorer.advance();
        }
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = match scorer.doc() <= doc && scorer.seek(doc) == doc {
            true => scorer.score(),
            false => 0.0,
        };
        Ok(Explanation::new("sum of the terms that are there", score))
    }
}

/// Postings of one term in a segment.
struct Stream {
    postings: BlockSegmentPostings,
    /// Place in the block of postings.
    at: usize,
    lengths: FieldNormReader,
    bm25: Option<Bm25Weight>,
}

impl Stream {
    fn open(
        reader: &SegmentReader,
        term: &Term,
        bm25: Option<Bm25Weight>,
    ) -> tantivy::Result<Option<Self>> {
        let option = match bm25 {
            Some(_) => IndexRecordOption::WithFreqs,
            None => IndexRecordOption::Basic,
        };
        let index = reader.inverted_index(term.field())?;
        let postings = index.read_block_postings(term, option)?;
        let lengths = reader.get_fieldnorms_reader(term.field())?;
        Ok(postings.map(|postings| Stream {
            postings,
            at: 0,
            lengths,
            bm25,
        }))
    }

    /// The next passage; none at the end.
    fn next(&self) -> Option<DocId> {
        self.postings.docs().get(self.at).copied()
    }

    fn seek(&mut self, target: DocId) {
        if self.next().is_some_and(|next| next < target) {
            self.at = self.postings.seek(target);
        }
    }

    /// Adds the scores of the passages of the window from `start` on, and tells which they are.
    fn add(&mut self, start: DocId, scores: &mut [Score], mut found: impl FnMut(usize)) {
        loop {
            let docs = self.postings.docs().get(self.at..).unwrap_or_default();
            let inside = match docs.last() {
                None => return,
                Some(last) if ((last - start) as usize) < WINDOW => docs.len(),
                Some(_) => docs.partition_point(|doc| ((doc - start) as usize) < WINDOW),
            };
            if let Some(bm25) = &self.bm25 {
                let freqs = &self.postings.freqs()[self.at..];
                for (&doc, &freq) in docs[..inside].iter().zip(freqs) {
                    let place = (doc - start) as usize;
                    scores[place] += bm25.score(self.lengths.fieldnorm_id(doc), freq);
                    found(place);
                }
            } else {
                docs[..inside]
                    .iter()
                    .for_each(|doc| found((doc - start) as usize));
            }
            if inside < docs.len() {
                self.at += inside;
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

/// Passages whose scores are added up at a time.
const WINDOW: usize = 4096;
/// Passages of a window are marked by 64 in a bucket.
const BUCKETS: usize = WINDOW / 64;

struct BagScorer {
    ways: Vec<Box<dyn Scorer>>,
    matching: Vec<Stream>,
    adding: Vec<Stream>,
    /// The first passage of the window.
    start: DocId,
    /// Which passages of the window are still to come.
    matches: Box<[u64]>,
    scores: Box<[Score]>,
    added: Box<[Score]>,
    /// The first bucket in which there may be some.
    bucket: usize,
    doc: DocId,
}

impl BagScorer {
    /// The next match of the window.
    fn next_in_window(&mut self) -> Option<DocId> {
        while let Some(matches) = self.matches.get_mut(self.bucket) {
            if *matches != 0 {
                let place = self.bucket as u32 * 64 + matches.trailing_zeros();
                *matches &= *matches - 1;
                return Some(self.start + place);
            }
            self.bucket += 1;
        }
        None
    }

    /// Adds up the window that begins with the next match; false at the end.
    fn fill(&mut self) -> bool {
        let ways = self.ways.iter().map(|way| way.doc());
        let terms = self.matching.iter().filter_map(Stream::next);
        let Some(start) = ways.chain(terms).min().filter(|doc| *doc < TERMINATED) else {
            return false;
        };
        (self.start, self.bucket) = (start, 0);
        self.scores.fill(0.0);
        let matches = &mut self.matches;
        for way in &mut self.ways {
            while (way.doc() - start) < WINDOW as u32 {
                let place = (way.doc() - start) as usize;
                matches[place / 64] |= 1 << (place % 64);
                self.scores[place] += way.score();
                way.advance();
            }
        }
        for stream in &mut self.matching {
            let mark = |place: usize| matches[place / 64] |= 1 << (place % 64);
            stream.add(start, &mut self.scores, mark);
        }
        if !self.adding.is_empty() {
            self.added.fill(0.0);
            for stream in &mut self.adding {
                stream.seek(start);
                stream.add(start, &mut self.added, |_| {});
            }
        }
        true
    }
}

impl DocSet for BagScorer {
    fn advance(&mut self) -> DocId {
        self.doc = match self.next_in_window() {
            Some(doc) => doc,
            None if self.fill() => self.next_in_window().unwrap_or(TERMINATED),
            None => TERMINATED,
        };
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let place = (target - self.start) as usize;
        if self.bucket < BUCKETS && place < WINDOW {
            self.matches[self.bucket..place / 64].fill(0);
            self.matches[place / 64] &= u64::MAX << (place % 64);
        } else {
            self.matches.fill(0);
            self.bucket = BUCKETS;
            for way in &mut self.ways {
                if way.doc() < target {
                    way.seek(target);
                }
            }
            for stream in &mut self.matching {
                stream.seek(target);
            }
        }
        self.advance()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let ways = self.ways.iter().map(|way| way.size_hint());
        let terms = self.matching.iter();
        let terms = terms.map(|stream| stream.postings.doc_freq());
        ways.chain(terms).max().unwrap_or_default()
    }
}

impl Scorer for BagScorer {
    fn score(&mut self) -> Score {
        let place = (self.doc - self.start) as usize;
        self.scores[place] + self.added[place]
    }
}
