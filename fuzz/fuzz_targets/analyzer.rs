//! Text in any language → tokens: ranges are of the text as written and never go backwards, terms are short and clean, and the same
//! text always gives the same.

#![no_main]

use fumikura::{Analyzer, Tokens};
use fumikura_fuzz::{analyzer, choice};
use libfuzzer_sys::fuzz_target;

/// Every recipe of its own, and what is known of a query: nothing.
const LANGUAGES: [Option<&str>; 28] = [
    None,
    Some("ja"),
    Some("zh"),
    Some("ko"),
    Some("en"),
    Some("ru"),
    Some("vi"),
    Some("th"),
    Some("lo"),
    Some("km"),
    Some("my"),
    Some("kk"),
    Some("tr"),
    Some("ar"),
    Some("hi"),
    Some("de"),
    Some("fr"),
    Some("it"),
    Some("el"),
    Some("he"),
    Some("fa"),
    Some("uk"),
    Some("es"),
    Some("ta"),
    Some("az"),
    Some("ca"),
    Some("ga"),
    Some("xx"),
];

/// The longest term, in characters.
const MAX_TERM_CHARS: usize = 64;

fn check(text: &str, tokens: &Tokens) {
    let (mut start, mut position) = (0, 0);
    for token in tokens.iter() {
        assert!(
            text.get(token.range.clone()).is_some(),
            "{token:?} cuts a character"
        );
        assert!(
            token.range.start >= start && token.position >= position,
            "{token:?} goes backwards"
        );
        assert!(
            !token.term.is_empty() && !token.range.is_empty(),
            "{token:?} is empty"
        );
        assert!(
            token.term.chars().count() <= MAX_TERM_CHARS,
            "{token:?} is long"
        );
        assert!(!token.term.contains(char::is_control), "{token:?}");
        (start, position) = (token.range.start, token.position);
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((language, text)) = choice(&LANGUAGES, data) else {
        return;
    };
    let text = &*String::from_utf8_lossy(text);
    let analysis = analyzer().analyze(text, language);
    for tokens in [&analysis.words, &analysis.grams, &analysis.readings] {
        check(text, tokens);
    }
    assert_eq!(analyzer().analyze(text, language), analysis);
    assert_eq!(
        Analyzer::grams_only().analyze(text, language).grams,
        analysis.grams
    );
    // Whether a line is long enough for its break to go is judged before folding: the law is one of single lines.
    let once = analyzer().normalize(&text.replace('\n', " "));
    assert_eq!(analyzer().normalize(&once), once);
    let spellings = analysis.words.iter().take(4).map(|token| token.term);
    for range in analyzer().find_spellings(text, language, spellings) {
        assert!(
            text.get(range.clone()).is_some(),
            "{range:?} cuts a character"
        );
    }
});
