//! What the readers make of real texts, which lie beside the project and are no part of it.

use std::path::PathBuf;

use super::Source;
use super::lines::is_space;
use crate::document::{BlockKind, Document};

/// The documents of a file in `../shared/real`; nothing, and a word about it, if it is not there.
#[allow(clippy::print_stderr)]
fn real(name: &str) -> Vec<Document> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/real")
        .join(name);
    if !path.try_exists().unwrap_or(false) {
        eprintln!("skipped: {} is not here", path.display());
        return Vec::new();
    }
    let sources = Source::walk(path).unwrap().map(Result::unwrap);
    sources
        .flat_map(|source| source.read().unwrap().collect::<Vec<_>>())
        .map(Result::unwrap)
        .collect()
}

fn headings(document: &Document) -> usize {
    document
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_)))
        .count()
}

#[test]
fn a_translated_article_with_a_menu_is_an_article() {
    for document in real("kazakhstan-foreign-policy.txt") {
        assert_eq!(document.title.chars().count(), 43, "{}", document.title);
        assert_eq!((document.blocks.len(), headings(&document)), (23, 11));
        for furniture in ["Image", "目次", "Anonim", "政治\n", &document.title] {
            assert!(!document.text.contains(furniture), "{furniture}");
        }
        // The eighth heading ends in a question mark.
        assert_eq!(
            document
                .origin
                .line(&document.text, document.blocks[13].range.start),
            45
        );
    }
}

#[test]
fn an_article_without_blank_lines_is_an_article() {
    for document in real("vietnam-kazakhstan-relations.txt") {
        assert_eq!(document.title, "vietnam-kazakhstan-relations");
        assert_eq!((document.blocks.len(), headings(&document)), (30, 1));
        assert!(
            document
                .metadata
                .url
                .is_some_and(|url| url.ends_with("post321523.html"))
        );
        // Titles of other articles, and the comment section.
        assert!(!document.text.contains("スペイン") && !document.text.contains("コメント"));
    }
}

#[test]
fn novels_are_read_without_markup() {
    let novels = real("aozora");
    for novel in &novels {
        assert!(
            novel.complaints.is_empty(),
            "{}: {:?}",
            novel.id,
            novel.complaints
        );
        assert!(
            novel.metadata.other.contains_key("author") && novel.title.chars().count() <= 20,
            "{}",
            novel.title
        );
        let colophon = novel
            .blocks
            .last()
            .map(|block| &novel.text[block.range.clone()]);
        assert!(
            colophon.is_some_and(|text| text.starts_with("底本：")),
            "{}",
            novel.id
        );
        for markup in ["《", "［＃", "-----"] {
            assert!(
                !novel.text.contains(markup),
                "{} contains {markup}",
                novel.id
            );
        }
    }
    for (name, count) in [
        ("000148-773_ruby_5968.txt", 113),
        ("000081-456_ruby_145.txt", 9),
        ("000879-1135_ruby_6120.txt", 4),
    ] {
        for novel in novels.iter().filter(|novel| novel.id == name) {
            assert_eq!(headings(novel), count, "{}", novel.title);
        }
    }
}

#[test]
fn records_keep_every_word() {
    for name in [
        "wikinews-diplomacy.jsonl",
        "policy-speeches.jsonl",
        "country-profiles-en.jsonl",
    ] {
        for document in real(name) {
            let letters = |text: &str| text.chars().filter(|c| !is_space(*c)).count();
            let in_blocks: usize = document
                .blocks
                .iter()
                .map(|block| letters(&document.text[block.range.clone()]))
                .sum();
            assert_eq!(in_blocks, letters(&document.text), "{}", document.id);
            assert_eq!(headings(&document), 0, "{}", document.id);
        }
    }
}

#[test]
fn damage_to_real_texts_does_no_harm() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/real/aozora");
    for name in ["000035-1603_txt_18024.txt", "000879-1135_ruby_6120.txt"] {
        let Ok(bytes) = std::fs::read(folder.join(name)) else {
            return;
        };
        for step in 0..400 {
            let mut damaged = bytes[..bytes.len() - step % 97].to_vec();
            let place = step * 7919 % damaged.len();
            damaged[place] = damaged[place].wrapping_add(step as u8 | 1).max(1);
            for extension in ["txt", "md", "html"] {
                let source = Source::from_bytes(format!("a.{extension}"), &damaged);
                assert!(
                    source
                        .read()
                        .is_ok_and(|mut documents| documents.all(|document| document.is_ok()))
                );
            }
        }
    }
}
