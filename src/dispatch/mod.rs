//! Which interpreter is offered which call, without I/O.
//!
//! **Invariants**, held by the property tests beside this file:
//! - an interpreter has one live call (offered or active) at most, and a kiosk has one call at most;
//! - a call is never lost and never doubled: it waits, rings, is talked in, or is over;
//! - `requested_at` never changes, so whoever goes back to the queue goes back to their place in it;
//! - an epoch only grows.
//!
//! Place in the flow: the relay keeps a [`World`](world::World), asks [`plan`](plan::plan) what is due and lets people
//! wish; both give a [`Change`](world::Change), which the store commits by compare-and-set on the call's epoch and
//! only then [`adopt`](world::World::adopt)s. Times are [`UnixMs`](time::UnixMs) and passed in.

pub mod time;

pub mod call;
pub mod interpreter;
pub mod policy;

pub mod world;

pub mod estimate;
pub mod plan;
pub mod wish;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod stories;
