//! Candidates and descriptions with the emulator's addresses in them.

use std::net::{Ipv4Addr, SocketAddrV4};

use proptest::prelude::*;
use zhest::protocol::{Candidate, Signal};

use crate::link::candidates::{rewrite, rewrite_sdp, rewrite_signal};

/// Stands for every address; the port tells for which.
fn alias(real: SocketAddrV4) -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::new(127, 0, 0, 77), real.port() ^ 1)
}

fn rewritten(line: &str) -> Option<String> {
    rewrite(line, &mut alias)
}

#[test]
fn a_browsers_loopback_candidate_becomes_the_emulators() {
    let line =
        "candidate:2214350107 1 udp 2122194687 127.0.0.1 50124 typ host generation 0 ufrag Zq5j network-id 2";
    let expected = "candidate:2214350107 1 udp 2122194687 127.0.0.77 50125 typ host generation 0 ufrag Zq5j network-id 2";
    assert_eq!(rewritten(line).as_deref(), Some(expected));
    assert_eq!(rewritten(&format!("a={line}")), Some(format!("a={expected}")));
}

#[test]
fn what_would_pass_beside_the_emulator_is_dropped() {
    for line in [
        // TCP, another network, IPv6, a name for mDNS, what STUN and TURN tell.
        "candidate:1 1 tcp 1518214911 127.0.0.1 9 typ host tcptype active",
        "candidate:1 1 udp 2122260223 192.168.1.5 50123 typ host",
        "candidate:1 1 udp 2122194687 ::1 50123 typ host",
        "candidate:1 1 udp 2122260223 0f1c4e52-8d0f-4b0e-9b4e-2f7a0c6b8f11.local 50123 typ host",
        "candidate:1 1 udp 1686052607 203.0.113.7 50123 typ srflx raddr 127.0.0.1 rport 50123",
        "candidate:1 1 udp 1686052607 127.0.0.1 50123 typ srflx raddr 127.0.0.1 rport 50123",
        "candidate:1 1 udp 41885695 203.0.113.7 50123 typ relay raddr 127.0.0.1 rport 50123",
        // A host candidate that tells of another address, or brings a second line.
        "candidate:1 1 udp 2122194687 127.0.0.1 50123 typ host raddr 10.0.0.1 rport 50123",
        "candidate:1 1 udp 2122194687 127.0.0.1 50123 typ host generation 0\r\na=candidate:2 1 udp 1 10.0.0.1 5 typ host",
        // No candidates.
        "",
        "candidate:",
        "candidate:1 1 udp 2122194687 127.0.0.1 0 typ host",
        "candidate:1 1 udp 2122194687 127.0.0.1 65536 typ host",
        "candidate:1 0 udp 2122194687 127.0.0.1 50123 typ host",
        "candidate:1 1 udp 2122194687 127.0.0.1 50123",
        "1 1 udp 2122194687 127.0.0.1 50123 typ host",
    ] {
        assert_eq!(rewritten(line), None, "{line}");
    }
}

#[test]
fn a_description_keeps_everything_but_addresses() {
    let told = "v=0\r\n\
        o=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n\
        s=-\r\n\
        t=0 0\r\n\
        a=group:BUNDLE 0 1\r\n\
        m=video 50123 UDP/TLS/RTP/SAVPF 96 97\r\n\
        c=IN IP4 192.168.1.5\r\n\
        a=rtcp:50123 IN IP4 192.168.1.5\r\n\
        a=candidate:1 1 udp 2122260223 192.168.1.5 50123 typ host generation 0\r\n\
        a=candidate:2 1 UDP 2122194687 127.0.0.1 50124 typ host generation 0\r\n\
        a=end-of-candidates\r\n\
        a=rtcp-mux\r\n\
        m=audio 0 UDP/TLS/RTP/SAVPF 111\r\n\
        c=IN IP4 0.0.0.0\r\n";
    let expected = "v=0\r\n\
        o=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n\
        s=-\r\n\
        t=0 0\r\n\
        a=group:BUNDLE 0 1\r\n\
        m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n\
        c=IN IP4 0.0.0.0\r\n\
        a=rtcp:9 IN IP4 0.0.0.0\r\n\
        a=candidate:2 1 UDP 2122194687 127.0.0.77 50125 typ host generation 0\r\n\
        a=end-of-candidates\r\n\
        a=rtcp-mux\r\n\
        m=audio 0 UDP/TLS/RTP/SAVPF 111\r\n\
        c=IN IP4 0.0.0.0\r\n";
    assert_eq!(rewrite_sdp(told, &mut alias), expected);
}

#[test]
fn the_end_of_candidates_is_passed_on() {
    let end = Signal::Candidate {
        candidate: Candidate {
            candidate: String::new(),
            sdp_mid: Some("0".to_owned()),
            sdp_m_line_index: None,
        },
    };
    assert_eq!(rewrite_signal(end.clone(), &mut alias), Some(end));
}

/// A sound candidate with some of its words replaced.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("candidate:842163049".to_owned()),
        Just("typ".to_owned()),
        Just("host".to_owned()),
        Just("raddr".to_owned()),
        Just("127.0.0.1".to_owned()),
        Just("10.0.0.1".to_owned()),
        Just("1\r\na=candidate:2".to_owned()),
        "[ -~]{0,6}",
        any::<u32>().prop_map(|number| number.to_string()),
    ];
    let sound = "a=candidate:1 1 udp 7 127.0.0.1 50123 typ host generation 0";
    let replaced = prop::collection::vec((0usize..10, word), 0..3);
    replaced.prop_map(move |replaced| {
        let mut words: Vec<String> = sound.split(' ').map(str::to_owned).collect();
        for (place, word) in replaced {
            words[place] = word;
        }
        words.join(" ")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic_and_led_to_the_emulator_or_dropped(text in prop_oneof![any::<String>(), words()]) {
        if let Some(line) = rewritten(&text) {
            prop_assert!(line.contains(" 127.0.0.77 "), "{}", line);
        }
        let sdp = rewrite_sdp(&text, &mut alias);
        for line in sdp.lines().filter(|line| line.starts_with("a=candidate:")) {
            prop_assert!(line.contains(" 127.0.0.77 "), "{}", line);
        }
    }

    #[test]
    fn a_sound_candidate_changes_in_address_and_port_alone(
        foundation in "[A-Za-z0-9+/]{1,32}",
        component in 1u8..=255,
        priority in 1u32..,
        host in any::<[u8; 3]>(),
        port in 1u16..,
        extensions in "( [a-z-]{1,8} [A-Za-z0-9]{1,8}){0,4}",
    ) {
        prop_assume!(!extensions.contains("raddr") && !extensions.contains("rport"));
        let [b, c, d] = host;
        let real = SocketAddrV4::new(Ipv4Addr::new(127, b, c, d), port);
        let line = |at: SocketAddrV4| {
            let (address, port) = (at.ip(), at.port());
            format!("candidate:{foundation} {component} udp {priority} {address} {port} typ host{extensions}")
        };
        let mut asked = Vec::new();
        let result = rewrite(&line(real), &mut |real| {
            asked.push(real);
            alias(real)
        });
        prop_assert_eq!(result, Some(line(alias(real))));
        prop_assert_eq!(asked, [real]);
    }
}
