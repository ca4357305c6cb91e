//! What holds for all texts and all queries.

use proptest::prelude::*;

use super::sketch;
use crate::query::syntax::squeeze;
use crate::query::{Clause, FacetFilter, Occur, Parsed, Query, Text, TextField, YearRange};

/// Whether a passage matches, under the rules given at [`Query::Boolean`]; which leaves it has is decided by the seed.
fn matches(query: &Query, seed: u64) -> bool {
    let Query::Boolean(clauses) = query else {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (sketch(query), seed).hash(&mut hasher);
        return *query == Query::All || hasher.finish().is_multiple_of(2);
    };
    let all = |wanted: Occur| clauses.iter().filter(move |clause| clause.occur == wanted);
    let is_free = all(Occur::Must).any(|clause| !clause.query.is_filter());
    all(Occur::Must).all(|clause| matches(&clause.query, seed))
        && !all(Occur::MustNot).any(|clause| matches(&clause.query, seed))
        && (is_free
            || all(Occur::Should).count() == 0
            || all(Occur::Should).any(|clause| matches(&clause.query, seed)))
}

fn leaves(query: &Query) -> Vec<String> {
    match query {
        Query::All => Vec::new(),
        Query::Boolean(clauses) => clauses
            .iter()
            .flat_map(|clause| leaves(&clause.query))
            .collect(),
        leaf => vec![sketch(leaf)],
    }
}

const FRAGMENTS: [&str; 64] = [
    " ",
    " ",
    " ",
    " ",
    "　",
    "日本",
    "越",
    "貿易",
    "a",
    "B",
    "1",
    "2024",
    "year:2020",
    "年：",
    "country:",
    "国：",
    "VN ",
    "country:KZ ",
    "topic:経済 ",
    "title:",
    "題名：",
    "text:",
    "foo:",
    "contry:",
    "(",
    "(",
    ")",
    ")",
    "（",
    "）",
    "\"",
    "\"",
    "“",
    "”",
    "「",
    "「",
    "」",
    "」",
    "『",
    "』",
    "｢",
    "｣",
    "«",
    "»",
    " AND ",
    " OR ",
    " NOT ",
    "　ＯＲ　",
    "AND",
    "OR",
    "NOT",
    "&&",
    "||",
    "-",
    " -",
    "－",
    " +",
    "*",
    "＊",
    "\\",
    "。",
    "、",
    "..",
    "\u{301}",
];

fn typed() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        12 => prop::sample::select(FRAGMENTS.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(fragment, 0..24).prop_map(|parts| parts.concat())
}

fn field() -> impl Strategy<Value = Option<TextField>> {
    prop::sample::select(vec![
        None,
        None,
        Some(TextField::Title),
        Some(TextField::Text),
    ])
}

/// A text without white space at its ends, as parsing leaves it; a single word if asked for.
fn words(is_single: bool) -> impl Strategy<Value = String> {
    typed().prop_map(move |text| {
        let text = squeeze(&text);
        let text = if is_single {
            text.replace(' ', "")
        } else {
            text
        };
        if text.is_empty() {
            "x".to_owned()
        } else {
            text
        }
    })
}

fn leaf() -> impl Strategy<Value = Query> {
    prop_oneof![
        (words(false), field()).prop_map(|(text, field)| Query::Text(Text { text, field })),
        (words(false), field()).prop_map(|(text, field)| Query::Phrase(Text { text, field })),
        (words(true), field()).prop_map(|(text, field)| Query::Prefix(Text { text, field })),
        words(false).prop_map(|value| Query::Facet(FacetFilter::Country(value))),
        words(false).prop_map(|value| Query::Facet(FacetFilter::Topic(value))),
        (1000..2000, 2000..=2999).prop_map(|(from, to)| {
            Query::Facet(FacetFilter::Year(YearRange {
                from: Some(from),
                to: Some(to),
            }))
        }),
    ]
}

/// Queries in normal form that the language can say.
fn query() -> impl Strategy<Value = Query> {
    leaf().prop_recursive(3, 24, 4, |inner| {
        let some = || prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|queries| Query::boolean(queries.into_iter().map(Clause::should))),
            (prop::option::of(words(false)), some(), some()).prop_map(|(text, must, must_not)| {
                let text = text.map(|text| Clause::should(Query::text(&text)));
                let must = must.into_iter().map(Clause::must);
                let must_not = must_not.into_iter().map(Clause::must_not);
                match Query::boolean(text.into_iter().chain(must).chain(must_not)) {
                    Query::All => Query::text("x"),
                    query => query,
                }
            }),
        ]
    })
}

/// Any clauses of any leaves, not in normal form.
fn wild() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![Just(Query::All), leaf(), leaf(), leaf()];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let occur = prop::sample::select(vec![Occur::Should, Occur::Must, Occur::MustNot]);
        let clause = (occur, inner).prop_map(|(occur, query)| Clause { occur, query });
        prop::collection::vec(clause, 1..4).prop_map(Query::Boolean)
    })
}

/// The same in normal form, made from the leaves up.
fn normal(query: &Query) -> Query {
    match query {
        Query::Boolean(clauses) => Query::boolean(clauses.iter().map(|clause| Clause {
            query: normal(&clause.query),
            ..clause.clone()
        })),
        leaf => leaf.clone(),
    }
}

fn full_width(text: &str) -> String {
    let widen = |c: char| match c {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(widen).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_never_fails(text in prop_oneof![
        typed(),
        prop::collection::vec(any::<char>(), 0..64).prop_map(String::from_iter),
    ]) {
        let parsed = Query::parse(&text);
        for complaint in &parsed.complaints {
            prop_assert!(text.get(complaint.range.clone()).is_some(), "{complaint:?}");
            let before = text[..complaint.range.start].chars().count();
            prop_assert_eq!(complaint.column, before + 1);
        }
        let is_sorted = parsed.complaints.is_sorted_by_key(|complaint| complaint.range.start);
        prop_assert!(is_sorted);
        prop_assert_eq!(Query::parse_strict(&text).is_ok(), parsed.complaints.is_empty());
        prop_assert_eq!(normal(&parsed.query), parsed.query);
    }

    #[test]
    fn what_was_parsed_prints_and_parses_to_the_same(text in typed()) {
        let query = Query::parse(&text).query;
        let printed = query.to_string();
        let again = Query::parse(&printed);
        prop_assert_eq!(&again.query, &query, "printed {}", printed);
        prop_assert_eq!(&again.complaints, &[], "printed {}", printed);
    }

    #[test]
    fn what_was_made_prints_and_parses_to_the_same(query in query()) {
        let printed = query.to_string();
        let again = Query::parse(&printed);
        prop_assert_eq!(&again.query, &query, "printed {}", printed);
        prop_assert_eq!(&again.complaints, &[], "printed {}", printed);
    }

    #[test]
    fn width_does_not_matter(text in typed()) {
        let (narrow, wide) = (Query::parse(&text), Query::parse(&full_width(&text)));
        prop_assert_eq!(full_width(&sketch(&narrow.query)), full_width(&sketch(&wide.query)));
        let columns = |parsed: &Parsed| -> Vec<usize> {
            parsed.complaints.iter().map(|complaint| complaint.column).collect()
        };
        prop_assert_eq!(columns(&narrow), columns(&wide));
    }

    #[test]
    fn normal_form_means_the_same(query in wild(), seed in any::<u64>()) {
        let normal = normal(&query);
        prop_assert_eq!(matches(&normal, seed), matches(&query, seed), "{}", sketch(&normal));
    }

    #[test]
    fn split_facets_keeps_everything(
        query in prop_oneof![query(), typed().prop_map(|text| Query::parse(&text).query)],
        seed in any::<u64>(),
    ) {
        let (rest, filters) = query.clone().split_facets();
        let mut before = leaves(&query);
        let mut after = leaves(&rest);
        after.extend(filters.iter().map(|filter| sketch(&Query::Facet(filter.clone()))));
        before.sort();
        after.sort();
        prop_assert_eq!(before, after);
        let facets: Vec<_> = filters.iter().map(FacetFilter::facet).collect();
        let all = facets.iter().all(|facet| {
            filters.iter().filter(|filter| filter.facet() == *facet).any(|filter| {
                matches(&Query::Facet(filter.clone()), seed)
            })
        });
        prop_assert_eq!(matches(&query, seed), matches(&rest, seed) && all, "{} + {:?}", sketch(&rest), filters);
        prop_assert_eq!(rest.clone().split_facets(), (rest, Vec::new()));
    }
}
