//! Destinations, tried as they are typed: they are only looked at, and nothing is
//! made there.

use std::collections::BTreeMap;
use std::sync::Arc;

use dashboard::first_run::TypedOutput;
use home::first::{OutputAnswers, OutputService, SecretAnswer};
use ledger::Ledger;
use outputs::DeliveryError;
use outputs::domoticz::{self, Domoticz};
use outputs::jeedom::{Access, Profile, Settings as JeedomSettings, Span, warnings};
use service::Lang;

use super::Hand;
use crate::exit::{Exit, Failure, Said};
use crate::session;

impl Hand {
    pub(super) async fn try_output(&self, typed: TypedOutput, lang: Lang) -> Result<(), Failure> {
        // A destination remembers what it has seen in a ledger: here in none that
        // stays.
        let folder = tempfile::Builder::new().prefix("releve-").tempdir()?;
        let ledger = Arc::new(Ledger::open(&folder.path().join(ledger::FILE_NAME))?);
        let settings = self.settings();
        let context = session::context(&settings, ledger, self.0.clock.clone(), lang);
        match typed.kind {
            OutputService::Domoticz => {
                let it = Domoticz::new("domoticz".to_owned(), domoticz_settings(&typed))?;
                let looked = it.setup(&context, true).await;
                looked.map_err(|error| told(error, ("Domoticz", lang)))?;
            }
            OutputService::Jeedom => {
                let own = jeedom_settings(&typed)?;
                let it = session::jeedom("jeedom".to_owned(), &own, &settings, lang)?;
                let client = it.client(&context);
                let seen = warnings::of_core(&client).await;
                seen.map_err(|error| told(error.into(), ("Jeedom", lang)))?;
            }
        }
        let mut draft = self.draft();
        draft.outputs.retain(|output| output.kind != typed.kind);
        draft.outputs.push(OutputAnswers {
            kind: typed.kind,
            url: typed.url,
            user: typed.user,
            secret: typed.secret.map(SecretAnswer::Typed),
        });
        Ok(())
    }
}

/// What a destination says, with what to do in a form: the usual advice names keys
/// of the configuration, and what is sent again by itself.
fn told(error: DeliveryError, (name, lang): (&str, Lang)) -> Failure {
    let DeliveryError::Trouble(trouble) = error else {
        return error.into();
    };
    let (silent, todo) = match trouble.name.as_str() {
        "domoticz-problem-unreachable" | "jeedom-problem-unreachable" => {
            (true, "dash-setup-output-where-do")
        }
        "domoticz-problem-not-domoticz"
        | "jeedom-problem-not-there"
        | "jeedom-problem-not-json" => (false, "dash-setup-output-where-do"),
        "domoticz-problem-unauthorized" => (false, "dash-setup-output-login-do"),
        _ => return trouble.into(),
    };
    let said = if silent {
        Said::new("dash-setup-output-silent").with("name", name)
    } else {
        Said::new("account-refused").with("what", trouble.explanation(lang))
    };
    Failure::new(Exit::Source, said).hint(Said::new(todo).with("name", name))
}

fn domoticz_settings(typed: &TypedOutput) -> domoticz::Settings {
    domoticz::Settings {
        url: typed.url.clone(),
        login: domoticz::Login::Auto,
        user: typed.user.clone(),
        password: typed.secret.clone(),
        client_id: None,
        usage_points: Vec::new(),
        merge: Vec::new(),
        device: domoticz::Device::default(),
        short_log_days: 7,
        long_log_days: None,
        main_value: domoticz::MainValue::default(),
        other_value: domoticz::OtherValue::default(),
        mqtt: None,
    }
}

fn jeedom_settings(typed: &TypedOutput) -> Result<JeedomSettings, Failure> {
    let Some(key) = typed.secret.clone() else {
        return Err(Failure::usage(Said::new("dash-setup-jeedom-key")));
    };
    Ok(JeedomSettings {
        access: Access {
            url: typed.url.clone(),
            key,
            plugin: None,
        },
        usage_points: Vec::new(),
        adopted: BTreeMap::new(),
        profile: Profile::Releve,
        span: Span {
            curve_days: None,
            everything: false,
        },
        mqtt: None,
    })
}
