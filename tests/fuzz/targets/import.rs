#![no_main]

#[allow(dead_code, reason = "a target uses one of the checks")]
#[path = "../checks/mod.rs"]
mod checks;

#[global_allocator]
static ALLOCATOR: checks::memory::Counting = checks::memory::Counting;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::import::check(bytes));
