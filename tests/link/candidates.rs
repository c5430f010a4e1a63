//! ICE candidates (RFC 8839 §5.1) and descriptions (RFC 8866) with other addresses in them.
//!
//! **Invariant:** what comes out names no address to send to that `map` did not give. Only candidates that the emulator
//! can stand for are kept: UDP, of type host, on IPv4 loopback. TCP, mDNS names, STUN and TURN addresses and other
//! networks go.

use std::net::{Ipv4Addr, SocketAddrV4};

use zhest::protocol::{Candidate, Description, Signal};

/// One candidate line, with or without `a=` before it. None if it must not be passed on, or is no candidate at all.
pub fn rewrite(line: &str, map: &mut impl FnMut(SocketAddrV4) -> SocketAddrV4) -> Option<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let [
        foundation,
        component,
        transport,
        priority,
        address,
        port,
        "typ",
        "host",
        extensions @ ..,
    ] = words.as_slice()
    else {
        return None;
    };
    let token = foundation
        .strip_prefix("a=")
        .unwrap_or(foundation)
        .strip_prefix("candidate:")?;
    // A second line in one candidate would pass unread.
    let sound = !line.contains(char::is_control)
        && (1..=32).contains(&token.len())
        && component.parse::<u8>().is_ok_and(|component| component > 0)
        && transport.eq_ignore_ascii_case("udp")
        && priority.parse::<u32>().is_ok_and(|priority| priority > 0)
        // Host candidates have no related address; one that is there would tell what shall not be known.
        && !extensions.iter().any(|word| matches!(*word, "raddr" | "rport"));
    let address: Ipv4Addr = address.parse().ok()?;
    let port: u16 = port.parse().ok()?;
    if !sound || !address.is_loopback() || port == 0 {
        return None;
    }
    let alias = map(SocketAddrV4::new(address, port));
    let mut rewritten = words.clone();
    let (address, port) = (alias.ip().to_string(), alias.port().to_string());
    (rewritten[4], rewritten[5]) = (&address, &port);
    Some(rewritten.join(" "))
}

/// The candidates of a whole description. Its default addresses (`c=`, the ports of `m=`, `a=rtcp`) become those of a
/// description without candidates, RFC 8829 §5.2.1; everything else stays to the letter.
pub fn rewrite_sdp(sdp: &str, map: &mut impl FnMut(SocketAddrV4) -> SocketAddrV4) -> String {
    sdp.split_inclusive('\n')
        .filter_map(|whole| {
            let line = whole.trim_end_matches(['\r', '\n']);
            let end = &whole[line.len()..];
            let line = match line.as_bytes() {
                [b'c', b'=', ..] => "c=IN IP4 0.0.0.0".to_owned(),
                [b'm', b'=', ..] => without_port(line)?,
                _ if line.starts_with("a=rtcp:") => "a=rtcp:9 IN IP4 0.0.0.0".to_owned(),
                _ if line.starts_with("a=candidate:") => rewrite(line, map)?,
                _ => return Some(whole.to_owned()),
            };
            Some(line + end)
        })
        .collect()
}

/// `m=video 50123 …` with the port 9; the port 0 means that the section is off, and stays.
fn without_port(line: &str) -> Option<String> {
    let mut words = line.splitn(3, ' ');
    let (media, port, rest) = (words.next()?, words.next()?, words.next()?);
    let port = if port == "0" { "0" } else { "9" };
    Some(format!("{media} {port} {rest}"))
}

/// What one leg says to another. None if nothing of it may be passed on.
pub fn rewrite_signal(signal: Signal, map: &mut impl FnMut(SocketAddrV4) -> SocketAddrV4) -> Option<Signal> {
    Some(match signal {
        Signal::Description { description } => Signal::Description {
            description: match description {
                Description::Offer(sdp) => Description::Offer(rewrite_sdp(&sdp, map)),
                Description::Answer(sdp) => Description::Answer(rewrite_sdp(&sdp, map)),
            },
        },
        // The end of candidates (RFC 8838 §13) names no address.
        Signal::Candidate { candidate } if candidate.candidate.is_empty() => Signal::Candidate { candidate },
        Signal::Candidate { candidate } => Signal::Candidate {
            candidate: Candidate {
                candidate: rewrite(&candidate.candidate, map)?,
                ..candidate
            },
        },
    })
}
