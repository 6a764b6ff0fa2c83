//! What was measured, by name.

use std::time::Duration;

use crate::figures;

/// Times and sizes, in the order in which their names came.
#[derive(Default)]
pub struct Times {
    times: Vec<(&'static str, Vec<Duration>)>,
    memory: Vec<(&'static str, Vec<u64>)>,
}

impl Times {
    pub fn add(&mut self, name: &'static str, time: Duration) {
        of(&mut self.times, name).push(time);
    }

    pub fn add_memory(&mut self, name: &'static str, bytes: u64) {
        of(&mut self.memory, name).push(bytes);
    }

    pub fn print(&mut self) {
        for (name, times) in &mut self.times {
            figures::print(name, times);
        }
        for (name, sizes) in &mut self.memory {
            sizes.sort_unstable();
            let [first, middle, last] = [0, sizes.len() / 2, sizes.len() - 1]
                .map(|at| format!("{:.1} MB", sizes[at] as f64 / 1e6));
            println!("{name}: {middle}, {first} to {last}");
        }
    }
}

fn of<'a, T>(all: &'a mut Vec<(&'static str, Vec<T>)>, name: &'static str) -> &'a mut Vec<T> {
    let at = all.iter().position(|(it, _)| *it == name);
    let at = at.unwrap_or_else(|| {
        all.push((name, Vec::new()));
        all.len() - 1
    });
    &mut all[at].1
}
