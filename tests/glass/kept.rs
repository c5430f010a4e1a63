//! Small pictures of the screens, kept in `tests/pictures`: a screen that looks otherwise than its picture was either
//! broken or redrawn, and who redrew it looks at both and runs `make pictures`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// So many pixels of the glass are one of the picture, across and down.
const SMALLER: usize = 12;
/// Of 255: what the rounding of another processor may change.
const SAME: u8 = 6;

/// All that are kept, and what is found wrong with them.
pub struct Kept {
    folder: PathBuf,
    /// Those that were not compared yet.
    left: BTreeSet<String>,
    renews: bool,
    wrong: Vec<String>,
}

struct Small {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Kept {
    /// With `ZHEST_PICTURES=renew` what is drawn takes the place of what was kept.
    pub fn open() -> Self {
        let folder = PathBuf::from("tests/pictures");
        let renews = std::env::var_os("ZHEST_PICTURES").is_some_and(|word| word == "renew");
        if renews {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("the clone is writable");
        }
        let files = fs::read_dir(&folder).into_iter().flatten();
        let names = files.map(|file| file.expect("the folder is read").file_name());
        Self {
            left: names.map(|name| name.to_string_lossy().into_owned()).collect(),
            folder,
            renews,
            wrong: Vec::new(),
        }
    }

    /// `drawn` is a PNG of the whole glass.
    pub fn compare(&mut self, name: &str, drawn: &Path) {
        let name = format!("{name}.png");
        let kept = self.folder.join(&name);
        let small = Small::of(read(drawn));
        if self.renews {
            small.write(&kept);
        } else if !self.left.remove(&name) {
            self.wrong.push(format!("{name} is not kept"));
        } else if let Some(differs) = small.differs(&read(&kept)) {
            self.wrong.push(format!("{name} looks otherwise: {differs}"));
        }
    }

    /// Panics when a screen looks otherwise, has no picture, or a picture has no screen.
    pub fn close(mut self) {
        let left = self.left.into_iter();
        self.wrong
            .extend(left.map(|name| format!("{name} is of no screen")));
        assert!(
            self.wrong.is_empty(),
            "\n{}\nLook at them (`make shots`); `make pictures` keeps the new ones.\n",
            self.wrong.join("\n")
        );
    }
}

fn read(file: &Path) -> Small {
    let reader = BufReader::new(File::open(file).expect("the picture is there"));
    let mut reader = png::Decoder::new(reader).read_info().expect("it is a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("it is small enough")];
    let info = reader.next_frame(&mut bytes).expect("it is whole");
    let (width, height) = (info.width as usize, info.height as usize);
    let channels = info.color_type.samples();
    let pixels = bytes.chunks_exact(channels).take(width * height);
    let rgb = pixels.flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Small { width, height, rgb }
}

impl Small {
    /// Each pixel is the mean of those it stands for.
    fn of(whole: Small) -> Small {
        let (width, height) = (whole.width / SMALLER, whole.height / SMALLER);
        let mean = |x: usize, y: usize, channel: usize| {
            let rows = y * SMALLER..(y + 1) * SMALLER;
            let sum: usize = rows
                .map(|row| {
                    let columns = x * SMALLER..(x + 1) * SMALLER;
                    let value = |column| usize::from(whole.rgb[(row * whole.width + column) * 3 + channel]);
                    columns.map(value).sum::<usize>()
                })
                .sum();
            (sum / (SMALLER * SMALLER)) as u8
        };
        let mut rgb = Vec::with_capacity(width * height * 3);
        for y in 0..height {
            for x in 0..width {
                rgb.extend((0..3).map(|channel| mean(x, y, channel)));
            }
        }
        Small { width, height, rgb }
    }

    fn write(&self, file: &Path) {
        let file = BufWriter::new(File::create(file).expect("the folder is writable"));
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().expect("the folder is writable");
        writer
            .write_image_data(&self.rgb)
            .expect("the folder is writable");
    }

    fn differs(&self, kept: &Small) -> Option<String> {
        if (self.width, self.height) != (kept.width, kept.height) {
            return Some("its size".to_owned());
        }
        let pixels = self.rgb.chunks(3).zip(kept.rgb.chunks(3));
        let other = pixels
            .enumerate()
            .filter(|(_, (new, old))| new.iter().zip(*old).any(|(new, old)| new.abs_diff(*old) > SAME));
        let places: Vec<usize> = other.map(|(place, _)| place).collect();
        let first = *places.first()?;
        let (x, y) = (first % self.width * SMALLER, first / self.width * SMALLER);
        Some(format!("{} of its pixels, first at {x}, {y}", places.len()))
    }
}
