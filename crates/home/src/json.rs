//! What `--json` gives: one typed structure per command, each with its schema
//! in `docs/schema/`. Energies are whole Wh or W·min, instants RFC 3339 in UTC,
//! days local dates of Paris.

pub mod account;
pub mod calendar;
pub mod check;
pub mod colours;
pub mod compare;
pub mod consent;
pub mod cost;
pub mod cumulative;
pub mod dashboard;
pub mod doctor;
pub mod domoticz;
pub mod error;
pub mod export;
pub mod heat;
pub mod import;
pub mod index;
pub mod init;
pub mod jeedom;
pub mod meters;
pub mod off_peak;
pub mod outputs;
pub mod rates;
pub mod repair;
pub mod season;
pub mod serve;
pub mod show;
pub mod status;
pub mod sync;
pub mod tariff;
pub mod upkeep;

use std::io::Write;

use schemars::Schema;
use serde::Serialize;

use crate::exit::Failure;

pub use import::{Import, ImportedFile, Sums};
pub use sync::{Sync, SyncProblem};

/// Writes a result as JSON, indented, with a line break at its end.
pub fn emit(out: &mut dyn Write, value: &impl Serialize) -> Result<(), Failure> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    out.write_all(&text)?;
    out.flush()?;
    Ok(())
}

/// Every schema with the name of its file in `docs/schema/`.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("account", schemars::schema_for!(account::Account)),
        ("account-list", schemars::schema_for!(account::Accounts)),
        ("check", schemars::schema_for!(check::Check)),
        ("compare", schemars::schema_for!(compare::Comparisons)),
        ("consent", schemars::schema_for!(consent::Consents)),
        ("cost", schemars::schema_for!(cost::Costs)),
        (
            "dashboard-password",
            schemars::schema_for!(dashboard::PasswordSet),
        ),
        ("backup", schemars::schema_for!(upkeep::Backup)),
        ("doctor", schemars::schema_for!(doctor::Doctor)),
        ("repair", schemars::schema_for!(repair::Repaired)),
        ("notify-test", schemars::schema_for!(upkeep::NotifyTest)),
        ("report", schemars::schema_for!(upkeep::Backup)),
        ("restore", schemars::schema_for!(upkeep::Restored)),
        ("vacuum", schemars::schema_for!(upkeep::Vacuumed)),
        ("domoticz-devices", schemars::schema_for!(domoticz::Devices)),
        ("domoticz-push", schemars::schema_for!(domoticz::Pushed)),
        ("domoticz-verify", schemars::schema_for!(domoticz::Checked)),
        ("error", schemars::schema_for!(error::ErrorReport)),
        ("export-curve", schemars::schema_for!(export::CurveExport)),
        ("export-daily", schemars::schema_for!(export::DailyExport)),
        (
            "export-maximum",
            schemars::schema_for!(export::MaximumExport),
        ),
        ("export-index", schemars::schema_for!(export::IndexExport)),
        ("export-days", schemars::schema_for!(export::DaysExport)),
        ("export-file", schemars::schema_for!(export::Exported)),
        ("init", schemars::schema_for!(init::Init)),
        ("import", schemars::schema_for!(import::Import)),
        ("jeedom-adopt", schemars::schema_for!(jeedom::Adopted)),
        ("jeedom-push", schemars::schema_for!(jeedom::Fills)),
        ("jeedom-remove", schemars::schema_for!(jeedom::Removed)),
        ("jeedom-setup", schemars::schema_for!(jeedom::Setup)),
        ("off-peak-at", schemars::schema_for!(off_peak::Answer)),
        (
            "off-peak-explain",
            schemars::schema_for!(off_peak::Explained),
        ),
        ("serve", schemars::schema_for!(serve::Serve)),
        ("show-day", schemars::schema_for!(show::Shown<show::Day>)),
        (
            "show-period",
            schemars::schema_for!(show::Shown<show::Period>),
        ),
        ("show-max", schemars::schema_for!(show::Shown<show::Maxima>)),
        ("status", schemars::schema_for!(status::Status)),
        ("sync", schemars::schema_for!(sync::Sync)),
        ("tariff-colours", schemars::schema_for!(colours::ColourDays)),
        ("tariff-index", schemars::schema_for!(index::Laid)),
        ("tariff-check", schemars::schema_for!(tariff::Checked)),
        ("tariff-list", schemars::schema_for!(tariff::Listed)),
        ("tariff-show", schemars::schema_for!(tariff::Shown)),
    ]
}

/// Gives a type a schema that is written out wherever the type stands, under
/// its own name or another.
#[macro_export]
macro_rules! inline_schema {
    ($type:ident, $schema:tt) => {
        $crate::inline_schema!($type as stringify!($type), $schema);
    };
    ($type:ident as $name:expr, $schema:tt) => {
        impl ::schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!($schema)
            }
        }
    };
}

/// The schema of a usage point: 14 digits.
pub struct Prm;

inline_schema!(Prm as "UsagePoint", { "type": "string", "pattern": "^[0-9]{14}$" });

macro_rules! words {
    ($(#[$doc:meta] $name:ident: $($word:literal),+;)+) => {$(
        #[$doc]
        pub struct $name;
        inline_schema!($name, { "type": "string", "enum": [$($word),+] });
    )+};
}

words! {
    /// The schema of a direction.
    DirectionWord: "consumption", "production";
    /// The schema of a kind of data.
    KindWord: "curve", "daily", "maximum", "index";
    /// The schema of a period's length.
    GranularityWord: "day", "week", "month", "year";
    /// The schema of a day's state.
    StateWord: "complete", "partial", "awaited", "absent_at_source", "refused",
        "before_activation", "beyond_history";
    /// The schema of whose doing something is.
    WhoWord: "enedis", "gateway", "consent", "you", "releve";
    /// The schema of what a notice is about.
    NoticeWord: "consent-given", "consent-absent", "consent-waiting", "code-lapsed",
        "consent-refused", "consent-revoked", "consent-ended", "portal-login",
        "portal-captcha", "portal-terms", "portal-cookie", "portal-changed", "new-meter",
        "wrong-clock", "file-left",
        "sources-differ", "destination-lacks";
    /// The schema of a statement about taxes.
    TaxesWord: "included", "excluded";
    /// The schema of a reason for an unknown price.
    ReasonWord: "no_colour", "disputed_colour", "no_plan", "no_price";
}
