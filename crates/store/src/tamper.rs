//! Ways to spoil a store on purpose, for tests that ask whether anybody notices. Not in the program: see the feature.

use seal::{DocId, PlanId};

use crate::{
    error::{Fault, KeepError},
    recall,
    store::Store,
};

impl Store {
    /// The records of a document's edits as they stand in the file, so that a test can find and flip them there.
    pub fn sealed_edits(&self, plan: PlanId, doc: DocId) -> Result<Vec<Vec<u8>>, KeepError> {
        let mut places = Vec::new();
        self.data.each(&self.data.sealer.edits(plan, doc), |place, _| {
            places.push(place.to_vec());
            Ok(())
        })?;
        let values = places.iter().map(|place| Ok(self.data.get(place)?.ok_or(Fault::Damaged)?));
        values.collect()
    }

    /// Changes the bytes of one stored edit, counted from the first saved, and seals them again with this device's own
    /// key: what only hashes and signatures can tell. Says whether there is such an edit.
    pub fn alter_edit(
        &mut self,
        plan: PlanId,
        doc: DocId,
        number: usize,
        change: impl FnOnce(&mut Vec<u8>),
    ) -> Result<bool, KeepError> {
        let mut records = Vec::new();
        self.data.each(&self.data.sealer.edits(plan, doc), |place, record| {
            records.push((place.to_vec(), recall::read_edits(record?)?));
            Ok(())
        })?;
        let mut before = 0;
        let found = records.into_iter().find(|(_, edits)| {
            before += edits.len();
            before > number
        });
        let Some((place, edits)) = found else { return Ok(false) };
        let first = before - edits.len();
        let mut edits: Vec<Vec<u8>> = edits.iter().map(|edit| edit.to_vec()).collect();
        change(&mut edits[number - first]);
        let mut record = Vec::new();
        edits.iter().for_each(|edit| recall::write_part(&mut record, edit));
        let sealed = self.data.sealer.seal(&place, &record);
        self.data.write(|table| {
            table.insert(place.as_slice(), sealed.as_slice())?;
            Ok(())
        })?;
        Ok(true)
    }
}
