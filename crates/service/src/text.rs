//! One catalogue of what people read, in French and English.
//!
//! Messages live in `locales/{fr,en}/`, a file a room (Project Fluent). Numbers and dates
//! are formatted by the caller and passed as text, so that both languages and
//! every terminal show them alike.

use std::cell::OnceCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::langid;

/// The files of a language as one text.
macro_rules! room_files {
    ($lang:literal) => {
        concat!(
            include_str!(concat!("../locales/", $lang, "/common.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/config.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/problems.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/init.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/demo.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/collect.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/cli.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/show.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/status.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/check.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/errors.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/off_peak.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/prices.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/colours.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/export.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/outputs.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/domoticz.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/jeedom.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/consent.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/account.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/health.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/upkeep.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/days.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/dashboard-money.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/dashboard-data.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/dashboard.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/dashboard-api.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/dashboard-pages.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/dashboard-setup.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/door.ftl")),
            "\n",
            include_str!(concat!("../locales/", $lang, "/gateway.ftl")),
            "\n",
        )
    };
}

/// A language that people read.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French, the language of most users.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The language of a tag such as `fr`, `fr_FR.UTF-8`, `en-GB`.
    ///
    /// ```
    /// use service::Lang;
    /// assert_eq!(Lang::from_tag("fr_FR.UTF-8"), Some(Lang::Fr));
    /// assert_eq!(Lang::from_tag("en"), Some(Lang::En));
    /// assert_eq!(Lang::from_tag("C"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['_', '-', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The language's tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Fr => room_files!("fr"),
            Self::En => room_files!("en"),
        }
    }
}

/// Named values of a message.
pub type Args<'a> = [(&'a str, &'a str)];

thread_local! {
    static BUNDLES: [OnceCell<FluentBundle<FluentResource>>; 2] = const { [OnceCell::new(), OnceCell::new()] };
}

/// The message of that name. A name without a message is shown as itself, so
/// that a slip is visible and never stops anything; a test finds it first.
pub fn tr(lang: Lang, name: &str, args: &Args) -> String {
    find(lang, name, args).unwrap_or_else(|| name.to_owned())
}

/// The message of that name, if the catalogue has it.
pub fn find(lang: Lang, name: &str, args: &Args) -> Option<String> {
    BUNDLES.with(|bundles| {
        let bundle = bundles[lang as usize].get_or_init(|| bundle(lang));
        let pattern = bundle.get_message(name)?.value()?;
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            // A plain number chooses its plural; everything else is text.
            match value.parse::<u32>() {
                Ok(number) if number.to_string() == *value => values.set(*name, number),
                _ => values.set(*name, *value),
            }
        }
        let text = bundle.format_pattern(pattern, Some(&values), &mut Vec::new());
        Some(text.into_owned())
    })
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let language = match lang {
        Lang::Fr => langid!("fr"),
        Lang::En => langid!("en"),
    };
    let mut bundle = FluentBundle::new(vec![language]);
    // The isolation marks of bidirectional text show as boxes on old terminals.
    bundle.set_use_isolating(false);
    let resource = match FluentResource::try_new(lang.source().to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    // A name given twice keeps its first text; a test refuses both slips.
    let _ = bundle.add_resource(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names(lang: Lang) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        for line in lang.source().lines() {
            if let Some((name, _)) = line.split_once(" =")
                && name.starts_with(|c: char| c.is_ascii_lowercase())
            {
                assert!(seen.insert(name.to_owned()), "{lang:?} has {name} twice");
            }
        }
        seen
    }

    fn variables(lang: Lang, name: &str) -> BTreeSet<String> {
        let source = lang.source();
        let start = source.find(&format!("\n{name} =")).unwrap() + 1;
        let body = &source[start..];
        let end = body
            .match_indices('\n')
            .map(|(at, _)| at)
            .find(|at| !body[at + 1..].starts_with(' ') && !body[at + 1..].is_empty())
            .unwrap_or(body.len());
        body[..end]
            .split('$')
            .skip(1)
            .map(|rest| {
                rest.chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
                    .collect()
            })
            .collect()
    }

    #[test]
    fn french_punctuation_never_begins_a_line() {
        let text = Lang::Fr
            .source()
            .lines()
            .filter(|line| !line.starts_with('#'));
        for line in text {
            for loose in ["« ", " »", " ;", " ?", " !"] {
                assert!(!line.contains(loose), "a breaking space in {line:?}");
            }
        }
    }

    #[test]
    fn both_languages_parse_and_say_the_same_things_with_the_same_values() {
        for lang in Lang::ALL {
            if let Err((_, errors)) = FluentResource::try_new(lang.source().to_owned()) {
                panic!("{lang:?}: {errors:?}");
            }
        }
        assert_eq!(names(Lang::Fr), names(Lang::En));
        for name in names(Lang::Fr) {
            assert_eq!(
                variables(Lang::Fr, &name),
                variables(Lang::En, &name),
                "{name}"
            );
        }
    }
}
