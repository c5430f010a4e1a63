//! What happens in the halls: tickets that are called to windows, and alarms. Kiosks are told, and in an alarm the
//! interpreters who talk with one of that hall.
//!
//! It is kept in memory alone. A relay that has just started knows of no alarm and says nothing about one, so that a
//! kiosk which shows one goes on showing it until somebody says that it is over; and whoever was away then hears so when
//! they are back.

use std::collections::{BTreeMap, BTreeSet};

use metrics::counter;
use tracing::{info, warn};

use crate::dispatch::call::Phase;
use crate::dispatch::time::UnixMs;
use crate::id::{InterpreterId, KioskId, TicketNumber};
use crate::protocol::{Alarm, Called, ToInterpreter, ToKiosk};
use crate::relay::config::Hook;
use crate::relay::switchboard::{Switchboard, now};

/// Tickets that a kiosk is told of.
const SHOWN: usize = 8;
/// A ticket that was called longer ago is nobody's any more: its number may be given again.
const FORGOTTEN_MS: u64 = 20 * 60 * 1000;

/// Whom a hook speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Halls {
    All,
    /// Of the ЦНАП of this name.
    Of(String),
}

impl Halls {
    pub fn of(hook: &Hook) -> Self {
        hook.cnap.clone().map_or(Halls::All, Halls::Of)
    }

    fn covers(&self, cnap: &str) -> bool {
        match self {
            Halls::All => true,
            Halls::Of(name) => name == cnap,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    Called {
        number: TicketNumber,
        window: u16,
    },
    /// None: it is over.
    Alarm(Option<Alarm>),
}

/// What is known of every hall, by the ЦНАП's name.
pub struct Board {
    /// Who may tell of tickets at all.
    hooks: Vec<Halls>,
    halls: BTreeMap<String, Hall>,
    /// Of the halls of which nothing was said since.
    everywhere: Word,
    count: u32,
}

#[derive(Default)]
struct Hall {
    /// The newest first, and when.
    called: Vec<(Called, UnixMs)>,
    alarm: Word,
}

/// What was last said of an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Word {
    /// Nothing since the start: there may be one from before.
    #[default]
    Unsaid,
    /// None: it is over.
    Said(Option<Alarm>),
}

impl Board {
    /// Tickets are counted from the moment of the start, so that none is taken for one of before a restart.
    pub fn new(hooks: &[Hook], now: UnixMs) -> Self {
        Self {
            hooks: hooks.iter().map(Halls::of).collect(),
            halls: BTreeMap::new(),
            everywhere: Word::Unsaid,
            count: now.0 as u32,
        }
    }

    fn call(&mut self, cnap: &str, number: TicketNumber, window: u16, now: UnixMs) {
        self.count = self.count.wrapping_add(1);
        let called = Called {
            number,
            window,
            count: self.count,
        };
        let hall = self.halls.entry(cnap.to_owned()).or_default();
        // A window serves one ticket at a time, and a ticket is called to one window.
        hall.called
            .retain(|(other, _)| other.window != window && other.number != called.number);
        hall.called.insert(0, (called, now));
        hall.called.truncate(SHOWN);
    }

    /// The halls whose tickets are no longer all there.
    fn forget(&mut self, now: UnixMs) -> BTreeSet<String> {
        let mut changed = BTreeSet::new();
        for (cnap, hall) in &mut self.halls {
            let before = hall.called.len();
            hall.called.retain(|(_, at)| now.since(*at) < FORGOTTEN_MS);
            if hall.called.len() != before {
                changed.insert(cnap.clone());
            }
        }
        changed
    }

    /// What a kiosk of this ЦНАП is told of tickets; nothing where nobody would call one.
    fn tickets(&self, cnap: &str) -> Option<ToKiosk> {
        if !self.hooks.iter().any(|halls| halls.covers(cnap)) {
            return None;
        }
        let hall = self.halls.get(cnap);
        let called = hall.map(|hall| hall.called.iter().map(|(called, _)| called.clone()).collect());
        Some(ToKiosk::Tickets {
            called: called.unwrap_or_default(),
        })
    }

    /// Also of a hall that has no kiosk yet: one may be added while it lasts.
    fn alarmed(&mut self, halls: &Halls, kind: Option<Alarm>) {
        match halls {
            Halls::All => {
                for hall in self.halls.values_mut() {
                    hall.alarm = Word::Unsaid;
                }
                self.everywhere = Word::Said(kind);
            }
            Halls::Of(name) => self.halls.entry(name.clone()).or_default().alarm = Word::Said(kind),
        }
    }

    fn alarm(&self, cnap: &str) -> Word {
        match self.halls.get(cnap).map(|hall| hall.alarm) {
            Some(word @ Word::Said(_)) => word,
            Some(Word::Unsaid) | None => self.everywhere,
        }
    }
}

impl Switchboard {
    /// How many kiosks stand there.
    pub(super) fn hall(&mut self, halls: &Halls, news: News) -> usize {
        let cnaps = match halls {
            Halls::All => self.names.values().map(|kiosk| kiosk.cnap.clone()).collect(),
            Halls::Of(name) => BTreeSet::from([name.clone()]),
        };
        let kiosks = self.kiosks_of(&cnaps).count();
        if kiosks == 0 {
            warn!("no kiosk stands where a hook speaks of: compare its `cnap` with `zhest-relay kiosk list`");
        }
        match news {
            News::Called { number, window } => {
                info!(kiosks, window, "ticket called");
                counter!("zhest_tickets_called_total").increment(1);
                for cnap in &cnaps {
                    self.board.call(cnap, number.clone(), window, now());
                }
                self.tell_tickets(&cnaps);
            }
            News::Alarm(kind) => {
                warn!(kiosks, ?kind, "alarm");
                self.board.alarmed(halls, kind);
                self.tell_alarm(&cnaps, kind);
            }
        }
        kiosks
    }

    pub(super) fn forget_tickets(&mut self) {
        let changed = self.board.forget(now());
        self.tell_tickets(&changed);
    }

    /// What a kiosk must know that has just arrived.
    pub(super) fn tell_hall(&self, kiosk: &KioskId) {
        let Some(cnap) = self.names.get(kiosk).map(|kiosk| &kiosk.cnap) else {
            return;
        };
        if let Some(tickets) = self.board.tickets(cnap) {
            self.say_kiosk(kiosk, &tickets);
        }
        if let Word::Said(kind) = self.board.alarm(cnap) {
            self.say_kiosk(kiosk, &ToKiosk::Alarm { kind });
        }
    }

    /// An interpreter who is in a call where an alarm is.
    pub(super) fn tell_alarm_of(&self, kiosk: &KioskId, interpreter: InterpreterId) {
        let alarm = self.names.get(kiosk).map(|kiosk| self.board.alarm(&kiosk.cnap));
        if let Some(Word::Said(kind @ Some(_))) = alarm {
            self.say_interpreter(interpreter, &ToInterpreter::Alarm { kind });
        }
    }

    pub(super) fn help(&self, kiosk: &KioskId) {
        warn!(%kiosk, "somebody at the kiosk needs help");
        counter!("zhest_help_wanted_total").increment(1);
    }

    fn tell_tickets(&self, cnaps: &BTreeSet<String>) {
        for kiosk in self.kiosks_of(cnaps) {
            let cnap = &self.names[kiosk].cnap;
            if let Some(tickets) = self.board.tickets(cnap) {
                self.say_kiosk(kiosk, &tickets);
            }
        }
    }

    fn tell_alarm(&self, cnaps: &BTreeSet<String>, kind: Option<Alarm>) {
        for kiosk in self.kiosks_of(cnaps) {
            self.say_kiosk(kiosk, &ToKiosk::Alarm { kind });
        }
        for call in self.world.calls.values() {
            let there = self
                .names
                .get(&call.kiosk)
                .is_some_and(|kiosk| cnaps.contains(&kiosk.cnap));
            if let (true, Phase::Active { with, .. }) = (there, call.phase) {
                self.say_interpreter(with, &ToInterpreter::Alarm { kind });
            }
        }
    }

    fn kiosks_of(&self, cnaps: &BTreeSet<String>) -> impl Iterator<Item = &KioskId> {
        let kiosks = self.names.iter().filter(|(_, kiosk)| cnaps.contains(&kiosk.cnap));
        kiosks.map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALL: &str = "ЦНАП";

    fn called(board: &Board) -> Vec<(String, u16)> {
        let Some(ToKiosk::Tickets { called }) = board.tickets(HALL) else {
            return Vec::new();
        };
        let pair = |called: Called| (called.number.to_string(), called.window);
        called.into_iter().map(pair).collect()
    }

    fn board() -> Board {
        started(UnixMs(0))
    }

    fn started(now: UnixMs) -> Board {
        let hook = Hook {
            cnap: Some(HALL.into()),
            secret: String::new(),
        };
        Board::new(&[hook], now)
    }

    #[test]
    fn a_window_shows_its_newest_ticket_and_a_ticket_its_newest_window() {
        let mut board = board();
        for (number, window) in [("А1", 1), ("А2", 2), ("А3", 1), ("А2", 3)] {
            board.call(HALL, number.parse().unwrap(), window, UnixMs(0));
        }
        assert_eq!(called(&board), [("А2".to_owned(), 3), ("А3".to_owned(), 1)]);
        for window in 0..100 {
            let number = window.to_string().parse().unwrap();
            board.call(HALL, number, window, UnixMs(0));
        }
        assert_eq!(called(&board).len(), SHOWN);
    }

    #[test]
    fn an_old_ticket_is_forgotten() {
        let mut board = board();
        board.call(HALL, "А1".parse().unwrap(), 1, UnixMs(0));
        assert!(board.forget(UnixMs(FORGOTTEN_MS - 1)).is_empty());
        assert_eq!(
            board.forget(UnixMs(FORGOTTEN_MS)),
            BTreeSet::from([HALL.to_owned()])
        );
        assert!(called(&board).is_empty());
    }

    #[test]
    fn a_call_after_a_restart_is_another_than_the_one_before() {
        let called = |mut board: Board| {
            board.call(HALL, "А1".parse().unwrap(), 1, UnixMs(0));
            board.tickets(HALL)
        };
        assert_ne!(called(started(UnixMs(0))), called(started(UnixMs(1000))));
    }

    #[test]
    fn the_last_word_on_an_alarm_holds_wherever_it_was_said_of() {
        let mut board = board();
        let here = Halls::Of(HALL.into());
        let told = |board: &Board| [HALL, "Інший ЦНАП"].map(|cnap| board.alarm(cnap));
        assert_eq!(told(&board), [Word::Unsaid; 2]);
        board.alarmed(&here, Some(Alarm::Fire));
        assert_eq!(told(&board), [Word::Said(Some(Alarm::Fire)), Word::Unsaid]);
        let raid = Word::Said(Some(Alarm::AirRaid));
        board.alarmed(&Halls::All, Some(Alarm::AirRaid));
        assert_eq!(told(&board), [raid; 2]);
        board.alarmed(&here, None);
        assert_eq!(told(&board), [Word::Said(None), raid]);
    }

    #[test]
    fn where_nobody_calls_tickets_nothing_is_told_of_them() {
        assert!(board().tickets(HALL).is_some());
        assert!(board().tickets("Інший ЦНАП").is_none());
    }
}
