//! The text of the first configuration, with comments in the user's language.

use std::fmt::Write;

use secrecy::ExposeSecret;
use service::{Lang, tr};

use super::{
    Answers, ApplicationAnswers, OutputAnswers, OutputService, PointAnswers, SecretAnswer,
    SourceAnswers, TokenAnswers, TokenService,
};

/// The whole file.
pub fn text(answers: &Answers, lang: Lang) -> String {
    let mut file = File {
        text: String::new(),
        lang,
    };
    file.comment("init-file-head");
    file.gap();
    file.comment("init-file-language");
    file.key("language", lang.tag());
    file.gap();
    file.comment("init-file-data-dir");
    file.line("# data_dir = \"/var/lib/releve\"");
    match &answers.source {
        Some(SourceAnswers::Application(source)) => file.source(source),
        Some(SourceAnswers::Account(base_url)) => {
            let address = base_url.as_ref().map(|url| ("base_url", url.as_str()));
            file.named(("init-file-account", "compte", "portal"), address);
        }
        Some(SourceAnswers::Gateway(url)) => file.named(
            ("init-file-gateway", "passerelle", "gateway"),
            Some(("base_url", url.as_str())),
        ),
        Some(SourceAnswers::DomoticzProxy) => {
            file.named(("init-file-domoticz", "domoticz", "domoticz-proxy"), None);
        }
        Some(SourceAnswers::Token(token)) => file.token(token),
        Some(SourceAnswers::Folder(folder)) => file.named(
            ("init-file-folder", "exports", "files"),
            Some(("folder", &folder.display().to_string())),
        ),
        None => file.no_source(),
    }
    file.usage_points(&answers.usage_points);
    for output in &answers.outputs {
        file.output(output);
    }
    file.gap();
    file.line("[schedule]");
    file.comment("init-file-schedule");
    file.key("every", "1h");
    file.text
}

struct File {
    text: String,
    lang: Lang,
}

impl File {
    /// A source that needs one key at most beside its kind.
    fn named(&mut self, (comment, name, kind): (&str, &str, &str), key: Option<(&str, &str)>) {
        self.gap();
        self.comment(comment);
        self.line(&format!("[sources.{name}]"));
        self.key("kind", kind);
        if let Some((key, value)) = key {
            self.key(key, value);
        }
    }

    fn source(&mut self, source: &ApplicationAnswers) {
        self.gap();
        self.comment("init-file-source");
        self.line("[sources.enedis]");
        self.key("kind", "data-connect");
        self.comment("init-file-generation");
        self.key("generation", source.generation);
        self.comment("init-file-client-id");
        self.key("client_id", &source.client_id);
        self.secret("client_secret", &source.secret);
        if let Some(url) = &source.base_url {
            self.key("base_url", url.as_str());
        }
    }

    fn token(&mut self, source: &TokenAnswers) {
        let name = source.service.as_str();
        self.gap();
        self.comment(match source.service {
            TokenService::ConsoApi => "init-file-conso-api",
            TokenService::MyElectricalData => "init-file-myelectricaldata",
        });
        self.line(&format!("[sources.{name}]"));
        self.key("kind", name);
        self.secret("token", &source.token);
        if let Some(url) = &source.base_url {
            self.key("base_url", url.as_str());
        }
    }

    fn output(&mut self, output: &OutputAnswers) {
        let name = output.kind.as_str();
        self.gap();
        self.comment(match output.kind {
            OutputService::Domoticz => "init-file-output-domoticz",
            OutputService::Jeedom => "init-file-output-jeedom",
        });
        self.line(&format!("[outputs.{name}]"));
        self.key("kind", name);
        self.key("url", output.url.as_str());
        if let Some(user) = &output.user {
            self.key("user", user);
        }
        if let Some(secret) = &output.secret {
            let key = match output.kind {
                OutputService::Domoticz => "password",
                OutputService::Jeedom => "key",
            };
            self.secret(key, secret);
        }
    }

    /// The secret itself under its key, or the file that holds it.
    fn secret(&mut self, key: &str, secret: &SecretAnswer) {
        match secret {
            SecretAnswer::Typed(secret) => self.key(key, secret.expose_secret()),
            SecretAnswer::InFile(path) => {
                self.key(&format!("{key}_file"), &path.display().to_string());
            }
        }
    }

    fn no_source(&mut self) {
        self.gap();
        self.comment("init-file-no-source");
        self.line("# [sources.enedis]");
        self.line("# kind = \"data-connect\"");
        self.line("# client_id = \"…\"");
        self.line("# client_secret_file = \"…\"");
    }

    fn usage_points(&mut self, points: &[PointAnswers]) {
        self.gap();
        self.comment("init-file-usage-points");
        for (index, point) in points.iter().enumerate() {
            if index > 0 {
                self.gap();
            }
            self.line("[[usage_points]]");
            self.key("prm", &point.prm.to_string());
            if let Some(name) = &point.name {
                self.key("name", name);
            }
            if let Some(offer) = &point.offer {
                self.key("offer", offer);
            }
            if let Some(off_peak) = &point.off_peak {
                self.key("off_peak", off_peak);
            }
            if let Some(kva) = point.subscribed_kva {
                self.line(&format!("subscribed_kva = {kva}"));
            }
        }
    }

    fn comment(&mut self, message: &str) {
        for line in tr(self.lang, message, &[]).lines() {
            let _ = writeln!(self.text, "# {line}");
        }
    }

    /// The value is quoted and escaped as TOML wants it.
    fn key(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{key} = {}", toml::Value::from(value));
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }
}
