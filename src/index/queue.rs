//! What waits for the engine's threads, bounded by its size.
//!
//! In: passages as they are cut. Out: the same on the engine's queue, which counts documents and would hold ten thousand of them, however
//! long. Each has to be given room first, and gives it back when it is indexed.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::schema::{Document, TantivyDocument};

use super::bridge::PendingPassage;

/// Enough to keep all threads busy while the next documents are read.
const MAX_WAITING_BYTES: usize = 8 << 20;
/// A thread that writes a segment takes nothing for seconds, and one that failed takes nothing more: what does not get room in this time
/// goes on all the same, and the engine says what is the matter.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// The room of a queue.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue(Arc<(Mutex<usize>, Condvar)>);

/// A passage on the queue.
pub(super) struct Queued {
    /// The queue has a place for each document that it may ever hold, so they had better be small.
    passage: Box<PendingPassage>,
    room: Room,
}

/// Room that is given back.
struct Room {
    queue: Queue,
    bytes: usize,
}

impl Queue {
    /// Waits for room.
    pub(super) fn put(&self, passage: PendingPassage) -> Queued {
        let bytes = passage.bytes();
        let (waiting, freed) = &*self.0;
        let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |waiting: &mut usize| *waiting > 0 && *waiting + bytes > MAX_WAITING_BYTES;
        let (mut waiting, _) = freed
            .wait_timeout_while(waiting, LONGEST_WAIT, is_full)
            .unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
        let queue = self.clone();
        Queued {
            passage: Box::new(passage),
            room: Room { queue, bytes },
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let (waiting, freed) = &*self.queue.0;
        *waiting.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        freed.notify_one();
    }
}

impl PendingPassage {
    /// About what it takes while it waits.
    fn bytes(&self) -> usize {
        let stored = &self.stored;
        let texts = [
            &stored.source,
            &stored.document.title,
            &stored.document.path,
            &stored.passage.heading,
            &stored.passage.text,
        ];
        let other = stored.other.values().map(|value| value.to_string().len());
        size_of::<Self>() + texts.map(String::len).iter().sum::<usize>() + other.sum::<usize>()
    }
}

impl Document for Queued {
    type Value<'a> = <PendingPassage as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <PendingPassage as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.passage.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        let Queued { passage, room } = self;
        drop(room);
        passage.into_tantivy_document()
    }
}
