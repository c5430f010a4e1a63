//! What both cameras see: real signing where clips of it lie beside the project, else a drawn figure whose arms move.
//! Each frame carries its number.

use std::io::Write;
use std::path::{Path, PathBuf};

use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;

use crate::picture_code;
use crate::sharpness::{HEIGHT, WIDTH};

/// Frames of 640×480, planes Y, U, V without padding, 30 a second.
pub struct Signing {
    pub is_real: bool,
    frames: Vec<Vec<u8>>,
}

impl Signing {
    /// So many frames.
    pub fn of(frames: u16) -> Self {
        let wanted = usize::from(frames);
        let real = clips(wanted);
        let is_real = real.len() == wanted;
        let frames = if is_real {
            real
        } else {
            (0..wanted).map(|number| figure(number, wanted)).collect()
        };
        Self { is_real, frames }
    }

    /// The luma that a camera with the numbers from `first` on shows, frame by frame.
    pub fn numbered(&self, first: u16) -> impl Iterator<Item = Vec<u8>> + '_ {
        self.frames.iter().zip(first..).map(|(frame, number)| {
            let mut frame = frame.clone();
            picture_code::stamp(&mut frame, WIDTH, HEIGHT, number);
            frame
        })
    }

    /// Writes a camera's file.
    pub fn write(&self, path: &Path, first: u16) {
        let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("the folder is writable"));
        writeln!(file, "YUV4MPEG2 W{WIDTH} H{HEIGHT} F30:1 Ip A1:1 C420jpeg")
            .expect("there is room for a video");
        for frame in self.numbered(first) {
            file.write_all(b"FRAME\n").expect("there is room for a video");
            file.write_all(&frame).expect("there is room for a video");
        }
    }
}

/// The first frames of all clips, one after the other.
fn clips(wanted: usize) -> Vec<Vec<u8>> {
    let folder = Path::new("../shared/clips");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "mkv"));
    files.sort();
    let mut frames = Vec::new();
    for file in files {
        frames.extend(frames_of(&file));
        if frames.len() >= wanted {
            break;
        }
    }
    frames.truncate(wanted);
    frames
}

fn frames_of(file: &Path) -> Vec<Vec<u8>> {
    gst::init().expect("GStreamer starts");
    let chain = format!(
        "filesrc location={} ! decodebin ! videoconvertscale ! video/x-raw,format=I420,width={WIDTH},height={HEIGHT} \
         ! appsink name=frames sync=false",
        file.display()
    );
    let pipeline = gst::parse::launch(&chain).expect("the elements are there");
    let pipeline = pipeline
        .downcast::<gst::Pipeline>()
        .expect("a chain is a pipeline");
    let sink = pipeline.by_name("frames").expect("the chain ends in it");
    let sink = sink.downcast::<gst_app::AppSink>().expect("an appsink");
    pipeline.set_state(gst::State::Playing).expect("the clip plays");
    let mut frames = Vec::new();
    while let Ok(sample) = sink.pull_sample() {
        let buffer = sample.buffer().expect("a sample has a frame");
        frames.push(buffer.map_readable().expect("it is readable").to_vec());
    }
    pipeline.set_state(gst::State::Null).expect("the clip ends");
    frames
}

/// Head, body and two hands that circle, before a wall with a camera's slight noise.
fn figure(number: usize, of: usize) -> Vec<u8> {
    let mut picture = vec![128u8; WIDTH * HEIGHT * 3 / 2];
    let turn = number as f64 / of as f64 * std::f64::consts::TAU;
    let hand = |side: f64, speed: f64| {
        let (x, y) = ((turn * speed).cos(), (turn * speed * 1.5).sin());
        (320.0 + side * (90.0 + 60.0 * x), 200.0 + 70.0 * y)
    };
    let discs = [
        (320.0, 330.0, 150.0, 70),
        (320.0, 90.0, 55.0, 170),
        (hand(-1.0, 5.0).0, hand(-1.0, 5.0).1, 28.0, 180),
        (hand(1.0, 4.0).0, hand(1.0, 4.0).1, 28.0, 180),
    ];
    let mut noise = (number as u32).wrapping_mul(2_654_435_761) | 1;
    for (y, row) in picture[..WIDTH * HEIGHT].chunks_exact_mut(WIDTH).enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            let inside = discs.iter().rev().find(|(cx, cy, radius, _)| {
                (x as f64 - cx).powi(2) + (y as f64 - cy).powi(2) < radius * radius
            });
            // Cloth and skin are not flat either.
            let ground = inside.map_or(110 + (x / 40 % 2) * 12, |(.., light)| {
                light + (x / 6 + y / 9) % 3 * 6
            });
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            *pixel = (ground as u8).saturating_add((noise >> 30) as u8);
        }
    }
    picture
}
