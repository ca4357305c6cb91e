//! Small katakana, which are written small or not: キャノン and キヤノン, ウィーン and ウイーン, ヶ and ケ.
//!
//! Not hiragana, where the size tells words apart (びょういん is a hospital, びよういん a beauty parlour), and not before words are cut:
//! no dictionary has シヤツ.

/// Writes a small katakana large.
pub(super) fn enlarge(c: char, into: &mut String) -> Option<usize> {
    let large = large(c);
    (large != c).then(|| into.push(large))?;
    Some(0)
}

/// The large form of a katakana.
pub(crate) fn large(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        _ => c,
    }
}
