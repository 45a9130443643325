//! Attached files, with real devices: what is taken, what is made of it, who gets it, and what a kill leaves.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use image::{DynamicImage, ImageReader, Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use serde_json::Value;
use tempfile::TempDir;
use tests::{
    devices::{Device, Start, bring_in},
    pictures::bomb,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_device");

/// A plan with one piece of evidence, and the path of its files.
fn evidence(device: &mut Device) -> (String, String) {
    let made = device.ask("new \"Amina's plan\"").unwrap();
    let plan = made["plan"].as_str().unwrap().to_owned();
    device.ask(&format!("begin {plan} evidence")).unwrap();
    let item = device.ask(&format!("add {plan} evidence \"title=My week\"")).unwrap();
    (plan, format!("evidence/{}.files", item["item"].as_str().unwrap()))
}

fn device(folder: &Path, name: &str) -> Device {
    Device::make(Start::on_loopback(PROGRAM), &folder.join(name), name)
}

fn files(device: &mut Device, plan: &str) -> Vec<Value> {
    device.ask(&format!("files {plan}")).unwrap()["files"].as_array().unwrap().clone()
}

/// Waits until so many files of a plan are here.
fn until_here(device: &mut Device, plan: &str, count: usize) {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let files = files(device, plan);
        if files.iter().filter(|file| file["state"] == "here").count() == count {
            return;
        }
        assert!(Instant::now() < end, "{files:#?}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// A photograph as a telephone takes it: lying on its side, with where it was taken.
fn photo(place: &str) -> Vec<u8> {
    let dots = RgbImage::from_fn(300, 200, |x, y| Rgb([x as u8, y as u8, 90]));
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&DynamicImage::ImageRgb8(dots)).unwrap();
    // Exif: one entry, orientation 6, and the place as a comment behind it.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(place.as_bytes());
    let mut taken = jpeg[..2].to_vec();
    taken.extend_from_slice(&[0xff, 0xe1]);
    taken.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    taken.extend_from_slice(&exif);
    taken.extend_from_slice(&jpeg[2..]);
    taken
}

fn noise(bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    noise
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_photograph_is_kept_without_where_it_was_taken_and_the_right_way_up() {
    let folder = TempDir::new().unwrap();
    let mut amina = device(folder.path(), "Amina");
    let (plan, field) = evidence(&mut amina);
    let path = folder.path().join("tulips.jpg");
    let taken = photo("GPS 51.5207N 0.0293W");
    assert!(holds(&taken, b"51.5207N"));
    fs::write(&path, &taken).unwrap();
    amina.ask(&format!("attach {plan} {field} \"{}\"", path.display())).unwrap();
    let attached = files(&mut amina, &plan);
    assert_eq!((&attached[0]["name"], &attached[0]["kind"]), (&"tulips.jpg".into(), &"picture".into()));
    until_here(&mut amina, &plan, 1);
    let copy = folder.path().join("copy.jpg");
    amina.ask(&format!("save {plan} tulips.jpg --to \"{}\"", copy.display())).unwrap();
    let kept = fs::read(&copy).unwrap();
    assert!(!holds(&kept, b"51.5207N") && !holds(&kept, b"Exif"));
    let picture = ImageReader::open(&copy).unwrap().decode().unwrap();
    assert_eq!((picture.width(), picture.height()), (200, 300), "it lay on its side");
    // Nothing of anybody's is written over.
    let again = amina.ask(&format!("save {plan} tulips.jpg --to \"{}\"", copy.display())).unwrap_err();
    assert!(again.starts_with("There is a file with this name already"), "{again}");
    // Nor can it be read from the disk.
    drop(amina);
    let raw = fs::read(folder.path().join("Amina/files.redb")).unwrap();
    assert!(!holds(&raw, &kept[200..232]) && !holds(&raw, b"tulips"));
}

#[test]
fn what_cannot_be_attached_is_refused_in_one_sentence_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let mut amina = device(folder.path(), "Amina");
    let (plan, field) = evidence(&mut amina);
    let bad: [(&str, Vec<u8>, &str); 7] = [
        ("bomb.png", bomb(50_000), "This picture is far larger than any screen"),
        ("wide.png", bomb(9_000), "This picture is far larger than any screen"),
        ("liar.png", bomb(700), "This is not a picture that can be shown"),
        ("long.wav", noise(17 * 1024 * 1024), "This file is larger than 16 MB"),
        ("empty.txt", Vec::new(), "There is nothing in this file"),
        ("run.sh", b"#!/bin/sh\n".to_vec(), "Alongside takes pictures"),
        ("words.png", b"not a picture at all".to_vec(), "This is not a picture that can be shown"),
    ];
    for (name, bytes, sentence) in bad {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let refused = amina.ask(&format!("attach {plan} {field} \"{}\"", path.display())).unwrap_err();
        assert!(refused.starts_with(sentence), "{name}: {refused}");
    }
    let gone = amina.ask(&format!("attach {plan} {field} /nowhere/tulips.jpg")).unwrap_err();
    assert!(gone.starts_with("This file cannot be read"), "{gone}");
    let other = amina.ask(&format!("attach {plan} cover.title \"{}\"", folder.path().join("run.sh").display()));
    assert!(other.is_err());
    assert_eq!(files(&mut amina, &plan), Vec::<Value>::new());
    assert!(fs::metadata(folder.path().join("bomb.png")).unwrap().len() < 2_000);
}

#[test]
fn a_file_comes_to_who_may_see_the_document_and_not_to_who_may_not() {
    let folder = TempDir::new().unwrap();
    let [mut amina, mut hodan, mut ben] = ["Amina", "Hodan", "Ben"].map(|name| device(folder.path(), name));
    let (plan, field) = evidence(&mut amina);
    bring_in(&plan, &mut amina, &mut hodan, "Hodan", "carer").unwrap();
    bring_in(&plan, &mut amina, &mut ben, "Ben", "supporter").unwrap();
    amina.ask(&format!("share {plan} evidence Hodan edit")).unwrap();
    amina.ask(&format!("refuse {plan} evidence Ben")).unwrap();
    let path = folder.path().join("recording.ogg");
    let recording = noise(700_000);
    fs::write(&path, &recording).unwrap();
    amina.ask(&format!("attach {plan} {field} \"{}\"", path.display())).unwrap();
    until_here(&mut hodan, &plan, 1);
    let copy = folder.path().join("hodans.ogg");
    hodan.ask(&format!("save {plan} recording.ogg --to \"{}\"", copy.display())).unwrap();
    assert_eq!(fs::read(&copy).unwrap(), recording);
    ben.ask(&format!("sync {plan}")).unwrap();
    assert_eq!(files(&mut ben, &plan), Vec::<Value>::new());
    let whole = |device: &mut Device| device.ask(&format!("verify {plan}")).unwrap()["files"].clone();
    assert_eq!([&mut amina, &mut hodan, &mut ben].map(whole), [1, 1, 0].map(Value::from));
    // Once it is taken out nobody shows it; the bytes stay a month, in case that is taken back.
    hodan.ask(&format!("detach {plan} {field} recording.ogg")).unwrap();
    assert_eq!(files(&mut hodan, &plan), Vec::<Value>::new());
}

#[test]
fn a_file_comes_whole_however_often_its_reader_is_killed() {
    let folder = TempDir::new().unwrap();
    let [mut amina, mut hodan] = ["Amina", "Hodan"].map(|name| device(folder.path(), name));
    let (plan, field) = evidence(&mut amina);
    bring_in(&plan, &mut amina, &mut hodan, "Hodan", "carer").unwrap();
    amina.ask(&format!("share {plan} evidence Hodan edit")).unwrap();
    let path = folder.path().join("a long talk.wav");
    let recording = noise(15 * 1024 * 1024);
    fs::write(&path, &recording).unwrap();
    amina.ask(&format!("attach {plan} {field} \"{}\"", path.display())).unwrap();
    let mut cut = 0;
    for wait in [60, 150, 240, 330] {
        hodan.put(&format!("files {plan}"));
        thread::sleep(Duration::from_millis(wait));
        let (again, home) = hodan.again();
        hodan.kill();
        hodan = Device::open(again, &home);
        cut += usize::from(files(&mut hodan, &plan).iter().any(|file| file["state"] != "here"));
    }
    until_here(&mut hodan, &plan, 1);
    let copy = folder.path().join("copy.wav");
    hodan.ask(&format!("save {plan} \"a long talk.wav\" --to \"{}\"", copy.display())).unwrap();
    assert!(fs::read(&copy).unwrap() == recording, "not a byte is other");
    assert!(cut > 0, "it was always whole before the kill came: this shows nothing");
    assert_eq!(hodan.ask(&format!("verify {plan}")).unwrap()["files"], 1);
}
