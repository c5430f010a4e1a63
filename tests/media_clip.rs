//! Sign clips from files, through the real pipeline: what is seen of them, and what they tell.
#![cfg(feature = "kiosk")]

mod clip_file;

use std::path::Path;
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::time::{Duration, Instant};

use clip_file::{COLOURS, colour, make};
use zhest::media::clip::{Clip, Progress, SLOW, State, Wish};
use zhest::media::frame::{Area, FrameSlot, Place};

/// Longer than a clip stands still before it has failed.
const DEADLINE: Duration = Duration::from_secs(15);

const STILL: Wish = Wish::Once {
    plays: false,
    slow: false,
    round: 0,
};
const PLAYS: Wish = Wish::Once {
    plays: true,
    slow: false,
    round: 0,
};

fn place(width: u32, height: u32) -> Place {
    Place::Clear(Area {
        x: 0,
        y: 0,
        width,
        height,
        scale: 120,
    })
}

struct Story {
    clip: Clip,
    slot: FrameSlot,
    told: Receiver<State>,
    /// Rings when another picture is on the glass.
    rings: Receiver<()>,
}

impl Story {
    fn open(path: &Path, wish: Wish) -> Self {
        let slot = FrameSlot::new();
        slot.place(place(320, 180));
        Self::open_in(slot, path, wish)
    }

    fn open_in(slot: FrameSlot, path: &Path, wish: Wish) -> Self {
        let (bell, rings) = sync_channel(1);
        slot.hang(move || {
            let _ = bell.try_send(());
        });
        let (tell, told) = channel();
        let clip = Clip::open(path, slot.clone(), wish, move |state| drop(tell.send(state))).unwrap();
        Self {
            clip,
            slot,
            told,
            rings,
        }
    }

    /// Hears what the clip tells until it is this.
    #[track_caller]
    fn hears<T>(&self, what: &str, wanted: impl Fn(&State) -> Option<T>) -> T {
        let end = Instant::now() + DEADLINE;
        let mut heard = Vec::new();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(state) = self.told.recv_timeout(left) else {
                panic!("{what} never came, but {heard:?}");
            };
            if let Some(found) = wanted(&state) {
                return found;
            }
            heard.push(state);
        }
    }

    #[track_caller]
    fn is_open(&self) -> Progress {
        self.hears("the first frame", |state| match state {
            State::Paused(progress) | State::Playing(progress) => Some(*progress),
            _ => None,
        })
    }

    #[track_caller]
    fn ends(&self) {
        self.hears("the end", |state| {
            matches!(state, State::Ended { .. }).then_some(())
        });
    }

    /// Which of the colours is on the glass.
    fn sees(&self) -> Option<usize> {
        self.slot.latest().and_then(|frame| colour(&frame))
    }

    /// Looks at the glass with each picture until it shows this.
    #[track_caller]
    fn until<T>(&self, what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
        let end = Instant::now() + DEADLINE;
        loop {
            if let Some(found) = probe() {
                return found;
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                self.rings.recv_timeout(left).is_ok(),
                "{what} never came; the glass shows {:?}",
                self.sees()
            );
        }
    }

    /// How fast it goes while it plays, by what it tells of itself: the clip's time by the wall's.
    #[track_caller]
    fn pace(&self) -> f64 {
        let plays = || {
            self.hears("the clip going on", |state| match state {
                State::Playing(progress) => Some((Instant::now(), progress.at)),
                _ => None,
            })
        };
        // The first two may still be of before.
        plays();
        plays();
        let (began, from) = plays();
        loop {
            let (now, at) = plays();
            if at > from + Duration::from_millis(500) {
                return (at - from).as_secs_f64() / (now - began).as_secs_f64();
            }
        }
    }
}

#[test]
fn opening_shows_the_first_frame_in_the_size_of_its_place_and_waits() {
    let clip = make();
    let story = Story::open(&clip.path, STILL);
    let Progress { at, length } = story.is_open();
    assert_eq!(at, Duration::ZERO);
    assert!((1900..2200).contains(&length.as_millis()), "{length:?}");
    let frame = story.slot.latest().expect("it is painted before it is told");
    assert_eq!((frame.width, frame.height), (320, 180));
    assert_eq!(story.sees(), Some(0));
}

#[test]
fn a_frame_that_stands_still_is_painted_anew_for_another_place() {
    let clip = make();
    let story = Story::open(&clip.path, STILL);
    story.is_open();
    story.slot.place(place(160, 90));
    story.until("the smaller picture", || {
        story.slot.latest().filter(|frame| frame.width == 160)
    });
    story.slot.place(Place::Nowhere);
    story.slot.place(place(640, 360));
    story.until("the larger picture", || {
        story.slot.latest().filter(|frame| frame.width == 640)
    });
    assert_eq!(story.sees(), Some(0));
}

#[test]
fn a_clip_plays_to_its_end_and_stays_on_the_last_frame() {
    let clip = make();
    let story = Story::open(&clip.path, PLAYS);
    let began = Instant::now();
    story.ends();
    let took = began.elapsed();
    assert!((1700..4000).contains(&took.as_millis()), "{took:?}");
    assert_eq!(story.sees(), Some(COLOURS.len() - 1));
}

#[test]
fn pausing_holds_the_frame_and_playing_goes_on_from_it() {
    let clip = make();
    let story = Story::open(&clip.path, PLAYS);
    story.until("the second colour", || story.sees().filter(|colour| *colour == 1));
    story.clip.wish(STILL);
    let held = story.hears("a pause", |state| match state {
        State::Paused(progress) => Some(progress.at),
        _ => None,
    });
    // A frame that was under way may still arrive; then nothing does, although the clip would be over long ago.
    let shown = story.sees();
    let over = story.told.recv_timeout(Duration::from_millis(2500));
    assert!(over.is_err(), "{over:?}");
    assert_eq!(story.sees(), shown);
    story.clip.wish(PLAYS);
    let on = story.hears("the clip going on", |state| match state {
        State::Playing(progress) => Some(progress.at),
        _ => None,
    });
    assert!(
        on >= held && on < held + Duration::from_millis(500),
        "{held:?} → {on:?}"
    );
    story.ends();
}

#[test]
fn again_begins_at_the_first_frame_and_so_does_playing_after_the_end() {
    let clip = make();
    let story = Story::open(&clip.path, PLAYS);
    story.until("the third colour", || story.sees().filter(|colour| *colour == 2));
    story.clip.wish(Wish::Once {
        plays: true,
        slow: false,
        round: 1,
    });
    story.until("the first colour again", || {
        story.sees().filter(|colour| *colour == 0)
    });
    story.ends();
    let ended = |plays| Wish::Once {
        plays,
        slow: false,
        round: 1,
    };
    story.clip.wish(ended(false));
    assert_eq!(story.sees(), Some(COLOURS.len() - 1));
    story.clip.wish(ended(true));
    story.until("the first colour once more", || {
        story.sees().filter(|colour| *colour == 0)
    });
    story.ends();
}

#[test]
fn slow_is_three_quarters_and_begins_where_the_clip_is() {
    let clip = make();
    let story = Story::open(&clip.path, PLAYS);
    let pace = story.pace();
    assert!((0.9..1.1).contains(&pace), "{pace}");
    story.until("the third colour", || story.sees().filter(|colour| *colour == 2));
    let slow = Wish::Once {
        plays: true,
        slow: true,
        round: 0,
    };
    while story.told.try_recv().is_ok() {}
    story.clip.wish(slow);
    let pace = story.pace();
    assert!((SLOW - 0.1..SLOW + 0.1).contains(&pace), "{pace}");
    let seen = story.sees();
    assert!(seen >= Some(2), "it went back to {seen:?}");
    story.ends();

    let story = Story::open(&clip.path, slow);
    let pace = story.pace();
    assert!(
        (SLOW - 0.1..SLOW + 0.1).contains(&pace),
        "{pace} from the beginning"
    );
    story.ends();
}

#[test]
fn a_greeting_goes_round_and_round_without_a_gap() {
    let clip = make();
    let story = Story::open(&clip.path, Wish::Loop);
    let mut longest = Duration::ZERO;
    let (mut rounds, mut last) = (0, None);
    let (mut sequence, mut since) = (0, Instant::now());
    story.until("the third round", || {
        let frame = story.slot.latest().filter(|frame| frame.sequence != sequence)?;
        if sequence > 10 {
            longest = longest.max(since.elapsed());
        }
        (sequence, since) = (frame.sequence, Instant::now());
        let seen = colour(&frame);
        if seen == Some(0) && last == Some(COLOURS.len() - 1) {
            rounds += 1;
        }
        last = seen.or(last);
        (rounds == 3).then_some(())
    });
    // Three frames and something for a busy machine.
    assert!(longest < Duration::from_millis(250), "a gap of {longest:?}");
}

#[test]
fn what_is_no_clip_says_so_and_shows_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let clip = make();
    let whole = std::fs::read(&clip.path).unwrap();
    for (name, bytes) in [
        ("empty", &[][..]),
        (
            "words.mp4",
            b"this is no clip at all, but words for people".as_slice(),
        ),
        ("head.webm", &whole[..whole.len().min(200)]),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let story = Story::open(&path, PLAYS);
        story.hears(name, |state| matches!(state, State::Failed(_)).then_some(()));
        assert_eq!(story.slot.latest(), None, "{name}");
    }
    let story = Story::open(&folder.path().join("gone.mp4"), PLAYS);
    story.hears("gone", |state| matches!(state, State::Failed(_)).then_some(()));
    let sound = folder.path().join("sound.ogg");
    clip_file::sound(&sound);
    let story = Story::open(&sound, PLAYS);
    story.hears("sound alone", |state| {
        matches!(state, State::Failed(_)).then_some(())
    });
}

#[test]
fn a_file_that_breaks_off_in_the_middle_is_over_there() {
    let folder = tempfile::tempdir().unwrap();
    let clip = make();
    let whole = std::fs::read(&clip.path).unwrap();
    let path = folder.path().join("half.webm");
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let story = Story::open(&path, PLAYS);
    story.hears("an end of some kind", |state| {
        matches!(state, State::Ended { .. } | State::Failed(_)).then_some(())
    });
}

#[test]
fn nothing_of_a_closed_clip_is_painted_over_the_next_one() {
    let clip = make();
    let other = clip.path.with_file_name("other.webm");
    clip_file::write(&other, 2);
    for _ in 0..10 {
        let first = Story::open(&clip.path, PLAYS);
        first.until("the first clip", || first.sees());
        let Story {
            clip: closed, slot, ..
        } = first;
        drop(closed);
        assert_eq!(slot.latest(), None);
        let next = Story::open_in(slot, &other, STILL);
        next.is_open();
        assert_eq!(next.sees(), Some(2));
    }
}
