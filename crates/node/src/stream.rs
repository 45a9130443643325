//! Frames on a stream: read with a bound on length and on time, written in order.
//!
//! | length 4, big-endian, of what follows | .. |. The length is checked before anything is allocated.

use std::time::Duration;

use futures::{AsyncReadExt as _, AsyncWriteExt as _, io::ReadHalf, io::WriteHalf};
use libp2p::Stream;
use seal::Bytes;
use tokio::{
    runtime::Handle,
    sync::mpsc,
    task::{AbortHandle, JoinHandle},
    time::{Instant, sleep, timeout, timeout_at},
};

use crate::limits;

/// A stream, for as long as this device runs. Numbers are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StreamId(pub(crate) u64);

/// What happens on a stream.
pub(crate) enum Event {
    /// A whole frame came, its length included.
    Heard(StreamId, Bytes),
    /// So many frames have been written out since the stream began.
    Written(StreamId, u64),
    /// It is over.
    Ended(StreamId),
}

/// One stream with its two tasks. Dropping it ends both; what was told before is still written, if the other side
/// reads it soon.
pub(crate) struct Line {
    frames: mpsc::Sender<Bytes>,
    reader: JoinHandle<()>,
    writer: AbortHandle,
    told: u64,
}

/// The reader of this stream lags too far behind.
pub(crate) struct Lagging;

impl Line {
    /// Begins to read and write. `events` is small, so that a flood stays in the sender's own buffers.
    pub(crate) fn begin(id: StreamId, stream: Stream, events: mpsc::Sender<Event>) -> Line {
        let (read, write) = stream.split();
        let (frames, todo) = mpsc::channel(limits::FRAMES_WAITING);
        let reader = tokio::spawn(hear(id, read, events.clone()));
        let writer = tokio::spawn(tell(id, write, todo, events)).abort_handle();
        Line { frames, reader, writer, told: 0 }
    }

    /// Puts a frame behind what waits to be written.
    pub(crate) fn tell(&mut self, frame: Bytes) -> Result<(), Lagging> {
        self.frames.try_send(frame).map_err(|_| Lagging)?;
        self.told += 1;
        Ok(())
    }

    /// How many frames were put there so far.
    pub(crate) fn told(&self) -> u64 {
        self.told
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.reader.abort();
        // The writer ends by itself once its queue is closed and empty, but a slow reader does not get for ever.
        let writer = self.writer.clone();
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                sleep(limits::HANDSHAKE).await;
                writer.abort();
            });
        }
    }
}

async fn hear(id: StreamId, mut stream: ReadHalf<Stream>, events: mpsc::Sender<Event>) {
    while let Some(frame) = read_frame(&mut stream).await {
        count(id, "heard", &frame);
        if events.send(Event::Heard(id, frame)).await.is_err() {
            return;
        }
    }
    // The loop is gone with its receiver: then nobody needs to know.
    let _ = events.send(Event::Ended(id)).await;
}

async fn tell(
    id: StreamId,
    mut stream: WriteHalf<Stream>,
    mut frames: mpsc::Receiver<Bytes>,
    events: mpsc::Sender<Event>,
) {
    let mut written = 0;
    while let Some(frame) = frames.recv().await {
        let write = async {
            count(id, "told", &frame);
            stream.write_all(&frame).await?;
            if frames.is_empty() { stream.flush().await } else { Ok(()) }
        };
        if !matches!(timeout(limits::MESSAGE, write).await, Ok(Ok(()))) {
            let _ = events.send(Event::Ended(id)).await;
            return;
        }
        written += 1;
        if frames.is_empty() && events.send(Event::Written(id, written)).await.is_err() {
            return;
        }
    }
    let _ = timeout(limits::HANDSHAKE, stream.close()).await;
}

/// Every byte of every stream, by the kind of its frame: what a measure of bytes is explained by.
fn count(StreamId(stream): StreamId, way: &str, frame: &[u8]) {
    tracing::trace!(stream, way, kind = frame.get(sync::FRAME_HEAD), bytes = frame.len(), "frame");
}

/// The next frame, length included. Between frames one may be silent for as long as one likes (ping tells a dead link);
/// within one, time is bounded.
async fn read_frame(stream: &mut (impl futures::AsyncRead + Unpin)) -> Option<Bytes> {
    let mut head = [0; sync::FRAME_HEAD];
    stream.read_exact(&mut head[..1]).await.ok()?;
    let began = Instant::now();
    timeout_at(began + limits::HANDSHAKE, stream.read_exact(&mut head[1..])).await.ok()?.ok()?;
    let rest = sync::rest_of_frame(head).ok()?;
    let mut frame = vec![0; head.len() + rest];
    frame[..head.len()].copy_from_slice(&head);
    timeout_at(began + longest(rest), stream.read_exact(&mut frame[head.len()..])).await.ok()?.ok()?;
    Some(frame.into())
}

/// How long so many bytes may take: a few seconds to get going, then 1 KiB a second, and half a minute at the very most.
fn longest(bytes: usize) -> Duration {
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    (limits::HANDSHAKE + Duration::from_secs(bytes / limits::SLOWEST)).min(limits::MESSAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_no_frame_has_ends_the_stream_before_anything_is_allocated() {
        let mut endless: &[u8] = &[0xff, 0xff, 0xff, 0xff, 1, 2, 3];
        let mut empty: &[u8] = &[0, 0, 0, 0];
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        assert!(runtime.block_on(read_frame(&mut endless)).is_none());
        assert!(runtime.block_on(read_frame(&mut empty)).is_none());
    }

    #[test]
    fn frames_come_whole_and_a_cut_one_does_not_come() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let mut stream: &[u8] = &[0, 0, 0, 2, 7, 8, 0, 0, 0, 3, 7];
        assert_eq!(runtime.block_on(read_frame(&mut stream)).as_deref(), Some(&[0, 0, 0, 2, 7, 8][..]));
        assert_eq!(runtime.block_on(read_frame(&mut stream)), None);
    }

    #[test]
    fn a_frame_may_take_a_kibibyte_a_second_and_half_a_minute_at_most() {
        assert_eq!(longest(1), limits::HANDSHAKE);
        assert_eq!(longest(64 * 1024), limits::MESSAGE);
    }
}
