//! Commas between groups of three digits: 300,000,000 is 300000000.

use super::Place;

/// Takes a comma out that stands between groups of three digits.
pub(super) fn join(place: &Place<'_>) -> Option<usize> {
    let digits_before = count(place.before.chars().rev());
    let groups = (1..=3).contains(&digits_before) && count(place.after.chars()) == 3;
    groups.then_some(0)
}

/// Digits at the beginning, no more than are needed to know.
fn count(chars: impl Iterator<Item = char>) -> usize {
    chars.take(4).take_while(char::is_ascii_digit).count()
}
