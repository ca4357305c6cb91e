//! What a heading looks like.
//!
//! In: one line. Out: whether it could be a heading, and how it is numbered. Whether it is one depends on its
//! neighbours, which [`structure`](super::structure) knows.

use crate::source::lines::ends_sentence;

/// Whether a text could be a heading by itself: no sentence, no quotation, no date, no address.
pub(super) fn has_heading_shape(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(first), Some(last)) = (chars.next(), text.chars().next_back()) else {
        return false;
    };
    let is_open =
        ends_sentence(text) || matches!(last, '、' | '，' | ',' | ';' | '；' | ':' | '：' | '､');
    let is_quoted = matches!(
        (first, last),
        ('「', '」') | ('『', '』') | ('“', '”') | ('"', '"') | ('（', '）') | ('(', ')')
    );
    let is_note = matches!(first, '※' | '＊' | '→' | '>' | '|' | '＞') || is_list_item(text);
    let is_address = text.contains("://") || text.starts_with("www.");
    !is_open
        && !is_quoted
        && !is_note
        && !is_address
        && !is_date(text)
        && text.chars().any(char::is_alphabetic)
}

/// A date, or a line that says when something was published.
fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let is_date_char = |c: char| {
        !c.is_alphabetic()
            || "年月日時分秒曜午前後火水木金土昭和平成令大正明治元".contains(c)
            || c.is_numeric()
    };
    let lower = text.to_lowercase();
    let is_stamp = [
        "更新",
        "公開日",
        "配信",
        "掲載",
        "投稿",
        "作成日",
        "posted",
        "updated",
        "published",
    ]
    .iter()
    .any(|word| lower.contains(word));
    (digits >= 4 && text.chars().all(is_date_char)) || (digits >= 6 && is_stamp)
}

/// `・…`, `- …`: an item of a list that is no heading.
pub(super) fn is_list_item(text: &str) -> bool {
    text.starts_with(['・', '･', '•', '‣', '◦', '–', '—', '‐'])
        && !text.starts_with("――")
        && !text.starts_with("——")
        || text.starts_with("- ")
        || text.starts_with("* ")
        || text.starts_with("+ ")
}

/// How headings are numbered or marked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Numbering {
    /// `第三章`
    Chapter,
    /// `第五条`, `第二節`
    Article,
    /// `一、`, `1.`, `(2)`, or the bare number.
    Number,
    /// `■`, `【…】`
    Mark,
}

/// Whether a text is headed by a number as chapters are.
pub(super) fn is_numbered_heading(text: &str) -> bool {
    matches!(
        numbering(text),
        Some(Numbering::Chapter | Numbering::Article | Numbering::Number)
    )
}

/// How a text is numbered or marked, if it is.
pub(super) fn numbering(text: &str) -> Option<Numbering> {
    if text.starts_with(['■', '□', '◆', '◇', '●', '○', '◎', '▼', '▽', '★', '☆', '【'])
    {
        return Some(Numbering::Mark);
    }
    let is_number = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '０'..='９' | 'Ⅰ'..='Ⅻ')
            || "一二三四五六七八九十百".contains(c)
    };
    if let Some(rest) = text.strip_prefix('第') {
        let unit = rest.trim_start_matches(is_number);
        return match unit.chars().next() {
            _ if unit.len() == rest.len() => None,
            Some('章' | '部' | '編' | '篇' | '巻') => Some(Numbering::Chapter),
            Some('条' | '節' | '項' | '款' | '話') => Some(Numbering::Article),
            _ => None,
        };
    }
    let inner = text.trim_start_matches(['(', '（', '〈', '［']);
    let after = inner.trim_start_matches(is_number);
    let number_bytes = inner.len() - after.len();
    let is_bracketed = inner.len() < text.len() && after.starts_with([')', '）', '〉', '］']);
    let is_pointed = after.starts_with(['、', '．', '）', ')'])
        || after
            .strip_prefix('.')
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    // `一　夢の終り`, but not `一つの国` or `2025 …`.
    let is_spaced = after.starts_with(['\u{3000}']) || after.is_empty();
    (number_bytes > 0 && number_bytes <= 12 && (is_bracketed || is_pointed || is_spaced))
        .then_some(Numbering::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_recognised() {
        for (text, expected) in [
            ("第三章　発端", Some(Numbering::Chapter)),
            ("第五条", Some(Numbering::Article)),
            ("第三国の立場", None),
            ("一、背景", Some(Numbering::Number)),
            ("２．貿易", Some(Numbering::Number)),
            ("(3) Trade", Some(Numbering::Number)),
            ("一　夢", Some(Numbering::Number)),
            ("一つの国", None),
            ("3.5 percent", None),
            ("2025年", None),
            ("■ 要点", Some(Numbering::Mark)),
            ("", None),
        ] {
            assert_eq!(numbering(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_and_quotations_are_no_headings() {
        for (text, expected) in [
            ("署名までの道のり", true),
            ("「第三の隣国」とは何か", true),
            ("「そうですか」", false),
            ("2025年5月5日（月）", false),
            ("最終更新：2025年5月5日", false),
            ("次のとおり：", false),
            ("・項目", false),
            ("――", false),
            ("", false),
        ] {
            assert_eq!(has_heading_shape(text), expected, "{text}");
        }
    }
}
