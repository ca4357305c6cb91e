//! Dots, double hyphens and hyphens inside names in katakana, which are written or not: ト・ラム and トラム, カシム=ヨルマト.

use super::Place;

/// Takes a mark between two katakana out.
pub(super) fn join(place: &Place<'_>) -> Option<usize> {
    let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
    let joins = place.before().next().is_some_and(katakana)
        && place.after.chars().next().is_some_and(katakana);
    joins.then_some(0)
}
