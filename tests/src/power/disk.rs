//! A disk that remembers: what reads see, what was asked of it, and what a power cut would leave.

use std::{
    fmt, io, mem,
    sync::{Arc, Mutex, MutexGuard},
};

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use redb::StorageBackend;

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// Pages of an image, so that a thousand images of one store share what they have in common.
const PAGE: usize = 4096;

/// The bytes on a disk.
#[derive(Clone, Default)]
pub struct Image {
    pages: Vec<Arc<[u8; PAGE]>>,
    length: usize,
}

impl Image {
    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Grows with zeros, or cuts off.
    pub fn set_len(&mut self, length: usize) {
        if length < self.length && !length.is_multiple_of(PAGE) {
            let end = self.pages.get_mut(length / PAGE).expect("a shorter image has this page");
            Arc::make_mut(end)[length % PAGE..].fill(0);
        }
        self.pages.resize_with(length.div_ceil(PAGE), || Arc::new([0; PAGE]));
        self.length = length;
    }

    /// Turns one bit over.
    pub fn flip(&mut self, bit: usize) {
        let page = &mut self.pages[bit / 8 / PAGE];
        Arc::make_mut(page)[bit / 8 % PAGE] ^= 1 << (bit % 8);
    }

    /// The bytes at `at`, or nothing where the image ends before.
    pub fn read(&self, at: usize, out: &mut [u8]) -> bool {
        if at + out.len() > self.length {
            return false;
        }
        self.over(at, out.len(), |page, within, part| {
            out[part].copy_from_slice(&self.pages[page][within]);
        });
        true
    }

    /// Puts bytes at `at`; what lies beyond the end is lost.
    pub fn write(&mut self, at: usize, data: &[u8]) {
        let fits = data.len().min(self.length.saturating_sub(at));
        let mut pages = mem::take(&mut self.pages);
        self.over(at, fits, |page, within, part| {
            Arc::make_mut(&mut pages[page])[within].copy_from_slice(&data[part]);
        });
        self.pages = pages;
    }

    fn over(
        &self,
        at: usize,
        length: usize,
        mut act: impl FnMut(usize, std::ops::Range<usize>, std::ops::Range<usize>),
    ) {
        let mut done = 0;
        while done < length {
            let (page, within) = ((at + done) / PAGE, (at + done) % PAGE);
            let part = (PAGE - within).min(length - done);
            act(page, within..within + part, done..done + part);
            done += part;
        }
    }

    /// Carries out one thing that was asked of the disk.
    pub fn apply(&mut self, op: &Op) {
        match op {
            Op::Write(at, data) => self.write(*at, data),
            Op::SetLen(length) => self.set_len(*length),
            Op::Flush(_) => {}
        }
    }

    /// What a cut leaves of `ops`, none of which was flushed: changes of length up to some moment, and of the writes any
    /// of the sectors, in whatever order the disk liked.
    pub fn cut(&mut self, ops: &[Op], dice: &mut ChaCha8Rng) {
        let lengths_until = dice.random_range(0..=ops.len());
        let kept = *[0.0, 0.1, 0.5, 0.9, 1.0].get(dice.random_range(0..5)).expect("there are five");
        for (number, op) in ops.iter().enumerate() {
            match op {
                Op::Flush(_) => {}
                Op::SetLen(length) if number < lengths_until => self.set_len(*length),
                Op::SetLen(_) => {}
                Op::Write(at, data) => {
                    let mut start = 0;
                    while start < data.len() {
                        let end = (start + SECTOR - (at + start) % SECTOR).min(data.len());
                        if dice.random_bool(kept) {
                            self.write(at + start, &data[start..end]);
                        }
                        start = end;
                    }
                }
            }
        }
    }
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Image of {} bytes", self.length)
    }
}

/// One thing asked of a disk.
#[derive(Clone)]
pub enum Op {
    /// Bytes at a place.
    Write(usize, Arc<[u8]>),
    /// A new length.
    SetLen(usize),
    /// Everything before the operation with this number is safe from now on.
    Flush(usize),
}

/// How a disk goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It does not.
    None,
    /// Every flush from the one with this number on fails.
    FlushFails(usize),
    /// Every write from the one with this number on fails.
    WriteFails(usize),
    /// It holds no more than so many bytes.
    FullAt(usize),
    /// It says a flush is done when it has only done the one before: a plain lie, to see whether we notice.
    FlushesLate,
}

#[derive(Debug)]
struct State {
    image: Image,
    ops: Vec<Op>,
    trouble: Trouble,
    flushes: usize,
    writes: usize,
    /// How much had been asked of it at the last flush.
    at_last_flush: usize,
}

impl fmt::Debug for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Op::Write(at, data) => write!(f, "write {} at {at}", data.len()),
            Op::SetLen(length) => write!(f, "length {length}"),
            Op::Flush(until) => write!(f, "flush up to {until}"),
        }
    }
}

/// A disk in memory. Clones are the same disk: one is given to the store, the other watches.
#[derive(Debug, Clone)]
pub struct Disk(Arc<Mutex<State>>);

impl Disk {
    /// A disk that holds this image, all of it safe.
    pub fn holding(image: Image) -> Disk {
        Disk::with_trouble(image, Trouble::None)
    }

    /// A disk that holds this image and will go wrong.
    pub fn with_trouble(image: Image, trouble: Trouble) -> Disk {
        let state = State { image, ops: Vec::new(), trouble, flushes: 0, writes: 0, at_last_flush: 0 };
        Disk(Arc::new(Mutex::new(state)))
    }

    /// Sets right or makes worse what is wrong with it.
    pub fn set_trouble(&self, trouble: Trouble) {
        self.state().trouble = trouble;
    }

    /// What reads see now.
    pub fn image(&self) -> Image {
        self.state().image.clone()
    }

    /// How much was asked of it so far.
    pub fn asked(&self) -> usize {
        self.state().ops.len()
    }

    /// Bytes written so far.
    pub fn written(&self) -> usize {
        let write = |op: &Op| if let Op::Write(_, data) = op { data.len() } else { 0 };
        self.state().ops.iter().map(write).sum()
    }

    /// Everything that was asked of it, from the first.
    pub fn ops(&self) -> Vec<Op> {
        self.state().ops.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic inside redb, which the store fences off, must not hide the disk from the test.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state().image.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let at = usize::try_from(offset).map_err(io::Error::other)?;
        if self.state().image.read(at, out) { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let length = usize::try_from(len).map_err(io::Error::other)?;
        let mut state = self.state();
        if matches!(state.trouble, Trouble::FullAt(most) if length > most && length > state.image.len()) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        state.image.set_len(length);
        state.ops.push(Op::SetLen(length));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.state();
        state.flushes += 1;
        match state.trouble {
            Trouble::FlushFails(from) if state.flushes >= from => return Err(io::Error::other("the disk failed")),
            Trouble::None
            | Trouble::FlushFails(_)
            | Trouble::WriteFails(_)
            | Trouble::FullAt(_)
            | Trouble::FlushesLate => {}
        }
        let asked = state.ops.len();
        let before = mem::replace(&mut state.at_last_flush, asked);
        let safe = if state.trouble == Trouble::FlushesLate { before } else { asked };
        state.ops.push(Op::Flush(safe));
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let at = usize::try_from(offset).map_err(io::Error::other)?;
        let mut state = self.state();
        state.writes += 1;
        match state.trouble {
            Trouble::WriteFails(from) if state.writes >= from => return Err(io::Error::other("the disk failed")),
            Trouble::FullAt(most) if at + data.len() > most => return Err(io::ErrorKind::StorageFull.into()),
            Trouble::None
            | Trouble::WriteFails(_)
            | Trouble::FlushFails(_)
            | Trouble::FullAt(_)
            | Trouble::FlushesLate => {}
        }
        if at + data.len() > state.image.len() {
            state.image.set_len(at + data.len());
            state.ops.push(Op::SetLen(at + data.len()));
        }
        state.image.write(at, data);
        state.ops.push(Op::Write(at, data.into()));
        Ok(())
    }
}
