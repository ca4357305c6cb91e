//! Commas between groups of three digits: 300,000,000 is 300000000.

use super::Place;

const GROUP: usize = 3;

/// Writes the groups behind a comma, and those behind the commas after it, without the commas.
pub(super) fn join(place: &Place<'_>, into: &mut String) -> Option<usize> {
    if !(1..=GROUP).contains(&digits(place.before())) {
        return None;
    }
    let mut rest = place.after;
    while digits(rest.chars()) == GROUP {
        let (group, after) = rest.split_at(GROUP);
        into.push_str(group);
        match after.strip_prefix(',') {
            Some(next) if digits(next.chars()) == GROUP => rest = next,
            _ => return Some(place.after.len() - after.len()),
        }
    }
    None
}

/// Digits at the beginning; more than a group are not counted.
fn digits(chars: impl Iterator<Item = char>) -> usize {
    chars
        .take(GROUP + 1)
        .take_while(char::is_ascii_digit)
        .count()
}
