//! A life from one seed: people come, write, lose each other, crash and lie; then everything heals, and the law holds.

use circle::{Access, Standing, Who};
use rand::{RngExt as _, seq::IndexedRandom as _};

use super::{
    edit::Kind,
    peer::Honesty,
    schemes::Scheme,
    world::{Name, Weather, World},
};

/// What a life holds.
#[derive(Debug, Clone, Copy)]
pub struct Chaos {
    /// What all dice are thrown from.
    pub seed: u64,
    /// What is written.
    pub kind: Kind,
    /// People beside the founder.
    pub people: usize,
    /// Things that happen before everything heals.
    pub acts: usize,
    /// Whether one of the people lies, perhaps in two halves, and perhaps somebody knocks who was never let in.
    pub liars: bool,
    /// What the liar is up to, beside small lies.
    pub scheme: Option<Scheme>,
}

impl Chaos {
    /// What a seed stands for. One in ten has real documents before the real door.
    pub fn from_seed(seed: u64) -> Chaos {
        let kind = if seed % 10 == 9 { Kind::Real } else { Kind::Small };
        let liars = seed % 2 == 1;
        let scheme = Scheme::ALL.get((seed / 2 % (Scheme::ALL.len() as u64 + 1)) as usize).copied();
        Chaos { seed, kind, people: 2 + (seed % 4) as usize, acts: 90, liars, scheme: scheme.filter(|_| liars) }
    }

    /// The same with a liar who is up to this.
    pub fn with(self, scheme: Scheme) -> Chaos {
        Chaos { liars: true, scheme: Some(scheme), ..self }
    }
}

/// Lives through a seed; says how many steps the liar's scheme took. What the law forbids and happened comes back.
pub fn live(chaos: Chaos) -> Result<u32, String> {
    let mut world = World::new(chaos.seed, chaos.kind);
    // These documents are small.
    world.whole_from = Some(40);
    world.begin(chaos);
    world.stormy();
    for _ in 0..chaos.acts {
        let pause = world.dice.random_range(1..250);
        world.run_for(pause);
        world.act(chaos);
        if !world.broken.is_empty() {
            break;
        }
    }
    world.finish(chaos);
    world.clear_up();
    world.verdict()?;
    world.write_once_more();
    world.verdict()?;
    Ok(world.plot.steps)
}

const NAMES: [&str; 8] = ["ben", "cat", "dan", "eve", "fay", "gus", "hal", "ida"];

impl World {
    fn begin(&mut self, chaos: Chaos) {
        for n in 0..chaos.people {
            let lies = chaos.liars && n + 1 == chaos.people;
            let lets_in = n == 0 || chaos.scheme.is_some_and(|scheme| scheme.needs_coordinators(lies));
            let standing = if lets_in { Standing::Coordinator } else { Standing::Member };
            let honesty = if lies { Honesty::Liar } else { Honesty::Honest };
            let name = self.welcome(0, NAMES[n % NAMES.len()], honesty, standing);
            if lies && chaos.scheme.is_some() {
                self.plot.liar = name.and_then(|name| self.person_of(name)).map(|person| (person, None));
            }
        }
        if self.dice.random_bool(0.5) {
            self.link_device(0, "ann's other");
        }
        self.open(0, &[(Who::Everyone, Access::Edit)]);
        for _ in 0..self.dice.random_range(0..3) {
            self.open_for_some();
        }
        for who in 1..self.peers.len() {
            self.connect(0, who);
        }
        self.settle();
        if chaos.kind == Kind::Real {
            for doc in self.docs.clone() {
                self.write(0, doc);
            }
            self.settle();
        }
        if chaos.liars && self.dice.random_bool(0.5) {
            let liar = chaos.people;
            let double = self.double(liar);
            self.connect(double, 0);
        }
        if chaos.liars && self.dice.random_bool(0.5) {
            self.outsider(0);
        }
        self.lying = true;
    }

    fn open_for_some(&mut self) {
        let Some(ledger) = self.peers[0].sync.as_ref().and_then(|sync| sync.ledger(self.plan)) else { return };
        let people: Vec<_> = ledger.people().map(|person| person.id).collect();
        let mut readers = Vec::new();
        for person in people {
            match self.dice.random_range(0..4) {
                0 => readers.push((Who::Person(person), Access::View)),
                1 | 2 => readers.push((Who::Person(person), Access::Edit)),
                _ => {}
            }
        }
        self.open(0, &readers);
    }

    fn stormy(&mut self) {
        self.weather = Weather {
            delay: self.dice.random_range(5..400),
            loss: self.dice.random_range(0.0..0.02),
            flush: self.dice.random_range(2..120),
            flush_fails: if self.dice.random_bool(0.3) { 0.05 } else { 0.0 },
        };
    }

    fn act(&mut self, chaos: Chaos) {
        let who = self.dice.random_range(0..self.peers.len());
        let other = self.dice.random_range(0..self.peers.len());
        match self.dice.random_range(0..100) {
            0..45 => self.write_somewhere(who),
            45..65 => self.connect(who, other),
            65..69 => self.cut(who, other),
            69..74 => self.heal(who, other),
            74..79 => self.crash(who),
            79..86 if !self.peers[who].is_up() => self.start(who),
            79..81 if self.peers[who].is_honest() => self.back_up(who),
            81..83 if self.peers[who].is_honest() => self.restore(who),
            83..86 => self.change_rights(),
            86..88 => self.newcomer(),
            88..90 => self.be_somewhere(who),
            _ if chaos.liars => {
                let liars: Vec<Name> =
                    (0..self.peers.len()).filter(|who| self.peers[*who].honesty == Honesty::Liar).collect();
                if let Some(liar) = liars.choose(&mut self.dice).copied() {
                    match chaos.scheme {
                        Some(scheme) if self.dice.random_bool(0.5) => self.scheme(scheme, chaos.people),
                        Some(_) | None => self.lie(liar),
                    }
                }
            }
            _ => self.write_somewhere(who),
        }
    }

    fn write_somewhere(&mut self, who: Name) {
        if let Some(doc) = self.docs.choose(&mut self.dice).copied()
            && self.peers[who].honesty != Honesty::Outsider
        {
            self.write(who, doc);
        }
    }

    fn change_rights(&mut self) {
        let Some(doc) = self.docs.choose(&mut self.dice).copied() else { return };
        let Some(ledger) = self.peers[0].sync.as_ref().and_then(|sync| sync.ledger(self.plan)) else { return };
        let people: Vec<_> = ledger.people().map(|person| person.id).collect();
        let Some(person) = people.choose(&mut self.dice).copied() else { return };
        let access = [Access::Nothing, Access::View, Access::Edit, Access::Edit][self.dice.random_range(0..4usize)];
        self.share(0, doc, Who::Person(person), access);
    }

    /// Somebody new is let in, by the founder or by the coordinator.
    fn newcomer(&mut self) {
        let by = self.dice.random_range(0..2);
        let name = NAMES[self.dice.random_range(0..NAMES.len())];
        if self.peers.len() < 9 && self.peers[by].is_honest() {
            self.welcome(by, name, Honesty::Honest, Standing::Member);
        }
    }

    fn be_somewhere(&mut self, who: Name) {
        if let Some(doc) = self.docs.choose(&mut self.dice).copied() {
            self.look_at(who, doc);
        }
    }

    /// Everybody is back and nobody lies any more. Either all links heal, or those that lead to the founder, who may read
    /// everything, and what the others have to say to each other goes that way.
    pub fn clear_up(&mut self) {
        self.weather = Weather::FAIR;
        self.lying = false;
        self.apart.clear();
        for who in 0..self.peers.len() {
            if !self.peers[who].is_up() {
                self.start(who);
            }
        }
        let star = self.dice.random_bool(0.5);
        for _ in 0..2 {
            for a in 0..self.peers.len() {
                for b in 0..a {
                    if star && a != 0 && b != 0 {
                        self.cut_wires(a, b);
                    } else if !self.is_connected(a, b) {
                        self.connect(a, b);
                    }
                }
            }
            self.settle();
        }
    }

    /// Everybody writes a last time, over the links as they stand.
    fn write_once_more(&mut self) {
        for who in self.honest() {
            for doc in self.docs.clone() {
                self.write(who, doc);
            }
        }
        self.settle();
    }
}
