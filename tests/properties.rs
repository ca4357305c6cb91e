//! Laws that hold for all texts and all queries, over the whole library. Laws of one module are tested beside it.

#![cfg(feature = "ja")]
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::OnceLock;

use fumikura::facet::Part;
use fumikura::hit::ShownFacets;
use fumikura::render::{Plain, PlainOptions};
use fumikura::{
    Analyzer, Block, BlockKind, Dictionary, Document, Hits, Index, Query, SearchOptions, Searcher,
    Source, WriterOptions, passages,
};
use proptest::prelude::*;

/// Sentences that differ in what they say; passages and queries are made of their parts.
const SENTENCES: [&str; 30] = [
    "両国の外相は、東京で会談し、経済協力について意見を交わした。",
    "ベトナムの首相が2024年5月にカザフスタンを訪れ、貿易協定に署名した。",
    "関西国際空港では、ＬＣＣの新しい便が就航した。",
    "ﾍﾟﾙｰの政府は石油の輸出を再開すると発表した。",
    "「平和を守る」と述べた大統領は、拍手を受けた。",
    "カシムジョマルト・トカエフ氏が議長を務めた。",
    "一九九二年六月二十九日に外交関係を樹立した。",
    "サーバーが攻撃を受け、記録が盗まれた。",
    "人々は様々な理由で国境を越えた。",
    "㍿日本商事が㌔単位で鉱石を輸入した。",
    "The foreign minister visited Hanoi and signed the accord.",
    "Министры иностранных дел встретились в Москве.",
    "한국과 일본의 외교장관이 서울에서 회담했다.",
    "中国外交部发言人就双边贸易问题回答了记者提问。",
    "รัฐมนตรีต่างประเทศเยือนกรุงโตเกียว",
    "Қазақстан сыртқы саясатта тепе-теңдікті сақтайды.",
    "Việt Nam và Nhật Bản nâng cấp quan hệ ngoại giao.",
    "Dior化粧品等の関税が99.5%下がる。",
    "いう゛ぁんかはパニック になった。",
    "長い交渉の末に両国の政府は自由貿易協\n定の草案へ署名した。",
    "ウラン鉱山の開発に３億ドルが投じられた。",
    "鉄道は山脈を越えて港に達する。",
    "詩人の記念館が開館した。",
    "漁業の取り決めは来年まで延ばされる。",
    "留学生の数は十年で倍になった。",
    "羊肉と牛肉の検疫が話し合われた。",
    "ダムの水位は夏に最も低くなる。",
    "選挙監視団は百二十人で構成される。",
    "衛星の打ち上げは三度延期された。",
    "茶の湯の展示に長い列ができた。",
];

fn index(documents: impl IntoIterator<Item = Document>) -> Index {
    let index = Index::in_memory(common::analyzer());
    let options = WriterOptions {
        threads: 1,
        ..WriterOptions::default()
    };
    let mut writer = index.writer(&options).unwrap();
    for document in documents {
        writer.add(document).unwrap();
    }
    writer.commit().unwrap();
    index
}

fn sentence_documents() -> impl Iterator<Item = Document> {
    let numbered = SENTENCES.iter().enumerate();
    numbered.map(|(number, text)| Document::new(number.to_string(), "", *text))
}

/// An index of the sentences, one for all cases.
fn searcher() -> &'static Searcher {
    static BUILT: OnceLock<Searcher> = OnceLock::new();
    BUILT.get_or_init(|| index(sentence_documents()).searcher().unwrap())
}

fn search(searcher: &Searcher, query: &Query, limit: usize) -> Hits {
    searcher.search(query, &SearchOptions::top(limit)).unwrap()
}

/// Characters that are cut, folded, dropped, shown or read as operators in different ways.
const PIECES: [&str; 72] = [
    "日本",
    "越",
    "貿易",
    "協定",
    "3",
    "月",
    "7",
    "日",
    "2024",
    "年",
    "年度",
    "カザフスタン",
    "ベトナム",
    "ー",
    "ッ",
    "々",
    "ゝ",
    "は",
    "の",
    "した",
    "何",
    "いつ",
    "ﾍﾞ",
    "ﾄﾅﾑ",
    "ﾞ",
    "゛",
    "か",
    "\u{3099}",
    "é",
    "e\u{301}",
    "Ａ",
    "ab",
    "AND",
    " OR ",
    " NOT ",
    "-",
    "－",
    " +",
    "(",
    ")",
    "（",
    "）",
    "\"",
    "“",
    "「",
    "」",
    "*",
    "＊",
    ":",
    "：",
    "title:",
    "country:VN ",
    "year:2020.. ",
    "topic:経済 ",
    "。",
    "、",
    "・",
    "\n",
    "\r\n",
    " ",
    "　",
    "\t",
    "\u{0}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "㍿",
    "🇯🇵",
    "한국",
    "ประเทศ",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        15 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        3 => prop::sample::select(SENTENCES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|parts| parts.concat())
}

/// A document with headings, short and long paragraphs and a few oddities.
fn document() -> impl Strategy<Value = Document> {
    let paragraph = prop_oneof![
        text(),
        (prop::sample::select(SENTENCES.to_vec()), 1..60usize)
            .prop_map(|(text, times)| text.repeat(times)),
        (1..2_000usize).prop_map(|length| "長".repeat(length)),
    ];
    let kind = prop_oneof![
        3 => Just(BlockKind::Paragraph),
        1 => (1..=6u8).prop_map(BlockKind::Heading),
    ];
    prop::collection::vec((kind, paragraph), 0..8).prop_map(|blocks| {
        let mut document = Document::new("d", "題", "");
        for (kind, text) in blocks {
            let text = match kind {
                BlockKind::Heading(_) => text.chars().take(30).collect(),
                BlockKind::Paragraph => text,
            };
            let start = document.text.len();
            document.text.push_str(&text);
            let range = start..document.text.len();
            document.blocks.push(Block { kind, range });
            document.text.push_str("\n\n");
        }
        document
    })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

#[test]
fn every_passage_is_found_by_itself() {
    let shown = searcher()
        .search(&Query::All, &SearchOptions::top(100))
        .unwrap();
    assert!(shown.total >= 20);
    for hit in shown.hits {
        let text = &hit.passage.text;
        for query in [Query::text(text), Query::phrase(text)] {
            let found = search(searcher(), &query, 1);
            let first = found.hits.first().map(|hit| &hit.passage.id);
            assert_eq!(first, Some(&hit.passage.id), "{query}");
        }
        let typed = Query::parse(&format!("\"{}\"", text.replace(['「', '」'], " "))).query;
        assert_eq!(
            search(searcher(), &typed, 1).hits[0].passage.id,
            hit.passage.id
        );
    }
}

#[test]
fn every_passage_of_the_sample_texts_is_found_by_itself() {
    let sources = Source::walk(common::repository("corpus/archive")).unwrap();
    let documents = sources.flat_map(|source| source.unwrap().read().unwrap());
    let index = index(documents.map(Result::unwrap));
    let searcher = index.searcher().unwrap();
    let all = search(&searcher, &Query::All, 1_000);
    assert!(all.total >= 20, "{}", all.total);
    for hit in all.hits {
        for query in [
            Query::text(&hit.passage.text),
            Query::phrase(&hit.passage.text),
        ] {
            let found = search(&searcher, &query, 1);
            assert_eq!(found.hits[0].passage.id, hit.passage.id);
        }
    }
}

#[test]
fn the_parts_of_a_passage_are_found_as_phrases() {
    // Parts that do not cut a word of letters or digits.
    let is_spaced = |c: char| {
        c.is_alphanumeric()
            && !matches!(c, '\u{e01}'..='\u{e4e}' | '\u{3041}'..='\u{fa00}' | '\u{ff66}'..)
    };
    for (number, text) in SENTENCES.iter().enumerate() {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        for length in [1, 2, 3, 5, 8] {
            for start in 0..chars.len().saturating_sub(length) {
                let (from, first) = chars[start];
                let (to, next) = chars[start + length];
                let part = &text[from..to];
                let before = text[..from].chars().next_back();
                let cuts = |a: Option<char>, b: Option<char>| {
                    a.zip(b).is_some_and(|(a, b)| is_spaced(a) && is_spaced(b))
                };
                let analysis = common::analyzer().analyze(part, None);
                // What an iteration mark at the beginning repeats is not in the part.
                if first == '々'
                    || cuts(before, Some(first))
                    || cuts(part.chars().next_back(), Some(next))
                    || analysis.grams.is_empty()
                {
                    continue;
                }
                // A sound mark, an accent or a wrapped line belongs to what stands before it.
                let mut whole = common::analyzer().normalize(&text[..from]);
                whole += &common::analyzer().normalize(part);
                whole += &common::analyzer().normalize(&text[to..]);
                if whole != common::analyzer().normalize(text) {
                    continue;
                }
                let found = search(searcher(), &Query::phrase(part), 100);
                let found = found
                    .hits
                    .iter()
                    .any(|hit| hit.document.id == number.to_string());
                assert!(found, "{part:?} of {text}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn adding_a_document_removes_no_hit(added in document(), query in text()) {
        let mut documents: Vec<Document> = sentence_documents().collect();
        documents.push(added);
        let after = index(documents).searcher().unwrap();
        let query = Query::parse(&query).query;
        let ids = |hits: Hits| -> Vec<String> { hits.hits.into_iter().map(|hit| hit.passage.id).collect() };
        let found = ids(search(&after, &query, 1_000));
        for id in ids(search(searcher(), &query, 1_000)) {
            prop_assert!(found.contains(&id), "{} lost {}", query, id);
        }
    }

    #[test]
    fn passages_cover_a_document_once(document in document()) {
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let mut end = 0;
        let mut covered = String::new();
        let found: Vec<_> = passages(&document).collect();
        for (ordinal, passage) in found.iter().enumerate() {
            prop_assert_eq!(passage.ordinal, ordinal);
            prop_assert!(passage.range.start >= end, "passages overlap or go backwards");
            prop_assert_eq!(&document.text[passage.range.clone()], passage.text);
            end = passage.range.end;
            covered.push_str(&visible(passage.text));
            let wide = passage.text.chars().filter(|c| *c >= '\u{2e80}').count();
            let narrow = passage.text.chars().count() - wide;
            // 1000 columns, and a rest of a section that would be too short alone.
            let white = passage.text.matches("\n\n").count() * 2;
            prop_assert!(2 * wide + narrow <= 1_000 + 160 + white, "{wide} wide and {narrow} narrow characters");
        }
        // Headings lead passages instead of being in them, unless nothing stands below them.
        let mut headings: Vec<&str> = Vec::new();
        let mut expected = String::new();
        for block in &document.blocks {
            let text = &document.text[block.range.clone()];
            match block.kind {
                BlockKind::Heading(_) => headings.push(text),
                BlockKind::Paragraph => expected.push_str(&visible(text)),
            }
        }
        let mut rest = covered.as_str();
        for c in expected.chars() {
            let at = rest.find(c);
            prop_assert!(at.is_some(), "{c:?} is in no passage");
            rest = &rest[at.unwrap_or(0) + c.len_utf8()..];
        }
        let extra = visible(&covered).chars().count() - expected.chars().count();
        let in_headings: usize = headings.iter().map(|heading| visible(heading).chars().count()).sum();
        prop_assert!(extra <= in_headings);
    }
}

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn any_text_can_be_searched_for(query in text()) {
        let parsed = Query::parse(&query);
        let hits = search(searcher(), &parsed.query, 10);
        for (at, hit) in hits.hits.iter().enumerate() {
            prop_assert_eq!(hit.rank, at + 1);
            prop_assert!(hit.score.is_finite());
        }
        prop_assert!(hits.hits.is_sorted_by(|a, b| a.score >= b.score));
        prop_assert!(hits.total >= hits.hits.len());
        searcher().search(&Query::text(&query), &SearchOptions::top(3)).unwrap();
        searcher().search(&Query::phrase(&query), &SearchOptions::top(3)).unwrap();
    }

    #[test]
    fn highlights_strip_back_to_the_original(query in text(), snippet_chars in 0..200usize) {
        let options = SearchOptions { snippet_chars, ..SearchOptions::top(5) };
        let hits = searcher().search(&Query::parse(&query).query, &options).unwrap();
        for hit in hits.hits {
            let chars = hit.snippet.text.chars().count();
            prop_assert!(chars <= snippet_chars.max(1), "{chars} characters");
            prop_assert!(hit.passage.text.contains(&hit.snippet.text));
            let mut end = 0;
            for (start, stop) in hit.snippet.highlights {
                prop_assert!(end <= start && start < stop && stop <= chars, "{start}..{stop} of {chars}");
                end = stop;
            }
        }
    }

    #[test]
    fn ranges_are_of_the_text_as_written(text in text()) {
        let analysis = common::analyzer().analyze(&text, None);
        for tokens in [&analysis.words, &analysis.grams] {
            let (mut start, mut position) = (0, 0);
            for token in tokens.iter() {
                prop_assert!(text.get(token.range.clone()).is_some(), "{:?} cuts a character", token);
                prop_assert!(token.range.start >= start && token.position >= position, "{:?} goes backwards", token);
                prop_assert!(!token.term.is_empty() && !token.range.is_empty());
                prop_assert!(!token.term.contains(char::is_control));
                (start, position) = (token.range.start, token.position);
            }
        }
    }

    #[test]
    fn a_reused_analyzer_is_as_good_as_a_fresh_one(texts in prop::collection::vec(text(), 1..4)) {
        static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
        let dictionary = DICTIONARY.get_or_init(|| Dictionary::open(common::dictionary()).unwrap());
        let used = common::analyzer();
        for text in &texts {
            let fresh = Analyzer::new(dictionary.clone()).analyze(text, None);
            prop_assert_eq!(&used.analyze(text, None), &fresh);
            prop_assert_eq!(&used.analyze(text, None), &fresh);
            prop_assert_eq!(used.analyze(text, None).grams, Analyzer::grams_only().analyze(text, None).grams);
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in text()) {
        // Whether a line is long enough for its break to go is judged before folding: the law is one of single lines.
        let once = common::analyzer().normalize(&text.replace('\n', " "));
        prop_assert_eq!(&common::analyzer().normalize(&once), &once);
    }

    #[test]
    fn passages_point_into_their_source(text in text(), name in prop::sample::select(vec!["a.txt", "a.md", "a.html"])) {
        // A zero byte makes it UTF-16, whose decoded source has another length.
        let text = text.replace('\0', "");
        let Ok(documents) = Source::from_bytes(name, &text).read() else { return Ok(()) };
        for document in documents.flatten() {
            for passage in passages(&document) {
                let range = passage.source_range.clone();
                // Decoding drops a byte order mark and joins line ends, and never adds.
                prop_assert!(range.start <= range.end && range.end <= text.len(), "{range:?} of {}", text.len());
                prop_assert!(passage.line >= 1 && passage.line <= text.lines().count().max(1) + 1);
            }
        }
    }

    #[test]
    fn no_control_character_reaches_a_terminal(
        title in text(), text in text(), colour in any::<bool>(), columns in 0..100usize,
    ) {
        let mut document = Document::new(format!("id{title}"), title.clone(), text);
        document.path = title;
        let searcher = index([document]).searcher().unwrap();
        let hits = search(&searcher, &Query::All, 10);
        let mut out = Vec::new();
        let options = PlainOptions { colour, columns, ..PlainOptions::default() };
        Plain::with_options(&mut out, options).write(&hits).unwrap();
        let written = String::from_utf8(out).unwrap();
        let plain = ["\u{1b}[1m", "\u{1b}[1;33m", "\u{1b}[2m", "\u{1b}[36m", "\u{1b}[0m"]
            .iter()
            .fold(written, |text, code| if colour { text.replace(code, "") } else { text });
        let harmful = plain.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
        prop_assert_eq!(harmful, None);
    }

    #[test]
    fn adding_text_takes_nothing_from_other_passages(
        sections in proptest::collection::vec(0..SENTENCES.len(), 1..6),
        added in 0..SENTENCES.len(),
    ) {
        let before = facets_of_passages(&sections);
        let after = facets_of_passages(&[sections.as_slice(), &[added]].concat());
        prop_assert_eq!(&before[..], &after[..before.len()]);
    }
}

/// The facets of a document with a section for each sentence; each lies in its passage.
fn facets_of_passages(sections: &[usize]) -> Vec<ShownFacets> {
    let mut document = Document::new("d", "外相会談", "");
    for &section in sections {
        for (kind, text) in [
            (BlockKind::Heading(1), "経過"),
            (BlockKind::Paragraph, SENTENCES[section]),
        ] {
            let start = document.text.len();
            document.text.push_str(text);
            let range = start..document.text.len();
            document.blocks.push(Block { kind, range });
            document.text.push('\n');
        }
    }
    let shown = index([document])
        .searcher()
        .unwrap()
        .show("d", "ja")
        .unwrap();
    for passage in &shown.passages {
        let facets = &passage.facets;
        for value in facets
            .countries
            .iter()
            .chain(&facets.years)
            .chain(&facets.topics)
        {
            let evidence = value.evidence.as_ref().unwrap();
            let part = match evidence.part {
                Part::Text => &passage.passage.text,
                Part::Heading => &passage.passage.heading,
            };
            assert_eq!(
                part.get(evidence.range.clone()),
                Some(evidence.words.as_str())
            );
        }
    }
    shown
        .passages
        .into_iter()
        .map(|passage| passage.facets)
        .collect()
}
