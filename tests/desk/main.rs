//! What a desk promises, in cases that need more than one process.

mod child;
mod failing;
mod killed;
mod marking;
mod read_only;
mod several;
