//! The language by example: `cases.tsv`, and what does not fit on a line. The laws are in [`laws`].

mod laws;

use super::{FacetFilter, MAX_CHARS, MAX_CLAUSES, MAX_DEPTH, Occur, Query, Text};

/// A query as a tree on one line: `text(…)`, `title:phrase(…)`, `country(VN)`, `[+required wished -excluded]`.
fn sketch(query: &Query) -> String {
    let text = |kind: &str, text: &Text| match text.field {
        Some(field) => format!("{field}:{kind}({})", text.text),
        None => format!("{kind}({})", text.text),
    };
    match query {
        Query::All => "all".to_owned(),
        Query::Text(leaf) => text("text", leaf),
        Query::Phrase(leaf) => text("phrase", leaf),
        Query::Prefix(leaf) => text("prefix", leaf),
        Query::Facet(filter) => match filter {
            FacetFilter::Year(years) => format!("year({years})"),
            FacetFilter::Country(value)
            | FacetFilter::Topic(value)
            | FacetFilter::Language(value) => format!("{}({value})", filter.facet()),
        },
        Query::Boolean(clauses) => {
            let clauses: Vec<String> = clauses
                .iter()
                .map(|clause| {
                    let sign = match clause.occur {
                        Occur::Should => "",
                        Occur::Must => "+",
                        Occur::MustNot => "-",
                    };
                    format!("{sign}{}", sketch(&clause.query))
                })
                .collect();
            format!("[{}]", clauses.join(" "))
        }
    }
}

/// Lines of `cases.tsv`: typed, tree, printed, complaints.
#[test]
fn cases() {
    let mut count = 0;
    let mut wrong = String::new();
    for line in include_str!("tests/cases.tsv").lines() {
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        count += 1;
        let columns: Vec<&str> = line.split('\t').collect();
        let typed = columns[0]
            .replace('␉', "\t")
            .replace('␤', "\n")
            .replace('␀', "\0");
        let parsed = Query::parse(&typed);
        let complaints: Vec<String> = parsed.complaints.iter().map(ToString::to_string).collect();
        let found = [
            columns[0],
            &sketch(&parsed.query),
            &parsed.query.to_string(),
            &complaints.join(" | "),
        ]
        .join("\t");
        if found.trim_end_matches('\t') != line {
            wrong.push_str(&format!("- {line}\n+ {}\n", found.trim_end_matches('\t')));
        }
        let again = Query::parse(&parsed.query.to_string());
        assert_eq!(
            again.query, parsed.query,
            "{typed} printed as {}",
            parsed.query
        );
        assert_eq!(again.complaints, [], "{typed} printed as {}", parsed.query);
    }
    assert!(wrong.is_empty(), "differs from cases.tsv:\n{wrong}");
    assert!(count >= 80, "{count} cases");
}

#[test]
fn strict_stops_at_the_first_complaint() {
    assert_eq!(Query::parse_strict("貿易 越"), Ok(Query::text("貿易 越")));
    let error = Query::parse_strict("日本 year:20255 (越").unwrap_err();
    assert_eq!(error.to_string(), "`20255` is no year at character 9");
    assert_eq!((error.range, error.column), (12..17, 9));
}

#[test]
fn ranges_are_bytes_as_typed() {
    let typed = "日本　「」　ＡＮＤ　contry：VN　＊　）";
    let complaints = Query::parse(typed).complaints;
    let places: Vec<(&str, usize)> = complaints
        .iter()
        .map(|complaint| (&typed[complaint.range.clone()], complaint.column))
        .collect();
    assert_eq!(
        places,
        [("「」", 4), ("contry：", 11), ("＊", 21), ("）", 23)]
    );
}

#[test]
fn json() {
    let query = Query::parse("貿易 country:VN -title:\"首脳\" year:2020..").query;
    let json = serde_json::to_string(&query).unwrap();
    assert_eq!(
        json,
        r#"{"boolean":[{"occur":"should","query":{"text":{"text":"貿易"}}},"#.to_owned()
            + r#"{"occur":"must","query":{"facet":{"country":"VN"}}},"#
            + r#"{"occur":"must_not","query":{"phrase":{"text":"首脳","field":"title"}}},"#
            + r#"{"occur":"must","query":{"facet":{"year":{"from":2020,"to":null}}}}]}"#
    );
    assert_eq!(serde_json::from_str::<Query>(&json).unwrap(), query);
}

#[test]
fn long_queries_are_cut() {
    let parsed = Query::parse(&"越".repeat(MAX_CHARS + 5));
    assert_eq!(parsed.query, Query::text(&"越".repeat(MAX_CHARS)));
    assert_eq!(
        parsed.complaints[0].range,
        3 * MAX_CHARS..3 * (MAX_CHARS + 5)
    );
    let complaint = "query longer than 10000 characters at character 10001: the rest was left out";
    assert_eq!(parsed.complaints[0].to_string(), complaint);
    assert!(Query::parse(&"越".repeat(MAX_CHARS)).complaints.is_empty());
}

#[test]
fn many_clauses_are_cut() {
    let parsed = Query::parse(&"-a ".repeat(MAX_CLAUSES + 1));
    let Query::Boolean(clauses) = parsed.query else {
        panic!("{}", parsed.query)
    };
    assert_eq!(clauses.len(), 1 + MAX_CLAUSES);
    let complaint = "more than 1024 clauses at character 3073: the rest was left out";
    assert_eq!(parsed.complaints[0].to_string(), complaint);
    assert!(
        Query::parse(&"a ".repeat(4 * MAX_CLAUSES))
            .complaints
            .is_empty()
    );
}

#[test]
fn deep_brackets_are_text() {
    let nested = |depth: usize| {
        (0..depth).fold("x".to_owned(), |inner, level| {
            format!("({inner} {} a)", ["AND", "OR"][level % 2])
        })
    };
    let parsed = Query::parse(&nested(MAX_DEPTH));
    assert_eq!(parsed.complaints, []);
    let parsed = Query::parse(&nested(MAX_DEPTH + 2));
    let complaint = "brackets more than 32 deep at character 33: taken as text";
    assert_eq!(parsed.complaints.len(), 1);
    assert_eq!(parsed.complaints[0].to_string(), complaint);
    assert!(
        parsed.query.to_string().contains(r"\(\(x \AND a\) \OR a\)"),
        "{}",
        parsed.query
    );
}

#[test]
fn complaints_are_bounded() {
    let complaints = Query::parse(&")".repeat(100)).complaints;
    assert_eq!(complaints.len(), 32);
    let last = complaints.last().map(ToString::to_string);
    assert_eq!(
        last.as_deref(),
        Some("69 other complaints at character 101: not listed")
    );
}

/// Each would take minutes if something were quadratic in earnest, or end the program if it were recursive.
#[test]
fn hostile_texts_are_read_quickly() {
    let parts = [
        "(",
        ")",
        "a(",
        "a)",
        "（a OR ",
        "-(",
        "+(a ",
        "NOT ",
        "NOT (",
        "AND ",
        "a AND ",
        "a OR ",
        "「",
        "「a",
        "\"",
        "\"a",
        "“",
        "\\",
        "\\(",
        "*",
        "a*",
        "a* ",
        ":",
        "title:",
        "title:(",
        "country:(",
        "country:VN ",
        "年:",
        "-",
        "- ",
        "-a ",
        "a ",
        "「a」 ",
        "「a」b",
        "((a) OR b)",
        "a(b)",
        "contry:",
        "contry:x ",
        "year:x ",
        "\u{3000}",
    ];
    let start = std::time::Instant::now();
    for part in parts {
        let parsed = Query::parse(&part.repeat(MAX_CHARS));
        let again = Query::parse(&parsed.query.to_string());
        let _ = again.query.split_facets();
    }
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn split_facets() {
    let cases = [
        ("", "all", ""),
        ("貿易", "text(貿易)", ""),
        ("country:VN", "all", "country:VN"),
        ("country:VN country:KZ", "all", "country:VN country:KZ"),
        ("country:VN OR country:KZ", "all", "country:VN country:KZ"),
        (
            "貿易 country:VN year:2024",
            "text(貿易)",
            "country:VN year:2024",
        ),
        ("+貿易 AND +country:VN", "text(貿易)", "country:VN"),
        ("country:VN -貿易", "[+all -text(貿易)]", "country:VN"),
        (
            "country:VN 貿易 -topic:外交",
            "[text(貿易) -topic(外交)]",
            "country:VN",
        ),
        (
            "country:VN AND country:KZ year:2024",
            "[+country(VN) +country(KZ)]",
            "year:2024",
        ),
        ("country:VN OR 貿易", "[country(VN) text(貿易)]", ""),
        (
            "(country:VN OR year:2024) 貿易",
            "[+[country(VN) year(2024)] text(貿易)]",
            "",
        ),
        ("国:(VN KZ) 貿易", "text(貿易)", "country:VN country:KZ"),
        (
            "(country:VN 貿易) OR 会談",
            "[[+country(VN) text(貿易)] text(会談)]",
            "",
        ),
        (
            "country:VN 貿易 AND 会談",
            "[+text(貿易) +text(会談)]",
            "country:VN",
        ),
    ];
    for (typed, rest, taken) in cases {
        let (query, filters) = Query::parse(typed).query.split_facets();
        let filters: Vec<String> = filters.iter().map(ToString::to_string).collect();
        assert_eq!(
            (sketch(&query).as_str(), filters.join(" ").as_str()),
            (rest, taken),
            "{typed}"
        );
    }
}
