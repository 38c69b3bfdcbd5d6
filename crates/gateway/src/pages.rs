//! What does the person see? Each page is a structure turned into HTML: no
//! script, no third party, French and English, at most 30 kB.
//!
//! Nothing here knows a store or a request: whoever serves a page fills its
//! structure, and tests fill it as well.

mod challenge;
mod code_entry;
mod consent;
mod dates;
mod ending;
mod frame;
mod guard;
mod home;
mod manage;
mod rich;
mod scope;
mod serve;
mod style;

pub use challenge::Challenge;
pub use code_entry::{CodeEntry, CodeFault};
pub use consent::{Asked, Choice, Consent, ConsentFault, ConsentText};
pub use dates::{clock_time, long_date, moment};
pub use ending::{Approved, Ending, EndingPage};
pub use frame::{Again, Frame, Site, Switch};
pub use guard::PageHeaders;
pub use home::{Home, Notice};
pub use manage::{Held, Manage, ManageEntry};
pub use serve::router;
pub use style::{MARK, STYLESHEET, stylesheet_path};

/// The most bytes that a page may have.
pub const MAX_PAGE: usize = 30_000;
