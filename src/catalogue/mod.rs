//! The services of a ЦНАП: what each is for, what to bring, what it costs, how long it takes.
//!
//! The words follow CPSV-AP 3.2.0 (PublicService, Evidence, Cost, Event, LegalResource). Staff write one TOML file a
//! service under `assets/catalogue`; its name is the service's id. Two names are kept for what all share:
//! `events.toml` and `subsistence-minimum.toml`.
//!
//! **Invariant:** one broken file never hides another. [`Catalogue::load`] returns all that could be read and a
//! [`Problem`] for each thing that could not, in words for the staff who wrote it. A [`Catalogue`] shows only facts
//! it was given: what is unknown is [`Amount::Unknown`] or [`Term::Unknown`], never a guess.
//!
//! [`Amount::Unknown`]: model::Amount::Unknown
//! [`Term::Unknown`]: model::Term::Unknown

pub mod model;
pub mod money;

pub mod load;
pub mod review;
mod ukrainian;

pub mod card;
pub mod find;
pub mod words;

use std::collections::BTreeMap;

use crate::id::{EventId, ServiceId};
use load::Problem;
use model::{Event, Service};

/// All services, in the order in which they are shown.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    events: Vec<Event>,
    services: Vec<Service>,
    places: BTreeMap<ServiceId, usize>,
}

#[derive(rust_embed::RustEmbed)]
#[folder = "assets/catalogue"]
struct Embedded;

impl Catalogue {
    /// The catalogue that the program was built with.
    pub fn embedded() -> (Catalogue, Vec<Problem>) {
        let files = Embedded::iter().filter_map(|name| {
            let file = Embedded::get(&name)?;
            Some((
                name.into_owned(),
                String::from_utf8_lossy(&file.data).into_owned(),
            ))
        });
        Catalogue::load(files)
    }

    /// The life events, in the order of `events.toml`.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.events.iter().find(|event| &event.id == id)
    }

    pub fn services(&self) -> &[Service] {
        &self.services
    }

    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.places.get(id).map(|place| &self.services[*place])
    }

    /// The services that belong to a life event, in the order in which they are shown.
    pub fn of_event<'a>(&'a self, event: &'a EventId) -> impl Iterator<Item = &'a Service> {
        self.services
            .iter()
            .filter(move |service| service.events.contains(event))
    }
}

#[cfg(test)]
mod tests;
