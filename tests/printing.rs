//! Paper through CUPS, whose programs are played by scripts here: no printer of the world prints for a test.
//!
//! The programs are found by `PATH`, so each story runs its print in a process of its own.
#![cfg(feature = "kiosk")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use zhest::kiosk::paper::{Line, Sheet};
use zhest::kiosk::printer;

const TAKES: &str = r#"echo "$@" > "$0.heard"; cat > "$0.pdf"; echo "request id is Canon-7 (0 file(s))""#;
/// The sheet is out when it is asked for the second time.
const PRINTS: &str = r#"echo "$@" >> "$0.heard"
[ $(wc -l < "$0.heard") -ge 2 ] || echo "Canon-7  kiosk  1024  now""#;

/// What a print comes to with these programs in place of those of CUPS.
fn printed(folder: &Path, programs: &[(&str, &str)]) -> String {
    for (name, script) in programs {
        let file = folder.join(name);
        fs::write(&file, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let print = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_print", "--ignored", "--nocapture"])
        .env("PATH", folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&print.stdout).into_owned();
    let outcome = said.split("outcome: ").nth(1).unwrap_or_else(|| panic!("{said}"));
    outcome.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
#[ignore = "run by the stories of this file"]
async fn one_print() {
    let sheet = Sheet {
        lines: vec![
            Line::Title("Прописка".to_owned()),
            Line::Tick("Паспорт".to_owned()),
        ],
        address: "https://relay.example/take/a".to_owned(),
    };
    let outcome = printer::print("Canon", sheet, Duration::from_millis(1200)).await;
    let outcome = outcome.map_or_else(|error| error.to_string(), |()| "printed".to_owned());
    // The test harness has begun the line.
    println!("\noutcome: {outcome}");
}

#[test]
fn a_sheet_goes_to_the_printer_as_a_document_and_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(printed(folder, &[("lp", TAKES), ("lpstat", PRINTS)]), "printed");
    assert_eq!(
        fs::read_to_string(folder.join("lp.heard")).unwrap().trim(),
        "-d Canon"
    );
    assert!(fs::read(folder.join("lp.pdf")).unwrap().starts_with(b"%PDF-"));
    let asked = fs::read_to_string(folder.join("lpstat.heard")).unwrap();
    assert_eq!(asked, "-o Canon\n-o Canon\n");
}

#[test]
fn a_printer_that_does_not_exist_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let refuses = "cat > /dev/null; echo 'lp: The printer or class does not exist.' >&2; exit 1";
    let told = printed(folder.path(), &[("lp", refuses)]);
    assert!(
        told.starts_with("CUPS refuses: lp: The printer or class does not exist."),
        "{told}"
    );
}

#[test]
fn a_sheet_that_does_not_come_out_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let programs = [
        ("lp", TAKES),
        ("lpstat", "echo 'Canon-7  kiosk  1024  now'"),
        ("cancel", r#"echo "$@" > "$0.heard""#),
    ];
    let told = printed(folder, &programs);
    assert!(told.starts_with("the sheet did not come out"), "{told}");
    assert_eq!(
        fs::read_to_string(folder.join("cancel.heard")).unwrap().trim(),
        "Canon-7"
    );
}

#[test]
fn without_cups_it_is_said_what_to_install() {
    let folder = tempfile::tempdir().unwrap();
    let told = printed(folder.path(), &[]);
    assert!(
        told.starts_with("`lp` cannot be run") && told.contains("cups-client"),
        "{told}"
    );
}
