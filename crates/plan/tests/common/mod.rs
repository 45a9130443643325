//! Devices that write one part together, each with its own door, and pass edits to each other by hand.
#![allow(dead_code, reason = "each test file uses its own half of these helpers")]

use plan::{Document, Part, Touched, door::House};
use seal::{Admitted, Bytes, ChapterId, DeviceKey, DocId, Edit, EditHash, PlanId, Seq, Signed, Time, chain_id};

pub const PLAN: PlanId = PlanId::new([1; 32]);
pub const DOC: DocId = DocId::new([2; 32]);

/// One device: what is signed by it passes its own door first.
pub struct Device {
    pub key: DeviceKey,
    pub chapter: ChapterId,
    pub document: Document,
    pub house: House,
    pub before: Option<(Seq, EditHash)>,
    /// Everything it holds, in the order it was let in.
    pub held: Vec<Admitted>,
}

impl Device {
    /// The device that makes the document.
    pub fn maker(part: &'static Part) -> Device {
        Device::maker_of(part, DOC)
    }

    /// The device that makes one of several documents.
    pub fn maker_of(part: &'static Part, doc: DocId) -> Device {
        let (key, chapter) = identity(1);
        let (document, edits) = Document::create(part, doc, chain_id(doc, key.id(), chapter), Time(1));
        let house = House::new();
        let mut device = Device { key, chapter, document, house, before: None, held: Vec::new() };
        device.sign(edits);
        device
    }

    /// Another device, with everything `other` holds.
    pub fn beside(other: &Device, number: u8) -> Device {
        let mut device = Device::empty(other.document.part(), number);
        device.hear(&other.held);
        device
    }

    /// Another device with nothing.
    pub fn empty(part: &'static Part, number: u8) -> Device {
        let (key, chapter) = identity(number);
        let mut document = Document::load(part, DOC, None, &[]).expect("an empty document");
        document.write_as(chain_id(DOC, key.id(), chapter));
        Device { key, chapter, document, house: House::new(), before: None, held: Vec::new() }
    }

    /// Closes the burst and signs what it made.
    pub fn close(&mut self) -> Vec<Admitted> {
        let edits = self.document.close(Time(1_800_000_000_000));
        self.sign(edits)
    }

    fn sign(&mut self, edits: Vec<Bytes>) -> Vec<Admitted> {
        let from = self.held.len();
        for bytes in edits {
            let edit = Edit::read(self.document.doc(), bytes, plan::door::head).expect("our own edit has a head");
            self.before_is(&edit);
            let (verified, _) = Signed::ours(&self.key, PLAN, self.chapter, self.before, edit.clone())
                .expect("our own edit continues its chain");
            self.before = Some((edit.seq(), edit.hash()));
            self.held.push(verified.admit(&mut self.house).expect("the door admits whatever a document makes"));
        }
        self.held[from..].to_vec()
    }

    fn before_is(&self, edit: &Edit) {
        assert_eq!(edit.seq().before(), self.before.map(|(seq, _)| seq), "a chain has no holes");
    }

    /// Weighs and takes in what another device holds.
    pub fn hear(&mut self, edits: &[Admitted]) -> Touched {
        let mine: std::collections::BTreeSet<_> = self.held.iter().map(|edit| edit.edit().hash()).collect();
        let new: Vec<_> = edits.iter().filter(|edit| !mine.contains(&edit.edit().hash())).cloned().collect();
        for edit in &new {
            seal::Door::weigh(&mut self.house, edit.edit()).expect("the door admits whatever a document makes");
        }
        let touched = self.document.merge(&new).expect("what the door admits can be merged");
        self.held.extend(new);
        touched
    }
}

pub fn identity(number: u8) -> (DeviceKey, ChapterId) {
    (DeviceKey::from_seed(&zeroize::Zeroizing::new([number; 32])), ChapterId::new([number; 32]))
}

/// Both hear everything of each other.
pub fn meet(a: &mut Device, b: &mut Device) {
    a.close();
    b.close();
    let (from_a, from_b) = (a.held.clone(), b.held.clone());
    a.hear(&from_b);
    b.hear(&from_a);
}

pub fn part(code: &str) -> &'static Part {
    plan::part(code).expect("a part there is")
}

pub fn field(path: &str) -> plan::FieldPath {
    path.parse().expect("a field there is")
}
