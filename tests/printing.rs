//! Paper through the CUPS of this system: a scheduler of the test's own, and a queue with the driver of Debian's PDF
//! printer that prints into a file.
//!
//! The programs of CUPS are found by `PATH` and their scheduler by `CUPS_SERVER`, so each print is a process of its own.
#![cfg(feature = "kiosk")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use zhest::kiosk::paper::{Line, Sheet};
use zhest::kiosk::printer;

const DRIVER: &str = "/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd";

const SCHEDULER: &str = "
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
";

/// A scheduler with one printer, «Canon»; both end with this value.
struct Cups {
    folder: tempfile::TempDir,
    scheduler: Child,
}

impl Cups {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        // Filters run as another user.
        fs::set_permissions(root, fs::Permissions::from_mode(0o755)).unwrap();
        for part in ["etc", "spool", "run", "cache", "out"] {
            fs::create_dir(root.join(part)).unwrap();
        }
        let path = root.display();
        let settings = root.join("etc/cupsd.conf");
        fs::write(&settings, format!("Listen {path}/run/cups.sock{SCHEDULER}")).unwrap();
        let files = root.join("etc/cups-files.conf");
        let places = format!(
            "ServerRoot {path}/etc\nRequestRoot {path}/spool\nStateDir {path}/run\nCacheDir {path}/cache\n\
             AccessLog {path}/access\nErrorLog {path}/error\nPageLog {path}/page\nFileDevice Yes\nSandboxing relaxed\n"
        );
        fs::write(&files, places).unwrap();
        let scheduler = Command::new("/usr/sbin/cupsd")
            .arg("-f")
            .arg("-c")
            .arg(&settings)
            .arg("-s")
            .arg(&files)
            .spawn()
            .expect("cups is installed");
        let cups = Self { folder, scheduler };
        let deadline = Instant::now() + Duration::from_secs(20);
        while !cups.run("lpstat", &["-r"]).0.contains("is running") {
            assert!(Instant::now() < deadline, "{}", cups.log());
            std::thread::yield_now();
        }
        let device = format!("file://{}", cups.paper().display());
        let (_, told) = cups.run(
            "/usr/sbin/lpadmin",
            &["-p", "Canon", "-E", "-v", &device, "-P", DRIVER],
        );
        assert!(cups.run("lpstat", &["-p"]).0.contains("Canon"), "{told}");
        cups
    }

    /// What came out of the printer.
    fn paper(&self) -> PathBuf {
        self.folder.path().join("out/paper")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("error")).unwrap_or_default()
    }

    /// What a program of CUPS says, and what it complains of.
    fn run(&self, program: &str, arguments: &[&str]) -> (String, String) {
        let output = Command::new(program)
            .args(arguments)
            .env("LC_ALL", "C")
            .env("CUPS_SERVER", self.folder.path().join("run/cups.sock"))
            .output()
            .expect("cups-client is installed");
        let words = |bytes| String::from_utf8_lossy(bytes).into_owned();
        (words(&output.stdout), words(&output.stderr))
    }

    /// What a print comes to.
    fn print(&self, printer: &str, patience: Duration) -> String {
        self.print_by(&std::env::var("PATH").unwrap(), printer, patience)
    }

    /// The same with programs that are found by `path`.
    fn print_by(&self, path: &str, printer: &str, patience: Duration) -> String {
        outcome(
            Command::new(std::env::current_exe().unwrap())
                .env("PATH", path)
                .env("CUPS_SERVER", self.folder.path().join("run/cups.sock"))
                .env("ZHEST_PRINTER", printer)
                .env("ZHEST_PATIENCE_MS", patience.as_millis().to_string()),
        )
    }
}

impl Drop for Cups {
    fn drop(&mut self) {
        let _ = self.scheduler.kill();
        let _ = self.scheduler.wait();
    }
}

fn outcome(test: &mut Command) -> String {
    let print = test
        .args(["--exact", "one_print", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&print.stderr).into_owned();
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
    let told = |name| std::env::var(name).unwrap_or_default();
    let patience = Duration::from_millis(told("ZHEST_PATIENCE_MS").parse().unwrap_or(1000));
    let outcome = printer::print(&told("ZHEST_PRINTER"), sheet, patience).await;
    let outcome = outcome.map_or_else(|error| error.to_string(), |()| "printed".to_owned());
    // The test harness has begun the line.
    eprintln!("\noutcome: {outcome}");
}

#[test]
fn a_sheet_comes_out_of_the_printer() {
    let cups = Cups::start();
    assert_eq!(
        cups.print("Canon", Duration::from_secs(60)),
        "printed",
        "{}",
        cups.log()
    );
    let paper = fs::read(cups.paper()).unwrap();
    assert!(paper.starts_with(b"%!PS-Adobe"));
    let paper = String::from_utf8_lossy(&paper);
    assert!(paper.contains("%%Pages: 1") && paper.contains("%%Page: 1 1"));
}

#[test]
fn a_printer_that_does_not_exist_is_told() {
    let cups = Cups::start();
    let told = cups.print("Xerox", Duration::from_secs(60));
    assert!(
        told.starts_with("CUPS refuses: lp: ") && told.contains("does not exist"),
        "{told}"
    );
    assert!(!cups.paper().exists());
}

#[test]
fn a_sheet_that_does_not_come_out_is_taken_back() {
    let cups = Cups::start();
    cups.run("/usr/sbin/cupsdisable", &["Canon"]);
    let told = cups.print("Canon", Duration::from_millis(1200));
    assert!(told.starts_with("the sheet did not come out"), "{told}");
    assert_eq!(cups.run("lpstat", &["-o", "Canon"]).0, "", "nothing waits");
    // Nor does it come out when there is paper again, before another visitor.
    cups.run("/usr/sbin/cupsenable", &["Canon"]);
    assert_eq!(cups.print("Canon", Duration::from_secs(60)), "printed");
    let all = cups.run("lpstat", &["-W", "completed", "-o", "Canon"]).0;
    assert_eq!(all.lines().count(), 2, "{all}");
}

#[test]
fn a_sheet_of_which_nothing_can_be_learnt_is_taken_back() {
    let cups = Cups::start();
    cups.run("/usr/sbin/cupsdisable", &["Canon"]);
    let programs = tempfile::tempdir().unwrap();
    let mute = programs.path().join("lpstat");
    fs::write(&mute, "#!/bin/sh\necho no idea >&2\nexit 1\n").unwrap();
    fs::set_permissions(&mute, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", programs.path().display(), std::env::var("PATH").unwrap());
    let told = cups.print_by(&path, "Canon", Duration::from_secs(60));
    assert!(told.starts_with("CUPS refuses: no idea"), "{told}");
    assert_eq!(cups.run("lpstat", &["-o", "Canon"]).0, "", "nothing waits");
}

#[test]
fn without_cups_it_is_said_what_to_install() {
    let nothing = tempfile::tempdir().unwrap();
    let told = outcome(
        Command::new(std::env::current_exe().unwrap())
            .env("PATH", Path::new(nothing.path()))
            .env("ZHEST_PRINTER", "Canon"),
    );
    assert!(
        told.starts_with("`lp` cannot be run") && told.contains("cups-client"),
        "{told}"
    );
}
