//! A table of cases for years, and laws.

use super::*;
use proptest::prelude::*;

/// Years as `1992 2020-2024`, in order.
fn found(text: &str) -> String {
    let years: Vec<i32> = find(&Folded::new(text))
        .iter()
        .map(|found| found.value)
        .collect();
    let mut parts: Vec<(i32, i32)> = Vec::new();
    for year in years {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == year => *last = year,
            _ => parts.push((year, year)),
        }
    }
    let show = |&(a, b): &(i32, i32)| {
        if a == b {
            a.to_string()
        } else {
            format!("{a}-{b}")
        }
    };
    parts.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn texts_and_their_years() {
    let cases = include_str!("tests/cases.tsv").lines();
    let wrong: Vec<String> = cases
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once('\t').unwrap_or((line, "")))
        .map(|(text, expected)| (text, expected, found(text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}: {found:?}, not {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn places_and_counts() {
    let text = "両国は１９９２年に国交を樹立し、2020～2022年に再開、1992年の宣言を確認した。";
    let years = find(&Folded::new(text));
    let shown: Vec<(i32, &str, u32)> = years
        .iter()
        .map(|y| (y.value, &text[y.range.clone().unwrap()], y.count))
        .collect();
    assert_eq!(
        shown,
        [
            (1992, "１９９２年", 2),
            (2020, "2020～2022年", 1),
            (2021, "2020～2022年", 1),
            (2022, "2020～2022年", 1)
        ]
    );
}

#[test]
fn years_as_typed() {
    let open = |from: Option<i32>, to: Option<i32>| Ok(Years { from, to });
    let closed = |from: i32, to: i32| open(Some(from), Some(to));
    for (written, years) in [
        ("2024", closed(2024, 2024)),
        ("２０２４", closed(2024, 2024)),
        (" 2024年 ", closed(2024, 2024)),
        ("2024年度", closed(2024, 2024)),
        ("794", closed(794, 794)),
        ("2020..2024", closed(2020, 2024)),
        ("2020..=2024", closed(2020, 2024)),
        ("2020 .. 2024", closed(2020, 2024)),
        ("2020．．2024", closed(2020, 2024)),
        ("2020‥2024", closed(2020, 2024)),
        ("1000..2999", closed(1000, 2999)),
        ("..2020", open(None, Some(2020))),
        ("2020..", open(Some(2020), None)),
        ("2020年～", open(Some(2020), None)),
        ("〜2020", open(None, Some(2020))),
        ("2020-2024", closed(2020, 2024)),
        ("2020－2024", closed(2020, 2024)),
        ("1950-2000", closed(1950, 2000)),
        ("2020～2024年", closed(2020, 2024)),
        ("２０２０年～２０２４年", closed(2020, 2024)),
        ("2020年から2024年まで", closed(2020, 2024)),
        ("2020-24", closed(2020, 2024)),
        ("2019/20", closed(2019, 2020)),
        ("令和5年", closed(2023, 2023)),
        ("令和5", closed(2023, 2023)),
        ("R6", closed(2024, 2024)),
        ("r6年", closed(2024, 2024)),
        ("Ｈ３０", closed(2018, 2018)),
        ("令和元年", closed(2019, 2019)),
        ("令和元", closed(2019, 2019)),
        ("平成元年..令和2年", closed(1989, 2020)),
        ("R1..R6", closed(2019, 2024)),
        ("二〇二四年", closed(2024, 2024)),
        ("二千二十四年", closed(2024, 2024)),
        ("1990年代", closed(1990, 1999)),
        ("90年代", closed(1990, 1999)),
        ("1990s", closed(1990, 1999)),
        ("1980年代～1990年代", closed(1980, 1999)),
        ("2024-05-01", closed(2024, 2024)),
        ("2024年5月", Err(NoYears::NotAYear)),
        ("พ.ศ. 2567", closed(2024, 2024)),
        ("民國113年", closed(2024, 2024)),
        ("", Err(NoYears::NotAYear)),
        ("..", Err(NoYears::NotAYear)),
        ("～", Err(NoYears::NotAYear)),
        ("-2020", Err(NoYears::NotAYear)),
        ("2020-", Err(NoYears::NotAYear)),
        ("二千", Err(NoYears::NotAYear)),
        ("last year", Err(NoYears::NotAYear)),
        ("昭和99年", Err(NoYears::NotAYear)),
        ("令和0年", Err(NoYears::NotAYear)),
        ("2020年年", Err(NoYears::NotAYear)),
        ("2020..2022..2024", Err(NoYears::NotAYear)),
        ("2020.2024", Err(NoYears::NotAYear)),
        ("20255", Err(NoYears::OutOfBounds)),
        ("0", Err(NoYears::OutOfBounds)),
        ("0999", Err(NoYears::OutOfBounds)),
        ("3000", Err(NoYears::OutOfBounds)),
        ("99999999999999999999", Err(NoYears::OutOfBounds)),
        ("2024..2020", Err(NoYears::Reversed(2024, 2020))),
    ] {
        assert_eq!(Years::parse(written), years, "{written}");
    }
}

/// However long and odd a text is, it is read once: looking around at every place would take hours here.
#[test]
fn hostile_texts_are_read_once() {
    for piece in [
        "1",
        "年",
        "二〇",
        "千",
        "1-",
        "2024-",
        "2024年",
        "2024,",
        "1 ",
        "同年",
        "1992年翌年",
        "in 2024 ",
        "'90s",
        "year",
        "(",
        "令和元年から",
        "2000、",
        " ",
        "٢",
        "ปี",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        find(&Folded::new(&text));
    }
}

proptest! {
    #[test]
    fn width_and_normalisation_do_not_matter(text in "([0-9]{1,4}|[0-9]|年|令和|平成|元|月|日|から|、|〜|～|ガ|ベ|in |s| |[(),./-]|R|H){0,16}") {
        use unicode_normalization::UnicodeNormalization;
        let wide: String = text.chars().map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
            ' ' => '\u{3000}',
            c => c,
        }).collect();
        let nfd: String = text.nfd().collect();
        let nfkc: String = text.nfkc().collect();
        for variant in [wide, nfd, nfkc] {
            prop_assert_eq!(found(&variant), found(&text), "{} and {}", variant, text);
        }
    }

    #[test]
    fn any_text_has_years_in_range(text in "([0-9０-９〇一二十百千万元年月代前間度同翌平～–,./ \u{a0}a-z令和平成昭第約's$()年٢๒-]|[0-9]{4}|年|令和|พ.ศ.|in |から|、){0,24}") {
        let folded = Folded::new(&text);
        for found in find(&folded) {
            prop_assert!(calendar::POSSIBLE.contains(&found.value), "{}", found.value);
            let range = found.range.unwrap();
            prop_assert!(text.get(range.clone()).is_some_and(|shown| !shown.is_empty()), "{range:?}");
        }
        let _ = Years::parse(&text);
    }
}
