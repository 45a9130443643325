//! The files a document names: what its readers may ask others for.

use std::collections::BTreeMap;

use automerge::{ObjId, ObjType, ROOT, ReadDoc as _, ScalarValueRef, ValueRef};
use seal::{ChainId, FileId};

use crate::{
    attachment::Attachment,
    cursor::Mark,
    document::Document,
    limits::FILES_NAMED,
    part::{Field, FieldKind},
    path::FieldPath,
    records::objects,
    value::Value,
};

impl Document {
    /// Every file that a field of this document names, also in records that were removed and may be put back, with the
    /// number of bytes it is said to have: where that is said differently, the least, so that nobody makes a file of
    /// somebody else's too large to come by itself.
    ///
    /// `whose` says who writes a chain. Of what each of them names the first [`FILES_NAMED`] count, by their ids: whoever names
    /// thousands of files that are nowhere crowds out nobody's but their own.
    pub fn files<P: Ord>(&self, whose: impl Fn(ChainId) -> P) -> BTreeMap<FileId, u64> {
        let mut named: BTreeMap<P, BTreeMap<FileId, u64>> = BTreeMap::new();
        let mut name = |by: &ObjId, file: Attachment| {
            let Some(by) = Mark::of(by) else { return };
            say(named.entry(whose(by.chain)).or_default(), file.id, file.bytes);
        };
        self.each_file(&ROOT, self.part().fields, &mut name);
        for record in self.records.by_id.values() {
            self.each_file(&record.object, record.list.describe().fields, &mut name);
        }
        let mut files = BTreeMap::new();
        for (file, bytes) in named.into_values().flat_map(|of_one| of_one.into_iter().take(FILES_NAMED)) {
            say(&mut files, file, bytes);
        }
        files
    }

    /// Every file that is attached to what is shown of this document, with the field that holds it.
    pub fn attached(&self) -> Vec<(FieldPath, Attachment)> {
        let shown = self.records.by_id.iter().filter(|(_, record)| !record.gone);
        let homes = shown.map(|(item, record)| (Some(*item), record.list.describe().fields));
        let fields = std::iter::once((None, self.part().fields)).chain(homes).flat_map(|(item, fields)| {
            let files = fields.iter().filter(|field| field.kind == FieldKind::Files);
            files.filter_map(move |field| FieldPath::new(self.part(), item, field.code).ok())
        });
        let files = |field: FieldPath| match self.value(field).value() {
            Some(Value::Files(files)) => files.iter().map(|file| (field, file.clone())).collect(),
            Some(_) | None => Vec::new(),
        };
        fields.flat_map(files).collect()
    }

    /// Every file that one of these fields names, with what wrote it there: where several did at the same time, each of them.
    fn each_file(&self, home: &ObjId, fields: &[Field], name: &mut impl FnMut(&ObjId, Attachment)) {
        for field in fields.iter().filter(|field| field.kind == FieldKind::Files) {
            for set in objects(&self.automerge, home, field.code, ObjType::Map) {
                for entry in self.automerge.map_range(&set, ..) {
                    let ValueRef::Scalar(ScalarValueRef::Str(words)) = &entry.value else { continue };
                    if let Some(file) = Attachment::read(&entry.key, words) {
                        name(&entry.id(), file);
                    }
                    let also =
                        if entry.conflict { self.automerge.get_all(&set, entry.key.as_ref()) } else { Ok(Vec::new()) };
                    for (value, by) in also.unwrap_or_default() {
                        let file = value.as_str().and_then(|words| Attachment::read(&entry.key, words));
                        file.into_iter().for_each(|file| name(&by, file));
                    }
                }
            }
        }
    }
}

fn say(files: &mut BTreeMap<FileId, u64>, file: FileId, bytes: u64) {
    let least = files.entry(file).or_insert(bytes);
    *least = bytes.min(*least);
}
