//! What to encode: the picture that the network carries and the processor makes in time.
//!
//! Hands must stay readable: size and sharpness give way, frame rate does so last and never under 20 a second
//! (EN 301 549 §6.5.1, §6.5.3); only while a queue stands, or reports of it are late, nothing is made, because it would
//! be shown late and delay all that follows. Down soon, because a picture too large for its rate freezes or blurs hands;
//! up only after network and processor have borne more for a while, because every change of size costs a keyframe.

use std::time::Duration;

use super::brake::{Brake, Told};

/// Heights in lines, and the least rate for each in bits a second: of real signing the larger picture is the sharper one
/// down to the rate at which its coarsest quantiser still fits (VP8, 480 lines: 160 kbit/s, 360: 100).
const STEPS: [(u32, u32); 4] = [(720, 700_000), (480, 150_000), (360, 85_000), (240, 0)];

/// Below this an encoder that takes its time makes hands sharper by a decibel or two, bit/s; above it nobody sees that.
const CAREFUL_BELOW: u32 = 500_000;
/// How much longer it takes then.
const CARE_COSTS: u32 = 4;

/// Below this the voice takes its least, bit/s…
const SPARED_BELOW: u32 = 400_000;
/// …until the line carries this much.
const UNSPARED_FROM: u32 = 600_000;
/// From this on it may hurry, bit/s…
const QUICK_FROM: u32 = 1_000_000;
/// …until the line carries less than this.
const QUICK_UNTIL: u32 = 800_000;

/// An encoder that makes this much of what it was told, in per cent, is at its coarsest: the picture must become smaller.
const OVERRUN: u64 = 135;
/// It is judged over this time, twice: a rate that falls and a keyframe are not the picture's fault.
const OVERRUN_OVER: Duration = Duration::from_secs(1);

/// What the line carries must exceed the next step's rate by this share…
const MARGIN_PER_CENT: u64 = 120;
/// …for this long.
const PATIENCE: Duration = Duration::from_secs(3);
/// After the processor was short, or the picture too rich for its rate: neither passes as a network's load does.
const BUSY_PATIENCE: Duration = Duration::from_secs(15);

/// Of the time between two frames, what encoding may take, in per cent; the rest is decoding and drawing.
const BUDGET: u32 = 60;
/// The next step must fit with room: it may take this share as reckoned from its pixels.
const BUDGET_TO_GROW: u32 = 40;
/// How long the numbers of a new size need to become its own.
const SETTLE: Duration = Duration::from_millis(500);

const LEAST_FRAME_RATE: u32 = 20;
/// What sharpness at the least height needs: below it frames give way, to [`LEAST_FRAME_RATE`].
const LEAST_BITS_A_FRAME: u32 = 3_000;
/// From this loss on parity is worth its bits, of a thousand packets, and still for a while after it was last seen.
const LOSSY: u32 = 12;
const VERY_LOSSY: u32 = 30;
/// From this on a frame must be of few packets to arrive at all, and nobody sees what more bits would bring, bit/s.
const HEAVILY_LOSSY: u32 = 60;
const MOST_WHERE_HEAVILY_LOSSY: u32 = 900_000;
/// So many packets share one of parity then.
const MOST_PARITY: u32 = 2;
const STAYS_LOSSY: Duration = Duration::from_secs(5);
/// Below it a frame is a packet or two: parity would take half of the line, and hands need it more.
const LEAST_TO_PROTECT: u32 = 450_000;
/// After so long a pause the difference is as large as the whole, or larger where a queue still stands and the quantiser
/// does not know it; and what went before the pause may be lost.
const LONG_PAUSE: Duration = Duration::from_millis(250);
/// Who only misses something waits until its whole picture would not wait behind a longer queue.
const SHORT_QUEUE: Duration = Duration::from_millis(80);
/// What is sent at most to find out whether anything arrives, bit/s: enough for hands to be read.
const MOST_WHILE_BLIND: u32 = 150_000;
/// Under this nothing can be seen, and less would not help.
const LEAST_RATE: u32 = 30_000;

/// What is known at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What shall be sent of everything, bit/s.
    pub bits_per_second: u32,
    /// What the network carries of everything as far as is known, bit/s.
    pub capacity: u32,
    /// Of a recent frame; none before one was encoded.
    pub encode_time: Option<Duration>,
    /// That the encoder has made since its start.
    pub bytes: u64,
    /// How long a packet waits on its way.
    pub queue: Duration,
    /// How long ago that packet left.
    pub queue_age: Duration,
    /// Of a thousand packets, without those that a queue dropped.
    pub lost_per_mille: u32,
    /// The other side waits for a whole picture: a new size costs nothing.
    pub gap: bool,
    /// Lines of the camera's picture.
    pub source_height: u32,
    /// Frames a second of the camera.
    pub source_rate: u32,
}

/// What sound, text and RTCP take of the line before the picture gets the rest, bit/s.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reserved {
    pub quick: u32,
    pub usual: u32,
    pub sparing: u32,
}

impl Reserved {
    fn beside(self, voice: Voice) -> u32 {
        match voice {
            Voice::Quick => self.quick,
            Voice::Usual => self.usual,
            Voice::Sparing => self.sparing,
        }
    }
}

/// What the voice may take of the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Voice {
    /// Many small packets, so that it comes with the lips: the line is wide.
    Quick,
    #[default]
    Usual,
    /// Its least: hands need the line more.
    Sparing,
}

impl Voice {
    fn next(self, capacity: u32) -> Self {
        match self {
            Voice::Sparing if capacity < UNSPARED_FROM => self,
            Voice::Quick if capacity >= QUICK_UNTIL => self,
            _ if capacity < SPARED_BELOW => Voice::Sparing,
            _ if capacity >= QUICK_FROM => Voice::Quick,
            _ => Voice::Usual,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// In lines, never above the source's.
    pub height: u32,
    /// For the picture alone.
    pub bits_per_second: u32,
    /// 0 while a queue is let drain.
    pub frames_per_second: u32,
    /// The encoder shall take its time.
    pub is_careful: bool,
    /// The next frame shall be a whole picture.
    pub whole: bool,
    /// How many packets of a frame share one of parity; none on a line that loses nothing.
    pub parity_each: Option<u32>,
    pub voice: Voice,
}

/// Makes the plan, again and again: give it the time since any fixed moment.
#[derive(Debug, Clone)]
pub struct Governor {
    reserved: Reserved,
    voice: Voice,
    height: Option<u32>,
    changed_at: Duration,
    /// Since when a larger picture would do, and the least that would have done at every moment since.
    bears_more: Option<(Duration, u32)>,
    bears_less_since: Option<Duration>,
    /// The processor was last short.
    busy_at: Option<Duration>,
    /// The picture was last too rich for its rate.
    rich_at: Option<Duration>,
    /// The most that the line has lately lost of a thousand packets, and when.
    worst: Option<(Duration, u32)>,
    tally: Option<Tally>,
    frames: u32,
    is_careful: bool,
    brake: Brake,
}

/// What the encoder was told to make since a moment, and has made.
#[derive(Debug, Clone, Copy)]
struct Tally {
    since: Duration,
    last: Duration,
    /// The encoder's count at the beginning.
    bytes: u64,
    /// Bits.
    told: u64,
    /// Too much was made in the time before this.
    overran: bool,
}

impl Governor {
    pub fn new(reserved: Reserved) -> Self {
        Self {
            reserved,
            voice: Voice::default(),
            height: None,
            changed_at: Duration::ZERO,
            bears_more: None,
            bears_less_since: None,
            busy_at: None,
            rich_at: None,
            worst: None,
            tally: None,
            frames: u32::MAX,
            is_careful: false,
            brake: Brake::default(),
        }
    }

    pub fn plan(&mut self, now: Duration, seen: &Seen) -> Plan {
        let told = Told {
            bytes: seen.bytes,
            capacity: seen.capacity.max(LEAST_RATE),
            queue: seen.queue,
            queue_age: seen.queue_age,
        };
        let braked = self.brake.watch(now, &told);
        self.voice = self.voice.next(seen.capacity);
        let reserved = self.reserved.beside(self.voice);
        let rate = seen.bits_per_second.saturating_sub(reserved).max(LEAST_RATE);
        let rate = if braked.is_blind {
            rate.min(MOST_WHILE_BLIND)
        } else {
            rate
        };
        let parity_each = self.parity(now, seen, rate);
        let [rate, lasting] =
            [rate, seen.capacity.saturating_sub(reserved)].map(|rate| beside(rate, parity_each));
        self.is_careful = self.next_care(now, seen, rate);
        let resumes = braked.ended_after.is_some_and(|pause| pause >= LONG_PAUSE);
        let height = self.next_height(now, seen, rate, lasting, seen.gap || resumes);
        if self.height != Some(height) {
            self.height = Some(height);
            self.changed_at = now;
            self.bears_more = None;
            self.bears_less_since = None;
        }
        self.frames = self.next_frames(now, seen, rate, height);
        Plan {
            height,
            bits_per_second: rate,
            frames_per_second: if braked.is_paused { 0 } else { self.frames },
            is_careful: self.is_careful,
            whole: resumes || seen.gap && !braked.is_paused && braked.queue < SHORT_QUEUE,
            parity_each,
            voice: self.voice,
        }
    }

    /// The more is lost, the more is spent on bringing it back at once.
    fn parity(&mut self, now: Duration, seen: &Seen, rate: u32) -> Option<u32> {
        let worst = self
            .worst
            .filter(|(at, lost)| now.saturating_sub(*at) < STAYS_LOSSY && *lost > seen.lost_per_mille)
            .unwrap_or((now, seen.lost_per_mille));
        self.worst = Some(worst);
        match worst.1 {
            _ if rate < LEAST_TO_PROTECT => None,
            ..LOSSY => None,
            LOSSY..VERY_LOSSY => Some(5),
            VERY_LOSSY..HEAVILY_LOSSY => Some(3),
            HEAVILY_LOSSY.. => Some(MOST_PARITY),
        }
    }

    /// Care is what a processor that is short gives up first: nobody sees it stop.
    fn next_care(&mut self, now: Duration, seen: &Seen, rate: u32) -> bool {
        if self.is_careful && self.is_late(now, seen, BUDGET) {
            self.busy_at = Some(now);
            // Nor is the size to blame for frames that were made with care.
            self.changed_at = now;
            return false;
        }
        let has_time = seen
            .encode_time
            .is_some_and(|took| took * CARE_COSTS <= share(seen, BUDGET_TO_GROW));
        let is_settled = now.saturating_sub(self.changed_at) >= SETTLE;
        rate < CAREFUL_BELOW && (self.is_careful || is_settled && has_time && !self.was_busy(now))
    }

    /// Too short a time ago to ask more of the processor.
    fn was_busy(&self, now: Duration) -> bool {
        self.busy_at
            .is_some_and(|busy| now.saturating_sub(busy) < BUSY_PATIENCE)
    }

    /// `lasting`: what the line carries for the picture, whatever its `rate` is at the moment. `renews`: a whole picture
    /// is due anyway.
    fn next_height(&mut self, now: Duration, seen: &Seen, rate: u32, lasting: u32, renews: bool) -> u32 {
        let source = seen.source_height;
        let borne = height_for(rate).min(source);
        let Some(current) = self.height.map(|height| height.min(source)) else {
            return borne;
        };
        if self.is_late(now, seen, BUDGET) {
            self.busy_at = Some(now);
            return borne.min(step_below(current));
        }
        if self.overruns(now, seen, rate, current) {
            self.rich_at = Some(now);
            return borne.min(step_below(current));
        }
        if renews {
            let carried = height_for(seen.capacity.saturating_sub(self.reserved.beside(self.voice)));
            return carried.min(current);
        }
        if borne < current {
            // While a queue drains the rate is lower than it will be, and sharpness gives way at once by itself.
            let since = *self.bears_less_since.get_or_insert(now);
            return if now.saturating_sub(since) >= SETTLE {
                step_below(current).max(borne)
            } else {
                current
            };
        }
        self.bears_less_since = None;
        let cautious = height_for((u64::from(lasting) * 100 / MARGIN_PER_CENT) as u32).min(source);
        let next = self.what_fits(seen, current, cautious);
        if next <= current {
            self.bears_more = None;
            return current;
        }
        let (since, least) = self.bears_more.get_or_insert((now, next));
        *least = next.min(*least);
        let (since, next) = (*since, *least);
        let mut troubles = [self.busy_at, self.rich_at].into_iter().flatten();
        let was_in_trouble = troubles.any(|moment| now.saturating_sub(moment) < BUSY_PATIENCE);
        // A queue that stands now may be about to take the rate back.
        let is_pressed = seen.queue > Duration::from_millis(100) || borne < next;
        if now.saturating_sub(since) < PATIENCE || was_in_trouble || is_pressed {
            return current;
        }
        next
    }

    /// At its coarsest the encoder still makes more than `rate`; not judged by the keyframe that began the size.
    fn overruns(&mut self, now: Duration, seen: &Seen, rate: u32, height: u32) -> bool {
        let fresh = Tally {
            since: now,
            last: now,
            bytes: seen.bytes,
            told: 0,
            overran: false,
        };
        // Far above the size's least rate an encoder has other reasons, and mends them itself.
        let is_near = height > least_height() && height_for(rate / 2) < height;
        if !is_near || now.saturating_sub(self.changed_at) < SETTLE {
            self.tally = None;
            return false;
        }
        let tally = self.tally.get_or_insert(fresh);
        let passed = now.saturating_sub(tally.last);
        tally.told += u64::from(rate) * passed.as_millis() as u64 / 1000;
        tally.last = now;
        if now.saturating_sub(tally.since) < OVERRUN_OVER {
            return false;
        }
        let made = seen.bytes.saturating_sub(tally.bytes) * 8;
        let overran = made * 100 > tally.told * OVERRUN;
        let again = overran && tally.overran;
        self.tally = Some(Tally { overran, ..fresh });
        again
    }

    /// Encoding takes more than its share; not judged by frames of the size before.
    fn is_late(&self, now: Duration, seen: &Seen, per_cent: u32) -> bool {
        let is_settled = now.saturating_sub(self.changed_at) >= SETTLE;
        is_settled && seen.encode_time.is_some_and(|took| took > share(seen, per_cent))
    }

    /// The largest step up to `wanted` that the processor makes in time, reckoned from its pixels.
    fn what_fits(&self, seen: &Seen, current: u32, wanted: u32) -> u32 {
        let Some(took) = seen.encode_time else {
            return wanted;
        };
        let fits = |height: u32| {
            let now = u128::from(current.max(1)).pow(2);
            took.as_nanos() * u128::from(height).pow(2) / now <= share(seen, BUDGET_TO_GROW).as_nanos()
        };
        let steps = STEPS.iter().map(|(height, _)| (*height).min(wanted));
        steps
            .filter(|height| *height > current)
            .find(|h| fits(*h))
            .unwrap_or(current)
    }

    fn next_frames(&self, now: Duration, seen: &Seen, rate: u32, height: u32) -> u32 {
        let full = seen.source_rate.max(1);
        let is_least = height <= least_height().min(seen.source_height);
        if !is_least {
            return full;
        }
        let late = self.is_late(now, seen, 100);
        let was_slower = self.frames < full && self.was_busy(now);
        let of_network = rate / LEAST_BITS_A_FRAME;
        let wanted = if late || was_slower {
            of_network.min(LEAST_FRAME_RATE)
        } else {
            of_network
        };
        wanted.max(LEAST_FRAME_RATE).min(full)
    }
}

/// What parity leaves of the rate.
fn beside(rate: u32, parity_each: Option<u32>) -> u32 {
    match parity_each {
        None => rate,
        Some(MOST_PARITY) => rate.min(MOST_WHERE_HEAVILY_LOSSY) / (MOST_PARITY + 1) * MOST_PARITY,
        Some(each) => rate / (each + 1) * each,
    }
}

/// Of the time between two frames.
fn share(seen: &Seen, per_cent: u32) -> Duration {
    Duration::from_secs(1) / seen.source_rate.max(1) * per_cent / 100
}

fn least_height() -> u32 {
    STEPS[STEPS.len() - 1].0
}

fn height_for(bits_per_second: u32) -> u32 {
    let step = STEPS.iter().find(|(_, least)| bits_per_second >= *least);
    step.map_or(least_height(), |(height, _)| *height)
}

fn step_below(height: u32) -> u32 {
    let step = STEPS.iter().find(|(other, _)| *other < height);
    step.map_or(height, |(other, _)| *other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RESERVED: Reserved = Reserved {
        quick: 80_000,
        usual: 56_000,
        sparing: 36_000,
    };

    const GOOD: Seen = Seen {
        bits_per_second: 2_000_000,
        capacity: 2_000_000,
        encode_time: Some(Duration::from_millis(3)),
        bytes: 0,
        queue: Duration::ZERO,
        queue_age: Duration::ZERO,
        lost_per_mille: 0,
        gap: false,
        source_height: 480,
        source_rate: 30,
    };

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn with_rate(bits_per_second: u32) -> Seen {
        Seen {
            bits_per_second,
            capacity: bits_per_second,
            ..GOOD
        }
    }

    fn taking(milliseconds: u64) -> Seen {
        Seen {
            encode_time: Some(Duration::from_millis(milliseconds)),
            ..GOOD
        }
    }

    #[test]
    fn a_poor_network_gets_a_smaller_picture_within_half_a_second_a_step_and_keeps_its_frames() {
        let mut governor = Governor::new(Reserved::default());
        assert_eq!(governor.plan(at(0), &with_rate(600_000)).height, 480);
        let heights: Vec<u32> = (0..24)
            .map(|beat| at(1) + Duration::from_millis(beat * 50))
            .map(|now| governor.plan(now, &with_rate(84_000)).height)
            .collect();
        assert_eq!([heights[0], heights[9], heights[10]], [480, 480, 360]);
        assert_eq!([heights[20], heights[21]], [360, 240]);
        assert_eq!(governor.plan(at(3), &with_rate(84_000)).frames_per_second, 28);
    }

    #[test]
    fn a_rate_that_dips_while_a_queue_drains_costs_sharpness_and_no_keyframe() {
        let mut governor = Governor::new(Reserved::default());
        let dips = [
            (0, 600_000),
            (100, 60_000),
            (500, 60_000),
            (550, 300_000),
            (700, 60_000),
            (1150, 60_000),
        ];
        for (now, rate) in dips {
            let plan = governor.plan(Duration::from_millis(now), &with_rate(rate));
            assert_eq!((plan.height, plan.bits_per_second), (480, rate));
        }
    }

    #[test]
    fn sound_and_text_have_their_bits_before_the_picture() {
        let plan = Governor::new(RESERVED).plan(at(0), &with_rate(476_000));
        assert_eq!((plan.bits_per_second, plan.voice), (420_000, Voice::Usual));
    }

    /// What the picture gets and the voice may take, as the line carries one rate after the other.
    fn shared(rates: &[u32]) -> Vec<(u32, Voice)> {
        let mut governor = Governor::new(RESERVED);
        let plans = rates.iter().map(|rate| governor.plan(at(0), &with_rate(*rate)));
        plans.map(|plan| (plan.bits_per_second, plan.voice)).collect()
    }

    #[test]
    fn on_a_narrow_line_the_voice_takes_its_least_and_hands_have_the_rest() {
        let rates = [700_000, 390_000, 240_000, 590_000, 610_000, 410_000];
        let expected = [
            (644_000, Voice::Usual),
            (354_000, Voice::Sparing),
            (204_000, Voice::Sparing),
            (554_000, Voice::Sparing),
            (554_000, Voice::Usual),
            (354_000, Voice::Usual),
        ];
        assert_eq!(shared(&rates), expected);
    }

    #[test]
    fn on_a_wide_line_the_voice_hurries_to_come_with_the_lips() {
        let rates = [990_000, 1_000_000, 810_000, 790_000, 990_000, 1_480_000, 300_000];
        let expected = [
            (934_000, Voice::Usual),
            (920_000, Voice::Quick),
            (730_000, Voice::Quick),
            (734_000, Voice::Usual),
            (934_000, Voice::Usual),
            (1_400_000, Voice::Quick),
            (264_000, Voice::Sparing),
        ];
        assert_eq!(shared(&rates), expected);
    }

    #[test]
    fn the_picture_grows_back_only_when_the_rate_has_lasted() {
        let mut governor = Governor::new(Reserved::default());
        governor.plan(at(0), &with_rate(140_000));
        let heights: Vec<u32> = [
            (1, 170_000),
            (2, 600_000),
            (3, 170_000),
            (4, 600_000),
            (6, 600_000),
            (7, 600_000),
        ]
        .map(|(second, rate)| governor.plan(at(second), &with_rate(rate)).height)
        .to_vec();
        assert_eq!(heights, [360, 360, 360, 360, 360, 480]);
    }

    #[test]
    fn a_probe_does_not_choose_the_size() {
        let mut governor = Governor::new(Reserved::default());
        governor.plan(at(0), &with_rate(84_000));
        let probed = Seen {
            bits_per_second: 320_000,
            ..with_rate(120_000)
        };
        for second in 1..4 {
            assert_eq!(governor.plan(at(second), &probed).height, 240);
        }
        assert_eq!(governor.plan(at(4), &probed).height, 360);
    }

    #[test]
    fn a_rate_that_dips_after_each_probe_does_not_keep_the_picture_small() {
        let mut governor = Governor::new(Reserved::default());
        governor.plan(at(0), &with_rate(140_000));
        let grown = (20..).map(|beat| beat * 50).find(|now| {
            let dips = now % 1000 < 400;
            let seen = Seen {
                bits_per_second: if dips { 80_000 } else { 240_000 },
                queue: Duration::from_millis(if dips { 120 } else { 0 }),
                ..with_rate(240_000)
            };
            governor.plan(Duration::from_millis(*now), &seen).height == 480
        });
        assert_eq!(grown, Some(4400));
    }

    #[test]
    fn a_picture_that_takes_too_long_becomes_smaller_at_once_step_by_step() {
        let mut governor = Governor::new(Reserved::default());
        governor.plan(at(0), &GOOD);
        assert_eq!(governor.plan(at(1), &taking(25)).height, 360);
        let soon = at(1) + Duration::from_millis(100);
        assert_eq!(
            governor.plan(soon, &taking(25)).height,
            360,
            "judged by the frames of the size before"
        );
        assert_eq!(governor.plan(at(2), &taking(25)).height, 240);
        assert_eq!(governor.plan(at(2), &taking(25)).frames_per_second, 30);
    }

    #[test]
    fn after_a_busy_processor_the_picture_waits_longer_and_grows_only_as_far_as_it_fits() {
        let mut governor = Governor::new(Reserved::default());
        governor.plan(at(0), &GOOD);
        governor.plan(at(1), &taking(25));
        for second in 2..16 {
            assert_eq!(
                governor.plan(at(second), &taking(5)).height,
                360,
                "second {second}"
            );
        }
        assert_eq!(governor.plan(at(16), &taking(5)).height, 480);

        let mut governor = Governor::new(Reserved::default());
        governor.plan(at(0), &GOOD);
        governor.plan(at(1), &taking(25));
        for second in 2..60 {
            assert_eq!(
                governor.plan(at(second), &taking(10)).height,
                360,
                "480 lines would take 18 ms of 13"
            );
        }
    }

    #[test]
    fn a_picture_too_rich_for_its_rate_becomes_smaller_and_is_not_tried_again_at_once() {
        let mut governor = Governor::new(Reserved::default());
        let (mut beat, mut bytes) = (0, 0);
        // So many seconds at a rate, of which the encoder makes this share.
        let mut made = |seconds: u64, rate: u32, per_cent: u64| {
            let mut height = 0;
            for _ in 0..seconds * 20 {
                beat += 1;
                bytes += u64::from(rate) * per_cent / (100 * 8 * 20);
                let seen = Seen {
                    bytes,
                    ..with_rate(rate)
                };
                height = governor.plan(Duration::from_millis(beat * 50), &seen).height;
            }
            height
        };
        assert_eq!(made(10, 250_000, 115), 480, "as precise as encoders are");
        assert_eq!(made(3, 250_000, 140), 360);
        assert_eq!(made(10, 600_000, 100), 360);
        assert_eq!(made(8, 600_000, 100), 480);
    }

    #[test]
    fn on_a_line_that_loses_a_part_of_the_rate_is_spent_on_parity_and_no_more_a_while_after() {
        let mut governor = Governor::new(Reserved::default());
        let mut plan = |second, lost_per_mille, bits_per_second| {
            let seen = Seen {
                lost_per_mille,
                ..with_rate(bits_per_second)
            };
            let plan = governor.plan(at(second), &seen);
            (plan.parity_each, plan.bits_per_second)
        };
        assert_eq!(plan(0, 11, 600_000), (None, 600_000));
        assert_eq!(plan(1, 20, 600_000), (Some(5), 500_000));
        assert_eq!(plan(2, 50, 600_000), (Some(3), 450_000));
        assert_eq!(plan(6, 0, 600_000), (Some(3), 450_000), "still");
        assert_eq!(plan(7, 0, 600_000), (None, 600_000));
        assert_eq!(plan(8, 50, 300_000), (None, 300_000), "too little to share");
        assert_eq!(
            plan(9, 90, 2_000_000),
            (Some(2), 600_000),
            "frames of few packets"
        );
        assert_eq!(plan(10, 90, 600_000), (Some(2), 400_000));
    }

    #[test]
    fn frames_give_way_last_and_never_under_twenty() {
        let mut governor = Governor::new(Reserved::default());
        governor.plan(at(0), &GOOD);
        for second in 1..4 {
            governor.plan(at(second), &taking(60));
        }
        let plan = governor.plan(at(5), &taking(60));
        assert_eq!((plan.height, plan.frames_per_second), (240, 20));
        let plan = Governor::new(Reserved::default()).plan(at(0), &with_rate(66_000));
        assert_eq!((plan.height, plan.frames_per_second), (240, 22));
        assert_eq!(
            Governor::new(Reserved::default())
                .plan(at(0), &with_rate(1))
                .frames_per_second,
            20
        );
    }

    #[test]
    fn where_bits_are_few_and_the_processor_has_time_the_encoder_takes_it() {
        let careful = |rate, milliseconds| {
            let mut governor = Governor::new(Reserved::default());
            let seen = Seen {
                bits_per_second: rate,
                ..taking(milliseconds)
            };
            [0, 400, 500].map(|now| governor.plan(Duration::from_millis(now), &seen).is_careful)
        };
        assert_eq!(careful(250_000, 3), [false, false, true]);
        assert_eq!(careful(250_000, 4), [false; 3]);
        assert_eq!(careful(1_000_000, 1), [false; 3]);
    }

    #[test]
    fn a_processor_that_is_short_gives_up_care_before_size_and_is_not_asked_again_soon() {
        let mut governor = Governor::new(Reserved::default());
        let seen = |milliseconds| Seen {
            bits_per_second: 250_000,
            ..taking(milliseconds)
        };
        let mut plan = |now: u64, took| {
            let plan = governor.plan(Duration::from_millis(now), &seen(took));
            (plan.height, plan.is_careful)
        };
        assert_eq!([plan(0, 3), plan(500, 3)], [(480, false), (480, true)]);
        assert_eq!(
            plan(950, 15),
            (480, true),
            "what care itself takes is no shortness"
        );
        assert_eq!(plan(1000, 25), (480, false));
        assert_eq!(plan(1450, 25), (480, false));
        assert_eq!(plan(1600, 3), (480, false));
        assert_eq!(plan(15_900, 3), (480, false));
        assert_eq!(plan(16_000, 3), (480, true));
    }

    #[test]
    fn a_standing_queue_is_no_time_to_grow() {
        let mut governor = Governor::new(Reserved::default());
        governor.plan(at(0), &with_rate(140_000));
        let queued = Seen {
            queue: Duration::from_millis(200),
            ..GOOD
        };
        for second in 1..20 {
            assert_eq!(governor.plan(at(second), &queued).height, 360);
        }
    }

    #[test]
    fn who_waits_for_a_whole_picture_gets_it_in_the_size_that_the_line_carries() {
        let tick = Duration::from_millis(50);
        let mut governor = Governor::new(Reserved::default());
        assert_eq!(governor.plan(at(0), &GOOD).height, 480);
        let narrow = Seen {
            bits_per_second: 60_000,
            capacity: 100_000,
            ..GOOD
        };
        assert_eq!(governor.plan(at(1), &narrow).height, 480);
        let seen = Seen { gap: true, ..narrow };
        assert_eq!(governor.plan(at(1) + tick, &seen).height, 360);
        let wide = Seen { gap: true, ..GOOD };
        assert_eq!(
            governor.plan(at(1) + tick * 2, &wide).height,
            360,
            "and none is blown up"
        );
    }

    #[test]
    fn a_long_pause_ends_with_a_whole_picture_in_the_size_that_the_line_carries_and_a_short_one_does_not() {
        let tick = Duration::from_millis(50);
        let narrow = |queue| Seen {
            bits_per_second: 60_000,
            capacity: 100_000,
            queue: Duration::from_millis(queue),
            ..GOOD
        };
        let after = |pause: u32| {
            let mut governor = Governor::new(Reserved::default());
            let mut plan = |ticks: u32, seen: &Seen| {
                let plan = governor.plan(at(1) + tick * ticks, seen);
                (plan.height, plan.frames_per_second > 0, plan.whole)
            };
            assert_eq!(plan(0, &GOOD), (480, true, false));
            for tick in 1..=pause {
                assert_eq!(plan(tick, &narrow(200)), (480, false, false));
            }
            [plan(pause + 1, &narrow(0)), plan(pause + 2, &narrow(0))]
        };
        assert_eq!(after(4), [(480, true, false); 2]);
        assert_eq!(after(5), [(360, true, true), (360, true, false)]);
    }

    #[test]
    fn a_pause_in_vain_ends_with_a_whole_picture_too() {
        let mut governor = Governor::new(Reserved::default());
        let mut whole = |tick: u32| {
            let queue = Duration::from_millis(300);
            governor
                .plan(Duration::from_millis(50) * tick, &Seen { queue, ..GOOD })
                .whole
        };
        let whole: Vec<u32> = (0..60).filter(|tick| whole(*tick)).collect();
        assert_eq!(whole, [10]);
    }

    #[test]
    fn who_hears_nothing_finds_out_with_little_whether_anything_arrives() {
        let mut governor = Governor::new(Reserved::default());
        let (mut bytes, mut told_of) = (0, Duration::ZERO);
        // Reports cease after five seconds, for one.
        let mut plan = |tick: u32| {
            let now = Duration::from_millis(50) * tick;
            if !(100..120).contains(&tick) {
                told_of = now.saturating_sub(Duration::from_millis(100));
            }
            let plan = governor.plan(
                now,
                &Seen {
                    bytes,
                    queue_age: now - told_of,
                    ..GOOD
                },
            );
            bytes += if plan.frames_per_second > 0 { 12_500 } else { 0 };
            plan
        };
        let plans: Vec<Plan> = (0..130).map(&mut plan).collect();
        let first = plans[100..]
            .iter()
            .position(|plan| plan.whole)
            .expect("it goes on")
            + 100;
        assert!(
            plans[..first]
                .iter()
                .all(|plan| plan.bits_per_second == GOOD.bits_per_second)
        );
        assert!(
            plans[first..120]
                .iter()
                .all(|plan| plan.bits_per_second == MOST_WHILE_BLIND)
        );
        assert_eq!(plans[121].bits_per_second, GOOD.bits_per_second);
    }

    #[test]
    fn a_whole_picture_is_not_sent_behind_a_queue() {
        let mut governor = Governor::new(Reserved::default());
        let mut whole = |queue| {
            let queue = Duration::from_millis(queue);
            let seen = Seen {
                gap: true,
                queue,
                ..GOOD
            };
            governor.plan(at(1), &seen).whole
        };
        assert_eq!([whole(100), whole(60), whole(200)], [false, true, false]);
    }

    fn seen() -> impl Strategy<Value = Seen> {
        let took = prop::option::of((0u64..100_000).prop_map(Duration::from_micros));
        (any::<u32>(), took, 0u64..2000, 0u32..2000, 0u32..120).prop_map(
            |(bits_per_second, encode_time, queue, source_height, source_rate)| Seen {
                bits_per_second,
                capacity: bits_per_second,
                encode_time,
                bytes: 0,
                queue: Duration::from_millis(queue),
                queue_age: Duration::from_millis(queue / 3),
                lost_per_mille: source_height / 20,
                gap: source_rate.is_multiple_of(7),
                source_height,
                source_rate,
            },
        )
    }

    proptest! {
        #[test]
        fn a_plan_never_asks_for_more_than_there_is(moments in prop::collection::vec((seen(), 0u64..5000), 1..50)) {
            let mut governor = Governor::new(RESERVED);
            let mut now = Duration::ZERO;
            for (seen, passed) in moments {
                now += Duration::from_millis(passed);
                let plan = governor.plan(now, &seen);
                prop_assert!(plan.height <= seen.source_height);
                prop_assert!(plan.frames_per_second <= seen.source_rate.max(1));
                let least = seen.source_rate.clamp(1, LEAST_FRAME_RATE);
                prop_assert!(plan.frames_per_second >= least || plan.frames_per_second == 0);
                prop_assert!(plan.bits_per_second <= seen.bits_per_second.saturating_sub(36_000).max(LEAST_RATE));
            }
        }
    }
}
