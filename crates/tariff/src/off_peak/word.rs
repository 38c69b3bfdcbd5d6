//! The words of the expression, French and English.

use std::borrow::Cow;

use crate::season::Season;

/// Monday first, in both languages.
pub(super) const FRENCH_DAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];
pub(super) const ENGLISH_DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// What a word means by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// 0 is Monday.
    Day(usize),
    /// `we`: Wednesday in English, the week-end in French.
    WednesdayOrWeekend,
    Weekend,
    Weekdays,
    Holidays,
    EveryDay,
    /// `tous`, `every`: the next word says which days.
    Every,
    /// `jours`, `days`: alone it says nothing.
    Days,
    /// `public`, `bank`: `holiday` follows.
    HolidayKind,
    /// `week`, which `end` may follow.
    Week,
    /// `semaine`: five days or seven?
    Unclear,
    /// `pentecote`: no holiday has hours of its own.
    OneHoliday,
    Production,
    Season(Season),
    /// `aucune`, `none`: no off-peak hours there.
    Nothing,
    /// `a`, `to`: from one to the other.
    To,
    /// Says nothing.
    Filler,
}

/// What a folded word means, if anything.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    EXACT
        .iter()
        .find(|(words, _)| words.contains(&word))
        .map(|(_, meaning)| *meaning)
        .or_else(|| day(word).map(Meaning::Day))
        .or_else(|| begins("feries", word, 2).then_some(Meaning::Holidays))
        .or_else(|| begins("holidays", word, 2).then_some(Meaning::Holidays))
        .or_else(|| begins("bank", word, 2).then_some(Meaning::HolidayKind))
        .or_else(|| begins("production", word, 1).then_some(Meaning::Production))
}

const EXACT: &[(&[&str], Meaning)] = &[
    (&["we"], Meaning::WednesdayOrWeekend),
    (&["weekend", "weekends"], Meaning::Weekend),
    (&["weekday", "weekdays"], Meaning::Weekdays),
    (&["week"], Meaning::Week),
    (&["semaine", "semaines"], Meaning::Unclear),
    (&["jo"], Meaning::Holidays),
    (&["public", "national", "legal"], Meaning::HolidayKind),
    (&["everyday", "daily", "quotidien"], Meaning::EveryDay),
    (
        &["tous", "toutes", "chaque", "every", "all", "each"],
        Meaning::Every,
    ),
    (&["jour", "jours", "day", "days"], Meaning::Days),
    (&["ete", "summer"], Meaning::Season(Season::Summer)),
    (&["hiver", "winter"], Meaning::Season(Season::Winter)),
    (
        &["aucune", "aucun", "rien", "jamais", "none", "never"],
        Meaning::Nothing,
    ),
    (
        &[
            "a", "au", "to", "jusqu'", "jusqu'a", "jusqu'au", "jusqua", "until", "till", "through",
        ],
        Meaning::To,
    ),
    (
        &[
            "et", "and", "puis", "then", "le", "la", "les", "the", "on", "en", "de", "des", "du",
            "from", "of", "hc", "heures", "creuses",
        ],
        Meaning::Filler,
    ),
    (
        &[
            "noel",
            "christmas",
            "paques",
            "easter",
            "ascension",
            "pentecote",
            "pentecost",
            "whitsun",
            "assomption",
            "assumption",
            "toussaint",
            "armistice",
            "victoire",
        ],
        Meaning::OneHoliday,
    ),
];

/// Words that only English has, besides its days.
const ENGLISH: &[&str] = &[
    "to", "until", "till", "through", "and", "then", "from", "every", "all", "each", "day", "days",
    "weekday", "weekdays", "daily", "everyday", "summer", "winter", "none", "never", "bank",
    "public", "holiday", "holidays", "ba", "ho",
];

/// Whether a folded word shows that its writer writes English.
pub(super) fn is_english(word: &str) -> bool {
    ENGLISH.contains(&word)
        || (word != "we"
            && one_of(&ENGLISH_DAYS, word).is_some()
            && one_of(&FRENCH_DAYS, word).is_none())
}

/// The known word that an unknown one most resembles.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let all = FRENCH_DAYS.iter().chain(&ENGLISH_DAYS);
    let all = all.chain(&[
        "férié", "holiday", "weekend", "été", "hiver", "summer", "winter",
    ]);
    all.copied()
        .map(|known| (strsim::damerau_levenshtein(word, &folded(known)), known))
        .filter(|(distance, _)| *distance <= 2 && *distance * 2 < word.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

fn day(word: &str) -> Option<usize> {
    one_of(&FRENCH_DAYS, word).or_else(|| one_of(&ENGLISH_DAYS, word))
}

/// Two letters and more of a day's name, or its plural.
fn one_of(names: &[&str; 7], word: &str) -> Option<usize> {
    names.iter().position(|name| {
        begins(name, word, 2) || word.strip_suffix('s').is_some_and(|one| one == *name)
    })
}

fn begins(name: &str, word: &str, least: usize) -> bool {
    word.len() >= least && name.starts_with(word)
}

/// Lower case without accents, apostrophes straight.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    {
        return text.into();
    }
    let lower = text.chars().flat_map(char::to_lowercase);
    let plain = lower.filter_map(|c| match c {
        'à' | 'â' | 'ä' => Some('a'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'î' | 'ï' => Some('i'),
        'ô' | 'ö' => Some('o'),
        'ù' | 'û' | 'ü' => Some('u'),
        'ç' => Some('c'),
        '’' => Some('\''),
        '\u{300}'..='\u{36f}' => None,
        other => Some(other),
    });
    plain.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_beginning_of_two_letters_names_the_day_of_its_language() {
        for names in [FRENCH_DAYS, ENGLISH_DAYS] {
            for (number, name) in names.iter().enumerate() {
                for letters in 3..=name.len() {
                    assert_eq!(meaning(&name[..letters]), Some(Meaning::Day(number)));
                }
                assert_eq!(meaning(&format!("{name}s")), Some(Meaning::Day(number)));
            }
        }
        let two = [
            "lu", "ma", "me", "je", "ve", "sa", "di", "mo", "tu", "th", "fr", "su",
        ];
        let days = [0, 1, 2, 3, 4, 5, 6, 0, 1, 3, 4, 6];
        for (word, number) in two.iter().zip(days) {
            assert_eq!(meaning(word), Some(Meaning::Day(number)));
        }
    }

    #[test]
    fn a_misspelt_day_is_not_guessed_but_proposed() {
        assert_eq!(meaning("mercerdi"), None);
        assert_eq!(nearest("mercerdi"), Some("mercredi"));
        assert_eq!(nearest("xyz"), None);
    }
}
