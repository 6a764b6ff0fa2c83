//! The program itself turns feeds from a server on this machine into files.

mod fetching;
mod full;
mod hostile;
mod killed;
mod listing;
mod pictures;
mod samples;
mod saving;
mod server;
mod tls;
mod world;
