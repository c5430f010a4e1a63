//! The bad network of the benchmarks is what it says: its model in virtual time, addresses in candidates, real
//! sockets, and signalling that leads both sides to it.
#![cfg(all(feature = "kiosk", feature = "relay"))]

mod link;

#[path = "link_emulator/candidates.rs"]
mod candidates;
#[path = "link_emulator/ice.rs"]
mod ice;
#[path = "link_emulator/model.rs"]
mod model;
#[path = "link_emulator/signalling.rs"]
mod signalling;
#[path = "link_emulator/sockets.rs"]
mod sockets;
