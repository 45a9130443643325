//! A frame: what stands on the wire, before anything of it is believed.
//!
//! | length 4, big-endian, of what follows | kind 1 | body .. |
//!
//! A body over 1 KiB is deflated if that makes it shorter, which the highest bit of the kind says. Length is checked
//! before anything is allocated, and inflating stops at an absolute cap.

use std::{borrow::Cow, io::Read as _, io::Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use seal::Bytes;

use crate::limits::{DEFLATE_ABOVE, FRAME_INFLATED, FRAME_WIRE};

/// Bytes of a frame's length.
pub const FRAME_HEAD: usize = 4;

const DEFLATED: u8 = 0x80;

/// A length that no frame has, or bytes that are no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a frame")]
pub struct NotAFrame;

/// How many bytes follow these four. Whoever reads a stream allocates no more than this says.
pub fn rest_of_frame(head: [u8; FRAME_HEAD]) -> Result<usize, NotAFrame> {
    let rest = usize::try_from(u32::from_be_bytes(head)).map_err(|_| NotAFrame)?;
    if rest == 0 || rest + FRAME_HEAD > FRAME_WIRE { Err(NotAFrame) } else { Ok(rest) }
}

/// The frame of a body, or nothing if it does not fit.
pub(crate) fn write(kind: u8, body: &[u8]) -> Option<Bytes> {
    if body.len() > FRAME_INFLATED {
        return None;
    }
    let deflated = if body.len() > DEFLATE_ABOVE { Some(deflate(body)).filter(|d| d.len() < body.len()) } else { None };
    let (kind, body) = match &deflated {
        Some(deflated) => (kind | DEFLATED, deflated.as_slice()),
        None => (kind, body),
    };
    let whole = FRAME_HEAD + 1 + body.len();
    if whole > FRAME_WIRE {
        return None;
    }
    let mut frame = Vec::with_capacity(whole);
    frame.extend_from_slice(&u32::try_from(1 + body.len()).expect("checked above").to_be_bytes());
    frame.push(kind);
    frame.extend_from_slice(body);
    Some(frame.into())
}

/// A frame's kind and body.
pub(crate) fn read(frame: &[u8]) -> Result<(u8, Cow<'_, [u8]>), NotAFrame> {
    let (head, rest) = frame.split_first_chunk::<FRAME_HEAD>().ok_or(NotAFrame)?;
    if rest_of_frame(*head)? != rest.len() {
        return Err(NotAFrame);
    }
    let (kind, body) = rest.split_first().ok_or(NotAFrame)?;
    if kind & DEFLATED == 0 {
        return Ok((*kind, Cow::Borrowed(body)));
    }
    Ok((kind & !DEFLATED, Cow::Owned(inflate(body)?)))
}

fn deflate(body: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(body.len() / 2), Compression::default());
    encoder.write_all(body).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
}

fn inflate(body: &[u8]) -> Result<Vec<u8>, NotAFrame> {
    let mut decoder = DeflateDecoder::new(body);
    let mut inflated = Vec::new();
    let cap = u64::try_from(FRAME_INFLATED).expect("a small number") + 1;
    (&mut decoder).take(cap).read_to_end(&mut inflated).map_err(|_| NotAFrame)?;
    let all_used = usize::try_from(decoder.total_in()).is_ok_and(|used| used == body.len());
    if inflated.len() > FRAME_INFLATED || !all_used { Err(NotAFrame) } else { Ok(inflated) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bomb_is_refused_at_the_cap() {
        let bomb = deflate(&vec![0; 50 * 1024 * 1024]);
        assert!(bomb.len() < FRAME_WIRE, "or this test shows nothing");
        let mut frame = u32::try_from(1 + bomb.len()).unwrap().to_be_bytes().to_vec();
        frame.push(8 | DEFLATED);
        frame.extend_from_slice(&bomb);
        assert!(read(&frame).is_err());
    }

    #[test]
    fn a_length_above_the_bound_is_refused_before_anything_is_read() {
        assert_eq!(rest_of_frame([0xff; 4]), Err(NotAFrame));
        assert_eq!(rest_of_frame([0; 4]), Err(NotAFrame));
        assert_eq!(rest_of_frame([0, 0, 1, 0]), Ok(256));
    }

    #[test]
    fn the_largest_edit_that_does_not_deflate_fits() {
        let mut noise = vec![0; seal::EDIT_BYTES + 512];
        let mut state = blake3::Hasher::new().finalize_xof();
        state.fill(&mut noise);
        let frame = write(8, &noise).expect("fits");
        assert_eq!(read(&frame).map(|(kind, body)| (kind, body.into_owned())), Ok((8, noise)));
    }

    proptest! {
        #[test]
        fn read_undoes_write(kind in 1u8..20, body: Vec<u8>, times in 1usize..64) {
            let body = body.repeat(times);
            if let Some(frame) = write(kind, &body) {
                let (again, inflated) = read(&frame).unwrap();
                prop_assert_eq!((again, inflated.as_ref()), (kind, body.as_slice()));
            }
        }

        #[test]
        fn rubbish_is_never_a_panic(frame: Vec<u8>) {
            let _ = read(&frame);
        }
    }
}
