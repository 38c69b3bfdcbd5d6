//! The offers that are known: those built in, and the files of the user's own.

use std::path::{Path, PathBuf};

use tariff::offer::Mistake;
use tariff::{Offer, regulated};

use crate::exit::{Exit, Failure, Said};

/// Offers by their id, the built-in ones first.
#[derive(Debug, Clone)]
pub struct Offers {
    all: Vec<Offer>,
    built_in: usize,
}

/// What stands before the id of a regulated offer; it may be left out.
const REGULATED: &str = "trv-";

impl Offers {
    /// The built-in offers and those of the files, each id once.
    pub fn load(files: &[PathBuf]) -> Result<Self, Failure> {
        let Self { mut all, built_in } = Self::built_in();
        for file in files {
            for offer in read(file)? {
                if all.iter().any(|known| known.id == offer.id) {
                    let said = Said::new("error-offer-twice").with("id", &offer.id);
                    return Err(Failure::new(Exit::Configuration, said.path(file))
                        .hint(Said::new("error-offer-twice-do")));
                }
                all.push(offer);
            }
        }
        Ok(Self { all, built_in })
    }

    /// The built-in offers alone.
    pub fn built_in() -> Self {
        let all = regulated::offers();
        Self {
            built_in: all.len(),
            all,
        }
    }

    /// Every offer, and whether it is built in.
    pub fn all(&self) -> impl Iterator<Item = (&Offer, bool)> {
        let built_in = |at| at < self.built_in;
        let numbered = self.all.iter().enumerate();
        numbered.map(move |(at, offer)| (offer, built_in(at)))
    }

    /// The offer of an id; `tempo` is `trv-tempo` unless the user has one of it.
    pub fn find(&self, id: &str) -> Result<&Offer, Failure> {
        let named = |name: &str| self.all.iter().find(|offer| offer.id == name);
        named(id)
            .or_else(|| named(&format!("{REGULATED}{id}")))
            .ok_or_else(|| self.unknown(id))
    }

    /// The offer that the configuration names: that there is none is its mistake.
    pub fn configured(&self, id: &str) -> Result<&Offer, Failure> {
        self.find(id).map_err(|mut failure| {
            failure.exit = Exit::Configuration;
            failure
        })
    }

    /// Every id, for people.
    pub fn ids(&self) -> String {
        let ids = self.all.iter().map(|offer| offer.id.as_str());
        ids.collect::<Vec<_>>().join(", ")
    }

    fn unknown(&self, id: &str) -> Failure {
        let said = Said::new("error-offer-unknown").with("id", id);
        let likeness = |offer: &Offer| {
            let short = offer.id.strip_prefix(REGULATED).unwrap_or(&offer.id);
            strsim::jaro_winkler(id, &offer.id).max(strsim::jaro_winkler(id, short))
        };
        let nearest = self
            .all
            .iter()
            .filter(|offer| likeness(offer) > 0.8)
            .max_by(|one, two| likeness(one).total_cmp(&likeness(two)));
        Failure::usage(said).hint(match nearest {
            Some(offer) => Said::new("error-offer-nearest").with("nearest", &offer.id),
            None => Said::new("error-offer-unknown-do").with("ids", self.ids()),
        })
    }
}

/// The offers of one file; what it names is looked for beside it.
pub fn read(path: &Path) -> Result<Vec<Offer>, Failure> {
    let text = text_of(path).map_err(|cause| {
        let said = Said::new("error-offers-file").path(path);
        Failure::new(Exit::Configuration, said.cause(&cause))
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = |name: &str| text_of(&folder.join(name)).map_err(|cause| cause.to_string());
    let mut offers = tariff::offer::check(&text, &beside)
        .map_err(|mistakes: Vec<Mistake>| Failure::offers(path, mistakes))?;
    offers.iter_mut().for_each(legible);
    Ok(offers)
}

/// Texts are shown on terminals, which obey control characters.
fn legible(offer: &mut Offer) {
    let texts = [&mut offer.id, &mut offer.name, &mut offer.source];
    for text in texts.into_iter().chain(&mut offer.classes) {
        if text.contains(char::is_control) {
            *text = text.replace(char::is_control, "\u{fffd}");
        }
    }
}

/// No file of offers or prices is larger: twenty years of quarters are 30 MB.
const LARGEST: u64 = 64 << 20;

fn text_of(path: &Path) -> std::io::Result<String> {
    use std::io::Read;
    let file = std::fs::File::open(path)?;
    let mut text = String::new();
    file.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    Ok(text)
}
