//! The `document` channel: a still goes out in pieces beside the living pictures, which get so much less meanwhile.

use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use webrtc::data_channel::{DataChannel, DataChannelEvent};

use super::Event;
use super::channel::{kind, next};
use super::congestion::Estimate;
use crate::document::{CHUNK, Message, Transfer, parse, wipe};
use crate::id::Round;

/// Of the estimate, a still takes one part in this many. It stands still, so the hands beside it have not to suffer.
const SHARE: u32 = 2;

/// What the owner asks for.
#[derive(Debug)]
pub enum Order {
    /// In place of one that is still under way.
    Send(Transfer),
    Wipe,
}

/// Serves the channel until the connection is gone.
pub(super) async fn serve(
    channel: Arc<dyn DataChannel>,
    mut orders: mpsc::UnboundedReceiver<Order>,
    estimate: Estimate,
    round: Round,
    events: mpsc::Sender<(Round, Event)>,
) {
    let mut open = false;
    let mut underway: Option<Transfer> = None;
    let mut due = Instant::now();
    loop {
        let share = match underway {
            Some(_) if open => estimate.bits_per_second() / SHARE,
            _ => 0,
        };
        estimate.lend_to_paper(share);
        tokio::select! {
            order = orders.recv() => match order {
                None => return,
                Some(Order::Send(transfer)) => underway = Some(transfer),
                Some(Order::Wipe) => {
                    underway = None;
                    if open {
                        say(&*channel, wipe()).await;
                    }
                }
            },
            event = next(&*channel) => match event {
                DataChannelEvent::OnOpen => open = true,
                DataChannelEvent::OnMessage(message) => {
                    if let Some(said) = parse(&message.data) {
                        let _ = events.send((round, Event::Document(said))).await;
                    }
                }
                DataChannelEvent::OnClose => {
                    open = false;
                    underway = None;
                }
                _ => {}
            },
            () = sleep_until(due), if open && underway.is_some() => {
                match underway.as_mut().and_then(Iterator::next) {
                    Some(message) => say(&*channel, message).await,
                    None => underway = None,
                }
                due = Instant::now() + pause(share);
            }
        }
    }
}

/// Between two pieces, so that they take their share and no more.
fn pause(share: u32) -> Duration {
    Duration::from_secs_f64((CHUNK * 8) as f64 / f64::from(share.max(1)))
}

/// Pictures may outlive the channel.
async fn say(channel: &dyn DataChannel, message: Message) {
    let said = match message {
        Message::Said(words) => channel.send_text(&words).await,
        Message::Chunk(bytes) => channel.send(BytesMut::from(bytes)).await,
    };
    if let Err(error) = said {
        tracing::warn!(kind = kind(&error), "the document cannot be sent");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_takes_a_few_seconds_and_half_of_the_road() {
        let page = 400 * 1024;
        let seconds = pause(2_000_000 / SHARE).as_secs_f64() * (page / CHUNK) as f64;
        assert!((3.0..3.6).contains(&seconds), "{seconds}");
    }
}
