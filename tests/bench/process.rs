//! What a program costs, its children with it, from the kernel's own books; and a processor that is only partly there.

use std::collections::HashMap;
use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::stage::cpu_time;

/// A process and all that descend from it.
pub fn tree(root: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in std::fs::read_dir("/proc").expect("this is Linux").flatten() {
        let Some(id) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat
            .rsplit(')')
            .next()
            .and_then(|rest| rest.split_whitespace().nth(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = vec![root];
    let mut at = 0;
    while let Some(process) = found.get(at) {
        found.extend(children.remove(process).unwrap_or_default());
        at += 1;
    }
    found
}

fn process(id: u32) -> PathBuf {
    PathBuf::from(format!("/proc/{id}"))
}

/// Processor time of a tree so far. One that ends meanwhile takes its time with it.
pub fn tree_cpu(root: u32) -> Duration {
    let alive = |id: &u32| process(*id).join("stat").exists();
    tree(root).into_iter().filter(alive).map(cpu_time).sum()
}

/// Memory of a tree, KiB: what is shared counts by its share (PSS).
pub fn tree_pss(root: u32) -> usize {
    let pss = |id: u32| -> Option<usize> {
        let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.split_whitespace().next()?.parse().ok()
    };
    tree(root).into_iter().filter_map(pss).sum()
}

/// A part of a core for whoever is put into it. Needs root and control groups; none where they are not to be had.
pub struct PartOfCore {
    group: PathBuf,
    home: PathBuf,
}

impl PartOfCore {
    const PERIOD_US: u32 = 20_000;
    /// Of each second, for threads of the real-time classes where the kernel counts them apart: without a share of its
    /// own a group takes in no process that has one, as a browser has for its microphone.
    const REAL_TIME_US: u32 = 100_000;

    pub fn of(root: u32, per_cent: u32) -> Option<Self> {
        let (period, quota) = (Self::PERIOD_US, Self::PERIOD_US * per_cent / 100);
        let name = format!("zhest-bench-{}", std::process::id());
        for home in ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup"] {
            let home = PathBuf::from(home);
            let group = home.join(&name);
            if std::fs::create_dir(&group).is_err() {
                continue;
            }
            let part = Self { group, home };
            let first = part.set("cpu.cfs_period_us", period) && part.set("cpu.cfs_quota_us", quota);
            let set = first || part.set("cpu.max", format!("{quota} {period}"));
            part.set("cpu.rt_runtime_us", Self::REAL_TIME_US);
            // A browser's helpers come and go: one that is gone needs no part.
            let is_in = |id: &u32| put(*id, &part.group) || !process(*id).exists();
            if set && tree(root).iter().all(is_in) {
                return Some(part);
            }
        }
        None
    }

    fn set(&self, file: &str, value: impl Display) -> bool {
        tell(&self.group.join(file), value)
    }
}

impl Drop for PartOfCore {
    fn drop(&mut self) {
        // Its members' children of the meantime are in it too.
        let members = std::fs::read_to_string(self.group.join("cgroup.procs")).unwrap_or_default();
        for id in members.split_whitespace() {
            put(id, &self.home);
        }
        let _ = std::fs::remove_dir(&self.group);
    }
}

fn put(process: impl Display, group: &Path) -> bool {
    tell(&group.join("cgroup.procs"), process)
}

/// Only into a file of the kernel: a folder that is no control group has none.
fn tell(file: &Path, value: impl Display) -> bool {
    let open = std::fs::OpenOptions::new().write(true).open(file);
    open.is_ok_and(|mut file| file.write_all(value.to_string().as_bytes()).is_ok())
}
