//! The golden bytes of what is said about files, as `docs/protocol.md` gives them.
//!
//! If one of these changes, devices of two versions no longer give each other pictures: then a new kind is needed, not new
//! golden bytes.

use std::fmt::Write as _;

use seal::{DocId, FileId};

use crate::message::{Have, Lack, Message, Outlined, Part, Want, Which};

const PAGE: &str = include_str!("../../../../docs/protocol.md");

#[test]
fn the_protocol_page_gives_the_frames_that_are_sent_about_files() {
    let mut wanted = String::new();
    for (name, message) in messages() {
        let frame = message.frame().unwrap();
        let hex = frame.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        let _ = writeln!(wanted, "{name:<22} {hex}");
        assert_eq!(Message::read(&frame), Ok(message), "{name}");
    }
    assert!(PAGE.contains(&wanted), "docs/protocol.md should hold these lines:\n{wanted}");
}

fn messages() -> [(&'static str, Message); 6] {
    let (plan, doc, file) = (0, DocId::new([5; 32]), FileId::new([17; 32]));
    let want = |which| Message::Want(Want { plan, doc, file, which });
    [
        ("16 Want the hashes", want(Which::Outline)),
        ("16 Want pieces", want(Which::Pieces { from: 8, count: 8 })),
        (
            "17 Outlined",
            Message::Outlined(Outlined { plan, doc, file, bytes: 40_000, hashes: vec![[18; 32], [19; 32]] }),
        ),
        ("18 Part", Message::Part(Part { plan, doc, file, nth: 8, bytes: vec![1, 2, 3] })),
        ("19 Lack", Message::Lack(Lack { plan, doc, file })),
        ("20 Have", Message::Have(Have { plan, doc, file })),
    ]
}
