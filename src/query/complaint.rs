//! What is wrong with a query text, where, and what was done about it.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// More than this many complaints help nobody; a last one says that there were more.
const MAX_COMPLAINTS: usize = 32;

/// The first of what an index has to say against a query, and how much more there is.
pub(crate) fn bounded(mut complaints: Vec<String>) -> Vec<String> {
    let more = complaints.len().saturating_sub(MAX_COMPLAINTS);
    if more > 0 {
        complaints.truncate(MAX_COMPLAINTS - 1);
        complaints.push(format!("{} other complaints, not listed", more + 1));
    }
    complaints
}

/// Something in a query text that the lenient parser could not use as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// Bytes in the text as typed.
    pub range: Range<usize>,
    /// Where that is for people: characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
    /// What was done about it.
    pub action: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Complaint {
            reason,
            column,
            action,
            ..
        } = self;
        write!(f, "{reason} at character {column}: {action}")
    }
}

/// What is wrong with a query text, for those who want it right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason} at character {column}")]
pub struct ParseError {
    /// Bytes in the text as typed.
    pub range: Range<usize>,
    /// Where that is for people: characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
}

impl From<Complaint> for ParseError {
    fn from(complaint: Complaint) -> Self {
        let Complaint {
            range,
            column,
            reason,
            ..
        } = complaint;
        ParseError {
            range,
            column,
            reason,
        }
    }
}

/// Collects complaints in the order in which the stages of the parser find them.
#[derive(Default)]
pub(super) struct Complaints(Vec<(Range<usize>, String, String)>);

impl Complaints {
    pub(super) fn add(
        &mut self,
        range: Range<usize>,
        reason: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.0.push((range, reason.into(), action.into()));
    }

    /// The complaints in the order of the text.
    pub(super) fn finish(mut self, text: &str) -> Vec<Complaint> {
        self.0.sort_by_key(|(range, ..)| range.start);
        let more = self.0.len().saturating_sub(MAX_COMPLAINTS);
        if more > 0 {
            self.0.truncate(MAX_COMPLAINTS - 1);
            let end = text.len();
            self.0.push((
                end..end,
                format!("{} other complaints", more + 1),
                "not listed".into(),
            ));
        }
        let mut counted = (0, 1);
        let complaint = |(range, reason, action): (Range<usize>, String, String)| {
            // Sorted, so each stretch of the text is counted once.
            let (at, column) = counted;
            let column = column
                + text
                    .get(at..range.start)
                    .map_or(0, |part| part.chars().count());
            counted = (range.start, column);
            Complaint {
                range,
                column,
                reason,
                action,
            }
        };
        self.0.into_iter().map(complaint).collect()
    }
}
