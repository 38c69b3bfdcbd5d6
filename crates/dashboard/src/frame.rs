//! What surrounds every page: where one is, where one may go, in which language
//! and light.

use home::Words;
use http::HeaderMap;
use service::{Args, Lang};

use crate::assets;
use crate::caller::Caller;
use crate::door::{Role, cookie};

/// A page of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Yesterday in one glance.
    Home,
    /// Days, weeks, months, years.
    History,
    /// Hours by days over a year.
    HeatMap,
    /// Daily maximum power.
    Maxima,
    /// Money.
    Costs,
    /// The colours of days.
    Tempo,
    /// The week of off-peak hours.
    OffPeak,
    /// What is held and lacking.
    Data,
    /// Usage points.
    Meters,
    /// Consents at Enedis.
    Consents,
    /// Destinations.
    Outputs,
    /// As `releve status`.
    Health,
    /// The guided set-up.
    Setup,
    /// No page of the navigation.
    Nowhere,
}

impl Place {
    /// The pages in the order of the navigation, the four of every day first.
    pub const ALL: [Self; 12] = [
        Self::Home,
        Self::History,
        Self::Costs,
        Self::Data,
        Self::HeatMap,
        Self::Maxima,
        Self::Tempo,
        Self::OffPeak,
        Self::Meters,
        Self::Consents,
        Self::Outputs,
        Self::Health,
    ];

    /// Its path below the base.
    pub fn path(self) -> &'static str {
        match self {
            Self::Home | Self::Nowhere => "/",
            Self::History => "/history",
            Self::HeatMap => "/heat-map",
            Self::Maxima => "/maxima",
            Self::Costs => "/costs",
            Self::Tempo => "/tempo",
            Self::OffPeak => "/off-peak",
            Self::Data => "/data",
            Self::Meters => "/meters",
            Self::Consents => "/consents",
            Self::Outputs => "/outputs",
            Self::Health => "/health",
            Self::Setup => "/setup",
        }
    }

    /// Whether it shows what comes from the ledger, and brings itself up to date.
    fn follows(self) -> bool {
        !matches!(self, Self::Setup | Self::Nowhere)
    }

    /// Its name in the catalogue.
    fn message(self) -> &'static str {
        match self {
            Self::Home => "dash-home",
            Self::History => "dash-history",
            Self::HeatMap => "dash-heat-map",
            Self::Maxima => "dash-maxima",
            Self::Costs => "dash-costs",
            Self::Tempo => "dash-tempo",
            Self::OffPeak => "dash-off-peak",
            Self::Data => "dash-data",
            Self::Meters => "dash-meters",
            Self::Consents => "dash-consents",
            Self::Outputs => "dash-outputs",
            Self::Health => "dash-health",
            Self::Setup => "dash-setup",
            Self::Nowhere => "dash-nowhere",
        }
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the visitor's system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// What the cookie `theme` says.
    pub fn of(headers: &HeaderMap) -> Self {
        match cookie::values(headers, "theme").next() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The word in the cookie and in the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A link of the navigation.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its address.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its word in style sheets.
    pub icon: &'static str,
    /// Whether it is this page.
    pub is_here: bool,
}

/// What surrounds a page. Templates extend `frame.html` and hold one as `frame`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The reader's language.
    pub words: Words,
    /// What every address begins with.
    pub base: String,
    /// The token that forms carry as `csrf`.
    pub csrf: String,
    /// Whether the visitor may change things.
    pub may_change: bool,
    /// Whether there is a session to end.
    pub can_leave: bool,
    /// Light or dark.
    pub theme: Theme,
    /// The page.
    pub place: Place,
    /// Of which state of the home it is, on pages that follow it.
    pub state: Option<String>,
    here: String,
}

impl Frame {
    /// The frame of a caller's page.
    pub fn new(caller: &Caller, place: Place) -> Self {
        Self {
            words: caller.words,
            base: caller.visitor.base.clone(),
            csrf: caller.visitor.csrf.clone(),
            may_change: caller.visitor.role == Role::Owner,
            can_leave: caller.visitor.can_leave,
            theme: caller.theme,
            place,
            state: caller.state.clone().filter(|_| place.follows()),
            here: caller.here.clone(),
        }
    }

    /// A message.
    pub fn t(&self, name: &str) -> String {
        self.words.t(name)
    }

    /// A message with values.
    pub fn say(&self, name: &str, args: &Args) -> String {
        self.words.say(name, args)
    }

    /// The page's language as a tag.
    pub fn lang(&self) -> &'static str {
        self.words.lang.tag()
    }

    /// The page's name.
    pub fn title(&self) -> String {
        self.t(self.place.message())
    }

    /// The address of an embedded file.
    pub fn asset(&self, name: &str) -> String {
        format!("{}{}", self.base, assets::path(name))
    }

    /// The four pages of every day.
    pub fn first_links(&self) -> Vec<Link> {
        self.links(&Place::ALL[..4])
    }

    /// The other pages.
    pub fn more_links(&self) -> Vec<Link> {
        self.links(&Place::ALL[4..])
    }

    fn links(&self, places: &[Place]) -> Vec<Link> {
        let link = |place: &Place| Link {
            href: format!("{}{}", self.base, place.path()),
            name: self.t(place.message()),
            icon: place.message(),
            is_here: *place == self.place,
        };
        places.iter().map(link).collect()
    }

    /// The other language, and this page in it.
    pub fn other_language(&self) -> (&'static str, String) {
        let other = match self.words.lang {
            Lang::Fr => Lang::En,
            Lang::En => Lang::Fr,
        };
        (other.tag(), format!("{}/look", self.base))
    }

    /// This page's path and query, without the base.
    pub fn here(&self) -> &str {
        &self.here
    }
}

/// The message of a theme's word.
pub fn theme_name(theme: &str) -> &'static str {
    match theme {
        "light" => "dash-theme-light",
        "dark" => "dash-theme-dark",
        _ => "dash-theme-system",
    }
}
