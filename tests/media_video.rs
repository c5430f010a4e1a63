//! Pictures from a camera's file to packets and back to pixels, through the real pipelines.
#![cfg(feature = "kiosk")]

#[path = "picture_code.rs"]
mod picture_code;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use picture_code::Code;
use zhest::media::camera::{Camera, CameraChoice, CameraState};
use zhest::media::codec::Codec;
use zhest::media::decode::VideoReceiver;
use zhest::media::encode::{Setting, VideoSender};
use zhest::media::factory;
use zhest::media::frame::{Area, Frame, FrameSlot, Place};

/// Each story has the machine for itself: they measure time.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

const FRAMES: u16 = 90;

fn clip() -> PathBuf {
    static CLIP: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    CLIP.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("numbers.y4m");
        picture_code::write_y4m(&path, 640, 480, 30, FRAMES).unwrap();
        (folder, path)
    })
    .1
    .clone()
}

fn file_camera(own: FrameSlot) -> Camera {
    Camera::start(&CameraChoice::File(clip()), own, |_| {}).unwrap()
}

fn hidden() -> FrameSlot {
    let slot = FrameSlot::new();
    want(&slot, 0, 0);
    slot
}

fn code_of(frame: &Frame) -> Option<Code> {
    picture_code::read(&frame.rgba, frame.width as usize, frame.height as usize)
}

fn until<T>(what: &str, deadline: Duration, mut probe: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + deadline;
    loop {
        if let Some(answer) = probe() {
            return answer;
        }
        assert!(Instant::now() < end, "in {deadline:?} there was no {what}");
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// Looks at a slot for a while and notes each new frame: when it came and what it says.
fn look(slot: &FrameSlot, during: Duration) -> Vec<(Instant, Option<Code>)> {
    let end = Instant::now() + during;
    let mut seen = Vec::new();
    let mut last = slot.latest().map_or(0, |frame| frame.sequence);
    while Instant::now() < end {
        if let Some(frame) = slot.latest().filter(|frame| frame.sequence != last) {
            last = frame.sequence;
            seen.push((Instant::now(), code_of(&frame)));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    seen
}

/// How far the numbers went on from one to the next, over the loop's end too.
fn steps(codes: &[u16]) -> Vec<u16> {
    codes
        .windows(2)
        .map(|pair| (pair[1] + FRAMES - pair[0]) % FRAMES)
        .collect()
}

/// Whether the packet begins or carries a keyframe: RFC 7741 §4.2 and §4.3, RFC 6184 §5.4.
fn is_keyframe(codec: Codec, rtp: &[u8]) -> bool {
    let extension = if rtp[0] & 0x10 != 0 {
        4 + usize::from(u16::from_be_bytes([rtp[14], rtp[15]])) * 4
    } else {
        0
    };
    let payload = &rtp[12 + usize::from(rtp[0] & 0x0f) * 4 + extension..];
    match codec {
        Codec::Vp8 => {
            let mut at = 1;
            if payload[0] & 0x80 != 0 {
                let extended = payload[1];
                at += 1;
                if extended & 0x80 != 0 {
                    at += if payload[at] & 0x80 != 0 { 2 } else { 1 };
                }
                at += usize::from(extended & 0x40 != 0) + usize::from(extended & 0x30 != 0);
            }
            payload[0] & 0x1f == 0x10 && payload[at] & 1 == 0
        }
        Codec::H264 => match payload[0] & 0x1f {
            5 => true,
            28 => payload[1] & 0x80 != 0 && payload[1] & 0x1f == 5,
            24 => {
                let mut rest = &payload[1..];
                while rest.len() > 2 {
                    let length = usize::from(u16::from_be_bytes([rest[0], rest[1]]));
                    if rest[2] & 0x1f == 5 {
                        return true;
                    }
                    rest = &rest[2 + length..];
                }
                false
            }
            _ => false,
        },
    }
}

/// A camera, a sender, and a receiver that gets every packet.
struct Loopback {
    sender: VideoSender,
    receiver: Arc<VideoReceiver>,
    remote: FrameSlot,
    _camera: Camera,
}

fn loopback(codec: Codec, remote: FrameSlot) -> Loopback {
    let camera = file_camera(hidden());
    let receiver = Arc::new(VideoReceiver::start(codec, remote.clone()).unwrap());
    let pushed = receiver.clone();
    let sender = VideoSender::start(codec, &camera, move |packet| {
        drop(pushed.push(packet, Vec::new()));
    })
    .unwrap();
    Loopback {
        sender,
        receiver,
        remote,
        _camera: camera,
    }
}

fn the_right_pictures_arrive(codec: Codec) {
    let _turn = alone();
    let remote = FrameSlot::new();
    want(&remote, 960, 800);
    let call = loopback(codec, remote);
    until("first picture", Duration::from_secs(10), || call.remote.latest());
    // The machine may be busy; a call that holds its rate for two seconds can hold it.
    let seen = until("two seconds at 25 frames", Duration::from_secs(40), || {
        let seen = look(&call.remote, Duration::from_secs(2));
        (seen.len() >= 50).then_some(seen)
    });
    let codes: Vec<u16> = seen
        .iter()
        .map(|(_, code)| code.expect("every frame is readable").number)
        .collect();
    assert!(
        seen.iter().all(|(_, code)| !code.unwrap().mirrored),
        "what is sent is not mirrored"
    );
    assert!(
        steps(&codes).iter().all(|step| (1..=8).contains(step)),
        "in order: {codes:?}"
    );
    let frame = call.remote.latest().unwrap();
    assert_eq!(
        (frame.width, frame.height),
        (960, 720),
        "scaled to what the screen wanted, its shape kept"
    );
    assert_eq!(frame.rgba.len(), 960 * 720 * 4);
    want(&call.remote, 300, 300);
    until("smaller picture", Duration::from_secs(3), || {
        call.remote
            .latest()
            .filter(|frame| (frame.width, frame.height) == (300, 225) && code_of(frame).is_some())
    });
    assert!(call.receiver.frames() >= 50);
}

/// The screen has so many physical pixels for the picture.
fn want(slot: &FrameSlot, width: u32, height: u32) {
    slot.place(Place::Clear(Area {
        x: 0,
        y: 0,
        width,
        height,
        scale: 120,
    }));
}

#[test]
fn vp8_brings_the_right_pictures_at_25_a_second() {
    the_right_pictures_arrive(Codec::Vp8);
}

#[test]
fn h264_brings_the_right_pictures_at_25_a_second() {
    the_right_pictures_arrive(Codec::H264);
}

#[test]
fn both_codecs_are_found_by_trial() {
    let _turn = alone();
    zhest::media::init().unwrap();
    // Which one leads depends on the machine's hardware.
    let usable = factory::usable();
    assert!(
        usable.len() == 2 && Codec::ALL.iter().all(|codec| usable.contains(codec)),
        "{usable:?}"
    );
}

#[test]
fn own_picture_is_a_mirror_and_the_sent_one_is_not() {
    let _turn = alone();
    let own = FrameSlot::new();
    want(&own, 240, 180);
    let remote = FrameSlot::new();
    let camera = file_camera(own.clone());
    let receiver = VideoReceiver::start(Codec::Vp8, remote.clone()).unwrap();
    let _sender = VideoSender::start(Codec::Vp8, &camera, move |packet| {
        drop(receiver.push(packet, Vec::new()));
    })
    .unwrap();
    let mine = until("own picture", Duration::from_secs(10), || {
        own.latest().as_ref().and_then(code_of)
    });
    let theirs = until("sent picture", Duration::from_secs(10), || {
        remote.latest().as_ref().and_then(code_of)
    });
    assert!(mine.mirrored);
    assert!(!theirs.mirrored);
    let frame = own.latest().unwrap();
    assert_eq!((frame.width, frame.height), (240, 180));
    drop(camera);
    assert_eq!(own.latest(), None, "nobody's face stays behind");
}

/// A network with seeded loss: one packet in twenty is lost; of these nine in ten are repaired 60 ms later.
struct Lossy {
    state: u64,
    late: VecDeque<(Instant, Bytes)>,
    lost_for_good: usize,
}

impl Lossy {
    fn chance(&mut self, one_in: u64) -> bool {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33).is_multiple_of(one_in)
    }

    fn carry(&mut self, packet: Bytes, deliver: &dyn Fn(Bytes)) {
        let now = Instant::now();
        while self.late.front().is_some_and(|(at, _)| *at <= now) {
            let (_, repaired) = self.late.pop_front().expect("looked at a line above");
            deliver(repaired);
        }
        if !self.chance(20) {
            deliver(packet);
        } else if self.chance(10) {
            self.lost_for_good += 1;
        } else {
            self.late.push_back((now + Duration::from_millis(60), packet));
        }
    }
}

fn nothing_smears(codec: Codec) {
    let _turn = alone();
    let camera = file_camera(hidden());
    let remote = FrameSlot::new();
    let asked = Arc::new(AtomicUsize::new(0));
    let sender: Arc<OnceLock<VideoSender>> = Arc::default();
    let (asking, answering) = (asked.clone(), Arc::downgrade(&sender));
    let receiver = VideoReceiver::start(codec, remote.clone()).unwrap();
    let deliver = move |packet| {
        if receiver.push(packet, Vec::new()).keyframe {
            asking.fetch_add(1, Ordering::Relaxed);
            if let Some(sender) = answering.upgrade()
                && let Some(sender) = sender.get()
            {
                sender.keyframe();
            }
        }
    };
    let network = Arc::new(Mutex::new(Lossy {
        state: 42,
        late: VecDeque::new(),
        lost_for_good: 0,
    }));
    let carrying = network.clone();
    let started = VideoSender::start(codec, &camera, move |packet| {
        carrying.lock().unwrap().carry(packet, &deliver);
    })
    .unwrap();
    assert!(sender.set(started).is_ok());

    until("first picture", Duration::from_secs(10), || remote.latest());
    let encoded = || sender.get().map_or(0, |sender| sender.stats().encoded);
    let before = encoded();
    let mut seen = Vec::new();
    until("ten packets lost for good", Duration::from_secs(120), || {
        seen.extend(look(&remote, Duration::from_secs(2)));
        (network.lock().unwrap().lost_for_good >= 10).then_some(())
    });
    let smeared = seen.iter().filter(|(_, code)| code.is_none()).count();
    assert_eq!(smeared, 0, "of {} pictures", seen.len());
    // However many frames a busy machine encodes.
    let share = seen.len() as f64 / (encoded() - before) as f64;
    let asked = asked.load(Ordering::Relaxed);
    eprintln!("{codec}: {asked} asked, {share:.2} of all pictures seen with 5 % loss");
    assert!(asked >= 5, "the sender was asked for keyframes");
    assert!(share >= 0.5, "pictures go on: {share:.2} of them");
}

#[test]
fn lost_vp8_packets_never_smear_and_ask_for_a_keyframe() {
    nothing_smears(Codec::Vp8);
}

#[test]
fn lost_h264_packets_never_smear_and_ask_for_a_keyframe() {
    nothing_smears(Codec::H264);
}

/// A camera's packets between sender and receiver; `road` says what becomes of each.
fn on_a_road(
    codec: Codec,
    remote: &FrameSlot,
    mut road: impl FnMut(Bytes, &mut dyn FnMut(Bytes)) + Send + 'static,
) -> (VideoSender, Camera, Arc<Mutex<Asked>>) {
    let camera = file_camera(hidden());
    let receiver = VideoReceiver::start(codec, remote.clone()).unwrap();
    let asked: Arc<Mutex<Asked>> = Arc::default();
    let noted = asked.clone();
    let sender = VideoSender::start(codec, &camera, move |packet| {
        road(packet, &mut |packet| {
            let wish = receiver.push(packet, Vec::new());
            let mut asked = noted.lock().unwrap();
            asked.keyframes += usize::from(wish.keyframe);
            asked.packets += wish.packets.len();
        });
    })
    .unwrap();
    (sender, camera, asked)
}

#[derive(Debug, Default)]
struct Asked {
    keyframes: usize,
    packets: usize,
}

/// The picture goes on, every frame readable, and nothing is asked of the sender.
fn goes_on(remote: &FrameSlot, asked: &Mutex<Asked>) {
    // The machine may be busy; a picture that freezes never does it.
    until("two seconds at 15 frames", Duration::from_secs(40), || {
        let seen = look(remote, Duration::from_secs(2));
        assert!(seen.iter().all(|(_, code)| code.is_some()), "nothing smears");
        (seen.len() >= 30).then_some(())
    });
    let asked = asked.lock().unwrap();
    assert_eq!((asked.keyframes, asked.packets), (0, 0), "nothing is missing");
}

/// With the next sequence number and the same time as `before`, and nothing but padding (RFC 3550 §5.1).
fn padding_after(before: &[u8], sequence: u16) -> Bytes {
    let mut packet = before[..12].to_vec();
    packet[0] = 0x80 | 0x20;
    packet[1] &= 0x7f;
    packet[2..4].copy_from_slice(&sequence.to_be_bytes());
    packet.extend([0; 199]);
    packet.push(200);
    packet.into()
}

fn probes_of_the_line_are_not_seen(codec: Codec) {
    let _turn = alone();
    let remote = FrameSlot::new();
    // A browser that measures the line between two frames, with packets of the picture's own count.
    let mut sequence = 65_000u16;
    let (_sender, _camera, asked) = on_a_road(codec, &remote, move |packet, deliver| {
        let mut packet = packet.to_vec();
        packet[2..4].copy_from_slice(&sequence.to_be_bytes());
        sequence = sequence.wrapping_add(1);
        let ends_frame = packet[1] & 0x80 != 0;
        let packet = Bytes::from(packet);
        deliver(packet.clone());
        if ends_frame {
            for _ in 0..2 {
                deliver(padding_after(&packet, sequence));
                sequence = sequence.wrapping_add(1);
            }
        }
    });
    until("first picture", Duration::from_secs(10), || remote.latest());
    goes_on(&remote, &asked);
}

#[test]
fn probes_of_the_line_leave_a_vp8_picture_alone() {
    probes_of_the_line_are_not_seen(Codec::Vp8);
}

#[test]
fn probes_of_the_line_leave_an_h264_picture_alone() {
    probes_of_the_line_are_not_seen(Codec::H264);
}

#[test]
fn frames_that_come_together_are_shown_one_after_the_other() {
    let _turn = alone();
    let remote = FrameSlot::new();
    let (mut held, mut frames) = (Vec::new(), 0);
    let (_sender, _camera, _asked) = on_a_road(Codec::Vp8, &remote, move |packet, deliver| {
        frames += usize::from(packet[1] & 0x80 != 0);
        held.push(packet);
        if frames == 3 {
            frames = 0;
            held.drain(..).for_each(&mut *deliver);
        }
    });
    until("first picture", Duration::from_secs(10), || remote.latest());
    // The machine may be busy; what is shown together always is so.
    until("two seconds of frames apart", Duration::from_secs(40), || {
        let seen = look(&remote, Duration::from_secs(2));
        let gaps = seen.windows(2).map(|pair| pair[1].0 - pair[0].0);
        let close = gaps.filter(|gap| *gap < Duration::from_millis(8)).count();
        (seen.len() >= 45 && close * 10 < seen.len()).then_some(())
    });
}

#[test]
fn after_a_jump_of_the_senders_clock_repairs_are_awaited_as_before() {
    let _turn = alone();
    let remote = FrameSlot::new();
    let mut late: VecDeque<(Instant, Bytes)> = VecDeque::new();
    let begun = Instant::now();
    let mut packets = 0usize;
    let (_sender, _camera, asked) = on_a_road(Codec::Vp8, &remote, move |packet, deliver| {
        let now = Instant::now();
        while late.front().is_some_and(|(at, _)| *at <= now) {
            deliver(late.pop_front().expect("looked at a line above").1);
        }
        let mut packet = packet.to_vec();
        // After three seconds the clock is an hour ahead, as after a computer's sleep.
        if begun.elapsed() > Duration::from_secs(3) {
            let time = u32::from_be_bytes([packet[4], packet[5], packet[6], packet[7]]);
            packet[4..8].copy_from_slice(&time.wrapping_add(3600 * 90_000).to_be_bytes());
        }
        packets += 1;
        if packets % 40 == 39 {
            // A queue of 350 ms stands on this line.
            late.push_back((now + Duration::from_millis(370), packet.into()));
        } else {
            deliver(packet.into());
        }
    });
    until("first picture", Duration::from_secs(10), || remote.latest());
    std::thread::sleep(Duration::from_secs(5));
    asked.lock().unwrap().keyframes = 0;
    let seen = look(&remote, Duration::from_secs(4));
    assert!(seen.iter().all(|(_, code)| code.is_some()), "nothing smears");
    let asked = asked.lock().unwrap();
    assert!(asked.packets > 0, "packets were missing");
    assert_eq!(asked.keyframes, 0, "every repair came in time");
}

#[test]
fn after_an_outage_one_request_brings_the_picture_back() {
    let _turn = alone();
    let remote = FrameSlot::new();
    let begun = Instant::now();
    let (sender, _camera, asked) = on_a_road(Codec::Vp8, &remote, move |packet, deliver| {
        let is_cut = (Duration::from_secs(3)..Duration::from_secs(5)).contains(&begun.elapsed());
        if !is_cut {
            deliver(packet);
        }
    });
    until("request", Duration::from_secs(10), || {
        (asked.lock().unwrap().keyframes > 0).then_some(())
    });
    // What the sender makes of it takes its way.
    std::thread::sleep(Duration::from_millis(300));
    sender.keyframe();
    until("picture", Duration::from_secs(1), || {
        let last = remote.latest()?.sequence;
        std::thread::sleep(Duration::from_millis(100));
        remote.latest().filter(|frame| frame.sequence > last)
    });
    let asked = asked.lock().unwrap();
    assert_eq!(
        (asked.keyframes, asked.packets),
        (1, 0),
        "and nothing that is too old"
    );
}

/// Bytes and frames a second over `during`.
fn rates(sender: &VideoSender, during: Duration) -> (f64, f64) {
    let (from, start) = (sender.stats(), Instant::now());
    std::thread::sleep(during);
    let (to, seconds) = (sender.stats(), start.elapsed().as_secs_f64());
    (
        (to.bytes - from.bytes) as f64 / seconds,
        (to.encoded - from.encoded) as f64 / seconds,
    )
}

const GOOD: Setting = Setting {
    height: 480,
    frame_rate: 30,
    bitrate: 800_000,
    is_careful: false,
};

const RICH: Setting = Setting {
    bitrate: 1_200_000,
    ..GOOD
};

const POOR: Setting = Setting {
    height: 240,
    bitrate: 150_000,
    ..GOOD
};

fn the_rate_follows(codec: Codec) {
    let _turn = alone();
    let call = loopback(codec, hidden());
    let settle = Duration::from_secs(1);
    call.sender.set(RICH);
    until("frame of 480 lines", Duration::from_secs(5), || {
        (call.sender.stats().height == 480).then_some(())
    });
    // The machine may be busy: what it can hold for three seconds, it can hold.
    let held = |bits: f64| {
        rates(&call.sender, settle);
        until("rate that is kept at 25 frames", Duration::from_secs(40), || {
            let (bytes, fps) = rates(&call.sender, Duration::from_secs(3));
            eprintln!(
                "{codec}: {:.0} of {:.0} kbit/s at {fps:.1}",
                bytes / 125.0,
                bits / 1000.0
            );
            (fps >= 25.0 && bytes * 8.0 < bits * 1.3).then_some(bytes)
        })
    };
    let rich = held(1_200_000.0);
    call.sender.set(POOR);
    until("smaller frame", Duration::from_secs(5), || {
        (call.sender.stats().height == 240).then_some(())
    });
    let poor = held(150_000.0);
    assert!(
        rich > 3.0 * poor,
        "{codec}: {rich:.0} and {poor:.0} bytes a second"
    );
    call.sender.set(RICH);
    until("grown frame", Duration::from_secs(10), || {
        (call.sender.stats().height == 480).then_some(())
    });
}

#[test]
fn the_vp8_rate_follows_the_network_by_size_and_not_by_frame_rate() {
    the_rate_follows(Codec::Vp8);
}

#[test]
fn the_h264_rate_follows_the_network_by_size_and_not_by_frame_rate() {
    the_rate_follows(Codec::H264);
}

#[test]
fn the_first_frame_after_a_pause_fills_no_queue_and_keeps_its_own_time() {
    let _turn = alone();
    let camera = file_camera(hidden());
    // The RTP time of each frame, and its bytes.
    let frames: Arc<Mutex<Vec<(u32, usize)>>> = Arc::default();
    let noted = frames.clone();
    let sender = VideoSender::start(Codec::Vp8, &camera, move |rtp| {
        let time = u32::from_be_bytes([rtp[4], rtp[5], rtp[6], rtp[7]]);
        let mut frames = noted.lock().unwrap();
        match frames.last_mut() {
            Some((last, bytes)) if *last == time => *bytes += rtp.len(),
            _ => frames.push((time, rtp.len())),
        }
    })
    .unwrap();
    let at = |frame_rate| Setting { frame_rate, ..GOOD };
    sender.set(at(30));
    until("90 frames", Duration::from_secs(20), || {
        (sender.stats().encoded >= 90).then_some(())
    });
    sender.set(at(0));
    let (_, rate) = rates(&sender, Duration::from_millis(600));
    assert!(rate < 5.0, "{rate} frames a second in the pause");
    let before = frames.lock().unwrap().clone();
    sender.set(at(30));
    let (time, bytes) = until(
        "the frame after the pause is whole",
        Duration::from_secs(5),
        || {
            let frames = frames.lock().unwrap();
            (frames.len() > before.len() + 1).then(|| frames[before.len()])
        },
    );
    let passed = time.wrapping_sub(before.last().unwrap().0);
    assert!(
        passed > 90 * 500,
        "{passed} ticks of 90 kHz after a pause of 600 ms"
    );
    let mut usual: Vec<usize> = before[30..].iter().map(|(_, bytes)| *bytes).collect();
    usual.sort_unstable();
    // Hands have moved far meanwhile; without the even time it is twenty times as large.
    let middle = usual[usual.len() / 2];
    assert!(bytes < middle * 6, "{bytes} bytes after frames of {usual:?}");
}

fn keyframes_only_on_request(codec: Codec) {
    let _turn = alone();
    let camera = file_camera(hidden());
    let times: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let noted = times.clone();
    let sender = VideoSender::start(codec, &camera, move |rtp| {
        assert!(rtp.len() <= 1172 && rtp[0] >> 6 == 2 && rtp[1] & 0x7f == 96);
        if is_keyframe(codec, &rtp) {
            let mut times = noted.lock().unwrap();
            // The slices of one keyframe count once.
            if times
                .last()
                .is_none_or(|at| at.elapsed() > Duration::from_millis(25))
            {
                times.push(Instant::now());
            }
        }
    })
    .unwrap();
    let count = || times.lock().unwrap().len();
    until("150 frames", Duration::from_secs(30), || {
        (sender.stats().encoded >= 150).then_some(())
    });
    assert_eq!(count(), 1, "the first frame is whole, and none comes unasked");
    let mut latencies = Vec::new();
    for asked in 1..=5 {
        let start = Instant::now();
        sender.keyframe();
        until("keyframe", Duration::from_secs(2), || {
            (count() > asked).then_some(())
        });
        latencies.push(times.lock().unwrap()[asked] - start);
        let encoded = sender.stats().encoded;
        until("12 frames", Duration::from_secs(5), || {
            (sender.stats().encoded >= encoded + 12).then_some(())
        });
        assert_eq!(count(), asked + 1, "one request, one keyframe");
    }
    latencies.sort();
    eprintln!("{codec}: keyframe after {:?} (median of 5)", latencies[2]);
    assert!(latencies[2] < Duration::from_millis(200), "{latencies:?}");
}

#[test]
fn a_vp8_keyframe_comes_when_asked_for_and_never_else() {
    keyframes_only_on_request(Codec::Vp8);
}

#[test]
fn an_h264_keyframe_comes_when_asked_for_and_never_else() {
    keyframes_only_on_request(Codec::H264);
}

/// A camera that comes late pushes the drawing aside in the middle of a call.
fn a_new_source_changes_nothing_for_the_peer(codec: Codec) {
    let _turn = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.y4m");
    let (shown, told) = std::sync::mpsc::channel();
    let camera = Camera::start(&CameraChoice::File(path.clone()), hidden(), move |state| {
        let _ = shown.send(state);
    })
    .unwrap();
    let heard: Arc<Mutex<(usize, Vec<u32>)>> = Arc::default();
    let noted = heard.clone();
    let sender = VideoSender::start(codec, &camera, move |rtp| {
        let (keyframes, times) = &mut *noted.lock().unwrap();
        *keyframes += usize::from(is_keyframe(codec, &rtp));
        times.push(u32::from_be_bytes([rtp[4], rtp[5], rtp[6], rtp[7]]));
    })
    .unwrap();
    let next = || told.recv_timeout(Duration::from_secs(10));
    assert_eq!(next(), Ok(CameraState::Generated));
    until("four seconds of the drawing", Duration::from_secs(20), || {
        (sender.stats().encoded >= 120).then_some(())
    });
    let ready = folder.path().join("ready.y4m");
    picture_code::write_y4m(&ready, 640, 480, 30, 40).unwrap();
    std::fs::rename(&ready, &path).unwrap();
    assert_eq!(next(), Ok(CameraState::File));
    std::thread::sleep(Duration::from_millis(500));
    let before = heard.lock().unwrap().0;
    sender.keyframe();
    until("keyframe of the new source", Duration::from_secs(1), || {
        (heard.lock().unwrap().0 > before).then_some(())
    });
    let times = heard.lock().unwrap().1.clone();
    assert!(
        times
            .windows(2)
            .all(|pair| pair[1].wrapping_sub(pair[0]) < 90_000 * 5),
        "the peer's time never runs back"
    );
}

#[test]
fn a_source_that_takes_over_changes_nothing_for_the_peer_of_a_vp8_call() {
    a_new_source_changes_nothing_for_the_peer(Codec::Vp8);
}

#[test]
fn a_source_that_takes_over_changes_nothing_for_the_peer_of_an_h264_call() {
    a_new_source_changes_nothing_for_the_peer(Codec::H264);
}

/// Three rounds of three seconds, and a little.
fn loops_without_a_gap(file: PathBuf) {
    let _turn = alone();
    let own = FrameSlot::new();
    let _camera = Camera::start(&CameraChoice::File(file), own.clone(), |_| {}).unwrap();
    until("first frame", Duration::from_secs(5), || own.latest());
    let seen = look(&own, Duration::from_millis(9500));
    let codes: Vec<u16> = seen
        .iter()
        .map(|(_, code)| code.expect("every frame is readable").number)
        .collect();
    let rounds = codes.windows(2).filter(|pair| pair[1] < pair[0]).count();
    assert!((2..=4).contains(&rounds), "{rounds} rounds");
    let whole = steps(&codes).iter().map(|step| f64::from(*step)).sum::<f64>();
    let rate = whole / (seen[seen.len() - 1].0 - seen[0].0).as_secs_f64();
    assert!((29.0..31.0).contains(&rate), "{rate:.1} frames a second");
    let edge = seen
        .windows(2)
        .filter(|pair| pair[1].1.unwrap().number < pair[0].1.unwrap().number);
    let gaps: Vec<_> = edge.map(|pair| pair[1].0 - pair[0].0).collect();
    assert!(
        gaps.iter().all(|gap| *gap < Duration::from_millis(150)),
        "{gaps:?}"
    );
}

#[test]
fn an_uncompressed_file_loops_without_a_gap_at_its_own_rate() {
    loops_without_a_gap(clip());
}

/// The numbered clip through an encoder and into a container.
fn packed(folder: &tempfile::TempDir, name: &str, encoder: &str) -> PathBuf {
    use gstreamer::prelude::*;
    zhest::media::init().unwrap();
    let path = folder.path().join(name);
    let (from, to) = (clip(), path.clone());
    let pipeline = gstreamer::parse::launch(&format!(
        "filesrc location={} ! y4mdec ! videoconvert ! {encoder} ! filesink location={}",
        from.display(),
        to.display()
    ))
    .unwrap();
    pipeline.set_state(gstreamer::State::Playing).unwrap();
    let ends = [gstreamer::MessageType::Eos, gstreamer::MessageType::Error];
    let end = pipeline
        .bus()
        .unwrap()
        .timed_pop_filtered(gstreamer::ClockTime::from_seconds(60), &ends);
    pipeline.set_state(gstreamer::State::Null).unwrap();
    assert_eq!(
        end.map(|message| message.type_()),
        Some(gstreamer::MessageType::Eos)
    );
    path
}

#[test]
fn a_matroska_file_loops_without_a_gap_at_its_own_rate() {
    let folder = tempfile::tempdir().unwrap();
    loops_without_a_gap(packed(
        &folder,
        "numbers.mkv",
        "vp8enc deadline=1 target-bitrate=2000000 ! matroskamux",
    ));
}

#[test]
fn an_mp4_file_loops_without_a_gap_at_its_own_rate() {
    let folder = tempfile::tempdir().unwrap();
    loops_without_a_gap(packed(
        &folder,
        "numbers.mp4",
        "x264enc speed-preset=ultrafast bitrate=2000 ! mp4mux",
    ));
}

#[test]
fn without_a_device_a_drawing_is_shown_and_sent() {
    let _turn = alone();
    let own = FrameSlot::new();
    let (shown, told) = std::sync::mpsc::channel();
    let camera = Camera::start(
        &CameraChoice::Device("/dev/video-none".into()),
        own.clone(),
        move |state| {
            let _ = shown.send(state);
        },
    )
    .unwrap();
    let told = told.recv_timeout(Duration::from_secs(5));
    assert_eq!(told, Ok(CameraState::Generated));
    let first = until("drawing", Duration::from_secs(5), || own.latest());
    assert_eq!((first.width, first.height), (640, 480));
    until("movement", Duration::from_secs(5), || {
        own.latest().filter(|frame| frame.rgba != first.rgba)
    });
    let remote = FrameSlot::new();
    let receiver = VideoReceiver::start(Codec::Vp8, remote.clone()).unwrap();
    let _sender = VideoSender::start(Codec::Vp8, &camera, move |packet| {
        drop(receiver.push(packet, Vec::new()));
    })
    .unwrap();
    until("sent drawing", Duration::from_secs(5), || remote.latest());
}

#[test]
fn a_source_that_comes_late_takes_over_and_one_that_breaks_gives_way() {
    let _turn = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.y4m");
    let changes: Arc<Mutex<Vec<CameraState>>> = Arc::default();
    let noted = changes.clone();
    let own = FrameSlot::new();
    std::fs::write(&path, b"this is no video at all").unwrap();
    let _camera = Camera::start(&CameraChoice::File(path.clone()), own.clone(), move |state| {
        noted.lock().unwrap().push(state);
    })
    .unwrap();
    until("drawing", Duration::from_secs(5), || own.latest());
    let told = || changes.lock().unwrap().clone();
    until("word of it", Duration::from_secs(5), || {
        (!told().is_empty()).then_some(())
    });
    assert_eq!(told(), [CameraState::Generated], "garbage is no camera");
    let ready = folder.path().join("ready.y4m");
    picture_code::write_y4m(&ready, 320, 240, 30, 40).unwrap();
    std::fs::rename(&ready, &path).unwrap();
    until("number from the file", Duration::from_secs(20), || {
        own.latest().as_ref().and_then(code_of)
    });
    until("word of the file", Duration::from_secs(5), || {
        (told() == [CameraState::Generated, CameraState::File]).then_some(())
    });
    // Cut in the middle of a frame, as a cable that is pulled.
    std::fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(60)
        .unwrap();
    let all = [CameraState::Generated, CameraState::File, CameraState::Generated];
    until("word of the cut", Duration::from_secs(20), || {
        (told() == all).then_some(())
    });
    let last = own.latest().unwrap().sequence;
    until("moving drawing", Duration::from_secs(5), || {
        own.latest().filter(|frame| frame.sequence > last + 5)
    });
}

#[test]
fn garbage_from_the_network_breaks_nothing() {
    let _turn = alone();
    let call = loopback(Codec::H264, FrameSlot::new());
    until("first picture", Duration::from_secs(10), || call.remote.latest());
    let mut state = 9u64;
    for length in 0..400usize {
        let garbage: Vec<u8> = (0..length * 3)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 56) as u8
            })
            .collect();
        let _ = call.receiver.push(garbage.into(), Vec::new());
    }
    let before = call.receiver.frames();
    until("pictures afterwards", Duration::from_secs(20), || {
        call.sender.keyframe();
        std::thread::sleep(Duration::from_millis(100));
        (call.receiver.frames() > before + 30).then_some(())
    });
    until("a number that is read", Duration::from_secs(5), || {
        call.remote.latest().as_ref().and_then(code_of)
    });
}

#[test]
fn no_thread_stays_behind() {
    let _turn = alone();
    let threads = || std::fs::read_dir("/proc/self/task").unwrap().count();
    let once = || {
        let call = loopback(Codec::Vp8, FrameSlot::new());
        until("first picture", Duration::from_secs(10), || call.remote.latest());
    };
    once();
    let before = threads();
    for _ in 0..20 {
        once();
    }
    // GStreamer keeps a few idle threads for its next pipeline; what must not happen is growth.
    until(
        "return to the threads of the start",
        Duration::from_secs(20),
        || (threads() <= before + 2).then_some(()),
    );
}

/// Processor time of this process, in seconds.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

fn costs(what: &str) -> f64 {
    let (before, start) = (processor_time(), Instant::now());
    std::thread::sleep(Duration::from_secs(8));
    let share = 100.0 * (processor_time() - before) / start.elapsed().as_secs_f64();
    eprintln!("{what}: {share:.1} % of a core");
    share
}

#[test]
#[ignore = "a measurement: run alone, on a machine with nothing else to do"]
fn what_a_call_of_480_lines_at_30_costs() {
    let _turn = alone();
    let own = hidden();
    let camera = Camera::start(&CameraChoice::Generated, own.clone(), |_| {}).unwrap();
    let capture = costs("capture");
    want(&own, 240, 180);
    costs("capture, own picture");
    for codec in [Codec::Vp8, Codec::H264] {
        let remote = hidden();
        let sender = VideoSender::start(codec, &camera, |_| {}).unwrap();
        sender.set(GOOD);
        costs(&format!("capture, own picture, {codec} encoder"));
        drop(sender);
        let receiver = VideoReceiver::start(codec, remote.clone()).unwrap();
        let sender = VideoSender::start(codec, &camera, move |packet| {
            drop(receiver.push(packet, Vec::new()));
        })
        .unwrap();
        sender.set(GOOD);
        costs(&format!("capture, own picture, {codec} encoder and decoder"));
        want(&remote, 960, 720);
        let all = costs(&format!(
            "capture, own picture, {codec} encoder and decoder, 960×720 painted"
        ));
        assert!(capture < all && all < 100.0);
    }
}
