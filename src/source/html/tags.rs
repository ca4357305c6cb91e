//! What HTML elements mean for the text in them.
//!
//! In: the name of an element, the words of its class, id and role. Out: whether it begins a block, hides its content or
//! stands around the text. It knows no nesting.

/// What an element does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Text flows on: `span`.
    Inline,
    Anchor,
    /// Begins and ends a block: `p`, `div`.
    Block,
    Heading(u8),
    Preformatted,
    /// A cell of a table; several stand in one block.
    Cell,
    Article,
    Main,
    /// A menu or a control: never text.
    Control,
    Form,
    /// Beside the text: `aside`.
    Beside,
    /// Around the text, but inside an article part of it: `header`.
    Edge,
    /// What is in it is nothing to read: `script`.
    Dropped,
    /// The title in the head.
    Title,
    /// `br`
    Break,
    /// `hr`
    Rule,
    /// Has no content: `img`.
    Void,
}

/// The name and role of a known element. Unknown ones are as if they were not there.
pub(super) fn element(name: &[u8]) -> Option<(&'static str, Role)> {
    ELEMENTS
        .binary_search_by(|(known, _)| known.as_bytes().cmp(name))
        .ok()
        .map(|index| ELEMENTS[index])
}

/// In the order of their names.
const ELEMENTS: [(&str, Role); 105] = {
    use Role::{
        Anchor, Article, Beside, Block, Break, Cell, Control, Dropped, Edge, Form, Heading, Inline,
        Main, Preformatted, Rule, Title, Void,
    };
    [
        ("a", Anchor),
        ("abbr", Inline),
        ("address", Block),
        ("area", Void),
        ("article", Article),
        ("aside", Beside),
        ("audio", Dropped),
        ("b", Inline),
        ("base", Void),
        ("big", Inline),
        ("blockquote", Block),
        ("body", Block),
        ("br", Break),
        ("button", Control),
        ("canvas", Dropped),
        ("caption", Block),
        ("center", Block),
        ("cite", Inline),
        ("code", Inline),
        ("col", Void),
        ("datalist", Dropped),
        ("dd", Block),
        ("del", Inline),
        ("details", Block),
        ("dialog", Control),
        ("dir", Block),
        ("div", Block),
        ("dl", Block),
        ("dt", Block),
        ("em", Inline),
        ("embed", Void),
        ("fieldset", Block),
        ("figcaption", Block),
        ("figure", Block),
        ("font", Inline),
        ("footer", Edge),
        ("form", Form),
        ("h1", Heading(1)),
        ("h2", Heading(2)),
        ("h3", Heading(3)),
        ("h4", Heading(4)),
        ("h5", Heading(5)),
        ("h6", Heading(6)),
        ("header", Edge),
        ("hgroup", Block),
        ("hr", Rule),
        ("html", Block),
        ("i", Inline),
        ("iframe", Dropped),
        ("img", Void),
        ("input", Void),
        ("ins", Inline),
        ("kbd", Inline),
        ("label", Inline),
        ("li", Block),
        ("link", Void),
        ("listing", Preformatted),
        ("main", Main),
        ("mark", Inline),
        ("menu", Block),
        ("meta", Void),
        ("nav", Control),
        ("nobr", Inline),
        ("noframes", Dropped),
        ("noscript", Dropped),
        ("object", Dropped),
        ("ol", Block),
        ("optgroup", Control),
        ("option", Control),
        ("p", Block),
        ("param", Void),
        ("picture", Inline),
        ("pre", Preformatted),
        ("q", Inline),
        ("rp", Dropped),
        ("rt", Dropped),
        ("rtc", Dropped),
        ("ruby", Inline),
        ("s", Inline),
        ("samp", Inline),
        ("script", Dropped),
        ("section", Block),
        ("select", Control),
        ("small", Inline),
        ("source", Void),
        ("span", Inline),
        ("strong", Inline),
        ("style", Dropped),
        ("sub", Inline),
        ("summary", Block),
        ("sup", Inline),
        ("svg", Dropped),
        ("table", Block),
        ("tbody", Block),
        ("td", Cell),
        ("template", Dropped),
        ("textarea", Control),
        ("tfoot", Block),
        ("th", Cell),
        ("thead", Block),
        ("time", Inline),
        ("title", Title),
        ("tr", Block),
        ("track", Void),
        ("ul", Block),
    ]
};

/// Open elements that a start tag ends, and those that protect them.
pub(super) fn implied_ends(
    name: &str,
) -> Option<(&'static [&'static str], &'static [&'static str])> {
    match name {
        "li" => Some((&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"])),
        "dt" | "dd" => Some((&["dt", "dd"], &["dl", "table", "td", "th"])),
        "tr" => Some((&["tr"], &["table"])),
        "td" | "th" => Some((&["td", "th"], &["tr", "table"])),
        "tbody" | "thead" | "tfoot" => Some((&["tbody", "thead", "tfoot"], &["table"])),
        "option" => Some((&["option"], &["select", "optgroup"])),
        "rt" | "rp" => Some((&["rt", "rp"], &["ruby"])),
        _ => None,
    }
}

/// What class, id and role say about an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Nothing,
    Main,
    Article,
    /// Menus, share buttons, comments, advertisements.
    Around,
    /// The head of a page, or of an article in it.
    Header,
}

/// Words that are around the text wherever they stand.
const AROUND: [&str; 39] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "cookie",
    "cookies",
    "footer",
    "login",
    "menu",
    "nav",
    "navbar",
    "navi",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "popup",
    "ranking",
    "recommend",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "signin",
    "signup",
    "sitemap",
    "sns",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "toc",
    "widget",
];
/// First words of names that describe the page and not the element: `has-sidebar`, `category-social`.
const DESCRIPTIVE: [&str; 9] = [
    "has", "with", "without", "no", "not", "is", "js", "category", "tag",
];
/// Words of names that hold the text, unless they end otherwise: `sidebar-content`, but not `main-nav`.
const CONTENT: [&str; 5] = ["content", "contents", "main", "article", "body"];

/// Judges the value of `class` or `id`.
pub(super) fn label_of_names(names: &str) -> Label {
    let mut label = Label::Nothing;
    for name in names.split_ascii_whitespace().take(64) {
        let words = words(name);
        let is_in = |list: &[&str], word: &String| list.contains(&word.as_str());
        let is_descriptive = words.first().is_some_and(|word| is_in(&DESCRIPTIVE, word))
            || words.iter().any(|word| word == "with");
        let is_content = words.iter().any(|word| is_in(&CONTENT, word))
            && !words.last().is_some_and(|word| is_in(&AROUND, word));
        if is_descriptive || is_content {
            continue;
        }
        if words.iter().any(|word| is_in(&AROUND, word)) {
            return Label::Around;
        }
        if words
            .iter()
            .any(|word| word == "header" || word == "masthead")
        {
            label = Label::Header;
        }
    }
    label
}

/// Judges the value of `role`.
pub(super) fn label_of_role(role: &str) -> Label {
    match role.trim().to_ascii_lowercase().as_str() {
        "main" => Label::Main,
        "article" => Label::Article,
        "navigation" | "complementary" | "search" | "dialog" | "alertdialog" | "menu"
        | "menubar" | "contentinfo" | "toolbar" => Label::Around,
        "banner" => Label::Header,
        _ => Label::Nothing,
    }
}

/// The words of a name such as `global-nav` or `globalNav`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars().take(100) {
        let is_border = !c.is_ascii_alphanumeric();
        if (is_border || (was_lower && c.is_ascii_uppercase()))
            && words.last().is_some_and(|word| !word.is_empty())
        {
            words.push(String::new());
        }
        if let (false, Some(word)) = (is_border, words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
        was_lower = c.is_ascii_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_in_order() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| name));
        assert_eq!(element(b"h3"), Some(("h3", Role::Heading(3))));
        assert_eq!(element(b"my-app"), None);
    }

    #[test]
    fn names_are_judged_by_their_words() {
        for (names, label) in [
            ("global-nav", Label::Around),
            ("globalNav", Label::Around),
            ("post-body share_buttons", Label::Around),
            ("entry-footer", Label::Around),
            ("header", Label::Header),
            ("single has-sidebar no-comments", Label::Nothing),
            ("category-social tag-menu", Label::Nothing),
            ("commentary navy adverb", Label::Nothing),
            ("main-content", Label::Nothing),
            ("sidebar-content content-with-sidebar", Label::Nothing),
            ("main-nav", Label::Around),
            ("article-share", Label::Around),
            ("", Label::Nothing),
        ] {
            assert_eq!(label_of_names(names), label, "{names}");
        }
    }
}
