//! How many articles divan's benchmarks run with: its own arguments would take a number for a name.

use divan::Divan;

use crate::figures;

/// Runs the benchmarks of this file: those with the names among the arguments, or, with a number among
/// them, all of them.
pub fn run() {
    match figures::number() {
        Some(_) => Divan::default().run_benches(),
        None => divan::main(),
    }
}

/// The number among the arguments, or the usual ones.
pub fn sizes(usual: &[u64]) -> Vec<u64> {
    match figures::number() {
        Some(number) => vec![number as u64],
        None => usual.to_vec(),
    }
}
