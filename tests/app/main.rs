//! The app and the screen without a terminal: keys are pressed, effects are carried out
//! immediately, and what a person would notice is checked. No threads, no sleeps.

mod allocations;
mod articles;
mod configuring;
mod deciding;
mod facets;
mod feeds;
mod five;
mod guide;
mod hints;
mod hooks;
mod hostile;
mod illustrated;
mod late_pages;
mod letters;
mod lines;
mod listening;
mod loading;
mod looks;
#[path = "../fuzz/checks/memory.rs"]
mod memory;
mod monkey;
mod moved_files;
mod moving;
mod overlays;
mod picture;
mod pictures;
mod pointing;
mod programs;
mod reading;
mod related;
mod restoring;
mod screenshot;
mod searching;
mod session;
mod sizes;
mod staging;
mod stories;
#[path = "../svg/mod.rs"]
mod svg;
mod too_small;
mod under_way;
mod views;
mod world;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;
