//! Parity beside the picture while the line loses: what is lost is back at once, where a repeat takes a round trip.

use bytes::Bytes;
use rtc::rtp::Packet;
use rtc::rtp_transceiver::rtp_sender::RTCRtpParameters;
use rtc::shared::marshal::Marshal as _;
use webrtc::error::Result;

use super::parity;

/// Of the number that every packet gets on its way out, for the browser's reports.
const TRANSPORT_WIDE: &str = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

/// Covers one stream. Packets are left as they are until [`Self::share`] says otherwise.
pub(super) struct Protection {
    /// The id of [`TRANSPORT_WIDE`].
    numbered: Option<u8>,
    /// How many packets share one of parity.
    each: Option<u32>,
    /// The packets of the frame that is going out.
    frame: Vec<Bytes>,
}

impl Protection {
    /// None where the browser did not take RED.
    pub(super) fn of(parameters: &RTCRtpParameters) -> Option<Self> {
        let mut codecs = parameters.codecs.iter();
        codecs.find(|codec| codec.payload_type == parity::RED)?;
        let mut extensions = parameters.header_extensions.iter();
        let numbered = extensions.find(|extension| extension.uri == TRANSPORT_WIDE);
        Some(Self {
            numbered: numbered.and_then(|extension| u8::try_from(extension.id).ok()),
            each: None,
            frame: Vec::new(),
        })
    }

    /// From the next frame on so many packets share one of parity.
    pub(super) fn share(&mut self, each: Option<u32>) {
        self.each = each;
    }

    /// Puts the packet into RED while the line loses; what it gives are the payloads of packets of parity to follow it:
    /// after the last of a frame, because a browser takes what stands between two packets of a frame for a hole in it.
    pub(super) fn cover(&mut self, packet: &mut Packet) -> Result<Vec<Bytes>> {
        if self.each.is_none() && self.frame.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(id) = self.numbered {
            // Parity covers the place; the number is written into it later.
            packet.header.set_extension(id, Bytes::from_static(&[0; 2]))?;
        }
        self.frame.push(packet.marshal()?.freeze());
        packet.payload = parity::wrapped(packet.header.payload_type, &packet.payload);
        packet.header.payload_type = parity::RED;
        if !packet.header.marker {
            return Ok(Vec::new());
        }
        let frame = std::mem::take(&mut self.frame);
        let each = self.each.unwrap_or(u32::MAX) as usize;
        Ok(parity::of_frame(&frame, each)
            .map(|block| parity::wrapped(parity::ULPFEC, &block))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protection(each: Option<u32>) -> Protection {
        Protection {
            numbered: Some(3),
            each,
            frame: Vec::new(),
        }
    }

    fn packet(number: u16, marker: bool) -> Packet {
        let mut packet = Packet::default();
        packet.header.version = 2;
        packet.header.payload_type = 96;
        packet.header.sequence_number = number;
        packet.header.marker = marker;
        packet.payload = vec![number as u8; 100 + usize::from(number)].into();
        packet
    }

    #[test]
    fn on_a_line_that_loses_nothing_packets_are_left_as_they_are() {
        let mut one = packet(1, true);
        assert!(protection(None).cover(&mut one).expect("covered").is_empty());
        assert_eq!(one, packet(1, true));
    }

    #[test]
    fn parity_follows_the_whole_frame_and_ends_with_one() {
        let mut protection = protection(Some(2));
        let mut followed = |number, marker| {
            let mut packet = packet(number, marker);
            protection.cover(&mut packet).expect("covered").len()
        };
        let frames = [(1, false), (2, false), (3, true), (4, true), (5, false)];
        let parities = frames.map(|(number, marker)| followed(number, marker));
        assert_eq!(parities, [0, 0, 2, 1, 0]);
        protection.share(None);
        let mut last = packet(6, true);
        assert_eq!(
            protection.cover(&mut last).expect("covered").len(),
            1,
            "what was begun"
        );
        let mut plain = packet(7, true);
        assert!(protection.cover(&mut plain).expect("covered").is_empty());
        assert_eq!(plain.header.payload_type, 96);
    }

    #[test]
    fn the_number_that_is_written_on_the_way_out_has_its_place_in_what_parity_covers() {
        let mut protection = protection(Some(3));
        let mut sent = Vec::new();
        let mut parities = Vec::new();
        for number in 1..=3 {
            let mut packet = packet(number, number == 3);
            parities = protection.cover(&mut packet).expect("covered");
            let id = protection.numbered.expect("negotiated");
            let (block, payload) = parity::content(packet.header.payload_type, &packet.payload);
            let mut plain = packet.clone();
            (plain.header.payload_type, plain.payload) = (block, Bytes::copy_from_slice(payload));
            sent.push(plain.marshal().expect("whole").freeze());
            // As the chain behind does it: nothing moves.
            let length = packet.header.marshal().expect("whole").len();
            packet
                .header
                .set_extension(id, Bytes::from_static(&[7, 7]))
                .expect("there is room");
            assert_eq!(packet.header.marshal().expect("whole").len(), length);
        }
        let (block, content) = parity::content(parity::RED, &parities[0]);
        assert_eq!((block, parities.len()), (parity::ULPFEC, 1));
        let back = parity::tests::brought_back(content, &[sent[0].clone(), sent[2].clone()]);
        let back = back.expect("one was lost");
        assert_eq!((&back[..8], &back[12..]), (&sent[1][..8], &sent[1][12..]));
    }
}
