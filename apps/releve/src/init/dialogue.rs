//! The questions of `releve init`; a wrong answer is explained and asked again.

use std::io::{BufRead, ErrorKind, Read, Write};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use service::settings::{Problem, read_secret};
use service::{Lang, tr};

use home::first::{Answers, ApplicationAnswers, PointAnswers, SecretAnswer, SourceAnswers};

use super::{InitError, ReadHidden};
use crate::config::resolve::{is_name, twice, usage_point};
use crate::config::secret::{is_secret, secret_file};
use crate::config::source::{check_url, is_client_id};
use crate::offers::Offers;

/// Bytes of an answer that are read at most.
const LONGEST: u64 = 4096;

pub(super) struct Dialogue<'a, 'h, R, W> {
    input: &'a mut R,
    output: &'a mut W,
    lang: Lang,
    hidden: Option<ReadHidden<'h>>,
}

impl<'a, 'h, R: BufRead, W: Write> Dialogue<'a, 'h, R, W> {
    pub(super) fn new(
        input: &'a mut R,
        output: &'a mut W,
        lang: Lang,
        hidden: Option<ReadHidden<'h>>,
    ) -> Self {
        Self {
            input,
            output,
            lang,
            hidden,
        }
    }

    /// Everything that the file needs.
    pub(super) fn answers(mut self) -> Result<Answers, InitError> {
        let mut usage_points: Vec<PointAnswers> = Vec::new();
        while let Some(point) = self.usage_point(&usage_points)? {
            usage_points.push(point);
        }
        let source = self.source()?;
        for point in &mut usage_points {
            point.offer = self.offer(point)?;
        }
        Ok(Answers {
            usage_points,
            source,
            outputs: Vec::new(),
        })
    }

    /// The offer, which may come later: no answer at all is none.
    fn offer(&mut self, point: &PointAnswers) -> Result<Option<String>, InitError> {
        let offers = Offers::built_in();
        let prm = point.prm.to_string();
        loop {
            let question = tr(self.lang, "init-offer", &[("prm", &prm)]);
            write!(self.output, "{question}{} ", colon(self.lang))?;
            self.output.flush()?;
            let id = match self.line() {
                Ok(id) if id.is_empty() => return Ok(None),
                Err(InitError::Ended) => return Ok(None),
                answer => answer?,
            };
            if let Ok(offer) = offers.find(&id) {
                return Ok(Some(offer.id.clone()));
            }
            let problem = Problem::new("init-offer-wrong");
            self.explain(&problem.with("id", id).with("ids", offers.ids()))?;
        }
    }

    /// The next usage point; the first one is needed, others are not.
    fn usage_point(&mut self, known: &[PointAnswers]) -> Result<Option<PointAnswers>, InitError> {
        let first = known.is_empty();
        let question = if first { "init-prm" } else { "init-prm-more" };
        let prm = self.ask(question, |answer| {
            if answer.is_empty() && !first {
                return Ok(None);
            }
            let prm = usage_point(answer)?;
            let again = known.iter().any(|point| point.prm == prm);
            if again {
                return Err(twice(prm).advise("init-twice-do"));
            }
            Ok(Some(prm))
        })?;
        let Some(prm) = prm else {
            return Ok(None);
        };
        let name = self.ask("init-name", |answer| match answer {
            "" => Ok(None),
            name if is_name(name) => Ok(Some(name.to_owned())),
            _ => Err(Problem::new("config-name")),
        })?;
        Ok(Some(PointAnswers {
            name,
            ..PointAnswers::of(prm)
        }))
    }

    fn source(&mut self) -> Result<Option<SourceAnswers>, InitError> {
        let client_id = self.ask("init-client-id", |answer| match answer {
            "" => Ok(None),
            id if is_client_id(id) => Ok(Some(id.to_owned())),
            _ => Err(Problem::new("config-client-id")),
        })?;
        let Some(client_id) = client_id else {
            return Ok(None);
        };
        if let Some(word) = Word::of(&client_id) {
            return self.named(word).map(Some);
        }
        let secret = self.secret()?;
        let generation = self.ask("init-generation", |answer| match answer {
            "" | "auto" => Ok("auto"),
            "2026" => Ok("2026"),
            "v5" | "V5" => Ok("v5"),
            _ => Err(Problem::new("init-generation-wrong")),
        })?;
        Ok(Some(SourceAnswers::Application(ApplicationAnswers {
            client_id,
            generation,
            secret,
            base_url: None,
        })))
    }

    /// What there is to know about a source that a word names.
    fn named(&mut self, word: Word) -> Result<SourceAnswers, InitError> {
        Ok(match word {
            Word::Account => SourceAnswers::Account(None),
            Word::Gateway => SourceAnswers::Gateway(
                self.ask("init-gateway", |url| check_url(url).map_err(Problem::new))?,
            ),
            Word::Domoticz => SourceAnswers::DomoticzProxy,
            Word::Folder => SourceAnswers::Folder(self.ask("init-folder", |answer| {
                std::path::absolute(answer).map_err(|_| Problem::new("init-secret-file-wrong"))
            })?),
        })
    }

    fn secret(&mut self) -> Result<SecretAnswer, InitError> {
        let typed = self.ask("init-secret-where", |answer| match answer {
            "1" => Ok(true),
            "2" => Ok(false),
            _ => Err(Problem::new("init-secret-where-wrong")),
        })?;
        if typed {
            return self.typed_secret().map(SecretAnswer::Typed);
        }
        let path = self.ask("init-secret-file", |answer| {
            std::path::absolute(answer).map_err(|_| Problem::new("init-secret-file-wrong"))
        })?;
        self.warn_of(&path)?;
        Ok(SecretAnswer::InFile(path))
    }

    fn typed_secret(&mut self) -> Result<SecretString, InitError> {
        loop {
            let secret = self.read_secret()?;
            if is_secret(secret.expose_secret()) {
                return Ok(secret);
            }
            self.explain(&Problem::new("config-secret-empty"))?;
        }
    }

    fn read_secret(&mut self) -> Result<SecretString, InitError> {
        let Some(hidden) = &mut self.hidden else {
            self.prompt("init-secret")?;
            return Ok(SecretString::from(self.line()?));
        };
        let prompt = prompt(self.lang, "init-secret-hidden");
        match hidden(&prompt) {
            Ok(secret) => Ok(SecretString::from(secret.trim())),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(InitError::Ended),
            Err(error) => Err(error.into()),
        }
    }

    /// The file may come later, as a container's does; its problem is told now.
    fn warn_of(&mut self, path: &Path) -> Result<(), InitError> {
        let Err(error) = read_secret(path) else {
            return Ok(());
        };
        let path = path.display().to_string();
        self.explain(&Problem::new(secret_file(error)).with("path", path))?;
        writeln!(
            self.output,
            "  {}",
            tr(self.lang, "init-secret-file-later", &[])
        )?;
        Ok(())
    }

    /// Asks until the answer is good.
    fn ask<T>(
        &mut self,
        question: &str,
        read: impl Fn(&str) -> Result<T, Problem>,
    ) -> Result<T, InitError> {
        loop {
            self.prompt(question)?;
            match read(&self.line()?) {
                Ok(answer) => return Ok(answer),
                Err(problem) => self.explain(&problem)?,
            }
        }
    }

    fn prompt(&mut self, question: &str) -> Result<(), InitError> {
        write!(self.output, "{}", prompt(self.lang, question))?;
        self.output.flush()?;
        Ok(())
    }

    fn explain(&mut self, problem: &Problem) -> Result<(), InitError> {
        for line in problem.render(self.lang, None).lines() {
            writeln!(self.output, "  {}", line.trim_start())?;
        }
        Ok(())
    }

    /// An answer without the white space around it.
    fn line(&mut self) -> Result<String, InitError> {
        let mut bytes = Vec::new();
        let mut limited = (&mut *self.input).take(LONGEST);
        if limited.read_until(b'\n', &mut bytes)? == 0 {
            return Err(InitError::Ended);
        }
        Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
    }
}

/// A word that names a source in place of a client id, in either language.
#[derive(Clone, Copy)]
enum Word {
    Account,
    Gateway,
    Domoticz,
    Folder,
}

impl Word {
    fn of(answer: &str) -> Option<Self> {
        match answer.to_ascii_lowercase().as_str() {
            "compte" | "account" => Some(Self::Account),
            "passerelle" | "gateway" => Some(Self::Gateway),
            "domoticz" => Some(Self::Domoticz),
            "dossier" | "folder" => Some(Self::Folder),
            _ => None,
        }
    }
}

fn prompt(lang: Lang, question: &str) -> String {
    format!("{}{} ", tr(lang, question, &[]), colon(lang))
}

fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "\u{a0}:",
        Lang::En => ":",
    }
}
