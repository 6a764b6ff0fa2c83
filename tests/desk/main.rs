//! What a desk promises where more than one process is needed to break it.

mod child;
mod failing;
mod killed;
mod marking;
mod read_only;
mod several;
