//! Data channels.

use std::sync::Arc;

use webrtc::data_channel::{DataChannel, DataChannelEvent, RTCDataChannelInit};
use webrtc::error::{Error, Result};
use webrtc::peer_connection::PeerConnection;

/// Ordered and reliable, under a protocol that is its label too.
pub(super) async fn open(connection: &dyn PeerConnection, name: &str) -> Result<Arc<dyn DataChannel>> {
    let options = RTCDataChannelInit {
        ordered: true,
        protocol: name.to_owned(),
        ..Default::default()
    };
    connection.create_data_channel(name, Some(options)).await
}

/// The channel's next event; never, once it is closed: pictures may outlive it.
pub(super) async fn next(channel: &dyn DataChannel) -> DataChannelEvent {
    match channel.poll().await {
        Some(event) => event,
        None => std::future::pending().await,
    }
}

/// The kind of an error without its text, which may hold addresses.
pub(super) fn kind(error: &Error) -> String {
    let text = format!("{error:?}");
    text.split(['(', ' ', '{']).next().unwrap_or_default().to_owned()
}
