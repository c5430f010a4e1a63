//! The server: devices, queue, signalling, the interpreters' pages. Pictures and sound never come here.
//!
//! **Invariant:** nothing is told to anybody before the store has committed it.
//!
//! A socket ([`socket`]) turns frames into events of the one task that owns the connected world
//! ([`switchboard`]); that task asks [`crate::dispatch`], commits to the [`store`] and tells those concerned. Pages and
//! their files are plain HTTP ([`web`]). The listener, the store and the shutdown signal are passed to [`server`].

pub mod config;

pub mod secret;
pub mod store;

pub mod clips;
pub mod hours;
pub mod ice;
pub mod switchboard;

mod bucket;
pub mod socket;
pub mod web;

pub mod connection;
pub mod log;

pub mod command;
pub mod demo;
pub mod opening;
pub mod server;
pub mod tls;
