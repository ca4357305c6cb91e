//! Recognises page furniture: lines that a saved web page has around its text.
//!
//! In: one line. Out: whether it says nothing but `目次`, `シェアする` or `コメント (0)`, by the list in
//! `data/furniture.txt`. It knows no neighbours; those are judged in [`text`](super::text).

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::lines::ends_sentence;

/// Longer lines are never furniture.
const MAX_CHARS: usize = 60;

/// Labels after which a page lists other pages.
const LIST_LABELS: [&str; 32] = [
    "関連記事",
    "関連ニュース",
    "関連リンク",
    "あわせて読みたい",
    "こちらもおすすめ",
    "おすすめ記事",
    "おすすめの記事",
    "人気記事",
    "人気の記事",
    "人気の記事ランキング",
    "アクセスランキング",
    "新着記事",
    "最新記事",
    "related articles",
    "related posts",
    "related news",
    "related content",
    "you may also like",
    "most read",
    "recent posts",
    "相关文章",
    "相關文章",
    "相关新闻",
    "相關新聞",
    "推荐阅读",
    "관련기사",
    "관련 기사",
    "похожие статьи",
    "читайте также",
    "bài viết liên quan",
    "tin liên quan",
    "tin cùng chuyên mục",
];

static FURNITURE: LazyLock<Furniture> =
    LazyLock::new(|| Furniture::parse(include_str!("data/furniture.txt")));

struct Furniture {
    lines: HashSet<String>,
    beginnings: Vec<String>,
}

impl Furniture {
    fn parse(data: &str) -> Self {
        let mut furniture = Furniture {
            lines: HashSet::new(),
            beginnings: Vec::new(),
        };
        for entry in data
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            match entry.strip_suffix('*') {
                Some(beginning) => furniture
                    .beginnings
                    .push(beginning.nfkc().collect::<String>().to_lowercase()),
                None => drop(furniture.lines.insert(normal_form(entry))),
            }
        }
        furniture
    }

    fn has(&self, normal: &str) -> bool {
        self.lines.contains(normal)
    }
}

/// Whether a line is page furniture whatever stands around it.
pub(super) fn is_furniture(line: &str) -> bool {
    // Most lines are sentences.
    if line.ends_with('。') || line.len() > MAX_CHARS * 4 || line.chars().count() > MAX_CHARS {
        return false;
    }
    let normal = normal_form(line);
    if normal.is_empty() {
        return false;
    }
    let begins = || {
        FURNITURE
            .beginnings
            .iter()
            .any(|beginning| normal.starts_with(beginning))
            && !ends_sentence(line)
    };
    FURNITURE.has(&normal) || begins() || is_row_of_buttons(&normal)
}

/// `シェアする ツイート 保存`: nothing but furniture, side by side.
fn is_row_of_buttons(normal: &str) -> bool {
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, '|' | '/' | '>' | '»' | '›' | '・' | '·' | '•');
    let mut parts = normal
        .split(is_separator)
        .filter(|part| !part.is_empty())
        .peekable();
    parts.peek().is_some() && parts.all(|part| FURNITURE.has(part))
}

/// Whether a line announces a list of links to other pages.
pub(super) fn is_list_label(line: &str) -> bool {
    !line.ends_with('。')
        && line.len() <= MAX_CHARS
        && LIST_LABELS.contains(&normal_form(line).as_str())
}

/// A line as it is compared: NFKC, lower case, without bullet, colon and count.
pub(super) fn normal_form(line: &str) -> String {
    let normal = line.nfkc().collect::<String>().to_lowercase();
    let mut rest = normal.trim().trim_start_matches(|c: char| {
        matches!(c, '・' | '▶' | '▼' | '»' | '>' | '■' | '●' | '#') || c.is_whitespace()
    });
    for (open, close) in [('(', ')'), ('[', ']')] {
        let inner = rest
            .strip_suffix(close)
            .and_then(|rest| rest.rsplit_once(open));
        if let Some((before, count)) = inner {
            let count = count.trim_end_matches('件').trim();
            if !before.trim().is_empty()
                && !count.is_empty()
                && count.chars().all(|c| c.is_ascii_digit())
            {
                rest = before;
            }
        }
    }
    rest.trim().trim_end_matches(':').trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_found_in_all_its_forms() {
        for line in [
            "目次:",
            "目次：",
            "Image",
            "ＩＭＡＧＥ",
            "Anonim",
            "コメント (0)",
            "コメント（12件）",
            "シェアする　ツイート　保存",
            "ホーム > ログイン",
            "© 2025 ユーラシア往来編集部",
            "Copyright 2025 Example Inc.,",
            "All rights reserved",
            "관련기사",
            "ЧИТАЙТЕ ТАКЖЕ",
            "Bình luận (3)",
            "・ログイン",
            "Share | Tweet | Print",
            "無断転載を禁じます",
        ] {
            assert!(is_furniture(line), "{line}");
        }
    }

    #[test]
    fn text_is_not() {
        for line in [
            "",
            "。",
            "カザフスタン外務省",
            "コメントは差し控えたい。",
            "検索技術の歴史",
            "目次案について",
            "ホームページ",
            "(1)",
            "図 1",
            "印刷術",
            "Copyright law in Japan was revised in 1970.",
            "広告の社会史",
            "政治",
            "12",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn labels_are_furniture_themselves() {
        for label in LIST_LABELS {
            assert!(is_furniture(label) && is_list_label(label), "{label}");
        }
    }
}
