//! The elements that are open at a place in a page.
//!
//! In: start and end tags in any order. Out: whether text here is in an article, a menu, a link. The stack has a limit;
//! end tags that every page leaves out are supplied, those without a start are ignored.

use super::blocks::Context;
use super::tags::{self, Label, Role};

/// Browsers do not nest deeper.
const MAX_DEPTH: usize = 512;

/// An open element.
pub(super) struct Open {
    name: &'static str,
    is_inline: bool,
    /// Nothing in it is to be read.
    pub(super) is_dropped: bool,
    pub(super) is_link: bool,
    pub(super) heading: Option<u8>,
    context: Context,
}

#[derive(Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// Open elements above the limit.
    overflow: usize,
    articles: usize,
    mains: usize,
}

impl Stack {
    /// The innermost open element, with what it has from those around it.
    pub(super) fn top(&self) -> Option<&Open> {
        self.open.last()
    }

    /// Whether text here is the title of the page, not of a picture.
    pub(super) fn is_in_title(&self) -> bool {
        let is_open = |name| self.open.iter().any(|open| open.name == name);
        self.open.last().is_some_and(|top| top.name == "title") && !is_open("svg")
    }

    /// Ends what a start tag ends: the paragraph before a heading, the item before an item.
    pub(super) fn end_implied(&mut self, name: &str, role: Role) {
        if let Some((ended, protected)) = tags::implied_ends(name) {
            self.close_nearest(
                |open| ended.contains(&open.name),
                |open| protected.contains(&open.name),
            );
        }
        if !matches!(
            role,
            Role::Inline
                | Role::Anchor
                | Role::Dropped
                | Role::Title
                | Role::Void
                | Role::Break
                | Role::Cell
        ) {
            self.close_nearest(|open| open.name == "p", |open| !open.is_inline);
        }
        if matches!(role, Role::Heading(_)) {
            self.close_nearest(|open| open.heading.is_some(), |open| !open.is_inline);
        }
    }

    pub(super) fn start(
        &mut self,
        name: &'static str,
        role: Role,
        attributes: &[(String, String)],
    ) {
        if self.open.len() >= MAX_DEPTH {
            self.overflow += 1;
            return;
        }
        let open = self.inside(name, role, attributes);
        self.open.push(open);
    }

    /// The state inside an element: that around it and what it adds.
    fn inside(&mut self, name: &'static str, role: Role, attributes: &[(String, String)]) -> Open {
        let around = self.open.last();
        let mut open = Open {
            name,
            is_inline: matches!(
                role,
                Role::Inline | Role::Anchor | Role::Dropped | Role::Title
            ),
            is_dropped: matches!(role, Role::Dropped | Role::Title)
                || around.is_some_and(|around| around.is_dropped),
            is_link: role == Role::Anchor || around.is_some_and(|around| around.is_link),
            heading: if let Role::Heading(level) = role {
                Some(level)
            } else {
                around.and_then(|around| around.heading)
            },
            context: self.context(),
        };
        let value = |wanted: &str| {
            attributes
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.as_str())
        };
        let is_region = matches!(name, "html" | "body" | "main" | "article");
        let by_role = value("role").map_or(Label::Nothing, tags::label_of_role);
        let by_names = ["class", "id"]
            .into_iter()
            .filter_map(value)
            .map(tags::label_of_names)
            .find(|label| *label != Label::Nothing);
        // Names of headings, paragraphs' parts and whole pages say other things.
        let is_named = !open.is_inline && !is_region && open.heading.is_none();
        let label = if by_role == Label::Nothing && is_named {
            by_names.unwrap_or(Label::Nothing)
        } else {
            by_role
        };
        let context = &mut open.context;
        let is_inside = context.article > 0 || context.main > 0;
        if (role == Role::Main || label == Label::Main) && context.main == 0 {
            self.mains += 1;
            context.main = self.mains;
        }
        if (role == Role::Article || label == Label::Article) && context.article == 0 {
            self.articles += 1;
            context.article = self.articles;
        }
        let is_hidden = value("hidden").is_some() && !is_region;
        let is_invisible =
            value("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
        if role == Role::Control || is_hidden {
            context.hidden |= Context::NEVER_TEXT;
        }
        if role == Role::Form {
            context.hidden |= Context::FORM;
        }
        let is_edge =
            (role == Role::Edge && context.article == 0) || (label == Label::Header && !is_inside);
        if role == Role::Beside || label == Label::Around || is_edge || (is_invisible && !is_region)
        {
            context.hidden |= Context::AROUND;
        }
        context.is_preformatted |= role == Role::Preformatted;
        open
    }

    pub(super) fn end(&mut self, name: &str, role: Role) {
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        // Tables keep what is in their cells to themselves.
        let is_part = matches!(
            name,
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption"
        );
        let protects = |open: &Open| match role {
            Role::Inline | Role::Anchor => !open.is_inline,
            Role::Dropped | Role::Title => false,
            _ if name == "table" => false,
            _ if is_part => open.name == "table",
            _ => matches!(open.name, "table" | "td" | "th"),
        };
        self.close_nearest(|open| open.name == name, protects);
    }

    /// Closes the innermost element that is wanted, and all in it, unless one that protects it comes first.
    fn close_nearest(
        &mut self,
        is_wanted: impl Fn(&Open) -> bool,
        protects: impl Fn(&Open) -> bool,
    ) {
        for index in (0..self.open.len()).rev() {
            if is_wanted(&self.open[index]) {
                self.open.truncate(index);
                return;
            }
            if protects(&self.open[index]) {
                return;
            }
        }
    }

    /// What stands around the next text.
    pub(super) fn context(&self) -> Context {
        self.open
            .last()
            .map_or_else(Context::default, |open| open.context)
    }
}
