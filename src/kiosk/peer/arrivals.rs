//! Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01) as a list of arrivals, and back. Pure.

use rtc::rtcp::transport_feedbacks::transport_layer_cc::{
    PacketStatusChunk, RecvDelta, StatusChunkTypeTcc, StatusVectorChunk, SymbolSizeTypeTcc, SymbolTypeTcc,
    TransportLayerCc,
};

/// Of a reference time, in microseconds.
const REFERENCE: i64 = 64_000;
/// Of an arrival, in microseconds.
const TICK: i64 = 250;
/// Symbols of two bits that a chunk holds.
const CHUNK: usize = 7;

/// When each packet of the feedback came, in the order of their numbers, in microseconds on the receiver's clock; none
/// for those that did not.
pub(super) fn of(feedback: &TransportLayerCc) -> Vec<Option<i64>> {
    let symbols = feedback.packet_chunks.iter().flat_map(|chunk| match chunk {
        PacketStatusChunk::RunLengthChunk(run) => {
            vec![run.packet_status_symbol; usize::from(run.run_length)]
        }
        PacketStatusChunk::StatusVectorChunk(vector) => vector.symbol_list.clone(),
    });
    let mut deltas = feedback.recv_deltas.iter();
    let mut at = i64::from(feedback.reference_time) * REFERENCE;
    symbols
        .take(usize::from(feedback.packet_status_count))
        .map(|symbol| match symbol {
            SymbolTypeTcc::PacketReceivedSmallDelta | SymbolTypeTcc::PacketReceivedLargeDelta => {
                at += deltas.next()?.delta;
                Some(at)
            }
            SymbolTypeTcc::PacketNotReceived | SymbolTypeTcc::PacketReceivedWithoutDelta => None,
        })
        .collect()
}

/// The same feedback, silent about what did not come: a piece for each run of packets that did.
pub(super) fn without_losses(feedback: &TransportLayerCc) -> Vec<TransportLayerCc> {
    let arrivals = of(feedback);
    let mut pieces = Vec::new();
    let mut start = 0;
    for run in arrivals.split(Option::is_none) {
        if !run.is_empty() {
            pieces.push(piece(feedback, start, run));
        }
        start += run.len() + 1;
    }
    pieces
}

/// `run` begins at so many packets behind the feedback's first, and all of it came.
fn piece(feedback: &TransportLayerCc, start: usize, run: &[Option<i64>]) -> TransportLayerCc {
    let first = run.iter().flatten().next().copied().unwrap_or_default();
    let reference = first.div_euclid(REFERENCE);
    let mut at = reference * REFERENCE;
    let recv_deltas: Vec<RecvDelta> = run
        .iter()
        .flatten()
        .map(|arrival| {
            let delta = arrival - at;
            at = *arrival;
            let is_small = (0..=i64::from(u8::MAX)).contains(&(delta / TICK));
            RecvDelta {
                type_tcc_packet: if is_small {
                    SymbolTypeTcc::PacketReceivedSmallDelta
                } else {
                    SymbolTypeTcc::PacketReceivedLargeDelta
                },
                delta,
            }
        })
        .collect();
    let chunk = |deltas: &[RecvDelta]| {
        PacketStatusChunk::StatusVectorChunk(StatusVectorChunk {
            type_tcc: StatusChunkTypeTcc::StatusVectorChunk,
            symbol_size: SymbolSizeTypeTcc::TwoBit,
            symbol_list: deltas.iter().map(|delta| delta.type_tcc_packet).collect(),
        })
    };
    TransportLayerCc {
        base_sequence_number: feedback.base_sequence_number.wrapping_add(start as u16),
        packet_status_count: run.len() as u16,
        // Of 24 bits.
        reference_time: reference as u32 & 0xff_ffff,
        packet_chunks: recv_deltas.chunks(CHUNK).map(chunk).collect(),
        recv_deltas,
        ..feedback.clone()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rtc::rtcp::transport_feedbacks::transport_layer_cc::RunLengthChunk;
    use rtc::shared::marshal::{Marshal, Unmarshal};

    use super::*;

    fn feedback(count: usize) -> TransportLayerCc {
        TransportLayerCc {
            base_sequence_number: 65_530,
            packet_status_count: u16::try_from(count).expect("a few packets"),
            reference_time: 7,
            ..Default::default()
        }
    }

    #[test]
    fn runs_and_vectors_are_read_with_their_times() {
        let received = SymbolTypeTcc::PacketReceivedSmallDelta;
        let delta = |delta| RecvDelta {
            type_tcc_packet: received,
            delta,
        };
        let feedback = TransportLayerCc {
            packet_chunks: vec![
                PacketStatusChunk::RunLengthChunk(RunLengthChunk {
                    packet_status_symbol: SymbolTypeTcc::PacketNotReceived,
                    run_length: 2,
                    ..Default::default()
                }),
                PacketStatusChunk::StatusVectorChunk(StatusVectorChunk {
                    type_tcc: StatusChunkTypeTcc::StatusVectorChunk,
                    symbol_size: SymbolSizeTypeTcc::OneBit,
                    symbol_list: vec![received, SymbolTypeTcc::PacketNotReceived, received, received],
                }),
            ],
            recv_deltas: vec![delta(1000), delta(500), delta(250)],
            ..feedback(5)
        };
        let start = 7 * REFERENCE;
        let expected = [None, None, Some(start + 1000), None, Some(start + 1500)];
        assert_eq!(of(&feedback), expected);
    }

    proptest! {
        #[test]
        fn of_what_came_everything_is_told_and_of_the_rest_nothing(ways in proptest::collection::vec(
            proptest::option::weighted(0.8, -30i64..300), 1..400,
        )) {
            let mut at = 7 * REFERENCE;
            let arrivals: Vec<Option<i64>> = ways
                .into_iter()
                .map(|way| {
                    at += way? * TICK;
                    Some(at)
                })
                .collect();
            let start = feedback(arrivals.len());
            let whole = written(&start, &arrivals);
            prop_assert_eq!(&of(&whole), &arrivals);

            let mut told = vec![None; arrivals.len()];
            for piece in without_losses(&whole) {
                let bytes = piece.marshal().expect("it has a form");
                let read = TransportLayerCc::unmarshal(&mut bytes.as_ref()).expect("it is whole");
                let first = usize::from(read.base_sequence_number.wrapping_sub(start.base_sequence_number));
                for (at, arrival) in of(&read).into_iter().enumerate() {
                    prop_assert!(arrival.is_some());
                    told[first + at] = arrival;
                }
            }
            prop_assert_eq!(told, arrivals);
        }
    }

    /// As the library writes it, losses included.
    fn written(start: &TransportLayerCc, arrivals: &[Option<i64>]) -> TransportLayerCc {
        let came: Vec<Option<i64>> = arrivals.iter().copied().filter(Option::is_some).collect();
        let piece = piece(start, 0, &came);
        let deltas = piece.recv_deltas;
        let mut symbols = deltas.iter().map(|delta| delta.type_tcc_packet);
        let mut symbol = |arrival: &Option<i64>| {
            let came = arrival.and_then(|_| symbols.next());
            came.unwrap_or(SymbolTypeTcc::PacketNotReceived)
        };
        let symbols: Vec<SymbolTypeTcc> = arrivals.iter().map(&mut symbol).collect();
        let chunk = |symbols: &[SymbolTypeTcc]| {
            PacketStatusChunk::StatusVectorChunk(StatusVectorChunk {
                type_tcc: StatusChunkTypeTcc::StatusVectorChunk,
                symbol_size: SymbolSizeTypeTcc::TwoBit,
                symbol_list: symbols.to_vec(),
            })
        };
        TransportLayerCc {
            packet_chunks: symbols.chunks(CHUNK).map(chunk).collect(),
            recv_deltas: deltas,
            reference_time: piece.reference_time,
            ..start.clone()
        }
    }
}
