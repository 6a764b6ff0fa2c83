#![no_main]

#[global_allocator]
static ALLOCATOR: newsdesk_checks::memory::Counting = newsdesk_checks::memory::Counting;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| newsdesk_checks::body::check_html(bytes));
