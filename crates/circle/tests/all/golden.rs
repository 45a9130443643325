//! The bytes of every signed kind, as `docs/protocol.md` shows them. If this fails, every plan written before is unreadable.

use circle::{Statement, safety_words};
use seal::{ChainId, ChapterId, DocId, Edit, EditHash, Head, PlanId, Seq, Tip, chain_id};

use crate::{forms::one_of_each, help::key, tickets};

const PAGE: &str = include_str!("../../../../docs/protocol.md");

#[test]
fn the_page_shows_the_bytes_this_program_makes() {
    let mut missing = Vec::new();
    for line in lines() {
        if !PAGE.lines().any(|written| written == line) {
            missing.push(line);
        }
    }
    assert!(missing.is_empty(), "docs/protocol.md lacks these lines:\n{}", missing.join("\n"));
}

/// `name: hexadecimal`, one a line, as they stand in the page's golden block.
fn lines() -> Vec<String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut lines = vec![format!("seed of the device: {}", hex(&*key(1).seed()))];
    lines.push(format!("device: {}", hex(key(1).id().as_bytes())));
    for (name, body) in one_of_each() {
        let statement = Statement::sign(&key(1), body).expect("right in form");
        lines.push(format!("{name} bytes: {}", hex(statement.bytes())));
        lines.push(format!("{name} id: {}", hex(statement.id().as_bytes())));
        lines.push(format!("{name} signature: {}", hex(statement.signature().as_bytes())));
    }
    let (doc, chapter) = (DocId::new([0x22; 32]), ChapterId::new([0x66; 32]));
    let chain = chain_id(doc, key(1).id(), chapter);
    lines.push(format!("chain: {}", hex(chain.as_bytes())));
    let tip = Tip::sign(&key(1), PlanId::new([0x11; 32]), &third_edit(doc));
    lines.push(format!("edit signature: {}", hex(tip.signature.as_bytes())));
    lines.push(format!("ticket: {}", tickets::sample().encode().expect("short enough")));
    let words = safety_words(PlanId::new([0x11; 32]), key(1).id(), b"the bytes of the join", &[0x99; 32]);
    lines.push(format!("words: {}", words.join(" ")));
    lines
}

/// The third edit of the chain above, with the hash 0xaa…, after 0xab….
fn third_edit(doc: DocId) -> Edit {
    fn head(_: &[u8]) -> Result<Head, seal::NotAnEdit> {
        let chapter = ChapterId::new([0x66; 32]);
        let chain: ChainId = chain_id(DocId::new([0x22; 32]), key(1).id(), chapter);
        let seq = Seq::new(3).expect("three is a number");
        Ok(Head { chain, seq, hash: EditHash::new([0xaa; 32]), after: vec![EditHash::new([0xab; 32])] })
    }
    Edit::read(doc, (*b"any").into(), head).expect("the head is right")
}
