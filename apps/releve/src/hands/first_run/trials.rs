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
use crate::exit::{Failure, Said};
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
                it.setup(&context, true).await?;
            }
            OutputService::Jeedom => {
                let own = jeedom_settings(&typed)?;
                let it = session::jeedom("jeedom".to_owned(), &own, &settings, lang)?;
                let client = it.client(&context);
                let seen = warnings::of_core(&client).await;
                seen.map_err(|error| Failure::from(DeliveryError::from(error)))?;
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
