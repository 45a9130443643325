//! The files a document names: what its readers may ask others for.

use std::collections::BTreeMap;

use automerge::{ObjId, ObjType, ROOT, ReadDoc as _, ScalarValueRef, ValueRef};
use seal::FileId;

use crate::{
    attachment::Attachment,
    document::Document,
    part::{Field, FieldKind},
    path::FieldPath,
    records::objects,
    value::Value,
};

impl Document {
    /// Every file that a field of this document names, also in records that were removed and may be put back, with the
    /// number of bytes it is said to have: where that is said differently, the least, so that nobody makes a file of
    /// somebody else's too large to come by itself.
    pub fn files(&self) -> BTreeMap<FileId, u64> {
        let mut files = BTreeMap::new();
        self.add_files(&ROOT, self.part().fields, &mut files);
        for record in self.records.by_id.values() {
            self.add_files(&record.object, record.list.describe().fields, &mut files);
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

    fn add_files(&self, home: &ObjId, fields: &[Field], files: &mut BTreeMap<FileId, u64>) {
        for field in fields.iter().filter(|field| field.kind == FieldKind::Files) {
            for set in objects(&self.automerge, home, field.code, ObjType::Map) {
                for entry in self.automerge.map_range(&set, ..) {
                    let ValueRef::Scalar(ScalarValueRef::Str(words)) = &entry.value else { continue };
                    if let Some(file) = Attachment::read(&entry.key, words) {
                        let least = files.entry(file.id).or_insert(file.bytes);
                        *least = file.bytes.min(*least);
                    }
                }
            }
        }
    }
}
