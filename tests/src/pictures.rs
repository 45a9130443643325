//! Pictures that no camera takes.

use std::io::Write as _;

/// What a chunk of a PNG is on the disk.
fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]) {
    png.extend_from_slice(&u32::try_from(body.len()).expect("a chunk of a test is small").to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(body);
    png.extend_from_slice(kind);
    png.extend_from_slice(body);
    png.extend_from_slice(&crc.sum().to_be_bytes());
}

/// A PNG that says it has so many dots, and holds next to nothing.
pub fn bomb(side: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [side.to_be_bytes(), side.to_be_bytes()].concat();
    head.extend_from_slice(&[8, 2, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &head);
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    deflated.write_all(&vec![0; 500_000]).expect("into memory");
    chunk(&mut png, b"IDAT", &deflated.finish().expect("into memory"));
    chunk(&mut png, b"IEND", &[]);
    png
}
