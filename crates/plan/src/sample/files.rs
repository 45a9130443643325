//! What is attached in the samples: pictures drawn for them (`drawn/*.mvg`), a letter, and a recording that is made here. Everything
//! is invented, and under the licence of this program.

use std::collections::BTreeSet;

use seal::FileId;

use crate::{
    attachment::{Attachment, FileKind},
    value::{BadValue, Value},
};

/// What a file is, what it is called, and how its bytes come about.
type Made = (FileKind, &'static str, fn() -> Vec<u8>);

/// Every file that the samples name.
const FILES: [Made; 5] = [
    (FileKind::Drawing, "Me.png", || include_bytes!("drawn/me.png").to_vec()),
    (FileKind::Picture, "Harbour in the evening.png", || include_bytes!("drawn/harbour.png").to_vec()),
    (FileKind::Drawing, "My week.png", || include_bytes!("drawn/my-week.png").to_vec()),
    (FileKind::Paper, "Letter.txt", || include_bytes!("drawn/letter.txt").to_vec()),
    (FileKind::Recording, "Hodan hums.wav", hummed),
];

/// The bytes of a file that a sample names.
pub fn bytes_of(file: FileId) -> Option<Vec<u8>> {
    FILES.iter().map(|(_, _, made)| made()).find(|bytes| FileId::of(bytes) == file)
}

/// What a field holds that names these files, with commas between them.
pub(super) fn named(names: &str) -> Result<Value, BadValue> {
    let attached = |name: &str| {
        let (kind, name, made) = FILES.iter().find(|(_, known, _)| *known == name).ok_or(BadValue::File)?;
        let bytes = made();
        Ok(Attachment { id: FileId::of(&bytes), kind: *kind, bytes: bytes.len() as u64, name: (*name).to_owned() })
    };
    names.split(", ").map(attached).collect::<Result<BTreeSet<_>, _>>().map(Value::Files)
}

/// Dots of sound a second: as a telephone.
const RATE: u32 = 8_000;

/// A few bars that somebody hums, one quarter of a second a note: the height in hertz, and how many quarters.
const TUNE: [(u32, u32); 14] = [
    (392, 2),
    (330, 1),
    (392, 2),
    (330, 1),
    (440, 2),
    (392, 1),
    (330, 3),
    (349, 2),
    (294, 1),
    (349, 2),
    (294, 1),
    (392, 2),
    (349, 1),
    (262, 4),
];

/// The tune as sound without compression: one byte a dot, soft at the beginning and the end of each note. Whole numbers only, so
/// that it has the same bytes everywhere.
fn hummed() -> Vec<u8> {
    let mut dots = Vec::new();
    for (height, quarters) in TUNE {
        let length = quarters * RATE / 4;
        for at in 0..length {
            // A triangle is as near to a hum as whole numbers come.
            let turn = (at * height * 256 / RATE) % 256;
            let wave = if turn < 128 { turn } else { 255 - turn } as i32 - 64;
            let loud = at.min(length - at).min(RATE / 20) as i32;
            dots.push((128 + wave * loud / (RATE / 20) as i32 / 2).clamp(0, 255) as u8);
        }
    }
    wave(&dots)
}

/// | RIFF | length 4 | WAVE | fmt | 16, 1, 1, rate, rate, 1, 8 | data | length 4 | dots .. |   little-endian, RFC 2361
fn wave(dots: &[u8]) -> Vec<u8> {
    let length = dots.len() as u32;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + length).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend([1_u16, 1].map(u16::to_le_bytes).concat());
    bytes.extend([RATE, RATE].map(u32::to_le_bytes).concat());
    bytes.extend([1_u16, 8].map(u16::to_le_bytes).concat());
    bytes.extend(b"data");
    bytes.extend(length.to_le_bytes());
    bytes.extend(dots);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_samples_is_found_by_its_id_and_is_small() {
        for (_, name, made) in FILES {
            let Ok(Value::Files(files)) = named(name) else { panic!("{name} is attached") };
            let file = files.first().unwrap();
            assert_eq!(bytes_of(file.id), Some(made()));
            assert!((100..100_000).contains(&file.bytes), "{name} has {} bytes", file.bytes);
        }
        assert_eq!(
            named("Letter.txt, Me.png").map(|value| matches!(value, Value::Files(two) if two.len() == 2)),
            Ok(true)
        );
        assert_eq!(named("Nobody.png"), Err(BadValue::File));
    }
}
