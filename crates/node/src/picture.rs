//! Pictures, looked at where they can do no harm: in a taster, a child of this program with little memory and time.
//!
//! ```text
//! taster picture SIDE    in: the picture   out: verdict 1 | width 4 | height 4 | dots, red green blue alpha ..
//! taster picture clean   in: the picture   out: verdict 1 | format 1 | the picture written anew ..
//! ```
//! The size of a picture is read before any of it is decoded: a picture of 50,000 by 50,000 dots fits into a kilobyte.
//! Numbers are big-endian; a verdict other than 0 is all that is said.

use std::{
    io::{self, Cursor, Read as _, Write as _},
    path::Path,
    sync::mpsc,
    thread,
};

use image::{
    DynamicImage, ExtendedColorType, ImageDecoder as _, ImageEncoder as _, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};

use crate::{ask::Picture, files::Unfit, limits, taster};

/// The word after [`taster::TASTER`] that makes it look at a picture.
const PICTURE: &str = "picture";
const CLEAN: &str = "clean";

const GOOD: u8 = 0;
const TOO_MANY_DOTS: u8 = 1;
const NOT_A_PICTURE: u8 = 2;

const PNG: u8 = 0;
const JPEG: u8 = 1;

/// A picture as it may be shown, no side longer than this.
pub(crate) fn look(program: &Path, bytes: &[u8], side: u32) -> Result<Picture, Unfit> {
    let side = side.clamp(1, limits::PICTURE_SHOWN);
    let most = 8 + side as usize * side as usize * 4;
    let out = ask(program, &side.to_string(), bytes, most)?;
    let (width, rest) = out.split_first_chunk::<4>().ok_or(Unfit::NotAPicture)?;
    let (height, dots) = rest.split_first_chunk::<4>().ok_or(Unfit::NotAPicture)?;
    let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
    let fits = |length: u32| (1..=side).contains(&length);
    // It may have been taken over by what it read.
    if !fits(width) || !fits(height) || dots.len() != width as usize * height as usize * 4 {
        return Err(Unfit::NotAPicture);
    }
    Ok(Picture { width, height, dots: dots.into() })
}

/// The picture written anew from its dots, and the ending of its name.
pub(crate) fn clean(program: &Path, bytes: &[u8]) -> Result<(Vec<u8>, &'static str), Unfit> {
    let most = 1 + usize::try_from(seal::FILE_BYTES).unwrap_or(usize::MAX);
    let out = ask(program, CLEAN, bytes, most)?;
    let (format, picture) = out.split_first().ok_or(Unfit::NotAPicture)?;
    let ending = if *format == PNG { "png" } else { "jpg" };
    Ok((picture.to_vec(), ending))
}

/// What a taster says of a picture, within this many bytes.
fn ask(program: &Path, how: &str, bytes: &[u8], most: usize) -> Result<Vec<u8>, Unfit> {
    let mut child = taster::Child::start(program, &[PICTURE, how]).ok_or(Unfit::NoTaster)?;
    let (mut input, output) = child.pipes().ok_or(Unfit::NoTaster)?;
    let (tell, heard) = mpsc::sync_channel(1);
    let listen = move || {
        let mut out = Vec::new();
        let read = output.take(most as u64 + 2).read_to_end(&mut out);
        let _ = tell.send(read.map(|_| out));
    };
    thread::Builder::new().name("picture".to_owned()).spawn(listen).map_err(|_| Unfit::NoTaster)?;
    // It reads all of it before it says anything, so neither waits for the other. One that died hears nothing.
    let _ = input.write_all(bytes);
    drop(input);
    let out = heard.recv_timeout(limits::TASTING).ok().and_then(Result::ok).ok_or(Unfit::NotAPicture)?;
    match out.split_first() {
        Some((&GOOD, rest)) if rest.len() <= most => Ok(rest.to_vec()),
        Some((&TOO_MANY_DOTS, _)) => Err(Unfit::TooManyDots),
        Some(_) => Err(Unfit::NotAPicture),
        // It ended without a word: it was stopped for the memory or the time it took, or it is no taster.
        None => Err(Unfit::NotAPicture),
    }
}

/// The child's part: what to do, if it is about a picture.
pub(crate) fn taste(words: &[String]) -> Option<io::Result<()>> {
    match words {
        [what, how] if what == PICTURE => Some(taste_picture(how)),
        _ => None,
    }
}

fn taste_picture(how: &str) -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(seal::FILE_BYTES + 1).read_to_end(&mut bytes)?;
    let done = decode(&bytes).and_then(|(picture, format)| match how {
        CLEAN => write_anew(&picture, format),
        side => shown(&picture, side.parse().map_err(|_| NOT_A_PICTURE)?),
    });
    let mut out = io::stdout().lock();
    match done {
        Ok(done) => {
            out.write_all(&[GOOD])?;
            out.write_all(&done)?;
        }
        Err(verdict) => out.write_all(&[verdict])?,
    }
    out.flush()
}

/// The picture, upright, if it is of a bearable size; or the verdict.
fn decode(bytes: &[u8]) -> Result<(DynamicImage, u8), u8> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NOT_A_PICTURE)?;
    let format = if reader.format() == Some(image::ImageFormat::Png) { PNG } else { JPEG };
    let mut decoder = reader.into_decoder().map_err(|_| NOT_A_PICTURE)?;
    let (width, height) = decoder.dimensions();
    if width > limits::PICTURE_SIDE
        || height > limits::PICTURE_SIDE
        || u64::from(width) * u64::from(height) > limits::PICTURE_DOTS
    {
        return Err(TOO_MANY_DOTS);
    }
    let mut bounds = Limits::default();
    bounds.max_alloc = Some(limits::PICTURE_MEMORY);
    decoder.set_limits(bounds).map_err(|_| TOO_MANY_DOTS)?;
    let orientation = decoder.orientation().map_err(|_| NOT_A_PICTURE)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| NOT_A_PICTURE)?;
    picture.apply_orientation(orientation);
    Ok((picture, format))
}

fn smaller(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width() <= side && picture.height() <= side {
        return picture.clone();
    }
    picture.thumbnail(side, side)
}

fn shown(picture: &DynamicImage, side: u32) -> Result<Vec<u8>, u8> {
    let shown = smaller(picture, side).into_rgba8();
    let mut out = shown.width().to_be_bytes().to_vec();
    out.extend_from_slice(&shown.height().to_be_bytes());
    out.extend_from_slice(shown.as_raw());
    Ok(out)
}

/// Drawings and whatever can be seen through stay exact; photographs become photographs again.
fn write_anew(picture: &DynamicImage, format: u8) -> Result<Vec<u8>, u8> {
    let picture = smaller(picture, limits::PICTURE_KEPT);
    if format == PNG || picture.color().has_alpha() {
        let dots = picture.to_rgba8();
        let mut out = vec![PNG];
        let written =
            PngEncoder::new(&mut out).write_image(dots.as_raw(), dots.width(), dots.height(), ExtendedColorType::Rgba8);
        if written.is_ok() && out.len() as u64 <= seal::FILE_BYTES {
            return Ok(out);
        }
    }
    let dots = picture.to_rgb8();
    let mut out = vec![JPEG];
    let encoder = JpegEncoder::new_with_quality(&mut out, limits::PICTURE_QUALITY);
    let written = encoder.write_image(dots.as_raw(), dots.width(), dots.height(), ExtendedColorType::Rgb8);
    written.map_err(|_| NOT_A_PICTURE)?;
    if out.len() as u64 <= seal::FILE_BYTES { Ok(out) } else { Err(TOO_MANY_DOTS) }
}
