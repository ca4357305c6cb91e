//! Sets of judged queries, as they are and as other kinds of queries and texts are made from them.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use fumikura::evaluation::{Qrels, Topic, read_qrels, read_topics};
use fumikura::{Analyzer, Document, Source};

/// Documents, queries and which answers which.
pub(crate) struct Texts {
    pub(crate) documents: Vec<Document>,
    pub(crate) topics: Vec<Topic>,
    pub(crate) qrels: Qrels,
}

/// Passages that make a long document.
const JOINED: usize = 6;
/// Queries of a made set.
const QUERIES: usize = 800;
/// Characters of a statement made from an opening sentence.
const STATEMENT_CHARS: std::ops::RangeInclusive<usize> = 14..=36;

impl Texts {
    pub(crate) fn read(folder: &Path) -> Self {
        let open = |name| BufReader::new(File::open(folder.join(name)).unwrap());
        let sources = Source::walk(folder.join("corpus.jsonl")).unwrap();
        Texts {
            documents: sources
                .flat_map(|source| source.unwrap().read().unwrap().map(Result::unwrap))
                .collect(),
            topics: read_topics(open("queries.jsonl"), "queries.jsonl").unwrap(),
            qrels: read_qrels(open("qrels.txt"), "qrels.txt").unwrap(),
        }
    }

    /// The same questions over long documents without titles: passages of one article in a row are one document.
    pub(crate) fn joined(self) -> Self {
        let (articles, place) = self.articles(JOINED);
        let move_to = |judged: HashMap<String, u32>| {
            let moved = judged.into_iter();
            moved
                .filter_map(|(id, relevance)| Some((place.get(&id)?.to_string(), relevance)))
                .collect()
        };
        Texts {
            documents: articles
                .into_iter()
                .map(|(id, text)| Document::new(id, "", text))
                .collect(),
            topics: some(self.topics),
            qrels: self
                .qrels
                .into_iter()
                .map(|(id, judged)| (id, move_to(judged)))
                .collect(),
        }
    }

    /// What articles say they are about (…は、…である。) as statements, over the articles without title and that sentence.
    pub(crate) fn leads(self) -> Self {
        let (articles, _) = self.articles(usize::MAX);
        let mut texts = Texts {
            documents: Vec::new(),
            topics: Vec::new(),
            qrels: Qrels::new(),
        };
        for (id, text) in articles {
            let end = text.find('。').map_or(0, |at| at + '。'.len_utf8());
            let (lead, rest) = text.split_at(end);
            let about = lead
                .split_once("は、")
                .map(|(_, about)| about)
                .unwrap_or_default();
            let longest = about
                .chars()
                .take(*STATEMENT_CHARS.end())
                .collect::<String>();
            let statement = longest
                .split(['。', '（', '(', '\n'])
                .next()
                .unwrap_or_default();
            let is_long = STATEMENT_CHARS.contains(&statement.chars().count());
            if is_long && rest.chars().count() > 400 {
                let judged = HashMap::from([(id.clone(), 1)]);
                texts.qrels.insert(id.clone(), judged);
                texts.topics.push(Topic {
                    id: id.clone(),
                    text: statement.to_owned(),
                });
            }
            texts.documents.push(Document::new(id, "", rest));
        }
        texts.topics = some(texts.topics);
        texts
    }

    /// The two or three longest stretches of content words of each question, as people type keywords.
    pub(crate) fn keywords(mut self, analyzer: &Analyzer) -> Self {
        self.topics = some(self.topics);
        for (number, topic) in self.topics.iter_mut().enumerate() {
            let analysis = analyzer.analyze(&topic.text, None);
            let words: Vec<_> = analysis.words.content().map(|token| token.range).collect();
            let mut runs: Vec<&str> = words
                .chunk_by(|before, after| before.end == after.start)
                .map(|run| &topic.text[run[0].start..run[run.len() - 1].end])
                .collect();
            let mut longest: Vec<usize> = runs.iter().map(|run| run.chars().count()).collect();
            longest.sort_unstable_by(|a, b| b.cmp(a));
            let least = longest.get(1 + number % 2).copied().unwrap_or(0);
            runs.retain(|run| run.chars().count() >= least);
            topic.text = runs.join(" ");
        }
        self
    }

    /// Passages joined by their title, at most so many, in order: id and text; and where each went.
    fn articles(&self, limit: usize) -> (Vec<(String, String)>, HashMap<String, String>) {
        let mut articles: Vec<(String, String)> = Vec::new();
        let mut open: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut place = HashMap::new();
        for document in &self.documents {
            let (at, count) = match open.get(document.title.as_str()) {
                Some(&(at, count)) if count < limit => (at, count),
                _ => {
                    articles.push((format!("article-{}", articles.len()), String::new()));
                    (articles.len() - 1, 0)
                }
            };
            open.insert(&document.title, (at, count + 1));
            let (id, text) = &mut articles[at];
            text.push_str(&document.text);
            text.push_str("\n\n");
            place.insert(document.id.clone(), id.clone());
        }
        (articles, place)
    }
}

/// Evenly chosen queries.
fn some(topics: Vec<Topic>) -> Vec<Topic> {
    let step = topics.len().div_ceil(QUERIES).max(1);
    topics.into_iter().step_by(step).collect()
}
