//! The loop.
use crate::{ask::Asked, error::StartError, news::NewsReceiver, settings::Settings};
use seal::DeviceId;
use std::thread::JoinHandle;
use tokio::sync::mpsc;
pub(crate) struct Started {
    pub(crate) asks: mpsc::Sender<Asked>,
    pub(crate) news: NewsReceiver,
    pub(crate) thread: JoinHandle<()>,
    pub(crate) device: DeviceId,
}
pub(crate) fn start(settings: Settings) -> Result<Started, StartError> {
    let _ = settings;
    todo!()
}
