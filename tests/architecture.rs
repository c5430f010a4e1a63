//! The import law of `src/lib.rs`, held: who may know whom, and what the cores must do without.
//!
//! Every path in the sources is read, in `use` lines and in code, brace groups and `super` resolved. Clocks, chance
//! and I/O that come as methods are the business of `.clippy.toml`.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Which modules of ours a module may name. In the reading order of `src/lib.rs`.
const LAW: &[(&str, &[&str])] = &[
    ("id", &[]),
    ("protocol", &["id"]),
    ("catalogue", &["id"]),
    ("clip", &["id"]),
    ("locale", &[]),
    ("text", &[]),
    ("document", &[]),
    ("framing", &[]),
    ("call", &["protocol", "id"]),
    ("bandwidth", &[]),
    ("dispatch", &["protocol", "id"]),
    (
        "kiosk",
        &[
            "call",
            "bandwidth",
            "media",
            "catalogue",
            "clip",
            "text",
            "document",
            "framing",
            "protocol",
            "id",
            "locale",
        ],
    ),
    ("media", &[]),
    (
        "relay",
        &["dispatch", "catalogue", "clip", "protocol", "id", "locale"],
    ),
];

/// What some files must do without: (files, a path that they may not name, why).
const BANS: &[(Where, &str, &str)] = &[
    (Where::Cores, "tokio", "a core is driven, it does not run"),
    (Where::Cores, "rand", "chance is passed in"),
    (Where::Cores, "std::fs", "a core does no I/O"),
    (Where::Cores, "std::net", "a core does no I/O"),
    (Where::Cores, "std::process", "a core does no I/O"),
    (Where::Cores, "std::env", "a core does no I/O"),
    (Where::Cores, "std::thread", "a core has no threads"),
    (Where::Cores, "std::time::Instant", "time is passed in"),
    (Where::Cores, "std::time::SystemTime", "time is passed in"),
    (
        Where::Under("media"),
        "iced",
        "pictures reach the screen through a slot",
    ),
    (Where::Under("kiosk/screen"), "crate::kiosk::link", SCREEN),
    (Where::Under("kiosk/screen"), "crate::kiosk::peer", SCREEN),
    (Where::Under("kiosk/screen"), "tokio", SCREEN),
    (Where::Under("kiosk/screen"), "gstreamer", SCREEN),
    (
        Where::AllBut(&["kiosk/peer"]),
        "webrtc",
        "kiosk::peer is the only user of the webrtc crate",
    ),
    (
        Where::AllBut(&["kiosk/peer"]),
        "rtc",
        "kiosk::peer is the only user of the webrtc crate",
    ),
    (
        Where::AllBut(&["bin"]),
        "anyhow",
        "an error says what to do; only programs may shrug",
    ),
];

const SCREEN: &str = "a screen knows the call's view, words, theme and widgets";

/// Modules that touch the world. All others are cores.
const EDGES: &[&str] = &["bin", "kiosk", "media", "relay"];

enum Where {
    Cores,
    Under(&'static str),
    AllBut(&'static [&'static str]),
}

impl Where {
    /// `module` is the file's place below `src`: `kiosk/screen/home`.
    fn covers(&self, module: &[String]) -> bool {
        let under = |folder: &str| {
            let mut parts = module.iter();
            folder
                .split('/')
                .all(|part| parts.next().is_some_and(|own| own == part))
        };
        match self {
            Where::Cores => !EDGES.iter().any(|edge| under(edge)),
            Where::Under(folder) => under(folder),
            Where::AllBut(folders) => !folders.iter().any(|folder| under(folder)),
        }
    }
}

/// Everything wrong with one file; `file` is its path below `src`.
fn violations(file: &str, source: &str) -> Vec<String> {
    let module = module_of(file);
    let mut found = Vec::new();
    if !source.starts_with("//! ") {
        found.push(format!("{file}: a module opens with //! and says why it exists"));
    }
    let tokens: TokenStream = match source.parse() {
        Ok(tokens) => tokens,
        Err(error) => return vec![format!("{file}: {error}")],
    };
    let mut paths = Vec::new();
    read_paths(tokens, &module, &[], &mut paths);

    for path in paths {
        let own = module.first().map_or("lib", String::as_str);
        if path[0] == "crate" && own != "bin" && own != "lib" {
            let target = path[1].as_str();
            let allowed = LAW
                .iter()
                .find(|(name, _)| *name == own)
                .map(|(_, allowed)| *allowed);
            let Some(allowed) = allowed else {
                found.push(format!("{file}: the law has no line for {own}"));
                break;
            };
            if target != own && !allowed.contains(&target) {
                found.push(format!("{file}: {own} must not know {}", path.join("::")));
            }
        }
        for (place, banned, why) in BANS {
            let mut parts = path.iter();
            let named = banned
                .split("::")
                .all(|part| parts.next().is_some_and(|own| own == part));
            if named && place.covers(&module) {
                found.push(format!("{file}: {} is banned here: {why}", path.join("::")));
            }
        }
        // A whole module brought in under another name would pass the bans above.
        let whole = matches!(path.last().map(String::as_str), Some("*" | "self")) || path.len() == 2;
        if path[0] == "std" && path[1] == "time" && whole && Where::Cores.covers(&module) {
            found.push(format!("{file}: name what you need of std::time"));
        }
    }
    found.dedup();
    found
}

/// `kiosk/screen/home.rs` → kiosk, screen, home; `kiosk/mod.rs` → kiosk; `lib.rs` → the root.
fn module_of(file: &str) -> Vec<String> {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let mut parts: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

/// All paths of at least two parts, from the crate's root or an external crate on.
fn read_paths(tokens: TokenStream, module: &[String], prefix: &[String], paths: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let joins = |at: usize| {
        let colon =
            |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == ':');
        colon(tokens.get(at)) && colon(tokens.get(at + 1))
    };
    let mut at = 0;
    while at < tokens.len() {
        let word = match &tokens[at] {
            TokenTree::Ident(word) => word.to_string(),
            TokenTree::Group(group) => {
                read_paths(group.stream(), module, prefix, paths);
                at += 1;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        // `mod tests { … }` is a level of its own for `super`.
        if word == "mod"
            && let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                (tokens.get(at + 1), tokens.get(at + 2))
            && body.delimiter() == Delimiter::Brace
        {
            let inner: Vec<String> = module.iter().cloned().chain([name.to_string()]).collect();
            read_paths(body.stream(), &inner, prefix, paths);
            at += 3;
            continue;
        }
        let imports = word == "use" && prefix.is_empty();
        let mut path = prefix.to_vec();
        path.push(word);
        at += 1;
        let mut nested = false;
        while joins(at) {
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(word)) => path.push(word.to_string()),
                Some(TokenTree::Punct(star)) if star.as_char() == '*' => path.push("*".to_owned()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    read_paths(group.stream(), module, &path, paths);
                    nested = true;
                }
                // A turbofish or a qualified path ends what can be read.
                _ => break,
            }
            at += 3;
        }
        if imports && let Some(TokenTree::Ident(name)) = tokens.get(at) {
            // `use rand as dice;`: an import of one word.
            let single = !joins(at + 1);
            if single {
                paths.push(vec![name.to_string(), "self".to_owned()]);
            }
        }
        if path.len() > 1 && !nested {
            paths.push(absolute(path, module));
        }
    }
}

/// Resolves `self` and `super`, and takes `zhest` for the crate's own name.
fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let mut base = module.to_vec();
    let mut rest = path.as_slice();
    match rest[0].as_str() {
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|part| part == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        "zhest" => {
            base.clear();
            rest = &rest[1..];
        }
        _ => return path,
    }
    let crate_ = ["crate".to_owned()];
    let mut whole: Vec<String> = crate_
        .into_iter()
        .chain(base)
        .chain(rest.iter().cloned())
        .collect();
    if whole.len() == 1 {
        whole.push("*".to_owned());
    }
    whole
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the source tree is readable") {
        let path = entry.expect("the source tree is readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let name = path.strip_prefix(root()).expect("found below the root");
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            found.push((name.to_string_lossy().into_owned(), text));
        }
    }
}

fn root() -> &'static Path {
    Path::new("src")
}

#[test]
fn every_source_keeps_the_import_law() {
    let mut files = Vec::new();
    sources(root(), &mut files);
    assert!(files.len() > 10, "found only {files:?}");
    let found: Vec<String> = files
        .iter()
        .flat_map(|(file, text)| violations(file, text))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_module_of_the_library_has_a_line_in_the_law_and_in_the_map() {
    let library = fs::read_to_string(root().join("lib.rs")).unwrap();
    let modules: Vec<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert!(!modules.is_empty());
    let mut lawful: Vec<&str> = LAW.iter().map(|(name, _)| *name).collect();
    for module in &modules {
        assert!(lawful.contains(module), "the law has no line for {module}");
        let row = library
            .lines()
            .any(|line| line.starts_with("//! |") && line.contains(&format!("`{module}`")));
        assert!(row, "the map in src/lib.rs has no row for {module}");
    }
    lawful.retain(|name| !modules.contains(name));
    assert!(
        lawful.is_empty(),
        "the law has lines for what is gone: {lawful:?}"
    );
}

#[test]
fn planted_violations_are_caught() {
    for (file, line) in [
        ("call/mod.rs", "use crate::dispatch::plan;"),
        ("call/mod.rs", "use super::dispatch::plan;"),
        ("call/talk.rs", "use super::super::dispatch;"),
        (
            "call/talk.rs",
            "mod tests { use super::super::super::relay::app; }",
        ),
        ("dispatch/mod.rs", "use crate::{call::view::View, id::CallId};"),
        (
            "dispatch/mod.rs",
            "fn late() -> bool { crate::kiosk::config::LATE }",
        ),
        ("text.rs", "use crate::id::CallId;"),
        ("text.rs", "use crate::*;"),
        ("locale.rs", "pub use zhest::protocol::Topic;"),
        ("protocol.rs", "use crate::catalogue::Catalogue;"),
        ("kiosk/mod.rs", "use crate::dispatch::World;"),
        ("relay/http.rs", "use crate::kiosk::driver::Command;"),
        ("media/frame.rs", "use crate::protocol::Topic;"),
        ("media/frame.rs", "use iced::widget::image;"),
        ("media/frame.rs", "use rtc::rtp::Packet;"),
        (
            "kiosk/screen/call.rs",
            "use webrtc::peer_connection::PeerConnection;",
        ),
        ("kiosk/link.rs", "use webrtc::peer_connection::PeerConnection;"),
        ("kiosk/screen/call.rs", "use crate::kiosk::{link::Link, theme};"),
        ("kiosk/screen/call.rs", "use super::super::peer;"),
        ("kiosk/screen/call.rs", "fn f() { tokio::spawn(async {}); }"),
        ("call/mod.rs", "use std::time::{Duration, Instant};"),
        ("call/mod.rs", "use std::time;"),
        ("call/mod.rs", "use std::time::*;"),
        ("call/mod.rs", "use std::{fs, time::Duration};"),
        (
            "dispatch/mod.rs",
            "fn now() { println!(\"{:?}\", std::time::SystemTime::now()); }",
        ),
        ("dispatch/mod.rs", "use rand as dice;"),
        ("catalogue/load.rs", "use std::net::TcpStream;"),
        ("catalogue/load.rs", "use std::thread;"),
        ("relay/http.rs", "use anyhow::Context as _;"),
        ("radio/mod.rs", "use crate::id::CallId;"),
    ] {
        let source = format!("//! Planted.\n\n{line}\n");
        assert_eq!(violations(file, &source).len(), 1, "{file}: {line}");
    }
    assert_eq!(
        violations("text.rs", "use std::fmt;\n").len(),
        1,
        "a module without its reason"
    );
}

#[test]
fn what_the_law_allows_is_left_alone() {
    for (file, line) in [
        (
            "call/mod.rs",
            "use std::time::Duration;\nuse crate::{id::{CallId, Leg}, protocol::At};",
        ),
        (
            "call/talk.rs",
            "use super::view::View;\nmod tests { use super::*; use super::super::Call; }",
        ),
        (
            "catalogue/load.rs",
            "// use crate::kiosk;\nconst WORDS: &str = \"use std::fs; tokio::spawn\";",
        ),
        (
            "catalogue/load.rs",
            "/// See [`std::fs::read`].\npub(crate) fn read() {}",
        ),
        (
            "kiosk/driver.rs",
            "use crate::{call::Call, media::frame::Pictures, text::Edit};\nuse std::time::Instant;",
        ),
        (
            "kiosk/peer/mod.rs",
            "use webrtc::peer_connection::PeerConnection;\nuse rtc::rtp::Packet;",
        ),
        (
            "kiosk/screen/call.rs",
            "use crate::call::view::View;\nuse super::super::{theme, widget};",
        ),
        (
            "relay/http.rs",
            "use crate::{dispatch::plan, locale, protocol};\nuse tokio::net::TcpListener;",
        ),
        (
            "bin/zhest-relay.rs",
            "use anyhow::Result;\nuse zhest::relay::app;",
        ),
    ] {
        let source = format!("//! Lawful.\n\n{line}\n");
        assert_eq!(violations(file, &source), Vec::<String>::new(), "{file}: {line}");
    }
}
