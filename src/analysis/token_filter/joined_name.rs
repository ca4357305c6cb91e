//! Names and words in katakana that are written or cut in several ways: ホー・チ・ミン, ホーチミン; カシューナッツ, カシュー ナッツ.
//!
//! In: a text and where a word begins in it. Out: all katakana that stand together there as one term, beside their own.

/// More parts make a list, not a name.
const MAX_PARTS: usize = 5;
/// The longest part; what is longer is no name.
const MAX_PART_BYTES: usize = 96;

/// The name that begins at byte `at`, without its marks, and where it ends; none where that is the word up to `word_end`.
pub(crate) fn at(text: &str, at: usize, word_end: usize) -> Option<(String, usize)> {
    let begins_inside = text[..at].ends_with(|c| is_mark(c) || is_letter(c));
    if begins_inside || !text[at..].starts_with(is_letter) {
        return None;
    }
    let mut name = String::new();
    let mut end = at;
    let mut parts = 0;
    loop {
        let rest = &text[end..];
        let is_end = |(at, c): &(usize, char)| !is_letter(*c) || *at > MAX_PART_BYTES;
        let part = match rest.char_indices().find(is_end) {
            Some((len, _)) if len > MAX_PART_BYTES => return None,
            Some((len, _)) => &rest[..len],
            None => rest,
        };
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
    (parts > 1 || end > word_end).then_some((name, end))
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
        let name =
            |text: &str| at(text, 0, text.len()).map(|(name, end)| (name, text[end..].to_owned()));
        assert_eq!(
            name("ホー・チ・ミン主席"),
            Some(("ホーチミン".to_owned(), "主席".to_owned()))
        );
        assert_eq!(
            name("カシム=ヨルマト・トカエフ"),
            Some(("カシムヨルマトトカエフ".to_owned(), String::new()))
        );
        assert_eq!(name("トカエフ・大統領"), None);
        assert_eq!(at(&"ア".repeat(1_000), 0, 3), None);
        assert_eq!(name("ア・イ・ウ・エ・オ・カ"), None);
        assert_eq!(at("ト・ラム", "ト・".len(), "ト・ラム".len()), None);
        let nuts = "カシューナッツ";
        assert_eq!(
            at(nuts, 0, "カシュー".len()),
            Some((nuts.to_owned(), nuts.len()))
        );
    }
}
