//! The load of `bench/gateway`: fills a store with grants, and asks a running
//! server for polls or refreshes.
//!
//! `load seed DATA_DIR [--postgres URL] --grants N --codes N --out FOLDER`
//! `load drive HOST:PORT polls|refreshes FILE --client ID [--connections N]
//!  [--seconds N] [--rate PER_SECOND]`

mod drive;
mod seed;

use std::collections::HashMap;
use std::error::Error;

/// What a command may end with.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// The words of a command and its `--name value` pairs.
pub struct Arguments {
    words: Vec<String>,
    named: HashMap<String, String>,
}

impl Arguments {
    fn read(mut args: impl Iterator<Item = String>) -> Outcome<Self> {
        let (mut words, mut named) = (Vec::new(), HashMap::new());
        while let Some(arg) = args.next() {
            match arg.strip_prefix("--") {
                Some(name) => {
                    let value = args.next().ok_or(format!("--{name} needs a value"))?;
                    named.insert(name.to_owned(), value);
                }
                None => words.push(arg),
            }
        }
        Ok(Self { words, named })
    }

    fn word(&self, at: usize) -> Outcome<&str> {
        let word = self.words.get(at).map(String::as_str);
        Ok(word.ok_or(format!("word {at} is missing"))?)
    }

    fn named(&self, name: &str) -> Option<&str> {
        self.named.get(name).map(String::as_str)
    }

    fn number(&self, name: &str, usual: usize) -> Outcome<usize> {
        Ok(self.named(name).map_or(Ok(usual), str::parse)?)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    match arguments.word(0)? {
        "seed" => seed::run(&arguments).await,
        "drive" => drive::run(&arguments).await,
        other => Err(format!("no command {other}").into()),
    }
}
