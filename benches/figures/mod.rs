//! Prints times as a line of percentiles.

use std::time::Duration;

/// The heading of the lines.
pub fn heading(what: &str) {
    println!("{what:<56}{:>10}{:>10}{:>10}", "p50", "p99", "most");
}

/// Prints how long something took, measured several times.
pub fn print(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let shown = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    println!(
        "{name:<56}{:>10}{:>10}{:>10}",
        shown(at(0.5)),
        shown(at(0.99)),
        shown(at(1.0))
    );
}
