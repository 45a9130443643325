//! What is attached: from this computer into a field, from others as documents name it, and as pictures on the screen.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use circle::Ledger;
use node::{Pending, ask};
use plan::{Attachment, FieldKind, FieldPath, FileKind, Value};
use seal::{DocId, FileId, PlanId, Time};

use crate::{
    ask::{Ask, Done, Fill},
    change::Change,
    desk::Desk,
    errand::Step,
    limits::{PICTURES, PICTURES_COMING},
    open::OpenPart,
    refused::Refused,
    shelf::Shelf,
};

/// A picture on its way to the screen.
#[derive(Debug)]
pub enum Seen {
    /// It is being looked at.
    Coming,
    /// It may be shown.
    Here(ask::Picture),
    /// It is no picture that can be shown, and why.
    Unfit(Refused),
}

/// A file that is being looked at and kept, and where it will be named.
pub(crate) struct Attaching {
    pub(crate) plan: PlanId,
    pub(crate) within: Option<DocId>,
    pub(crate) field: FieldPath,
    /// For what was drawn here.
    pub(crate) drawn: Drawn,
    pub(crate) kept: Pending<ask::AttachedFile>,
}

/// Whether a picture was drawn here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    Here,
    No,
}

/// The pictures that were looked at lately.
#[derive(Default)]
pub(crate) struct Pictures {
    seen: BTreeMap<(PlanId, FileId, u32), Seen>,
    coming: Vec<((PlanId, FileId, u32), Pending<ask::Picture>)>,
    /// In the order in which they were asked for.
    order: VecDeque<(PlanId, FileId, u32)>,
}

impl Desk {
    /// Where every file stands that a plan's documents name, as far as is known.
    pub fn files(&self, plan: PlanId) -> &BTreeMap<FileId, ask::FileState> {
        static NONE: BTreeMap<FileId, ask::FileState> = BTreeMap::new();
        self.shelves.get(&plan).map_or(&NONE, |shelf| &shelf.files)
    }

    /// Everything that is attached to what is shown of a plan: in which document, to which field.
    pub fn attachments(&self, plan: PlanId) -> Vec<(DocId, FieldPath, Attachment)> {
        let open = self.shelves.get(&plan).into_iter().flat_map(|shelf| &shelf.parts);
        let of = |(doc, part): (&DocId, &OpenPart)| {
            let attached = part.document().map(plan::Document::attached).unwrap_or_default();
            let doc = *doc;
            attached.into_iter().map(move |(field, file)| (doc, field, file)).collect::<Vec<_>>()
        };
        open.flat_map(of).collect()
    }

    /// A picture that was asked for with [`Ask::See`]; nothing before, and nothing any more when many others were since.
    pub fn picture(&self, plan: PlanId, file: FileId, side: u32) -> Option<&Seen> {
        self.pictures.seen.get(&(plan, file, side))
    }

    pub(crate) fn attach(
        &mut self,
        plan: PlanId,
        field: FieldPath,
        source: ask::Source,
        within: Option<DocId>,
    ) -> Result<Done, Refused> {
        if self.kind(plan, field).is_some_and(|kind| kind != FieldKind::Files) {
            return Err(plan::WriteError::from(plan::BadValue::Kind).into());
        }
        self.known(plan)?;
        let drawn = if matches!(source, ask::Source::Made { .. }) { Drawn::Here } else { Drawn::No };
        let kept = self.node.ask(ask::AttachFile { plan, source });
        Ok(self.begin(Step::Attaching(Attaching { plan, within, field, drawn, kept })))
    }

    /// The file is kept: now the field names it.
    pub(crate) fn attached(
        &mut self,
        attaching: Attaching,
        file: ask::AttachedFile,
        now: Time,
    ) -> Result<Done, Refused> {
        let Attaching { plan, within, field, drawn, kept: _ } = attaching;
        let kind = match (file.looks, drawn) {
            (ask::Looks::Picture, Drawn::Here) => FileKind::Drawing,
            (ask::Looks::Picture, Drawn::No) => FileKind::Picture,
            (ask::Looks::Recording, _) => FileKind::Recording,
            (ask::Looks::Paper, _) => FileKind::Paper,
        };
        let mut files = self.files_in(plan, field, within);
        files.insert(Attachment { id: file.file, kind, bytes: file.bytes, name: file.name });
        self.set_files(plan, field, within, files, now)
    }

    pub(crate) fn detach(
        &mut self,
        (plan, field): (PlanId, FieldPath),
        file: FileId,
        within: Option<DocId>,
        now: Time,
    ) -> Result<Done, Refused> {
        let mut files = self.files_in(plan, field, within);
        files.retain(|attached| attached.id != file);
        self.set_files(plan, field, within, files, now)
    }

    fn files_in(&self, plan: PlanId, field: FieldPath, within: Option<DocId>) -> BTreeSet<Attachment> {
        match self.as_one(plan, field.part().code, field.item(), within).value(field) {
            Some(Value::Files(files)) => files,
            Some(_) | None => BTreeSet::new(),
        }
    }

    fn set_files(
        &mut self,
        plan: PlanId,
        field: FieldPath,
        within: Option<DocId>,
        files: BTreeSet<Attachment>,
        now: Time,
    ) -> Result<Done, Refused> {
        let fill = if files.is_empty() { Fill::Empty } else { Fill::Value(Value::Files(files)) };
        let set = Ask::Set { plan, field, fill };
        match within {
            Some(doc) => self.act(Ask::In { doc, ask: Box::new(set) }, now),
            None => self.act(set, now),
        }
    }

    /// Asks for a picture, unless it is here or on its way.
    pub(crate) fn see(&mut self, plan: PlanId, file: FileId, side: u32) {
        let key = (plan, file, side);
        if self.pictures.seen.contains_key(&key) || self.pictures.coming.len() >= PICTURES_COMING {
            return;
        }
        if self.files(plan).get(&file) != Some(&ask::FileState::Here) {
            return;
        }
        self.pictures.coming.push((key, self.node.ask(ask::SeePicture { plan, file, side })));
        self.pictures.seen.insert(key, Seen::Coming);
        self.pictures.order.push_back(key);
        while self.pictures.order.len() > PICTURES {
            if let Some(oldest) = self.pictures.order.pop_front() {
                self.pictures.seen.remove(&oldest);
            }
        }
    }

    /// Takes in pictures that were looked at.
    pub(crate) fn take_pictures(&mut self) {
        let Pictures { seen, coming, order: _ } = &mut self.pictures;
        let mut plans = BTreeSet::new();
        coming.retain_mut(|(key, pending)| {
            let Some(answer) = pending.take() else { return true };
            plans.insert(key.0);
            match answer {
                // Asked for again when it is drawn again.
                Err(node::Refused::Busy) => _ = seen.remove(key),
                answer if seen.contains_key(key) => {
                    _ = seen.insert(*key, answer.map_or_else(|why| Seen::Unfit(why.into()), Seen::Here));
                }
                _ => {}
            }
            false
        });
        self.changes.extend(plans.into_iter().map(Change::Files));
    }

    /// Where files stand has changed.
    pub(crate) fn files_changed(&mut self, plan: PlanId, files: BTreeMap<FileId, ask::FileState>) {
        let Some(shelf) = self.shelves.get_mut(&plan) else { return };
        shelf.files = files;
        // What was not here when it was asked for is asked for again.
        self.pictures.seen.retain(|(of, ..), seen| *of != plan || !matches!(seen, Seen::Unfit(_)));
        self.changes.push(Change::Files(plan));
    }

    /// Tells the node what documents name, before the edits that name it go out.
    pub(crate) fn name_files(&mut self) {
        for shelf in self.shelves.values_mut() {
            let Shelf { parts, ledger, .. } = shelf;
            for part in parts.values_mut() {
                if let Some(files) = part.named_anew(ledger) {
                    let (plan, doc) = (part.plan, part.doc);
                    self.quiet.push(self.node.ask(ask::NameFiles { plan, doc, files }));
                }
            }
        }
    }
}

/// What a document was last known to name.
#[derive(Debug, Default)]
pub(crate) struct Named {
    told: Option<BTreeMap<FileId, u64>>,
    /// Something may have changed since.
    stale: bool,
}

impl OpenPart {
    /// A file may have been named, or not any more.
    pub(crate) fn renamed_files(&mut self) {
        self.named.stale = true;
    }

    /// Something else stands in these fields. Only where one of them holds files is the document read for their names: that
    /// walks all of it.
    pub(crate) fn written<'a>(&mut self, fields: impl IntoIterator<Item = &'a FieldPath>) {
        let holds_files = |field: &FieldPath| {
            let list = field.item().and_then(|item| self.document()?.list_of(item)).map(|(_, list)| list);
            field.describe(list).is_some_and(|field| field.kind == FieldKind::Files)
        };
        if fields.into_iter().any(holds_files) {
            self.renamed_files();
        }
    }

    /// What the document names, if that is news.
    fn named_anew(&mut self, ledger: &Ledger) -> Option<BTreeMap<FileId, u64>> {
        if !self.named.stale {
            return None;
        }
        let doc = self.doc;
        let files = self.document()?.files(|chain| ledger.author(doc, chain).map(|(_, person)| person));
        self.named.stale = false;
        if self.named.told.as_ref() == Some(&files) {
            return None;
        }
        self.named.told = Some(files.clone());
        Some(files)
    }
}
