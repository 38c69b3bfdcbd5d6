//! Each way of getting readings, tried as it is typed.

use std::collections::BTreeMap;

use collector::planner::Window;
use collector::portal::{Places, Secrets};
use collector::{ConsoApi, DataConnect, MyElectricalData, Tokens};
use dashboard::first_run::{Doubt, Source, TypedSource};
use enedis::{Client, ClientConfig, Generation, Problem};
use home::first::{ApplicationAnswers, SecretAnswer, SourceAnswers, TokenAnswers, TokenService};
use ledger::SeriesKey;
use meter::{Direction, Kind, UsagePoint, paris};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::Hand;
use crate::commands::account::{Named, refused, show_secrets};
use crate::config::{CONSO_API, ENEDIS, MY_ELECTRICAL_DATA, Portal};
use crate::exit::{Exit, Failure, Said};
use crate::session::sources;
use crate::words::Words;

/// The name of the account and of its source.
const ACCOUNT: &str = "compte";

/// How many days are asked to try a source.
const TRIED_DAYS: i32 = 7;

impl Hand {
    pub(super) async fn try_source(&self, typed: TypedSource, words: Words) -> Result<(), Failure> {
        match typed {
            TypedSource::Gateway { url } => self.gateway(url, words).await,
            TypedSource::Account {
                login,
                password,
                cookie,
                url,
            } => {
                let secrets = Secrets {
                    login,
                    password,
                    cookie,
                };
                self.account(secrets, url, words).await
            }
            TypedSource::Token {
                service,
                token,
                prm,
                url,
            } => self.token((service, token), prm, url, words).await,
            TypedSource::Application {
                client_id,
                secret,
                prm,
                url,
            } => self.application((client_id, secret), prm, url, words).await,
        }
    }

    async fn account(
        &self,
        secrets: Secrets,
        url: Option<Url>,
        words: Words,
    ) -> Result<(), Failure> {
        let places = match &url {
            Some(url) => Ok(Places::under(url)),
            None => Places::enedis(),
        };
        let places = places.map_err(|error| {
            Failure::new(Exit::Source, Said::new("error-output").with("cause", error))
        })?;
        let named = Named {
            name: ACCOUNT.to_owned(),
            source: None,
            access: Portal {
                account: ACCOUNT.to_owned(),
                places,
            },
        };
        // Enedis locks an account after a few refusals: what it has refused is not
        // shown to it again.
        let before = self.draft().refused.clone();
        if before.is_some_and(|before| are_same(&before, &secrets)) {
            return Err(refused(words.lang)(Problem::PortalLogin));
        }
        let settings = self.settings();
        let shown = show_secrets(&settings, &named, &secrets, (&self.0.clock, words.lang)).await?;
        let found = match shown {
            Ok(found) => found,
            Err(problem) => {
                let is_final = problem == Problem::PortalLogin;
                self.draft().refused = is_final.then_some(secrets);
                return Err(refused(words.lang)(problem));
            }
        };
        let shown = Source {
            way: "account",
            typed: typed_url(url.as_ref()),
            doubt: None,
        };
        let answers = SourceAnswers::Account(url);
        self.draft().choose(Some(answers), shown, found);
        Ok(())
    }

    async fn token(
        &self,
        (service, token): (TokenService, SecretString),
        prm: UsagePoint,
        url: Option<Url>,
        words: Words,
    ) -> Result<(), Failure> {
        let usual = match service {
            TokenService::ConsoApi => CONSO_API,
            TokenService::MyElectricalData => MY_ELECTRICAL_DATA,
        };
        let base_url = address(url.as_ref(), usual)?;
        let tokens = Tokens {
            common: Some(token.clone()),
            own: BTreeMap::new(),
        };
        let (name, http, clock) = (service.as_str(), sources::http()?, self.0.clock.clone());
        let source: Box<dyn collector::Source> = match service {
            TokenService::ConsoApi => Box::new(ConsoApi::new(name, http, clock, base_url, tokens)),
            TokenService::MyElectricalData => {
                Box::new(MyElectricalData::new(name, http, clock, base_url, tokens))
            }
        };
        let doubt = self.try_it(source.as_ref(), prm, words).await?;
        let mut typed = typed_url(url.as_ref());
        typed.push(("service", name.to_owned()));
        typed.push(("prm", prm.to_string()));
        let shown = Source {
            way: "token",
            typed,
            doubt,
        };
        let answers = SourceAnswers::Token(TokenAnswers {
            service,
            token: SecretAnswer::Typed(token),
            base_url: url,
        });
        self.draft().choose(Some(answers), shown, vec![prm]);
        Ok(())
    }

    async fn application(
        &self,
        (client_id, secret): (String, SecretString),
        prm: UsagePoint,
        url: Option<Url>,
        words: Words,
    ) -> Result<(), Failure> {
        let config = ClientConfig {
            base_url: address(url.as_ref(), ENEDIS)?,
            generation: Generation::V2026,
            client_id: client_id.clone(),
            client_secret: secret.clone(),
            calls_per_second: Some(5),
        };
        let client = Client::new(sources::http()?, self.0.clock.clone(), config);
        let source = DataConnect::new("enedis", client).switching();
        let doubt = self.try_it(&source, prm, words).await?;
        let mut typed = typed_url(url.as_ref());
        typed.push(("client_id", client_id.clone()));
        typed.push(("prm", prm.to_string()));
        let shown = Source {
            way: "application",
            typed,
            doubt,
        };
        let answers = SourceAnswers::Application(ApplicationAnswers {
            client_id,
            generation: "auto",
            secret: SecretAnswer::Typed(secret),
            base_url: url,
        });
        self.draft().choose(Some(answers), shown, vec![prm]);
        Ok(())
    }

    /// Asks for the last days; what passes by itself is no refusal.
    async fn try_it(
        &self,
        source: &dyn collector::Source,
        prm: UsagePoint,
        words: Words,
    ) -> Result<Option<Doubt>, Failure> {
        let key = SeriesKey {
            usage_point: prm,
            direction: Direction::Consumption,
            kind: Kind::Daily,
        };
        let today = paris::day_of(self.0.clock.now());
        let window = Window {
            from: paris::add_days(today, -TRIED_DAYS),
            to: today,
        };
        let Err(problem) = source.fetch(key, window).await else {
            return Ok(None);
        };
        match judge(&problem) {
            Judged::Fine => Ok(None),
            Judged::Passes => Ok(Some(Doubt {
                message: problem.explanation(words.lang),
                advice: Some(problem.advice(words.lang)),
            })),
            Judged::Refused => Err(refused(words.lang)(problem)),
        }
    }
}

fn are_same(one: &Secrets, other: &Secrets) -> bool {
    let parts = |it: &Secrets| [it.login.clone(), it.password.clone(), it.cookie.clone()];
    let mut both = parts(one).into_iter().zip(parts(other));
    both.all(|(one, other)| one.expose_secret() == other.expose_secret())
}

/// What a problem says of a source that is tried for the first time.
enum Judged {
    /// It answers; it has nothing of these days.
    Fine,
    /// It will answer another time.
    Passes,
    /// A person must mend something.
    Refused,
}

fn judge(problem: &Problem) -> Judged {
    match problem {
        Problem::NoData
        | Problem::BeforeActivation
        | Problem::BeforeConsent
        | Problem::BeyondHistory
        | Problem::WrongDirection
        | Problem::NothingPublished => Judged::Fine,
        Problem::Quota { .. }
        | Problem::NightClosure
        | Problem::MassRefusal
        | Problem::Outage { .. }
        | Problem::GatewayOutage { .. }
        | Problem::ServicesAbsent => Judged::Passes,
        _ => Judged::Refused,
    }
}

fn address(url: Option<&Url>, usual: &str) -> Result<Url, Failure> {
    match url {
        Some(url) => Ok(url.clone()),
        None => Url::parse(usual).map_err(|error| {
            Failure::new(Exit::Source, Said::new("error-output").with("cause", error))
        }),
    }
}

fn typed_url(url: Option<&Url>) -> Vec<(&'static str, String)> {
    url.iter().map(|url| ("url", url.to_string())).collect()
}
