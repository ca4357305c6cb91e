//! Names in katakana that are written with dots between their parts or without: ホー・チ・ミン, ホーチミン.
//!
//! In: a text and where a word begins in it. Out: the parts as one term, beside their own.

use super::katakana::is_katakana;

/// More parts make a list, not a name.
const MAX_PARTS: usize = 5;
/// The longest part; what is longer is no name.
const MAX_PART_BYTES: usize = 96;

/// The name that begins at byte `at`, without its marks, and where it ends; none where no marks join katakana there.
pub(crate) fn at(text: &str, at: usize) -> Option<(String, usize)> {
    let begins_inside = text[..at].ends_with(|c| is_mark(c) || is_letter(c));
    if begins_inside || !text[at..].starts_with(is_letter) {
        return None;
    }
    let mut name = String::new();
    let mut end = at;
    let mut parts = 0;
    loop {
        let rest = &text[end..];
        let part = match rest
            .char_indices()
            .find(|(at, c)| !is_letter(*c) || *at > MAX_PART_BYTES)
        {
            Some((len, _)) => &rest[..len],
            None => rest,
        };
        debug_assert!(is_katakana(part));
        name.push_str(part);
        end += part.len();
        parts += 1;
        let mut after = text[end..].chars();
        match after.next().filter(|c| is_mark(*c)) {
            Some(mark) if after.next().is_some_and(is_letter) => end += mark.len_utf8(),
            _ => break,
        }
        if parts == MAX_PARTS {
            return None;
        }
    }
    (parts > 1).then_some((name, end))
}

fn is_letter(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

fn is_mark(c: char) -> bool {
    matches!(c, '・' | '=' | '゠' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let name = |text: &str| at(text, 0).map(|(name, end)| (name, text[end..].to_owned()));
        assert_eq!(
            name("ホー・チ・ミン主席"),
            Some(("ホーチミン".to_owned(), "主席".to_owned()))
        );
        assert_eq!(
            name("カシム=ヨルマト・トカエフ"),
            Some(("カシムヨルマトトカエフ".to_owned(), String::new()))
        );
        assert_eq!(name("トカエフ・大統領"), None);
        assert_eq!(name("ア・イ・ウ・エ・オ・カ"), None);
        assert_eq!(at("ト・ラム", "ト・".len()), None);
    }
}
