//! Text → query: the lenient parser never fails, its complaints point into the text, and what it understood can be printed and read again.

#![no_main]

use fumikura::Query;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = Query::parse(text);
    for complaint in &parsed.complaints {
        assert!(text.get(complaint.range.clone()).is_some(), "{complaint:?}");
        let before = text[..complaint.range.start].chars().count();
        assert_eq!(complaint.column, before + 1);
    }
    assert_eq!(
        Query::parse_strict(text).is_ok(),
        parsed.complaints.is_empty()
    );
    let printed = parsed.query.to_string();
    let again = Query::parse(&printed);
    assert_eq!(again.query, parsed.query, "printed {printed}");
    assert_eq!(again.complaints, [], "printed {printed}");
});
