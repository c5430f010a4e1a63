//! What the repository itself keeps: no trace of the machine it was written on, nothing untidy at the top.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Where cargo runs tests. Not its path when this was built: two clones may share a build folder.
const ROOT: &str = ".";

/// Everything that may stand at the top; dotfiles may too.
const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "i18n.toml",
    "src",
    "assets",
    "locales",
    "kiosk-image",
    "tests",
    "README.md",
    "Makefile",
    "LICENSE",
    "CHANGELOG.md",
];

/// Traces of one machine or of where its packages came from; cut in two, so that this file holds none.
const TRACES: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("registry.npm", "js"),
    concat!("files.python", "hosted"),
];

fn tracked() -> Vec<String> {
    let output = Command::new("git")
        .args(["-C", ROOT, "ls-files", "-z"])
        .output()
        .expect("git is installed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names = String::from_utf8(output.stdout).expect("file names are UTF-8");
    names.split_terminator('\0').map(str::to_owned).collect()
}

fn traces_in(text: &str) -> Vec<&'static str> {
    TRACES
        .iter()
        .copied()
        .filter(|trace| text.contains(trace))
        .collect()
}

#[test]
fn nothing_but_the_agreed_stands_at_the_top() {
    let files = tracked();
    assert!(files.iter().any(|file| file == "Cargo.toml"), "{files:?}");
    for file in files {
        let top = file.split('/').next().expect("split gives at least one part");
        assert!(
            TOP.contains(&top) || top.starts_with('.'),
            "{file} does not belong at the top"
        );
    }
}

#[test]
fn no_file_tells_of_one_machine() {
    assert_eq!(traces_in(&format!("see {}notes.md", TRACES[0])), [TRACES[0]]);
    for file in tracked() {
        // Binary files have no words; files that are deleted but not yet committed have nothing.
        let Ok(text) = fs::read_to_string(Path::new(ROOT).join(&file)) else {
            continue;
        };
        assert_eq!(traces_in(&text), Vec::<&str>::new(), "{file}");
    }
}

#[test]
fn the_young_webrtc_crates_are_pinned() {
    let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    for name in ["webrtc", "rtc"] {
        let version = manifest["dependencies"][name]["version"].as_str().unwrap();
        assert!(
            version.starts_with('='),
            "{name} = {version}: its types change between patch versions"
        );
    }
}

#[test]
fn every_story_in_tests_says_what_it_is_about() {
    for file in tracked() {
        let is_test = file
            .strip_prefix("tests/")
            .is_some_and(|name| name.ends_with(".rs"));
        if let (true, Ok(text)) = (is_test, fs::read_to_string(Path::new(ROOT).join(&file))) {
            assert!(text.starts_with("//! "), "{file} opens with //!");
        }
    }
}
