//! What a run of a chain must be before it is believed: in order, signed at its end, by the device it commits to.

use proptest::{prelude::*, sample::Index};
use seal::{
    Author, Bytes, ChainId, ChapterId, DeviceKey, DocId, Edit, EditHash, Head, NotAnEdit, PlanId, Refused, Seq,
    Signature, Signed, Tip, chain_id, decode, encode,
};
use zeroize::Zeroizing;

const PLAN: PlanId = PlanId::new([1; 32]);
const DOC: DocId = DocId::new([2; 32]);
const CHAPTER: ChapterId = ChapterId::new([3; 32]);

/// Toy edits: their head is all there is to them, and their hash is over their bytes.
fn read(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    let (chain, seq, after): (ChainId, Seq, Vec<EditHash>) = decode(bytes, 4_096).map_err(|_| NotAnEdit)?;
    Ok(Head { chain, seq, hash: EditHash::new(*blake3::hash(bytes).as_bytes()), after })
}

fn key(number: u8) -> DeviceKey {
    DeviceKey::from_seed(&Zeroizing::new([number; 32]))
}

fn author(key: &DeviceKey) -> Author {
    Author { device: key.id(), chapter: CHAPTER }
}

fn chain(key: &DeviceKey) -> ChainId {
    chain_id(DOC, key.id(), CHAPTER)
}

/// A chain's edits in order; `others` makes two chains of one device differ.
fn write(chain: ChainId, length: usize, others: u8) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut seq = Seq::FIRST;
    for _ in 0..length {
        let mut after: Vec<EditHash> = edits.last().map(Edit::hash).into_iter().collect();
        after.push(EditHash::new([others; 32]));
        after.sort();
        let bytes: Bytes = encode(&(chain, seq, after)).into();
        edits.push(Edit::read(DOC, bytes, read).expect("a toy edit"));
        seq = seq.next().expect("far from the end");
    }
    edits
}

fn bytes(edits: &[Edit]) -> Vec<Bytes> {
    edits.iter().map(|edit| edit.bytes().clone()).collect()
}

fn before(edits: &[Edit], from: usize) -> Option<(Seq, EditHash)> {
    from.checked_sub(1).map(|last| (edits[last].seq(), edits[last].hash()))
}

/// What becomes of a run after `before` under this author.
fn believe(
    key: &DeviceKey,
    before: Option<(Seq, EditHash)>,
    edits: Vec<Bytes>,
    tips: Vec<Tip>,
) -> Result<Vec<EditHash>, Refused> {
    let signed = Signed::gather(PLAN, DOC, chain(key), before, edits, tips, read)?;
    let (verified, _) = signed.verify(author(key))?;
    Ok(verified.iter().map(|verified| verified.edit().hash()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_a_device_signs_is_believed_in_whatever_runs_it_is_cut(
        length in 1usize..40, cut: Index, more in proptest::collection::vec(any::<Index>(), 0..4),
    ) {
        let key = key(1);
        let edits = write(chain(&key), length, 0xff);
        let from = cut.index(length);
        let mut tips = vec![Tip::sign(&key, PLAN, &edits[length - 1])];
        tips.extend(more.iter().map(|more| Tip::sign(&key, PLAN, &edits[from + more.index(length - from)])));
        let believed = believe(&key, before(&edits, from), bytes(&edits[from..]), tips);
        let written: Vec<EditHash> = edits[from..].iter().map(Edit::hash).collect();
        prop_assert_eq!(believed, Ok(written));
    }

    #[test]
    fn a_run_out_of_order_is_broken(length in 2usize..20, one: Index, two: Index, how in 0u8..4) {
        let key = key(1);
        let edits = write(chain(&key), length, 0xff);
        let tip = Tip::sign(&key, PLAN, &edits[length - 1]);
        let (one, two) = (one.index(length), two.index(length));
        prop_assume!(one != two);
        let mut run = bytes(&edits);
        let mut follows = None;
        match how {
            0 => run.swap(one, two),
            1 => drop(run.remove(one.min(length - 2))),
            2 => run.insert(one, run[two].clone()),
            // The run is whole, but said to follow something it does not.
            _ => follows = before(&edits, one + 1),
        }
        prop_assert_eq!(believe(&key, follows, run, vec![tip]), Err(Refused::Broken));
    }

    #[test]
    fn an_edit_that_names_another_predecessor_is_broken(length in 2usize..20, at: Index) {
        let key = key(1);
        let (edits, others) = (write(chain(&key), length, 0xff), write(chain(&key), length, 0xfe));
        let at = 1 + at.index(length - 1);
        let spliced: Vec<Edit> = edits[..at].iter().chain(&others[at..]).cloned().collect();
        let tip = Tip::sign(&key, PLAN, &others[length - 1]);
        prop_assert_eq!(believe(&key, None, bytes(&spliced), vec![tip]), Err(Refused::Broken));
    }

    #[test]
    fn a_run_without_a_signature_on_its_end_is_unsigned(length in 2usize..20, on: Index, beyond in 1usize..4) {
        let key = key(1);
        let edits = write(chain(&key), length + beyond, 0xff);
        let run = bytes(&edits[..length]);
        let end = Tip::sign(&key, PLAN, &edits[length - 1]);
        let within = Tip::sign(&key, PLAN, &edits[on.index(length - 1)]);
        let later = Tip::sign(&key, PLAN, &edits[length + beyond - 1]);
        let renumbered = Tip { seq: within.seq, ..end };
        for tips in [vec![], vec![within], vec![later], vec![end, later], vec![renumbered], vec![end, renumbered]] {
            prop_assert_eq!(believe(&key, None, run.clone(), tips), Err(Refused::Unsigned));
        }
        prop_assert_eq!(believe(&key, None, Vec::new(), vec![end]), Err(Refused::Unsigned));
        // A signature on what came before this run lies on none of its edits.
        let rest = believe(&key, before(&edits, 1), bytes(&edits[1..length]), vec![end, Tip::sign(&key, PLAN, &edits[0])]);
        prop_assert_eq!(rest, Err(Refused::Unsigned));
    }

    #[test]
    fn one_forged_signature_among_good_ones_refuses_the_run(
        length in 1usize..20, on: Index, bit in 0usize..512, stranger in 2u8..9,
    ) {
        let key = key(1);
        let edits = write(chain(&key), length, 0xff);
        let end = Tip::sign(&key, PLAN, &edits[length - 1]);
        let on = &edits[on.index(length)];
        let mut flipped = *Tip::sign(&key, PLAN, on).signature.as_bytes();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let flipped = Tip { signature: Signature::new(flipped), seq: on.seq(), hash: on.hash() };
        let by_a_stranger = Tip::sign(&self::key(stranger), PLAN, on);
        let for_another_plan = Tip::sign(&key, PlanId::new([9; 32]), on);
        for forged in [flipped, by_a_stranger, for_another_plan] {
            prop_assert_eq!(believe(&key, None, bytes(&edits), vec![end, forged]), Err(Refused::Forged));
        }
    }

    #[test]
    fn one_changed_byte_anywhere_refuses_the_run(length in 1usize..12, at: Index, place: Index, with in 1u8..) {
        let key = key(1);
        let edits = write(chain(&key), length, 0xff);
        let tip = Tip::sign(&key, PLAN, &edits[length - 1]);
        let mut run = bytes(&edits);
        let at = at.index(length);
        let mut changed = run[at].to_vec();
        let place = place.index(changed.len());
        changed[place] ^= with;
        run[at] = changed.into();
        prop_assert!(believe(&key, None, run, vec![tip]).is_err());
    }

    #[test]
    fn anothers_chain_is_not_theirs(length in 1usize..12, mixed: Index) {
        let (ann, bea) = (key(1), key(2));
        let (hers, theirs) = (write(chain(&ann), length, 0xff), write(chain(&bea), length, 0xff));
        let at = mixed.index(length);
        let tip = Tip::sign(&ann, PLAN, &hers[length - 1]);
        let mut run = bytes(&hers);
        run[at] = theirs[at].bytes().clone();
        prop_assert_eq!(believe(&ann, None, run, vec![tip]), Err(Refused::OtherChain));

        // Bea signs Ann's edits: her own name does not fit the chain, and Ann's does not fit the signature.
        let claimed = Tip::sign(&bea, PLAN, &hers[length - 1]);
        let gather = || Signed::gather(PLAN, DOC, chain(&ann), None, bytes(&hers), vec![claimed], read);
        prop_assert_eq!(gather()?.verify(author(&bea)).map(drop), Err(Refused::NotTheirs));
        prop_assert_eq!(gather()?.verify(author(&ann)).map(drop), Err(Refused::Forged));
        let other_chapter = Author { chapter: ChapterId::new([4; 32]), ..author(&ann) };
        prop_assert_eq!(gather()?.verify(other_chapter).map(drop), Err(Refused::NotTheirs));
        let other_doc = Signed::gather(PLAN, DocId::new([5; 32]), chain(&ann), None, bytes(&hers), vec![tip], read)?;
        prop_assert_eq!(other_doc.verify(author(&ann)).map(drop), Err(Refused::NotTheirs));
    }

    #[test]
    fn what_is_ours_is_what_others_believe(length in 1usize..12) {
        let key = key(1);
        let edits = write(chain(&key), length, 0xff);
        for (place, edit) in edits.iter().enumerate() {
            let (verified, tip) = Signed::ours(&key, PLAN, CHAPTER, before(&edits, place), edit.clone())?;
            let believed = believe(&key, before(&edits, place), bytes(&edits[place..=place]), vec![tip]);
            prop_assert_eq!(believed, Ok(vec![verified.edit().hash()]));
            let wrong_place = Signed::ours(&key, PLAN, CHAPTER, before(&edits, place + 1), edit.clone());
            prop_assert_eq!(wrong_place.map(drop), Err(Refused::Broken));
            let wrong_key = Signed::ours(&self::key(2), PLAN, CHAPTER, before(&edits, place), edit.clone());
            prop_assert_eq!(wrong_key.map(drop), Err(Refused::NotTheirs));
        }
    }
}

#[test]
fn rubbish_among_the_edits_is_not_an_edit() {
    let key = key(1);
    let edits = write(chain(&key), 3, 0xff);
    let mut run = bytes(&edits);
    run[1] = [0xff; 40].as_slice().into();
    let tip = Tip::sign(&key, PLAN, &edits[2]);
    assert_eq!(believe(&key, None, run, vec![tip]), Err(Refused::NotAnEdit));
}
