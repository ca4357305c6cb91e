//! What is to be done: the sources as they are against what the index knows of them.
//!
//! In: roots and records. Out: a [`Plan`]. Size and time tell most unchanged files without opening them; the content decides for
//! all others, and tells a renamed file from a new one. Nothing is indexed or changed here.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::super::CorpusSettings;
use super::super::manifest::Root;
use super::super::sidecar::{Sidecars, SourceRules, is_sidecar};
use super::super::sources::{Records, SourceRecord};
use super::{Change, ChangeKind, Event, Observer, UpdateSummary, notify};
use crate::error::{Error, ErrorKind, Result};
use crate::source::Source;

/// A file that changed so shortly before it was looked at may change again without its time telling: some file systems count in
/// steps of two seconds.
const FRESH: Duration = Duration::from_secs(2);

/// A source to be read.
pub(super) struct Pending {
    pub(super) source: Source,
    pub(super) record: SourceRecord,
    pub(super) rules: SourceRules,
    /// Nothing for a source that is as it was, and is read again for another reason.
    pub(super) kind: Option<ChangeKind>,
    /// What was known of a renamed source whose passages carry a name that another takes now: they go before anything is read.
    pub(super) displaced: Option<SourceRecord>,
}

/// What an update has to do.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) removed: Vec<SourceRecord>,
    /// What was known, and the same source under its new name.
    pub(super) renamed: Vec<(SourceRecord, Pending)>,
    pub(super) read: Vec<Pending>,
    /// The same content with another time.
    pub(super) touched: Vec<SourceRecord>,
}

/// What is being listed.
struct Listing<'l, 't> {
    records: &'l Records,
    sidecars: &'l mut Sidecars<'t>,
    summary: &'l mut UpdateSummary,
    observer: &'l mut Observer<'l>,
    started: SystemTime,
    plan: Plan,
    /// Sources whose passages carry the name of today's of another; by their own key.
    moved: BTreeMap<String, Pending>,
}

impl Plan {
    /// Sources whose passages go before anything is read.
    pub(super) fn displaced(&self) -> Vec<SourceRecord> {
        let renamed = self.renamed.iter().map(|(_, pending)| pending);
        let pending = renamed.chain(&self.read);
        pending
            .filter_map(|pending| pending.displaced.clone())
            .collect()
    }

    pub(super) fn new<'l>(
        roots: &[Root],
        records: &'l Records,
        sidecars: &'l mut Sidecars<'_>,
        summary: &'l mut UpdateSummary,
        observer: &'l mut Observer<'_>,
    ) -> Result<Plan> {
        let mut observer = |event: Event<'_>| observer(event);
        let mut listing = Listing {
            records,
            sidecars,
            summary,
            observer: &mut observer,
            started: SystemTime::now(),
            plan: Plan::default(),
            moved: BTreeMap::new(),
        };
        for root in roots {
            listing.list(root)?;
        }
        listing.match_renamed(roots);
        listing.release_names();
        listing.tell()?;
        Ok(listing.plan)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.removed.is_empty()
            && self.renamed.is_empty()
            && self.read.is_empty()
            && self.touched.is_empty()
    }
}

impl Listing<'_, '_> {
    /// Lists the sources under a root: what is to be read, and what vanished.
    fn list(&mut self, root: &Root) -> Result<()> {
        let in_folder = root.typed.is_dir();
        // What is wrong with them is told where they are used.
        let settings = CorpusSettings::read(&root.typed).unwrap_or_default();
        let mut seen = HashSet::new();
        let mut incomplete = false;
        for source in Source::walk(&root.typed)? {
            match source {
                Ok(source) if in_folder && is_sidecar(&settings, &root.typed, source.name()) => {}
                Ok(source) => self.compare(root, source, &mut seen)?,
                Err(error) => {
                    incomplete = true;
                    self.problem(&error)?;
                }
            }
        }
        if seen.is_empty() && !incomplete {
            let error = Error::at(ErrorKind::NotFound, &root.typed, "no files in this folder");
            let hint = "give a folder with texts; hidden files, and those that .gitignore and .ignore name, are left out";
            self.problem(&error.with_hint(hint))?;
        }
        let records = self.records;
        let vanished = records
            .values()
            .filter(|record| record.root == root.path && !seen.contains(&record.key()))
            // Where a folder could not be listed, a file that is still there did not vanish.
            .filter(|record| {
                let path = Path::new(&record.root).join(&record.name);
                !(incomplete && matches!(path.try_exists(), Ok(true)))
            });
        self.plan.removed.extend(vanished.cloned());
        Ok(())
    }

    /// Compares a source with what is known of it.
    fn compare(&mut self, root: &Root, source: Source, seen: &mut HashSet<String>) -> Result<()> {
        let (bytes, modified_ns) = stamp(source.path(), self.started);
        let rules = self.sidecars.rules(&root.typed, source.name());
        let mut record = SourceRecord {
            root: root.path.clone(),
            name: source.name().to_owned(),
            bytes,
            modified_ns,
            facets: self.sidecars.fingerprint(&rules),
            ..SourceRecord::default()
        };
        let key = record.key();
        if !seen.insert(key.clone()) {
            return Ok(());
        }
        let pending = |record, kind| Pending {
            source: source.clone(),
            record,
            rules: rules.clone(),
            kind,
            displaced: None,
        };
        let Some(known) = self.records.get(&key) else {
            let new = pending(record, Some(ChangeKind::New));
            self.plan.read.push(new);
            return Ok(());
        };
        if known.moved.is_some() {
            self.moved.insert(key, pending(record.clone(), None));
        }
        // What could not be read is told again, and what was left out because its id was taken may have its turn now.
        let is_settled =
            known.problems == 0 && !known.hash.is_empty() && known.facets == record.facets;
        if is_settled && modified_ns > 0 && (known.bytes, known.modified_ns) == (bytes, modified_ns)
        {
            self.summary.unchanged += 1;
            return Ok(());
        }
        record.hash = hash(source.path()).unwrap_or_default();
        let is_same =
            record.hash == known.hash && !known.hash.is_empty() && record.facets == known.facets;
        if is_same && is_settled {
            self.summary.unchanged += 1;
            self.plan.touched.push(SourceRecord {
                bytes,
                modified_ns,
                ..known.clone()
            });
            return Ok(());
        }
        let kind = (!is_same).then_some(ChangeKind::Changed);
        let again = pending(record, kind);
        self.plan.read.push(again);
        Ok(())
    }

    /// Finds vanished sources among the new ones, by their content: also those of roots that are gone as a whole. The format may
    /// depend on the ending of the name.
    fn match_renamed(&mut self, roots: &[Root]) {
        let ending = |name: &str| Path::new(name).extension().map(|e| e.to_ascii_lowercase());
        let mut vanished: HashMap<(u64, String), Vec<SourceRecord>> = HashMap::new();
        let mut sizes = HashSet::new();
        let given = |record: &&SourceRecord| roots.iter().any(|root| root.path == record.root);
        let mut is_gone: HashMap<&str, bool> = HashMap::new();
        let lost = self.records.values().filter(|record| !given(record));
        let lost = lost.filter(|record| {
            *is_gone
                .entry(&record.root)
                .or_insert_with(|| matches!(Path::new(&record.root).try_exists(), Ok(false)))
        });
        let removed = std::mem::take(&mut self.plan.removed);
        for record in removed.into_iter().chain(lost.cloned()) {
            let like = (record.bytes, record.hash.clone());
            sizes.insert(record.bytes);
            vanished.entry(like).or_default().push(record);
        }
        for mut pending in std::mem::take(&mut self.plan.read) {
            let record = &mut pending.record;
            if pending.kind == Some(ChangeKind::New) && sizes.contains(&record.bytes) {
                record.hash = hash(pending.source.path()).unwrap_or_default();
            }
            let like = (record.bytes, record.hash.clone());
            let same = vanished
                .get_mut(&like)
                .filter(|_| pending.kind == Some(ChangeKind::New));
            let at = same.as_ref().and_then(|same| {
                let is_like = |before: &SourceRecord| {
                    before.problems == 0
                        && !before.hash.is_empty()
                        && ending(&before.name) == ending(&pending.record.name)
                };
                same.iter().position(is_like)
            });
            match (same, at) {
                (Some(same), Some(at)) => {
                    pending.kind = Some(ChangeKind::Renamed);
                    self.plan.renamed.push((same.remove(at), pending));
                }
                _ => self.plan.read.push(pending),
            }
        }
        // What else stood in a root that is gone stays: its disk may not be mounted.
        let removed = vanished.into_values().flatten();
        self.plan
            .removed
            .extend(removed.filter(|record| given(&record)));
        self.plan.removed.sort_by_key(SourceRecord::key);
    }

    /// A renamed source whose first name is taken by another now is read again: two sources must not share the name that their
    /// passages carry.
    fn release_names(&mut self) {
        let renamed = self.plan.renamed.iter().map(|(_, pending)| pending);
        let taken: HashSet<String> = renamed
            .chain(&self.plan.read)
            .map(|pending| pending.record.name.clone())
            .collect();
        let is_displaced = |known: &&SourceRecord| {
            let moved = known.moved.as_ref();
            moved.is_some_and(|moved| taken.contains(moved.old_name()))
        };
        for (before, pending) in &mut self.plan.renamed {
            pending.displaced = Some(&*before).filter(is_displaced).cloned();
        }
        let mut read = HashSet::new();
        for pending in &mut self.plan.read {
            let key = pending.record.key();
            pending.displaced = self.records.get(&key).filter(is_displaced).cloned();
            read.insert(key);
        }
        for (key, mut pending) in std::mem::take(&mut self.moved) {
            pending.displaced = self.records.get(&key).filter(is_displaced).cloned();
            if pending.displaced.is_some() && !read.contains(&key) {
                self.summary.unchanged -= 1;
                self.plan.touched.retain(|record| record.key() != key);
                self.plan.read.push(pending);
            }
        }
    }

    fn tell(&mut self) -> Result<()> {
        let mut changes = Vec::new();
        let shown = |pending: &Pending| pending.source.path().to_string_lossy().into_owned();
        for pending in &self.plan.read {
            changes.extend(pending.kind.map(|kind| Change {
                kind,
                path: shown(pending),
                before: None,
            }));
        }
        changes.extend(self.plan.renamed.iter().map(|(before, pending)| Change {
            kind: ChangeKind::Renamed,
            path: shown(pending),
            before: Some(before.name.clone()),
        }));
        changes.extend(self.plan.removed.iter().map(|record| Change {
            kind: ChangeKind::Removed,
            path: record.name.clone(),
            before: None,
        }));
        for change in &changes {
            notify(self.observer, Event::Changed(change))?;
        }
        Ok(())
    }

    fn problem(&mut self, error: &Error) -> Result<()> {
        self.summary.problems += 1;
        notify(self.observer, Event::Problem(error))
    }
}

/// Size and time of change; no time where it proves nothing. What is wrong with a file is told by whoever reads it.
pub(super) fn stamp(path: &Path, now: SystemTime) -> (u64, u64) {
    let Ok(metadata) = fs::metadata(path) else {
        return (0, 0);
    };
    let settled = metadata.modified().ok().filter(|&modified| {
        // A time in the future is none: the clock was set back.
        now.duration_since(modified).is_ok_and(|age| age > FRESH)
    });
    let modified = settled.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (
        metadata.len(),
        modified.map_or(0, |time| time.as_nanos() as u64),
    )
}

/// BLAKE3 of a file's content.
pub(super) fn hash(path: &Path) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let file = fs::File::open(path).map_err(|cause| {
        let error = Error::io(path, "cannot open", cause);
        match error.kind() {
            ErrorKind::NotFound => {
                error.with_hint("it was there when the folder was listed; run the command again")
            }
            _ => error,
        }
    })?;
    hasher
        .update_reader(file)
        .map_err(|cause| Error::io(path, "cannot read", cause))?;
    Ok(hasher.finalize().to_hex().to_string())
}
