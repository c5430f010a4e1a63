//! Puts packets in order, asks for those that are missing, and knows when to stop waiting for them. Pure.
//!
//! A packet in order passes at once, always. Behind a gap packets wait, for as long as repairs (NACK, RFC 4585 §6.2.1)
//! are seen to take here: little on a good line, more where a queue stands or where repairs are lost too. The one
//! invariant: what comes out never goes back in the sender's count, and every hole in it is told.
//!
//! Only padding is missed by nobody: a browser measures the line with it, and does not repeat it. Where VP8 pictures are
//! counted and one follows the other, nothing else can have been between them.
//!
//! Told the time by every packet, and where none comes, when [`Repair::due`] says so.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::packet::Packet;

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// From request to repair, as long as nobody has measured it.
const FIRST_ROUND: Duration = ms(80);
/// A line that is faster than this still has other work to do.
const LEAST_ROUND: Duration = ms(25);
/// Requests are lost too, and cost next to nothing: each is made twice, this far apart. A browser answers one of them…
const TWICE: Duration = ms(12);
/// …where an answer takes less than this. On a slower way there stands a queue, and nobody answers just one any more.
const QUICK: Duration = ms(250);
/// Parity comes right behind its picture: where it lately brought a packet back, so long is waited for it before a packet
/// is asked for, and that once a round. What comes twice takes the place of what comes next.
const PARITY_TAKES: Duration = ms(10);
const LATELY: Duration = ms(1000);
/// A request for this part of what comes is a repair. Where more is missing a queue has overflowed, repairs would fill it
/// again, and a keyframe is less…
const REPAIRED: f64 = 0.25;
/// …but so many packets may be missing at once.
const MOST_AT_ONCE: f64 = 20.0;
/// Of so many repairs the middle one tells when to ask again.
const MIDDLE_OF: usize = 9;
/// How many rounds a gap is worth: four requests, and time for the last one's answer.
const ROUNDS: u32 = 5;
/// Longer than this hands do not stand still for a repair: a keyframe comes sooner.
const MOST_WAIT: Duration = ms(800);
/// More missing packets than a keyframe has: a keyframe costs the line less than their repair.
const MOST_MISSING: usize = 40;
/// Two seconds of a good picture.
const MOST_HELD: usize = 512;
/// How far a packet may be ahead of its turn or behind it (RFC 3550 §A.1); beyond that the sender counts anew.
const FAR_AHEAD: i16 = 3000;
const FAR_BEHIND: i16 = -512;
/// Repairs that come too late teach how long to wait; so many of them are remembered.
const REMEMBERED: usize = 64;

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    Packet(Packet),
    /// What is missing here will never come.
    Gap,
}

/// Numbers are the sender's, made to go on where 16 bits end.
#[derive(Debug, Default)]
pub struct Repair {
    /// The number that is next in order; none before the first packet.
    next: Option<u64>,
    held: BTreeMap<u64, Packet>,
    missing: BTreeMap<u64, Missing>,
    /// What nobody waits for any more.
    given_up: VecDeque<(u64, Missing)>,
    round: Round,
    /// When parity last brought a packet back.
    brought_back: Option<Duration>,
    allowance: Allowance,
    /// What would follow a packet that made no sense.
    strange: Option<u16>,
    /// The sender counts anew: nobody knows what is missing.
    restarted: bool,
    /// The VP8 picture that has just come out whole.
    ended: Option<u16>,
}

#[derive(Debug)]
struct Missing {
    /// Noticed, and asked for the first time.
    since: Duration,
    asked: Asked,
    /// A second request soon after the first belongs to the same round.
    rounds: u32,
}

/// When it was asked for last.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Never,
    Once(Duration),
    /// In the same round again.
    Twice(Duration),
}

/// How many more packets may be asked for.
#[derive(Debug)]
struct Allowance(f64);

impl Default for Allowance {
    fn default() -> Self {
        Self(MOST_AT_ONCE)
    }
}

impl Allowance {
    fn earn(&mut self) {
        self.0 = (self.0 + REPAIRED).min(MOST_AT_ONCE);
    }

    fn spend(&mut self) {
        self.0 = (self.0 - 1.0).max(-1.0);
    }

    fn is_spent(&self) -> bool {
        self.0 < 0.0
    }
}

/// How a packet is asked for.
#[derive(Debug, Clone, Copy)]
struct Manner {
    /// Between two rounds.
    pause: Duration,
    has_parity: bool,
}

impl Missing {
    fn new(now: Duration) -> Self {
        Self {
            since: now,
            asked: Asked::Never,
            rounds: 0,
        }
    }

    /// When it is asked for next.
    fn due(&self, manner: Manner) -> Duration {
        match self.asked {
            Asked::Never if manner.has_parity => self.since + PARITY_TAKES,
            Asked::Never => self.since,
            Asked::Once(at) if manner.asks_twice() => at + TWICE,
            Asked::Once(at) => at + manner.pause,
            Asked::Twice(at) => at + manner.pause.saturating_sub(TWICE),
        }
    }

    fn ask(&mut self, now: Duration, manner: Manner) {
        self.asked = match self.asked {
            Asked::Once(_) if manner.asks_twice() => Asked::Twice(now),
            Asked::Never | Asked::Once(_) | Asked::Twice(_) => {
                self.rounds += 1;
                Asked::Once(now)
            }
        };
    }
}

impl Manner {
    fn asks_twice(self) -> bool {
        self.pause < QUICK && !self.has_parity
    }
}

/// How long it takes from request to repair.
#[derive(Debug)]
struct Round {
    /// Grows at once, shrinks slowly: a queue that stands must not look like a loss.
    longest: Duration,
    /// Of the last repairs: one that took its time, or was asked for in vain, says nothing of the others.
    recent: VecDeque<Duration>,
}

impl Default for Round {
    fn default() -> Self {
        Self {
            longest: FIRST_ROUND,
            recent: VecDeque::new(),
        }
    }
}

impl Round {
    fn learn(&mut self, took: Duration) {
        let took = took.clamp(LEAST_ROUND, MOST_WAIT);
        self.longest = if took > self.longest {
            took
        } else {
            self.longest - (self.longest - took) / 8
        };
        self.recent.push_back(took);
        if self.recent.len() > MIDDLE_OF {
            self.recent.pop_front();
        }
    }

    /// Between two requests for the same: time for an answer, and for it to be a little late.
    fn pause(&self) -> Duration {
        let mut sorted: Vec<Duration> = self.recent.iter().copied().collect();
        sorted.sort_unstable();
        let middle = sorted.get(sorted.len() / 2).copied();
        middle.unwrap_or(FIRST_ROUND) * 5 / 4
    }

    /// How long a gap is waited for.
    fn patience(&self) -> Duration {
        (self.longest * ROUNDS).min(MOST_WAIT)
    }
}

impl Repair {
    /// Takes a packet, in whatever order they come.
    pub fn push(&mut self, packet: Packet, now: Duration) {
        let Some(number) = self.number_of(packet.sequence) else {
            return;
        };
        let next = *self.next.get_or_insert(number);
        self.allowance.earn();
        if number < next {
            if let Some(at) = self.given_up.iter().position(|(late, _)| *late == number) {
                let (_, late) = self.given_up.swap_remove_back(at).expect("found a line above");
                self.learn(&late, now);
            }
            return;
        }
        match self.missing.remove(&number) {
            Some(missing) => self.learn(&missing, now),
            None => {
                let first = self.held.last_key_value().map_or(next, |(last, _)| last + 1);
                for number in first..number {
                    self.missing.insert(number, Missing::new(now));
                    self.allowance.spend();
                }
            }
        }
        self.held.insert(number, packet);
    }

    /// Takes a packet that parity brought back: it says nothing of how long a repair takes.
    pub fn bring_back(&mut self, packet: Packet, now: Duration) {
        let is_it = |number: &&u64| **number as u16 == packet.sequence;
        if let Some(number) = self.missing.keys().find(is_it).copied() {
            self.missing.remove(&number);
            self.brought_back = Some(now);
            self.held.insert(number, packet);
        }
    }

    /// The next packet in order, or the news that it will not come; none as long as it may.
    pub fn next(&mut self, now: Duration) -> Option<Step> {
        if std::mem::take(&mut self.restarted) {
            return Some(Step::Gap);
        }
        let next = self.next?;
        if let Some(packet) = self.held.remove(&next) {
            return Some(self.give(next, packet));
        }
        let (first_held, _) = self.held.first_key_value()?;
        let content = self.held.iter().find(|(_, packet)| !packet.is_empty);
        if let Some((&number, packet)) = content
            && let (Some(ended), Some(begins)) = (self.ended, packet.begins_picture)
            && begins == (ended + 1) & 0x7fff
        {
            self.go_on_at(number);
            let packet = self.held.remove(&number)?;
            return Some(self.give(number, packet));
        }
        // Nothing before a keyframe is of use once it is here.
        let keyframe = self.held.iter().find(|(_, packet)| packet.begins_keyframe);
        let go_on = match keyframe {
            Some((keyframe, _)) => *keyframe,
            None if self.is_given_up(next, now) => *first_held,
            None => return None,
        };
        self.go_on_at(go_on);
        Some(Step::Gap)
    }

    /// What the sender should repeat now, in its own numbers.
    pub fn wanted(&mut self, now: Duration) -> Vec<u16> {
        let manner = self.manner(now);
        let mut wanted = Vec::new();
        for (number, missing) in &mut self.missing {
            if now >= missing.due(manner) {
                missing.ask(now, manner);
                wanted.push(*number as u16);
            }
        }
        wanted
    }

    /// When [`Self::next`] or [`Self::wanted`] have something to say though no packet came.
    pub fn due(&self, now: Duration) -> Option<Duration> {
        let manner = self.manner(now);
        let again = self.missing.values().map(|missing| missing.due(manner)).min()?;
        let first = self.next.and_then(|next| self.missing.get(&next));
        let given_up = first.map(|missing| missing.since + self.round.patience());
        Some(given_up.map_or(again, |given_up| again.min(given_up)))
    }

    fn manner(&self, now: Duration) -> Manner {
        Manner {
            pause: self.round.pause(),
            has_parity: self
                .brought_back
                .is_some_and(|at| now.saturating_sub(at) < LATELY),
        }
    }

    fn give(&mut self, number: u64, packet: Packet) -> Step {
        self.next = Some(number + 1);
        if !packet.is_empty {
            self.ended = packet.ends_picture;
        }
        Step::Packet(packet)
    }

    fn is_given_up(&self, next: u64, now: Duration) -> bool {
        let waited = self
            .missing
            .get(&next)
            .map_or(Duration::MAX, |missing| now.saturating_sub(missing.since));
        waited >= self.round.patience()
            || self.allowance.is_spent()
            || self.missing.len() > MOST_MISSING
            || self.held.len() > MOST_HELD
    }

    fn go_on_at(&mut self, number: u64) {
        let ahead = self.missing.split_off(&number);
        let behind = std::mem::replace(&mut self.missing, ahead);
        self.given_up.extend(behind);
        let forgotten = self.given_up.len().saturating_sub(REMEMBERED);
        self.given_up.drain(..forgotten);
        self.held = self.held.split_off(&number);
        self.next = Some(number);
    }

    /// Nobody can tell which request was answered, and on a full line several are lost: their mean serves.
    fn learn(&mut self, missing: &Missing, now: Duration) {
        let took = now.saturating_sub(missing.since) / missing.rounds.max(1);
        self.round.learn(took);
    }

    /// None when the packet makes no sense: from another count, or broken.
    fn number_of(&mut self, sequence: u16) -> Option<u64> {
        let Some(next) = self.next else {
            // Far enough from zero for packets from before the first one.
            return Some((1 << 32) + u64::from(sequence));
        };
        let ahead = sequence.wrapping_sub(next as u16) as i16;
        if (FAR_BEHIND..=FAR_AHEAD).contains(&ahead) {
            self.strange = None;
            return Some(next.wrapping_add_signed(i64::from(ahead)));
        }
        if self.strange.replace(sequence.wrapping_add(1)) != Some(sequence) {
            return None;
        }
        // Two in a row are no accident.
        let number = (next & !0xffff) + (1 << 16) + u64::from(sequence);
        *self = Self {
            next: Some(number),
            round: std::mem::take(&mut self.round),
            brought_back: self.brought_back,
            restarted: true,
            ..Self::default()
        };
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::packet::tests::{DELTA, KEY, counted, vp8};
    use super::*;

    const NONE: [u16; 0] = [];

    /// What comes out when these packets come in, each a whole frame: their numbers, none for a gap.
    fn through(repair: &mut Repair, now: u64, sequences: &[u16]) -> Vec<Option<u16>> {
        let mut out = Vec::new();
        for sequence in sequences {
            repair.push(vp8(*sequence, u32::from(*sequence), true, DELTA), ms(now));
            out.extend(steps(repair, now));
        }
        out
    }

    fn steps(repair: &mut Repair, now: u64) -> Vec<Option<u16>> {
        std::iter::from_fn(|| repair.next(ms(now)))
            .map(|step| match step {
                Step::Packet(packet) => Some(packet.sequence),
                Step::Gap => None,
            })
            .collect()
    }

    fn begun() -> Repair {
        let mut repair = Repair::default();
        assert_eq!(through(&mut repair, 0, &[10, 11]), [Some(10), Some(11)]);
        repair
    }

    #[test]
    fn packets_in_order_pass_at_once_over_the_end_of_the_count() {
        let mut repair = Repair::default();
        let all = [65_534, 65_535, 0, 1];
        assert_eq!(through(&mut repair, 0, &all), all.map(Some));
        assert_eq!(repair.wanted(ms(0)), NONE);
    }

    #[test]
    fn packets_that_overtook_each_other_are_put_in_order_and_twins_are_dropped() {
        let mut repair = begun();
        let out = through(&mut repair, 5, &[13, 14, 12, 13, 10, 12, 15]);
        assert_eq!(out, [12, 13, 14, 15].map(Some));
    }

    #[test]
    fn a_missing_packet_is_asked_for_at_once_and_twice_a_round() {
        let mut repair = begun();
        through(&mut repair, 5, &[14]);
        assert_eq!(repair.wanted(ms(5)), [12, 13]);
        assert_eq!(repair.wanted(ms(16)), NONE);
        assert_eq!(repair.wanted(ms(17)), [12, 13]);
        assert_eq!(repair.wanted(ms(50)), NONE);
        through(&mut repair, 60, &[12, 15, 17]);
        assert_eq!(
            repair.wanted(ms(60)),
            [16],
            "the other was asked for a moment ago"
        );
        assert_eq!(repair.due(ms(60)), Some(ms(72)));
        assert_eq!(repair.wanted(ms(72)), [16]);
        assert_eq!(
            repair.wanted(ms(80)),
            [13],
            "in a round as long as the first repair took"
        );
    }

    #[test]
    fn what_a_gap_holds_back_comes_after_the_repair_or_after_the_wait() {
        let mut repair = begun();
        assert_eq!(through(&mut repair, 0, &[13]), []);
        assert_eq!(through(&mut repair, 300, &[12]), [Some(12), Some(13)]);
        let mut repair = begun();
        assert_eq!(through(&mut repair, 0, &[13]), []);
        assert_eq!(through(&mut repair, 390, &[14]), []);
        let out = through(&mut repair, 410, &[15]);
        assert_eq!(out, [None, Some(13), Some(14), Some(15)]);
        assert_eq!(repair.wanted(ms(1000)), NONE, "nobody asks for what was given up");
        assert_eq!(through(&mut repair, 420, &[12]), [], "it is too late for it");
    }

    /// Loses one packet in five of one each 10 ms; it comes again `round` later. When gaps were given up, in ms.
    fn given_up(round: u64, packets: std::ops::Range<u16>, repair: &mut Repair) -> Vec<u64> {
        let mut late = VecDeque::new();
        let mut gaps = Vec::new();
        for sequence in packets {
            let now = u64::from(sequence) * 10;
            let mut come = Vec::new();
            while late.front().is_some_and(|(at, _)| *at <= now) {
                come.extend(late.pop_front().map(|(_, sequence)| sequence));
            }
            if sequence % 5 == 3 {
                late.push_back((now + round, sequence));
            } else {
                come.push(sequence);
            }
            if through(repair, now, &come).contains(&None) {
                gaps.push(now);
            }
            repair.wanted(ms(now));
        }
        gaps
    }

    #[test]
    fn the_wait_grows_to_what_a_standing_queue_takes_and_shrinks_when_it_is_gone() {
        let mut repair = Repair::default();
        let gaps = given_up(600, 0..400, &mut repair);
        assert!(
            gaps.iter().all(|at| *at < 1000),
            "repairs of 600 ms are awaited: {gaps:?}"
        );
        let mut repair = Repair::default();
        repair.round.learn(MOST_WAIT);
        given_up(30, 0..300, &mut repair);
        through(&mut repair, 4000, &[300, 302]);
        let out = through(&mut repair, 4150, &[303]);
        assert_eq!(
            out[0], None,
            "a line that repairs in 30 ms does not keep hands waiting"
        );
    }

    #[test]
    fn what_parity_brings_back_has_its_turn_and_teaches_nothing_of_repairs() {
        let mut repair = begun();
        assert_eq!(through(&mut repair, 5, &[14]), []);
        let patience = repair.round.patience();
        for sequence in [13, 12, 12, 14, 900] {
            repair.bring_back(vp8(sequence, u32::from(sequence), true, DELTA), ms(5));
        }
        assert_eq!(repair.wanted(ms(5)), NONE);
        assert_eq!(steps(&mut repair, 5), [12, 13, 14].map(Some));
        assert_eq!(repair.round.patience(), patience);
        assert!(repair.round.recent.is_empty());
    }

    #[test]
    fn where_parity_brings_packets_back_they_are_not_asked_for_too() {
        let mut repair = begun();
        let lost = |repair: &mut Repair, at: u16| {
            through(repair, u64::from(at), &[at + 1]);
            let wanted: Vec<u64> = (u64::from(at)..200)
                .filter(|now| !repair.wanted(ms(*now)).is_empty())
                .collect();
            repair.bring_back(vp8(at, u32::from(at), true, DELTA), ms(at.into()));
            steps(repair, at.into());
            wanted
        };
        assert_eq!(lost(&mut repair, 12)[..2], [12, 24]);
        assert_eq!(
            lost(&mut repair, 14)[..2],
            [24, 124],
            "once a round, and parity first"
        );
    }

    #[test]
    fn after_an_overflow_a_keyframe_is_better_than_repairs() {
        let mut repair = begun();
        // From 50 on the queue drops two of three, before anybody could have repaired one.
        let gap = (12..150u16).find(|sequence| {
            let is_lost = *sequence > 50 && sequence % 3 != 0;
            let came = [*sequence];
            let out = through(
                &mut repair,
                u64::from(*sequence),
                if is_lost { &[] } else { &came },
            );
            out.contains(&None)
        });
        assert!(gap.is_some_and(|gap| (75..100).contains(&gap)), "{gap:?}");
    }

    #[test]
    fn a_radio_that_loses_a_tenth_and_five_at_once_is_repaired() {
        let mut repair = begun();
        let mut late = Vec::new();
        for sequence in 12..3000u16 {
            let now = u64::from(sequence) * 5;
            let is_lost = sequence % 50 < 5;
            let come: Vec<u16> = late.drain(..).chain((!is_lost).then_some(sequence)).collect();
            assert!(!through(&mut repair, now, &come).contains(&None), "{sequence}");
            late = repair.wanted(ms(now));
            late.dedup();
        }
    }

    #[test]
    fn where_a_queue_stands_a_packet_is_asked_for_once_a_round() {
        let mut repair = begun();
        for _ in 0..MIDDLE_OF {
            repair.round.learn(ms(400));
        }
        through(&mut repair, 5, &[13]);
        let asked: Vec<u64> = (5..1000)
            .filter(|now| !repair.wanted(ms(*now)).is_empty())
            .collect();
        assert_eq!(asked, [5, 505]);
    }

    #[test]
    fn after_an_outage_nothing_is_asked_for_and_nothing_waits() {
        let mut repair = begun();
        assert_eq!(
            through(&mut repair, 2000, &[250, 251]),
            [None, Some(250), Some(251)]
        );
        assert_eq!(repair.wanted(ms(2000)), NONE);
    }

    #[test]
    fn padding_that_is_lost_is_not_missed_where_pictures_are_counted() {
        let mut repair = Repair::default();
        let mut comes = |sequence, picture, begins, ends| {
            repair.push(
                vp8(sequence, picture, ends, &counted(picture as u16, begins)),
                ms(1),
            );
            let out = steps(&mut repair, 1);
            (out, repair.wanted(ms(1)))
        };
        assert_eq!(comes(1, 0x7fff, true, true), (vec![Some(1)], vec![]));
        assert_eq!(
            comes(4, 0, true, false),
            (vec![Some(4)], vec![]),
            "between two pictures"
        );
        assert_eq!(comes(6, 0, false, true), (vec![], vec![5]), "inside one");
        assert_eq!(comes(5, 0, false, false), (vec![Some(5), Some(6)], vec![]));
        assert_eq!(comes(8, 2, true, true), (vec![], vec![7]), "a picture is missing");
    }

    #[test]
    fn a_keyframe_makes_everything_before_it_needless() {
        let mut repair = begun();
        assert_eq!(through(&mut repair, 5, &[13, 15]), []);
        repair.push(vp8(16, 16, true, KEY), ms(10));
        assert_eq!(steps(&mut repair, 10), [None, Some(16)]);
        assert_eq!(repair.wanted(ms(10)), NONE);
    }

    #[test]
    fn a_sender_that_counts_anew_is_followed_and_a_single_odd_packet_is_not() {
        let mut repair = begun();
        assert_eq!(through(&mut repair, 5, &[30_000, 12, 13]), [Some(12), Some(13)]);
        let out = through(&mut repair, 9, &[50_000, 50_001, 50_002]);
        assert_eq!(out, [None, Some(50_001), Some(50_002)]);
    }

    #[test]
    fn whatever_comes_what_goes_out_never_goes_back() {
        let mut state = 7u64;
        let mut repair = Repair::default();
        let mut last = None;
        for turn in 0..20_000u64 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let near = (turn as u16).wrapping_add((state >> 60) as u16);
            let sequence = if state.is_multiple_of(50) {
                (state >> 40) as u16
            } else {
                near
            };
            for step in through(&mut repair, turn * 3, &[sequence]) {
                if let (Some(before), Some(this)) = (last, step) {
                    let ahead = u16::wrapping_sub(this, before) as i16;
                    assert_eq!(ahead, 1, "{before} and then {this}, and no word of it");
                }
                last = step;
            }
            assert!(repair.held.len() <= MOST_HELD + 1 && repair.missing.len() <= FAR_AHEAD as usize);
            repair.wanted(ms(turn * 3));
        }
    }
}
