//! The loop: one thread that waits for whatever comes next and lets the device do one thing at a time.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use seal::{DeviceId, DeviceKey, DocId, PlanId, chain_id};
use store::{Home, Origin, Store, Unlock};
use sync::{Input, Sync};
use tokio::sync::mpsc;

use crate::{
    ask::{Asked, Pending},
    clock::Clock,
    custody::Sheets,
    doorman::{self, Doorman, at_the_door},
    error::StartError,
    filer::{self, Filer},
    files,
    hands::{Changed, Hands, Unsaved, now},
    hosting::{self, Hosting, Meant},
    joining::{self, Joining},
    keeper::{self, Keeper, Reopen},
    keys, limits,
    links::{self, Links, Opened},
    net,
    news::NewsReceiver,
    online,
    outbox::Outbox,
    pairing::{self, Pairing},
    pocket::Back,
    reach::{self, Reach},
    restoring::Restoring,
    settings::{Settings, program_name},
    stream,
    taken_back::{TakenBack, take_back},
    taster,
    visits::Visits,
    writing::{self, Fetched},
};

/// A device that runs.
pub(crate) struct Started {
    pub(crate) asks: mpsc::Sender<Asked>,
    pub(crate) news: NewsReceiver,
    pub(crate) thread: JoinHandle<()>,
    pub(crate) device: DeviceId,
}

/// Everything the loop waits for.
struct Ears {
    asks: mpsc::Receiver<Asked>,
    kept: mpsc::Receiver<keeper::Said>,
    weighed: mpsc::Receiver<doorman::Said>,
    fetched: mpsc::Receiver<Fetched>,
    tasted: mpsc::Receiver<taster::Said>,
    back: mpsc::Receiver<Back>,
    filed: mpsc::Receiver<filer::Said>,
    streams: mpsc::Receiver<stream::Event>,
    opened: mpsc::Receiver<Opened>,
}

/// Opens the home, takes everything back from it, and starts the three threads: this loop's, the door's, the store's.
pub(crate) fn start(mut settings: Settings) -> Result<Started, StartError> {
    let program = program_name(&settings.program);
    let unlock = std::mem::replace(&mut settings.unlock, Unlock::KeyFile);
    let store = Store::open(&Home::at(&settings.home), &unlock, &program)?;
    drop(unlock);
    let seed = store.seed().map_err(|_| StartError::Damaged)?;
    let key = Arc::new(DeviceKey::from_seed(&seed));
    drop(seed);
    let device = key.id();
    let machine = Sync::new(Arc::clone(&key), plan::door::head);
    let early = settings.early.take();
    let taken_back = at_the_door(move || take_back(store, machine, early)).map_err(|_| StartError::System)?;
    let TakenBack { store, mut sync, house, lacking } = taken_back?;
    let kept = |group| store.records(group).map_err(|_| StartError::Damaged);
    let reach = Reach::recall(kept(reach::GROUP)?);
    let hosting = Hosting::recall(kept(hosting::GROUP)?, Meant::recall(kept(hosting::MEANT)?));
    let joining = Joining::recall(kept(joining::GROUP)?);
    let pairing = Pairing::recall(store.record(pairing::RECORD).map_err(|_| StartError::Damaged)?);
    let (port, origin) = (online::recall_port(&store), store.origin());
    let mut stale = stale(&store, &sync, device)?;
    for (plan, doc, chain) in lacking {
        let chapter = sync.ledger(plan).and_then(|ledger| ledger.chapter(doc, device));
        if chapter.is_some_and(|chapter| chain_id(doc, device, chapter) == chain) {
            // Its numbers must not be given twice.
            stale.insert((plan, doc));
        }
    }

    let (asks, asked) = mpsc::channel(limits::ASKS);
    let (kept_out, kept) = mpsc::channel(limits::SAID);
    let (weighed_out, weighed) = mpsc::channel(limits::SAID);
    let (fetched_out, fetched) = mpsc::channel(limits::SAID);
    let (tasted_out, tasted) = mpsc::channel(limits::SAID);
    let (filed_out, filed) = mpsc::channel(limits::SAID);
    let (back_out, back) = mpsc::channel(limits::SAID);
    let (events, streams) = mpsc::channel(limits::HEARD_WAITING);
    let (opened_out, opened) = mpsc::channel(limits::SAID);
    let again = store.again().ok_or(StartError::System)?;
    let (filer, here) = Filer::start(again, filed_out).map_err(|_| StartError::System)?;
    let attached = files::take_back(&store, here, &mut sync).map_err(|_| StartError::Damaged)?;
    let reopen = Reopen { again: store.again().ok_or(StartError::System)?, program };
    let keeper = Keeper::start(store, reopen, settings.pause, kept_out).map_err(|_| StartError::System)?;
    let doorman = Doorman::start(Arc::clone(&key), house, weighed_out).map_err(|_| StartError::System)?;
    let (outbox, news) = Outbox::new(settings.wake.clone());
    let hands = Hands {
        key,
        device,
        settings,
        sync,
        clock: Clock::start(now()),
        keeper,
        doorman,
        filer,
        attached,
        later: Vec::new(),
        outbox,
        open: BTreeMap::new(),
        stale,
        renewing: BTreeSet::new(),
        snapshots: BTreeMap::new(),
        fetched: fetched_out,
        tasted: tasted_out,
        back: back_out,
        tasting: BTreeMap::new(),
        links: Links::new(reach, events, opened_out),
        going_online: None,
        port,
        hosting,
        joining,
        sheets: Sheets::default(),
        pairing,
        restoring: Restoring::default(),
        visits: Visits::default(),
        settling: Vec::new(),
        taking: Vec::new(),
        unsaved: Unsaved::default(),
        signing: 0,
        own: BTreeSet::new(),
        changed: Changed::default(),
        overdue: BTreeSet::new(),
        turns: keys::Turns::default(),
        told_held: BTreeMap::new(),
    };
    let ears = Ears { asks: asked, kept, weighed, fetched, tasted, back, streams, opened, filed };
    let thread = thread::Builder::new()
        .name("node".to_owned())
        .spawn(move || {
            let warm = net::warm_up();
            run(hands, ears, origin);
            // What came of it plays no part any more.
            drop(warm.map(JoinHandle::join));
        })
        .map_err(|_| StartError::System)?;
    Ok(Started { asks, news, thread, device })
}

/// The documents in which a new chapter is owed: all this device writes in if its home was copied or restored.
fn stale(store: &Store, sync: &Sync, device: DeviceId) -> Result<BTreeSet<(PlanId, DocId)>, StartError> {
    let kept = store.record(writing::STALE).map_err(|_| StartError::Damaged)?;
    let kept: Vec<(PlanId, DocId)> = match kept {
        Some(bytes) => seal::decode(&bytes, bytes.len()).map_err(|_| StartError::Damaged)?,
        None => Vec::new(),
    };
    let mut stale: BTreeSet<(PlanId, DocId)> = kept.into_iter().collect();
    if store.origin() == Origin::Same {
        return Ok(stale);
    }
    for plan in sync.plans() {
        let Some(ledger) = sync.ledger(plan) else { continue };
        let mine = ledger.documents().filter(|document| ledger.chapter(document.id, device).is_some());
        stale.extend(mine.map(|document| (plan, document.id)));
    }
    Ok(stale)
}

fn run(mut hands: Hands, ears: Ears, origin: Origin) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let Ok(runtime) = runtime else { return tracing::error!("the system gives no event loop") };
    runtime.block_on(async {
        if origin != Origin::Same {
            tracing::info!("this home was copied or restored: new chapters begin");
            hands.settle_origin();
        }
        let plans: Vec<PlanId> = hands.sync.plans().collect();
        for plan in plans {
            hands.do_what_is_owed(plan);
            hands.changed.held.insert(plan);
            hands.tell_came_in(plan);
            hands.tell_knocks(plan);
        }
        if hands.settings.online {
            let (reply, _) = Pending::new(None);
            hands.go_online(reply);
        }
        turn(&mut hands, ears).await;
        hands.go_offline(None);
        leave(&mut hands).await;
    });
    let Hands { keeper, doorman, filer, fetched, tasted, back, .. } = hands;
    drop((fetched, tasted, back));
    doorman.stop();
    // Before the home is let go.
    filer.stop();
    keeper.stop();
}

/// Waits and acts until nobody asks any more and all that was asked is on the disk.
async fn turn(hands: &mut Hands, mut ears: Ears) {
    let mut tick = tokio::time::interval(links::TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut told = true;
    loop {
        let until = |at: seal::Time| u64::try_from(at.0.saturating_sub(hands.clock.now().0)).unwrap_or(0);
        let wake = hands.sync.next_wake().map(|at| Duration::from_millis(until(at)));
        // Own work first, then what was weighed and kept, and foreign work last.
        tokio::select! {
            biased;
            asked = ears.asks.recv() => match asked {
                Some(asked) => hands.answer(asked),
                None => break,
            },
            Some(said) = ears.kept.recv() => hands.kept(said),
            Some(said) = ears.weighed.recv() => hands.weighed(said),
            Some(fetched) = ears.fetched.recv() => hands.fetched(fetched),
            Some(said) = ears.tasted.recv() => hands.tasted(said),
            Some(said) = ears.filed.recv() => hands.filed(said),
            Some(back) = ears.back.recv() => back(hands),
            () = tokio::time::sleep(wake.unwrap_or(Duration::MAX)), if wake.is_some() => hands.handle(Input::Woke),
            _ = tick.tick() => hands.tick(),
            () = tokio::time::sleep(NEWS_AGAIN), if !told => {}
            Some(opened) = ears.opened.recv() => hands.opened(opened),
            network = next_of(&mut hands.links) => hands.network(network),
            Some(event) = ears.streams.recv(), if !hands.sync.is_full() => hands.streamed(event),
        }
        leave(hands).await;
        told = hands.tell_changes();
    }
    finish(hands, ears).await;
}

/// What was asked before the end still goes to the disk.
async fn finish(hands: &mut Hands, mut ears: Ears) {
    let deadline = tokio::time::Instant::now() + limits::FINISH;
    while !hands.is_idle() {
        tokio::select! {
            Some(said) = ears.kept.recv() => hands.kept(said),
            Some(said) = ears.weighed.recv() => hands.weighed(said),
            () = tokio::time::sleep_until(deadline) => return,
        }
    }
}

/// Ends a stay online, if one is to be ended.
async fn leave(hands: &mut Hands) {
    let Some((net, reply)) = hands.links.leaving.take() else { return };
    net.leave().await;
    reply.into_iter().for_each(|reply| reply.say(Ok(())));
}

async fn next_of(links: &mut Links) -> net::Told {
    match &mut links.net {
        Some(net) => net.next().await,
        None => std::future::pending().await,
    }
}

/// How soon a slow reader is offered the waiting news again.
const NEWS_AGAIN: Duration = Duration::from_millis(10);
