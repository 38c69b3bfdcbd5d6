//! What does a person see? The door, the pages, the JSON API.

pub mod api;
mod app;
mod asked;
pub mod assets;
mod caller;
mod chart;
pub mod connections;
pub mod door;
pub mod first_run;
mod frame;
pub mod hands;
mod house;
mod pages;
mod problem;
mod qr;
mod state;
pub mod work;

pub use app::router;
pub use hands::Hands;
pub use house::House;
