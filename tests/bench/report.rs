//! The medians as a table, as JSON, and as a drawing of latency over time for each scenario.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::figures::Way;
use crate::stage::median;

/// What was measured of one side, by (scenario, metric): a value a seed.
pub type Measured = BTreeMap<(&'static str, &'static str), Vec<f64>>;

#[derive(Debug, Serialize)]
pub struct Line {
    scenario: &'static str,
    metric: &'static str,
    ours: Option<f64>,
    rival: Option<f64>,
    ratio: Option<f64>,
    target: Option<&'static str>,
    met: Option<bool>,
}

/// What is asked of a metric.
enum Target {
    /// Ours is at most this part of the rival's.
    Ratio(f64, &'static str),
    /// And at most this too.
    RatioAndMost(f64, f64, &'static str),
    /// Ours is at least this.
    Least(f64, &'static str),
    /// Ours exceeds the rival's by this.
    More(f64, &'static str),
}

fn target(scenario: &str, metric: &str) -> Option<Target> {
    use Target::{Least, More, Ratio, RatioAndMost};
    let lossy = ["loss-5", "loss-10", "burst"].contains(&scenario);
    let narrow = ["500k", "300k"].contains(&scenario);
    Some(match metric {
        "cpu, % of a core" if scenario == "clean" => Ratio(0.7, "≤ 0.7"),
        "memory (PSS), MiB" => Ratio(0.25, "≤ 0.25"),
        "first paint, ms" | crate::FIRST_FRAME => Ratio(0.25, "≤ 0.25"),
        "to browser p50, ms" | "to kiosk p50, ms" if ["clean", "delay"].contains(&scenario) => {
            Ratio(0.9, "≤ 0.9")
        }
        "to browser p50, ms" | "to kiosk p50, ms" if narrow => Ratio(0.75, "≤ 0.75"),
        "to browser p95, ms" | "to kiosk p95, ms" if lossy => Ratio(0.8, "≤ 0.8"),
        "to browser fps" | "to kiosk fps" if lossy => Least(25.0, "≥ 25"),
        "to browser fps" if scenario == "half-core" => Least(20.0, "≥ 20"),
        crate::SIGNER if scenario == "300k" => More(1.5, "+ 1.5 dB"),
        "to browser frozen after the drop, ms" => RatioAndMost(0.2, 700.0, "≤ 0.2, ≤ 0.7 s"),
        _ => return None,
    })
}

/// One line a metric that either side has.
pub fn lines(ours: &Measured, rival: &Measured) -> Vec<Line> {
    let mut keys: Vec<_> = ours.keys().chain(rival.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    let middle = |of: &Measured, key| {
        of.get(&key)
            .filter(|values| !values.is_empty())
            .map(|values| median(values))
    };
    keys.into_iter()
        .map(|key| {
            let (scenario, metric) = key;
            let (ours, rival) = (middle(ours, key), middle(rival, key));
            let ratio = ours
                .zip(rival)
                .filter(|(_, rival)| *rival > 0.0)
                .map(|(ours, rival)| ours / rival);
            let (target, met) = match target(scenario, metric) {
                Some(Target::Ratio(most, words)) => (Some(words), ratio.map(|ratio| ratio <= most)),
                Some(Target::RatioAndMost(part, most, words)) => {
                    let is_met = |ours: f64| ratio.map(|ratio| ratio <= part && ours <= most);
                    (Some(words), ours.and_then(is_met))
                }
                Some(Target::Least(least, words)) => (Some(words), ours.map(|ours| ours >= least)),
                Some(Target::More(least, words)) => {
                    let both = ours.zip(rival);
                    (Some(words), both.map(|(ours, rival)| ours >= rival + least))
                }
                None => (None, None),
            };
            Line {
                scenario,
                metric,
                ours,
                rival,
                ratio,
                target,
                met,
            }
        })
        .collect()
}

pub fn table(lines: &[Line]) -> String {
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.0}"));
    let mut table =
        String::from("| scenario | metric | ours | Chromium | ratio | target |\n|---|---|--:|--:|--:|---|\n");
    for line in lines {
        let ratio = line.ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        let target = match (line.target, line.met) {
            (Some(target), Some(true)) => format!("{target} ✓"),
            (Some(target), _) => format!("{target} ✗"),
            (None, _) => String::new(),
        };
        let (ours, rival) = (number(line.ours), number(line.rival));
        writeln!(
            table,
            "| {} | {} | {ours} | {rival} | {ratio} | {target} |",
            line.scenario, line.metric
        )
        .expect("a string takes it");
    }
    table
}

/// Latency over time, ours and the rival's; both ways one above the other.
pub fn draw(path: &Path, scenario: &str, ours: &[Way; 2], rival: &[Way; 2]) {
    const WIDTH: f64 = 960.0;
    const HEIGHT: f64 = 220.0;
    const CEILING: f64 = 1000.0;
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}' font-family='Inter, sans-serif' font-size='14'>\n\
         <rect width='100%' height='100%' fill='#fff'/>\n",
        WIDTH + 80.0,
        2.0 * (HEIGHT + 60.0)
    );
    for (at, title) in ["kiosk → browser", "browser → kiosk"].into_iter().enumerate() {
        let top = 40.0 + at as f64 * (HEIGHT + 60.0);
        let bottom = top + HEIGHT;
        let _ = writeln!(
            svg,
            "<text x='60' y='{}' fill='#16293a'>{scenario}: {title}, latency in ms (ours ●, Chromium ●)</text>",
            top - 12.0
        );
        for mark in [0.0, 250.0, 500.0, 1000.0] {
            let y = bottom - mark / CEILING * HEIGHT;
            let _ = writeln!(
                svg,
                "<line x1='60' x2='{}' y1='{y}' y2='{y}' stroke='#cbd5dc'/><text x='20' y='{}' fill='#3b4e5f'>{mark}</text>",
                WIDTH + 60.0,
                y + 5.0
            );
        }
        for (way, colour) in [(&ours[at], "#0b5449"), (&rival[at], "#db9a1c")] {
            let length = (way.to - way.from).max(1.0);
            for (time, took) in way.latencies() {
                let x = 60.0 + (time - way.from) / length * WIDTH;
                let y = bottom - took.clamp(0.0, CEILING) / CEILING * HEIGHT;
                let _ = writeln!(svg, "<circle cx='{x:.1}' cy='{y:.1}' r='1.6' fill='{colour}'/>");
            }
        }
    }
    svg.push_str("</svg>\n");
    std::fs::write(path, svg).expect("the bench's folder is writable");
}
