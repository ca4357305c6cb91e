//! Laws that hold for every source, checked on random ones.

use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::{collection::vec, prop_assert, prop_assert_eq};

use super::lines::is_space;
use super::{Source, encoding, front_matter, html, markdown, text};
use crate::document::Document;

/// What texts and pages are made of.
fn fragments() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\n\n"),
        Just("　"),
        Just(" "),
        Just("本文である。"),
        Just("会談の記録"),
        Just("第一章"),
        Just("両国の外相は東京で会談し、経済協力と人の往来について意見を交わした。"),
        Just("目次:"),
        Just("Image"),
        Just("関連記事"),
        Just("政治"),
        Just("出典: https://example.com/"),
        Just("コメント (0)"),
        Just("底本：「全集」\n青空文庫"),
        Just("漢《かん》字"),
        Just("｜"),
        Just("［＃「一」は中見出し］"),
        Just("【テキスト中に現れる記号について】"),
        Just("-------------------------------------------------------\n"),
        Just("※［＃U+9AD9］"),
        Just("《"),
        Just("］"),
        Just("---\n"),
        Just("title: a\n"),
        Just("+++\n"),
        Just("# "),
        Just("## "),
        Just("- "),
        Just("> "),
        Just("| a | b |\n|---|---|\n"),
        Just("```\n"),
        Just("*"),
        Just("**"),
        Just("`"),
        Just("["),
        Just("](a)"),
        Just("!["),
        Just("[^1]"),
        Just("\\"),
        Just("<br>"),
        Just("<p>"),
        Just("</p>"),
        Just("<div class=nav>"),
        Just("</div>"),
        Just("<h1>"),
        Just("</h1>"),
        Just("<article>"),
        Just("</article>"),
        Just("<li>"),
        Just("<td>"),
        Just("</table>"),
        Just("<table>"),
        Just("<pre>"),
        Just("</pre>"),
        Just("<a href=x>"),
        Just("</a>"),
        Just("<script>"),
        Just("</script>"),
        Just("<title>"),
        Just("</title>"),
        Just("<ruby>"),
        Just("<rt>"),
        Just("&amp;"),
        Just("&nbsp;"),
        Just("&"),
        Just("&#13;"),
        Just("<!--"),
        Just("-->"),
        Just("<"),
        Just("\u{feff}"),
        Just("\0"),
        Just("a-"),
        Just("b c"),
        Just("{\"text\": \"a\"}\n"),
        Just("{"),
        Just("[\""),
        Just("😀"),
        Just("e\u{301}"),
    ];
    vec(fragment, 0..40).prop_map(|fragments| fragments.concat())
}

/// What holds for every document: its blocks are in the text, and their places in the source.
fn check(source: &str, document: &Document) -> Result<(), proptest::test_runner::TestCaseError> {
    let mut end = 0;
    for block in &document.blocks {
        prop_assert!(block.range.start >= end && block.range.start < block.range.end);
        prop_assert!(
            document.text[end..block.range.start]
                .trim_matches(is_space)
                .is_empty()
        );
        let text = document.text.get(block.range.clone());
        prop_assert!(
            text.is_some_and(|text| !text.trim_matches(is_space).is_empty() && !text.contains('\r')),
            "{:?}",
            text
        );
        let origin = document.origin.source_range(block.range.clone());
        prop_assert!(source.get(origin.clone()).is_some(), "{:?}", origin);
        prop_assert!(document.origin.line(&document.text, block.range.start) >= 1);
        end = block.range.end;
    }
    prop_assert!(document.text[end..].trim_matches(is_space).is_empty());
    Ok(())
}

type Reader = fn(&str, usize, &mut Document);

proptest! {
    #[test]
    fn blocks_lie_in_the_text_and_their_origin_in_the_source(source in fragments()) {
        for read in [text::read as Reader, markdown::read, html::read] {
            let mut document = Document::default();
            read(&source, front_matter::read(&source).end, &mut document);
            check(&source, &document)?;
        }
        let record = source.replace("\r\n", "\n").replace('\r', "\n");
        let blocks = text::record_blocks(&record);
        check(&record, &Document { text: record.clone(), blocks, ..Document::default() })?;
    }

    #[test]
    fn plain_text_is_copied(source in "[a-z一-三。 \n　]{0,200}") {
        let mut document = Document::default();
        text::read(&source, 0, &mut document);
        for block in &document.blocks {
            let text = &document.text[block.range.clone()];
            let origin = &source[document.origin.source_range(block.range.clone())];
            // A block of several lines has lost its line ends.
            if origin.contains('\n') {
                let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(letters(text), letters(origin));
            } else {
                prop_assert_eq!(text, origin);
            }
        }
    }

    #[test]
    fn a_single_character_leads_to_itself(source in fragments()) {
        for read in [text::read as Reader, markdown::read, html::read] {
            let mut document = Document::default();
            read(&source, 0, &mut document);
            for (at, c) in document.text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
                let origin = &source[document.origin.source_range(at..at + c.len_utf8())];
                prop_assert!(origin.contains(c) || origin.starts_with(['&', '※', '\\']), "{} from {}", c, origin);
            }
        }
    }

    #[test]
    fn no_bytes_cause_a_panic(bytes in vec(any::<u8>(), 0..300), name in "a\\.(txt|md|html|jsonl|json)") {
        read_all(&name, &bytes);
    }

    #[test]
    fn no_damaged_text_causes_a_panic(
        source in fragments(),
        name in "a\\.(txt|md|html|jsonl|json)",
        encoding in 0..5_usize,
        damage in vec((any::<proptest::sample::Index>(), any::<u8>()), 0..4),
    ) {
        use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8};
        let mut bytes = match encoding {
            4 => source.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            index => [UTF_8, SHIFT_JIS, EUC_JP, ISO_2022_JP][index].encode(&source).0.into_owned(),
        };
        for (place, byte) in damage {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
        }
        read_all(&name, &bytes);
    }

    #[test]
    fn what_can_be_encoded_is_decoded(text in "[ぁ-んァ-ヶ一二三会談a-z。、「」]{10,60}") {
        for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP, encoding_rs::UTF_8] {
            let text = format!("{text}これは日本語の文章です。");
            let decoded = encoding::decode(encoding.encode(&text).0.into_owned());
            prop_assert_eq!(decoded.map(|decoded| decoded.text), Some(text));
        }
    }
}

fn read_all(name: &str, bytes: &[u8]) {
    if let Ok(documents) = Source::from_bytes(name, bytes).read() {
        for document in documents.flatten() {
            assert!(!document.blocks.is_empty());
        }
    }
}
