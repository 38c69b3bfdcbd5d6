//! What `releve run` says of its deliveries.

use outputs::schedule::Outcome;

use crate::words::Words;

/// Writes a push's end into the log, unless nothing happened.
pub(super) fn log(words: Words, name: &str, outcome: &Outcome) {
    let delivered = match outcome {
        Ok(delivered) => delivered,
        Err(trouble) => {
            let what = trouble.explanation(words.lang);
            tracing::warn!(code = %trouble, "{name}: {what}");
            return;
        }
    };
    for trouble in delivered.troubles.iter().chain(&delivered.notices) {
        let what = trouble.explanation(words.lang);
        tracing::warn!(code = %trouble, "{name}: {what}");
    }
    if delivered.written + delivered.deleted > 0 {
        let (written, deleted) = (
            words.number(delivered.written),
            words.number(delivered.deleted),
        );
        let args = [("name", name), ("written", &written), ("deleted", &deleted)];
        tracing::info!("{}", words.say("outputs-done", &args));
    }
}
