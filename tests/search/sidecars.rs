//! Files beside the texts: what `facets.toml` corrects, and which topics `topics.toml` looks for.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use fumikura::{Event, FacetFilter, Index, SearchOptions, Taxonomy, UpdateSummary};
use tempfile::TempDir;

use super::writer;
use crate::common;

const TEXT: &str = "ベトナムとカザフスタンは1992年に外交関係を樹立した。";

/// A folder of three texts, and an index of it.
struct Corpus {
    folder: TempDir,
    index: Index,
}

impl Corpus {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::create(folder.path().join("index"), common::analyzer()).unwrap();
        let corpus = Corpus { folder, index };
        corpus.put("a.txt", TEXT);
        corpus.put("inner/b.txt", TEXT);
        corpus.put("c.md", &format!("---\ncountry: JP\n---\n\n{TEXT}"));
        corpus.put("d.jsonl", &format!("{{\"id\": \"first\", \"text\": \"{TEXT}\"}}\n{{\"id\": \"second\", \"text\": \"{TEXT}\"}}\n"));
        corpus
    }

    fn texts(&self) -> std::path::PathBuf {
        self.folder.path().join("texts")
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.texts().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn update_with(&self, topics: Option<&str>) -> (UpdateSummary, Vec<String>) {
        let mut writer = writer(&self.index);
        if let Some(toml) = topics {
            writer.set_topics(Taxonomy::parse(toml).unwrap());
        }
        let shown = |path: &str| {
            let path = Path::new(path).strip_prefix(self.texts());
            path.map_or_else(|_| "?".to_owned(), |path| path.display().to_string())
        };
        let mut told = Vec::new();
        let summary = writer
            .update(&[self.texts()], |event| {
                match event {
                    Event::Problem(error) => told.push(
                        error
                            .to_string()
                            .replace(&format!("{}/", self.texts().display()), ""),
                    ),
                    Event::Complaint { path, text } => {
                        told.push(format!("{}: {text}", shown(path)))
                    }
                    Event::TopicsChanged => told.push("topics changed".to_owned()),
                    _ => {}
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        (summary, told)
    }

    /// Updates the index; nothing may be wrong. Gives the number of sources that were read.
    fn update(&self) -> usize {
        let (summary, told) = self.update_with(None);
        assert_eq!(told, Vec::<String>::new());
        summary.new + summary.changed
    }

    fn countries(&self, id: &str) -> String {
        let shown = self.index.searcher().unwrap().show(id, "en").unwrap();
        shown.passages[0].passage.countries.join(" ")
    }

    fn topics(&self, id: &str) -> String {
        let shown = self.index.searcher().unwrap().show(id, "en").unwrap();
        let labels = shown.passages[0].facets.topics.iter();
        labels
            .map(|topic| topic.label.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[test]
fn a_sidecar_corrects_what_was_found() {
    let corpus = Corpus::new();
    corpus.put("facets.toml", "[[rule]]\npath = '*.txt'\nremove = { country = 'KZ' }\n\n[[rule]]\nid = 'second'\nset = { country = 'LA' }\n\n[[rule]]\npath = 'c.md'\nset = { country = 'MN' }\n");
    corpus.put(
        "inner/facets.toml",
        "[[rule]]\npath = 'b.txt'\nadd = { country = ['モンゴル', 'Kazakhstan'] }\n",
    );
    assert_eq!(corpus.update(), 4);
    assert_eq!(
        corpus.index.searcher().unwrap().status().unwrap().documents,
        5
    );
    for (id, countries) in [
        ("a.txt", "VN"),
        ("inner/b.txt", "MN KZ VN"),
        // What a document declares goes first.
        ("c.md", "JP VN KZ"),
        ("first", "VN KZ"),
        ("second", "LA"),
    ] {
        assert_eq!(corpus.countries(id), countries, "{id}");
    }
}

#[test]
fn a_changed_sidecar_is_applied_to_the_sources_it_concerns() {
    let corpus = Corpus::new();
    assert_eq!(corpus.update(), 4);
    assert_eq!(corpus.countries("a.txt"), "VN KZ");
    corpus.put(
        "facets.toml",
        "[[rule]]\npath = 'a.txt'\nset = { country = [] }\n",
    );
    assert_eq!(corpus.update(), 1);
    assert_eq!(corpus.countries("a.txt"), "");
    assert_eq!(corpus.update(), 0);
    // A comment changes nothing.
    corpus.put(
        "facets.toml",
        "# nobody\n[[rule]]\npath = 'a.txt'\nset = { country = [] }\n",
    );
    assert_eq!(corpus.update(), 0);
    corpus.put(
        "inner/facets.toml",
        "[[rule]]\npath = '*'\nadd = { country = 'JP' }\n",
    );
    assert_eq!(corpus.update(), 1);
    assert_eq!(corpus.countries("inner/b.txt"), "JP VN KZ");
    fs::remove_file(corpus.texts().join("facets.toml")).unwrap();
    assert_eq!(corpus.update(), 1);
    assert_eq!(corpus.countries("a.txt"), "VN KZ");
}

#[test]
fn what_is_wrong_in_a_sidecar_is_told_with_its_line() {
    let corpus = Corpus::new();
    corpus.put("facets.toml", "[[rule]]\npath = 'a.txt'\nadd = { country = ['Atlantis', 'JP'], year = 20255 }\n\n[[rule]]\npath = 'c.md'\nremove = { country = 'JP' }\n");
    let (summary, told) = corpus.update_with(None);
    assert_eq!((summary.new, summary.problems), (4, 0));
    let expected = [
        "facets.toml:3: country `Atlantis` is not known, left out; ",
        "facets.toml:3: year `20255` is not between 1 and 2999, left out; ",
        "c.md: country `JP` is declared here, ",
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (line, beginning) in told.iter().zip(expected) {
        assert!(line.starts_with(beginning), "{line}");
    }
    assert_eq!(corpus.countries("a.txt"), "JP VN KZ");
    corpus.put("facets.toml", "[[rule]]\npath = 'a.txt'\nlike = 3\n");
    let (summary, told) = corpus.update_with(None);
    assert_eq!(
        (summary.changed, summary.problems, told.len()),
        (2, 1, 1),
        "{told:?}"
    );
    assert!(
        told[0].starts_with("facets.toml:3: unknown field `like`"),
        "{told:?}"
    );
    assert_eq!(corpus.countries("a.txt"), "VN KZ");
}

const BRIDGES: &str = "[[topic]]\npath = '橋'\nen = 'Bridges'\nstrong = ['1992年']\n";

#[test]
fn topics_beside_the_texts_replace_or_extend_the_built_in_ones() {
    let corpus = Corpus::new();
    assert_eq!(corpus.update(), 4);
    let built_in = corpus.topics("a.txt");
    assert_ne!(built_in, "");
    let read_again = || {
        let (summary, told) = corpus.update_with(None);
        assert_eq!(told, ["topics changed"]);
        assert_eq!(summary.changed, 4);
        assert_eq!(corpus.update(), 0);
    };
    corpus.put("topics.toml", BRIDGES);
    read_again();
    assert_eq!(corpus.topics("a.txt"), "Bridges");
    // Searches know the topics of the index, also those of another process.
    let index = Index::open(corpus.folder.path().join("index"), common::analyzer()).unwrap();
    let filters = vec![FacetFilter::Topic("bridges".to_owned())];
    let options = SearchOptions {
        filters,
        ..SearchOptions::top(10)
    };
    let hits = index
        .searcher()
        .unwrap()
        .search(&fumikura::Query::All, &options)
        .unwrap();
    assert_eq!(
        (hits.total, hits.facets.topic[0].label.as_str()),
        (5, "Bridges")
    );
    corpus.put("topics.toml", &format!("extend = true\n{BRIDGES}"));
    read_again();
    assert!(corpus.topics("a.txt").contains("Bridges") && corpus.topics("a.txt") != "Bridges");
    fs::remove_file(corpus.texts().join("topics.toml")).unwrap();
    read_again();
    assert_eq!(corpus.topics("a.txt"), built_in);
}

#[test]
fn topics_that_were_given_stay() {
    let corpus = Corpus::new();
    let (_, told) = corpus.update_with(Some(BRIDGES));
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(corpus.topics("a.txt"), "Bridges");
    corpus.put("topics.toml", "[[topic]]\npath = '川'\nen = 'Rivers'\n");
    assert_eq!(corpus.update(), 0);
    let rivers = BRIDGES.replace("Bridges", "Rivers");
    let (summary, told) = corpus.update_with(Some(&rivers));
    assert_eq!(
        (summary.changed, told),
        (4, vec!["topics changed".to_owned()])
    );
    assert_eq!(corpus.topics("a.txt"), "Rivers");
}

#[test]
fn what_is_wrong_in_topics_is_told_and_the_old_ones_stay() {
    let corpus = Corpus::new();
    corpus.put("topics.toml", BRIDGES);
    corpus.update();
    corpus.put("topics.toml", "[[topic]]\npath = 3\n");
    let (summary, told) = corpus.update_with(None);
    assert_eq!((summary.changed, summary.problems), (0, 1));
    assert!(
        told.len() == 1 && told[0].starts_with("topics.toml:"),
        "{told:?}"
    );
    assert_eq!(corpus.topics("a.txt"), "Bridges");
}

#[test]
fn other_folders_of_the_index_get_the_new_topics_too() {
    let corpus = Corpus::new();
    corpus.update();
    let other = corpus.folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("e.txt"), TEXT).unwrap();
    writer(&corpus.index)
        .update(&[&other], |_| ControlFlow::Continue(()))
        .unwrap();
    corpus.put("topics.toml", BRIDGES);
    let (summary, _) = corpus.update_with(None);
    assert_eq!(summary.changed, 5);
    assert_eq!(corpus.topics("e.txt"), "Bridges");
}
