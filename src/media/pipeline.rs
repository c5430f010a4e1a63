//! What every chain shares: an owner that stops it, its bus without a main loop, and short ways to build it.

use gst::glib;
use gst::prelude::*;
use gstreamer as gst;

use super::error::MediaError;

/// A pipeline that goes to `Null` when its owner lets go of it.
#[derive(Debug)]
pub struct Running {
    pub pipeline: gst::Pipeline,
    chain: &'static str,
}

impl Running {
    pub fn new(chain: &'static str) -> Self {
        Self {
            pipeline: gst::Pipeline::with_name(chain),
            chain,
        }
    }

    /// Adds the elements and links them one to the next.
    pub fn chain(&self, elements: &[&gst::Element]) -> Result<(), MediaError> {
        self.pipeline
            .add_many(elements)
            .map_err(|error| self.error(error))?;
        gst::Element::link_many(elements).map_err(|error| self.error(error))
    }

    /// Every message of the bus goes to `listener`, on the thread that posted it; nothing piles up.
    pub fn listen(&self, listener: impl Fn(&gst::Message) + Send + Sync + 'static) {
        let bus = self.pipeline.bus().expect("a pipeline has a bus");
        bus.set_sync_handler(move |_, message| {
            listener(message);
            gst::BusSyncReply::Drop
        });
    }

    pub fn play(&self) -> Result<(), MediaError> {
        self.pipeline
            .set_state(gst::State::Playing)
            .map(|_| ())
            .map_err(|error| self.error(error))
    }

    /// When this returns no thread of the chain runs any more.
    pub fn stop(&self) {
        // Stopping can only fail on a broken element, and then there is nothing left to stop.
        let _ = self.pipeline.set_state(gst::State::Null);
    }

    pub fn error(&self, reason: impl ToString) -> MediaError {
        MediaError::Pipeline {
            chain: self.chain,
            reason: reason.to_string(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
        if let Some(bus) = self.pipeline.bus() {
            bus.unset_sync_handler();
        }
    }
}

/// An element by its factory's name.
pub fn element(factory: &'static str) -> Result<gst::Element, MediaError> {
    gst::ElementFactory::make(factory)
        .build()
        .map_err(|_| MediaError::Missing {
            element: factory,
            package: package_of(factory),
        })
}

fn package_of(factory: &str) -> &'static str {
    match factory {
        "x264enc" => "gstreamer1.0-plugins-ugly",
        "avdec_h264" | "avdec_mjpeg" => "gstreamer1.0-libav",
        "openh264enc" | "openh264dec" | "h264parse" => "gstreamer1.0-plugins-bad",
        _ => "gstreamer1.0-plugins-good or -base",
    }
}

/// Sets properties from their text form where the element has them: encoders of one kind differ in small things.
pub fn set(element: &gst::Element, properties: &[(&str, &str)]) {
    for (name, value) in properties {
        let Some(property) = element.find_property(name) else {
            continue;
        };
        // A value that this version's enumeration or range does not know leaves the default in place.
        if glib::Value::deserialize_with_pspec(value, &property).is_ok() {
            element.set_property_from_str(name, value);
        }
    }
}

/// The sentence of an error message, without file paths of the machine it was compiled on.
pub fn sentence(error: &gst::message::Error) -> String {
    match error.src() {
        Some(source) => format!("{}: {}", source.name(), error.error()),
        None => error.error().to_string(),
    }
}
