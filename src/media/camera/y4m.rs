//! Reads YUV4MPEG2 files, the uncompressed video that tests and Chromium's fake camera speak, in an endless loop.
//!
//! Only 4:2:0 with eight bits; anything else is left to GStreamer. Frames are numbered on through all rounds, so that
//! the loop has no seam.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use gstreamer as gst;

/// The longest header line that is believed, in bytes.
const LONGEST_LINE: u64 = 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    width: usize,
    height: usize,
    /// Frames a second, as a fraction.
    rate: (i32, i32),
}

pub struct Y4m {
    file: BufReader<File>,
    shape: Shape,
    /// Where the first frame begins.
    start: u64,
    number: u64,
}

impl Y4m {
    /// `None`: not such a file.
    pub fn open(path: &Path) -> io::Result<Option<Self>> {
        let mut file = BufReader::new(File::open(path)?);
        let Some(shape) = parse(&line(&mut file)?) else {
            return Ok(None);
        };
        let start = file.stream_position()?;
        Ok(Some(Self {
            file,
            shape,
            start,
            number: 0,
        }))
    }

    pub fn caps(&self) -> gst::Caps {
        gst::Caps::builder("video/x-raw")
            .field("format", "I420")
            .field("width", self.shape.width as i32)
            .field("height", self.shape.height as i32)
            .field(
                "framerate",
                gst::Fraction::new(self.shape.rate.0, self.shape.rate.1),
            )
            .build()
    }

    /// The next frame with its time; after the last one comes the first.
    pub fn next_frame(&mut self) -> io::Result<gst::Buffer> {
        let picture = match self.picture()? {
            Some(picture) => picture,
            None => {
                self.file.seek(SeekFrom::Start(self.start))?;
                self.picture()?.ok_or(io::ErrorKind::UnexpectedEof)?
            }
        };
        let (frames, seconds) = (self.shape.rate.0 as u64, self.shape.rate.1 as u64);
        let at = |number: u64| gst::ClockTime::from_nseconds(number * seconds * 1_000_000_000 / frames);
        let mut buffer = gst::Buffer::from_slice(picture);
        let info = buffer.get_mut().expect("nobody else has the new buffer");
        info.set_pts(at(self.number));
        info.set_duration(at(self.number + 1) - at(self.number));
        self.number += 1;
        Ok(buffer)
    }

    /// One picture's planes, none at the end of the file. GStreamer pads rows to four bytes, the file does not.
    fn picture(&mut self) -> io::Result<Option<Vec<u8>>> {
        let header = line(&mut self.file)?;
        if header.is_empty() {
            return Ok(None);
        }
        if !header.starts_with(b"FRAME") {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let Shape { width, height, .. } = self.shape;
        let luma = (
            width,
            width.next_multiple_of(4),
            height.next_multiple_of(2),
            height,
        );
        let (chroma_w, chroma_h) = (width.div_ceil(2), height.div_ceil(2));
        let chroma = (chroma_w, chroma_w.next_multiple_of(4), chroma_h, chroma_h);
        let mut picture = vec![0; luma.1 * luma.2 + 2 * chroma.1 * chroma.2];
        let mut rest = &mut picture[..];
        for (row, stride, rows, filled) in [luma, chroma, chroma] {
            let (plane, after) = rest.split_at_mut(stride * rows);
            if row == stride && rows == filled {
                self.file.read_exact(plane)?;
            } else {
                for line in plane.chunks_exact_mut(stride).take(filled) {
                    self.file.read_exact(&mut line[..row])?;
                }
            }
            rest = after;
        }
        Ok(Some(picture))
    }
}

fn line(file: &mut BufReader<File>) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    file.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    Ok(line)
}

/// The first line: `YUV4MPEG2 W640 H480 F30:1 …`.
fn parse(header: &[u8]) -> Option<Shape> {
    let mut words = std::str::from_utf8(header).ok()?.split_ascii_whitespace();
    if words.next()? != "YUV4MPEG2" {
        return None;
    }
    let mut shape = Shape {
        width: 0,
        height: 0,
        rate: (30, 1),
    };
    for word in words {
        let (kind, value) = word.split_at_checked(1)?;
        match kind {
            "W" => shape.width = value.parse().ok()?,
            "H" => shape.height = value.parse().ok()?,
            "F" => {
                let (frames, seconds) = value.split_once(':')?;
                shape.rate = (frames.parse().ok()?, seconds.parse().ok()?);
            }
            "C" if !matches!(value, "420" | "420jpeg" | "420mpeg2" | "420paldv") => return None,
            _ => {}
        }
    }
    let fits = (16..=4096).contains(&shape.width) && (16..=4096).contains(&shape.height);
    (fits && shape.rate.0 > 0 && shape.rate.1 > 0).then_some(shape)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn headers_are_read_and_foreign_ones_refused() {
        let shape = parse(b"YUV4MPEG2 W640 H480 F30000:1001 Ip A1:1 C420jpeg XNOTE").unwrap();
        assert_eq!(
            (shape.width, shape.height, shape.rate),
            (640, 480, (30_000, 1001))
        );
        for foreign in [
            &b""[..],
            b"RIFF",
            b"YUV4MPEG2 W640",
            b"YUV4MPEG2 W64 H64 C444",
            b"YUV4MPEG2 W64 H64 F0:0",
        ] {
            assert_eq!(parse(foreign), None);
        }
    }

    #[test]
    fn the_loop_numbers_its_frames_on_and_odd_sizes_are_padded() {
        gst::init().unwrap();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"YUV4MPEG2 W18 H17 F25:1\n").unwrap();
        for value in [7u8, 9] {
            file.write_all(b"FRAME\n").unwrap();
            file.write_all(&vec![value; 18 * 17 + 2 * 9 * 9]).unwrap();
        }
        file.flush().unwrap();
        let mut video = Y4m::open(file.path()).unwrap().unwrap();
        for (number, value) in [7u8, 9, 7, 9, 7].into_iter().enumerate() {
            let frame = video.next_frame().unwrap();
            assert_eq!(
                frame.pts(),
                Some(gst::ClockTime::from_mseconds(number as u64 * 40))
            );
            assert_eq!(frame.size(), 20 * 18 + 2 * 12 * 9);
            assert_eq!(frame.map_readable().unwrap()[0], value);
        }
        file.as_file().set_len(60).unwrap();
        assert!(
            (0..3).any(|_| video.next_frame().is_err()),
            "a file cut short says so"
        );
    }
}
