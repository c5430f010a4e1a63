//! What is on paper: the still that both look at, and the sheets of the printer.

use super::{Driver, Update};
use crate::kiosk::desk::Desk;
use crate::kiosk::paper::Sheet;
use crate::kiosk::peer::document::Order;
use crate::kiosk::printer;
use crate::media::error::MediaError;

impl Driver {
    /// The camera is asked beside the loop: it takes a second or two.
    pub(super) fn take_still(&mut self, number: u32) {
        if !self.on_desk(|desk| desk.take(number)) {
            return;
        }
        let Some(camera) = self.camera.clone().filter(|_| self.peer.is_some()) else {
            return self.on_desk(|desk| desk.taken(number, Err(MediaError::NoStill)));
        };
        let (shots, still) = (self.shots.clone(), camera.still());
        tokio::task::spawn_blocking(move || {
            // Nobody listens any more when the program ends.
            let _ = shots.send((number, still()));
        });
    }

    /// Does something with the still, and tells the screen if that changed it.
    pub(super) fn on_desk<T>(&mut self, act: impl FnOnce(&mut Desk) -> T) -> T {
        let before = self.desk.paper().clone();
        let done = act(&mut self.desk);
        if *self.desk.paper() != before {
            self.tell(Update::Paper {
                number: self.desk.number(),
                paper: self.desk.paper().clone(),
            });
        }
        done
    }

    pub(super) fn document(&self, order: Option<Order>) {
        if let (Some(talking), Some(order)) = (&self.peer, order) {
            talking.peer.document(order);
        }
    }

    pub(super) fn print(&self, number: u32, sheet: Sheet) {
        let (printer, updates) = (self.settings.printer.clone(), self.updates.clone());
        tokio::spawn(async move {
            let Some(printer) = printer else {
                return;
            };
            let printed = printer::print(&printer, sheet, printer::PATIENCE).await;
            if let Err(error) = &printed {
                tracing::warn!(%error, "printing");
            }
            // A screen that is gone needs no telling.
            let _ = updates.send(Update::Printed {
                number,
                well: printed.is_ok(),
            });
        });
    }
}
