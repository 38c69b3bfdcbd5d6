//! What does a person see? The door, the pages, the JSON API.

pub mod api;
pub mod app;
pub mod asked;
pub mod assets;
pub mod caller;
pub mod chart;
pub mod door;
pub mod first_run;
pub mod frame;
pub mod hands;
pub mod house;
pub mod listen;
mod pages;
mod problem;
pub mod qr;
pub mod work;

pub use app::router;
pub use caller::Caller;
pub use hands::Hands;
pub use house::{House, Reading};
