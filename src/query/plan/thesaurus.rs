//! Where synonyms stand in a text, and what is looked for beside them.
//!
//! In: [`Synonyms`], folded once for a searcher; a text of a query with its analysis. Out: the places, the longest first from the left,
//! each with its other words. A place is whole words as the analyzer cuts them: EU is none in EUR. It looks nothing up in an index.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::terms::exact_and_looser;
use crate::analysis::{Analysis, Analyzer, Filtered, TokenKind};
use crate::query::synonyms::{Set, Synonyms};

/// Places of a text that are looked at: a longer text is no query for a word.
const MAX_PLACES: usize = 16;
/// Words that are tried for one place.
const MAX_OTHERS: usize = 32;

/// Synonyms by how they are typed, folded.
#[derive(Debug, Default)]
pub(crate) struct Thesaurus {
    sets: Vec<Set>,
    by_spelling: HashMap<String, Vec<usize>>,
    /// Lengths in bytes of folded spellings, by their first character.
    lengths: HashMap<char, BTreeSet<usize>>,
}

/// A place of a text, in bytes, and what else is looked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) range: Range<usize>,
    pub(super) others: Vec<String>,
}

impl Thesaurus {
    /// Folds synonyms. What a layer says of a word counts, and not what the layers behind it say.
    pub(crate) fn new(layers: &[&Synonyms], analyzer: &Analyzer) -> Self {
        let mut all = Thesaurus::default();
        for layer in layers {
            let before = all.sets.len();
            for set in layer.sets() {
                for spelling in &set.typed {
                    let folded = analyzer.loosened(spelling, set.language.as_deref()).text;
                    let Some(first) = folded.chars().next() else {
                        continue;
                    };
                    all.lengths.entry(first).or_default().insert(folded.len());
                    let known = all.by_spelling.entry(folded).or_default();
                    if known.iter().all(|known| *known >= before) {
                        known.push(all.sets.len());
                    }
                }
                all.sets.push(set.clone());
            }
        }
        all
    }

    /// Whether nothing would ever be found.
    pub(super) fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// The places in a text of a language that have synonyms.
    pub(super) fn places(
        &self,
        text: &str,
        language: Option<&str>,
        analyzer: &Analyzer,
        analysis: &Analysis,
    ) -> Vec<Place> {
        let folded = analyzer.loosened(text, language);
        let mut cuts = None;
        let mut places = Vec::new();
        let mut after = 0;
        for (at, first) in folded.text.char_indices() {
            let lengths = self.lengths.get(&first).filter(|_| at >= after);
            for &len in lengths.into_iter().flatten().rev() {
                let Some(spelling) = folded.text.get(at..at + len) else {
                    continue;
                };
                let Some(sets) = self.sets_of(spelling, language) else {
                    continue;
                };
                let cuts = cuts.get_or_insert_with(|| Cuts::new(text, analysis));
                let range = folded.original(at..at + len);
                if !cuts.is_whole(&range) {
                    continue;
                }
                let others = others(sets, spelling, language, analyzer);
                places.push(Place { range, others });
                after = at + len;
                break;
            }
            if places.len() == MAX_PLACES {
                break;
            }
        }
        places.retain(|place| !place.others.is_empty());
        places
    }

    /// The sets of a folded spelling that hold for a language.
    fn sets_of(&self, folded: &str, language: Option<&str>) -> Option<Vec<&Set>> {
        let holds = |set: &&Set| match set.language.as_deref() {
            None => true,
            // Where nobody knows the language it is Japanese, as for kana.
            Some(own) => own == language.unwrap_or("ja"),
        };
        let sets = self.by_spelling.get(folded)?.iter();
        let sets: Vec<&Set> = sets.map(|&set| &self.sets[set]).filter(holds).collect();
        (!sets.is_empty()).then_some(sets)
    }
}

/// What a spelling leads to.
fn others(
    sets: Vec<&Set>,
    typed: &str,
    language: Option<&str>,
    analyzer: &Analyzer,
) -> Vec<String> {
    let mut others: Vec<String> = Vec::new();
    for other in sets.into_iter().flat_map(|set| &set.others) {
        let Filtered { text: folded, .. } = analyzer.loosened(other, language);
        if folded != typed && !others.contains(other) && others.len() < MAX_OTHERS {
            others.push(other.clone());
        }
    }
    others
}

/// Where words of a text lie.
struct Cuts<'t> {
    text: &'t str,
    words: Vec<Range<usize>>,
}

impl<'t> Cuts<'t> {
    fn new(text: &'t str, analysis: &Analysis) -> Self {
        let (exact, _) = exact_and_looser(analysis);
        let mut words: Vec<Range<usize>> = exact.into_iter().map(|token| token.range).collect();
        let function = |token: &crate::analysis::Token<'_>| token.kind == TokenKind::Function;
        let functions = analysis.words.iter().filter(function);
        words.extend(functions.map(|token| token.range));
        Cuts { text, words }
    }

    /// Whether a range cuts through no word. A single character must stand by itself: 露 is a word in 露大統領, and a part of 白露.
    fn is_whole(&self, range: &Range<usize>) -> bool {
        let cuts = |at: usize| move |word: &Range<usize>| word.start < at && at < word.end;
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut letters = self.text[range.clone()].chars();
        let is_single = letters.next().is_some() && letters.next().is_none();
        let touches = is_letter(self.text[..range.start].chars().next_back())
            || is_letter(self.text[range.end..].chars().next());
        let is_cut = |at: usize| self.words.iter().any(cuts(at));
        !(is_cut(range.start) || is_cut(range.end) || is_single && touches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(synonyms: &str, text: &str) -> Vec<(String, String)> {
        let analyzer = Analyzer::grams_only();
        let synonyms = Synonyms::parse(synonyms).unwrap();
        let thesaurus = Thesaurus::new(&[&synonyms], &analyzer);
        let analysis = analyzer.analyze(text, None);
        let places = thesaurus.places(text, None, &analyzer, &analysis);
        let told = |place: Place| (text[place.range].to_owned(), place.others.join(" "));
        places.into_iter().map(told).collect()
    }

    #[test]
    fn the_longest_spelling_counts_in_any_width() {
        let own = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let sets = "国連\t国際連合\n国連軍 => PKF\nEU\t欧州連合";
        assert_eq!(
            places(sets, "国連軍と国連、ＥＵ"),
            [
                own("国連軍", "PKF"),
                own("国連", "国際連合"),
                own("ＥＵ", "欧州連合")
            ]
        );
        assert_eq!(places(sets, "EUR museum"), []);
        assert_eq!(
            places("露 => ロシア", "白露 露 露国"),
            [own("露", "ロシア")]
        );
        assert_eq!(places("国連\t国際連合\n国連大学 =>", "国連大学"), []);
    }

    #[test]
    fn the_first_layer_counts() {
        let analyzer = Analyzer::grams_only();
        let [own, built_in] =
            ["a => x\na => y", "a\tz\nb\tz"].map(|text| Synonyms::parse(text).unwrap());
        let thesaurus = Thesaurus::new(&[&own, &built_in], &analyzer);
        let found = |text: &str| {
            let analysis = analyzer.analyze(text, None);
            let places = thesaurus.places(text, None, &analyzer, &analysis);
            places
                .into_iter()
                .flat_map(|place| place.others)
                .collect::<Vec<_>>()
        };
        assert_eq!(found("a"), ["x", "y"]);
        assert_eq!(found("b"), ["z"]);
    }

    #[test]
    fn a_long_text_is_looked_at_in_bounded_time() {
        let text = "国連 ".repeat(5_000);
        assert_eq!(places("国連\t国際連合", &text).len(), MAX_PLACES);
        assert_eq!(places("国連\t国際連合", &"国".repeat(10_000)), []);
    }
}
