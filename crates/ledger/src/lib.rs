//! What do we hold and lack, day by day?
//!
//! One SQLite file, one writer at a time. Every reading is one row; every local
//! day of every series is in one [`DayState`], with who said so and when to ask
//! again. Newer answers replace older ones and the old value stays as a
//! revision. SQLite has one owner thread ([`Ledger`]); commands that only read
//! open a [`Store`] of their own beside it.

mod error;
mod lock;
mod notice;
mod owner;
mod schema;
mod state;
mod store;

pub use error::LedgerError;
pub use lock::{Holder, WriterLock};
pub use notice::{Concerned, Notice, NoticeKind};
pub use owner::Ledger;
pub use state::{
    ColourNote, ContractRecord, ContractVersion, Coverage, DayRecord, DayState, SeriesKey,
    SeriesNote, SourceTotal, StateCounts, Verdict, Written,
};
pub use store::{
    Access, CallLimit, ColourRecord, DeliveryNote, Migrated, Restored, Revision, Store, restore,
};

/// The name of the ledger's file inside the data directory.
pub const FILE_NAME: &str = "releve.db";
