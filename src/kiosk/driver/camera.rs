//! When the camera runs. Every way to open it leads through here.

use std::sync::Arc;

use super::{Camera, Driver, Update};
use crate::call::Purpose;
use crate::media::camera::{self, CameraState};

impl Driver {
    /// The camera runs while a screen shows it or a conversation needs it, and never else: not during a hold.
    fn wants_camera(&self) -> bool {
        let needed = match self.peer.as_ref().map(|talking| talking.purpose) {
            Some(Purpose::Talk) => true,
            Some(Purpose::Hold) => false,
            Some(Purpose::Ring) | None => self.wanted,
        };
        needed && !self.writes_only
    }

    pub(super) fn mind_camera(&mut self) {
        if self.wants_camera() {
            self.open_camera();
        } else if self.camera.take().is_some() {
            self.pictures.own.clear();
            self.tell(Update::Camera(Camera::Off));
        }
    }

    pub(super) fn open_camera(&mut self) -> Option<Arc<camera::Camera>> {
        if let Some(camera) = &self.camera {
            return Some(camera.clone());
        }
        let changed = self.camera_events.clone();
        let own = self.pictures.own.clone();
        let started = camera::Camera::start(&self.settings.camera, own, move |state| {
            // Nobody listens any more when the program ends.
            let _ = changed.send(state);
        });
        match started {
            Ok(camera) => {
                let camera = Arc::new(camera);
                self.camera = Some(camera.clone());
                Some(camera)
            }
            Err(error) => {
                tracing::error!(%error, "no camera and no drawing either");
                None
            }
        }
    }
}

impl From<CameraState> for Camera {
    fn from(state: CameraState) -> Self {
        match state {
            CameraState::Device => Camera::Device,
            CameraState::File => Camera::File,
            CameraState::Generated => Camera::Generated,
        }
    }
}
