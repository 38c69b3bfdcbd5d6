//! What would Enedis have answered? Both API generations, faults, clock.

mod dice;

pub mod customers;
pub mod household;
pub mod profile;
mod publication;
pub mod truth;

pub use customers::Customer;
pub use profile::Profile;
pub use truth::Truth;
