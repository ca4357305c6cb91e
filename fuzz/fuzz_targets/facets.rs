//! Text → countries, years, topics and language: each value once, with a place that is in the text, and the same every time.

#![no_main]

use std::fmt::Debug;
use std::sync::OnceLock;

use fumikura::{Finder, Found, Language};
use libfuzzer_sys::fuzz_target;

fn check<T: PartialEq + Debug>(text: &str, values: &[Found<T>]) {
    for (at, found) in values.iter().enumerate() {
        let range = found
            .range
            .clone()
            .expect("what was found stands somewhere");
        assert!(
            text.get(range).is_some_and(|shown| !shown.is_empty()),
            "{found:?}"
        );
        assert!(found.count > 0, "{found:?}");
        assert!(
            values[..at].iter().all(|other| other.value != found.value),
            "{found:?} twice"
        );
    }
}

fuzz_target!(|text: &str| {
    static FINDER: OnceLock<Finder> = OnceLock::new();
    let finder = FINDER.get_or_init(Finder::new);
    let (headings, text) = text.split_once("\n\n").unwrap_or(("", text));
    let facets = finder.find_below(text, headings);
    check(text, &facets.countries);
    check(text, &facets.years);
    check(text, &facets.topics);
    assert!(facets.years.is_sorted_by_key(|found| found.value));
    assert_eq!(finder.find_below(text, headings), facets);
    assert_eq!(Language::of(text), Language::of(text));
});
