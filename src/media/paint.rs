//! From a decoded or captured picture to the exact pixels a screen asked for.
//!
//! Scaling happens plane by plane in YUV, where there is least to move, and colours are converted afterwards at
//! the final size. The screen never scales: a software renderer takes ten times as long for it.

use bytes::Bytes;
use gstreamer as gst;
use gstreamer_app as gst_app;
use gstreamer_video as gst_video;

use super::frame::{FrameSlot, Want, fit};

/// Whether left and right change places, as in a mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    AsSeen,
    Mirrored,
}

/// Puts samples of raw video into a slot.
pub struct Painter {
    slot: FrameSlot,
    side: Side,
    route: Option<Route>,
}

/// The end of a chain: paints what arrives as soon as it arrives.
pub fn sink(mut painter: Painter) -> gst_app::AppSink {
    let sink = gst_app::AppSink::builder()
        .sync(false)
        .async_(false)
        .max_buffers(1)
        .drop(true)
        .build();
    sink.set_callbacks(
        gst_app::AppSinkCallbacks::builder()
            .new_sample(move |sink| {
                let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                painter.paint(&sample)?;
                Ok(gst::FlowSuccess::Ok)
            })
            .build(),
    );
    sink
}

/// The converters for one pair of sizes.
struct Route {
    caps: gst::Caps,
    source: gst_video::VideoInfo,
    size: (u32, u32),
    scale: Option<Step>,
    colour: Step,
}

struct Step {
    converter: gst_video::VideoConverter,
    to: gst_video::VideoInfo,
}

impl Painter {
    pub fn new(slot: FrameSlot, side: Side) -> Self {
        Self {
            slot,
            side,
            route: None,
        }
    }

    /// Paints one sample, if anybody wants to see it.
    pub(super) fn paint(&mut self, sample: &gst::Sample) -> Result<(), gst::FlowError> {
        let (Some(buffer), Some(caps)) = (sample.buffer(), sample.caps()) else {
            return Err(gst::FlowError::Error);
        };
        let want = self.slot.wanted();
        if want == Want::Nothing {
            return Ok(());
        }
        let side = self.side;
        let route = self.route(caps, want).ok_or(gst::FlowError::NotNegotiated)?;
        let (width, height) = route.size;
        let source = gst_video::VideoFrameRef::from_buffer_ref_readable(buffer, &route.source)
            .map_err(|_| gst::FlowError::Error)?;
        let mut picture = match &route.scale {
            None => route.colour.run(&source)?,
            Some(scale) => {
                let scaled = scale.run(&source)?;
                let scaled = gst_video::VideoFrameRef::from_buffer_ref_readable(&scaled, &scale.to)
                    .map_err(|_| gst::FlowError::Error)?;
                route.colour.run(&scaled)?
            }
        };
        if side == Side::Mirrored {
            let pixels = picture.get_mut().expect("nobody else has the new picture");
            let mut pixels = pixels.map_writable().map_err(|_| gst::FlowError::Error)?;
            for row in pixels.as_mut_slice().chunks_exact_mut(width as usize * 4) {
                row.as_chunks_mut::<4>().0.reverse();
            }
        }
        let pixels = picture
            .into_mapped_buffer_readable()
            .map_err(|_| gst::FlowError::Error)?;
        self.slot.put(width, height, Bytes::from_owner(pixels));
        Ok(())
    }

    fn route(&mut self, caps: &gst::CapsRef, want: Want) -> Option<&Route> {
        let current = self
            .route
            .take()
            .filter(|route| route.caps.as_ref() == caps && route.size == wanted_size(&route.source, want));
        self.route = match current {
            Some(route) => Some(route),
            None => Some(Route::new(caps, want)?),
        };
        self.route.as_ref()
    }
}

fn wanted_size(source: &gst_video::VideoInfo, want: Want) -> (u32, u32) {
    match want {
        Want::Fit { width, height } => {
            // Pixels that are not square (analogue cameras) are made square here.
            let shape = source.par();
            let wide = u64::from(source.width()) * u64::from(shape.numer().max(1).unsigned_abs());
            let wide = wide / u64::from(shape.denom().max(1).unsigned_abs());
            fit(wide as u32, source.height(), (width, height))
        }
        Want::Native | Want::Nothing => (source.width(), source.height()),
    }
}

impl Route {
    fn new(caps: &gst::CapsRef, want: Want) -> Option<Self> {
        let source = gst_video::VideoInfo::from_caps(caps).ok()?;
        let (width, height) = wanted_size(&source, want);
        let same_size = (width, height) == (source.width(), source.height());
        let scaled = gst_video::VideoInfo::builder(source.format(), width, height)
            .colorimetry(&source.colorimetry())
            .fps(source.fps())
            .build()
            .ok()?;
        let scale = if same_size {
            None
        } else {
            Some(Step::new(&source, scaled.clone())?)
        };
        let from = if same_size { &source } else { &scaled };
        let rgba = gst_video::VideoInfo::builder(gst_video::VideoFormat::Rgba, width, height)
            .fps(source.fps())
            .build()
            .ok()?;
        let colour = Step::new(from, rgba)?;
        Some(Self {
            caps: caps.to_owned(),
            source,
            size: (width, height),
            scale,
            colour,
        })
    }
}

impl Step {
    fn new(from: &gst_video::VideoInfo, to: gst_video::VideoInfo) -> Option<Self> {
        let mut config = gst_video::VideoConverterConfig::new();
        config.set_resampler_method(gst_video::VideoResamplerMethod::Linear);
        config.set_chroma_mode(gst_video::VideoChromaMode::None);
        config.set_dither_method(gst_video::VideoDitherMethod::None);
        let converter = gst_video::VideoConverter::new(from, &to, Some(config)).ok()?;
        Some(Self { converter, to })
    }

    fn run(&self, from: &gst_video::VideoFrameRef<&gst::BufferRef>) -> Result<gst::Buffer, gst::FlowError> {
        let mut buffer = gst::Buffer::with_size(self.to.size()).map_err(|_| gst::FlowError::Error)?;
        let pixels = buffer.get_mut().expect("nobody else has the new buffer");
        let mut frame = gst_video::VideoFrameRef::from_buffer_ref_writable(pixels, &self.to)
            .map_err(|_| gst::FlowError::Error)?;
        self.converter.frame_ref(from, &mut frame);
        drop(frame);
        Ok(buffer)
    }
}
