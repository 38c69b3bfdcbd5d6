//! Which language to speak: what was asked for, then what is configured, then
//! what the system says, else French.

use crate::{Env, Lang};

/// The language to speak: `--lang`, then the configuration, then `LC_ALL` or
/// (when that is not set) `LANG`, else French.
///
/// ```
/// use service::{Lang, MapEnv, language};
/// let english = MapEnv::from([("LANG", "en_GB.UTF-8")]);
/// assert_eq!(language(None, None, &english), Lang::En);
/// assert_eq!(language(None, Some(Lang::Fr), &english), Lang::Fr);
/// assert_eq!(language(Some(Lang::En), Some(Lang::Fr), &english), Lang::En);
/// assert_eq!(language(None, None, &MapEnv::from([("LANG", "C")])), Lang::Fr);
/// ```
pub fn language(asked: Option<Lang>, configured: Option<Lang>, env: &dyn Env) -> Lang {
    asked
        .or(configured)
        .or_else(|| system(env))
        .unwrap_or_default()
}

fn system(env: &dyn Env) -> Option<Lang> {
    let tag = env.var("LC_ALL").or_else(|| env.var("LANG"))?;
    Lang::from_tag(&tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MapEnv;

    #[test]
    fn lc_all_decides_over_lang_and_an_empty_one_does_not() {
        let env = MapEnv::from([("LC_ALL", "fr_FR.UTF-8"), ("LANG", "en_US.UTF-8")]);
        assert_eq!(language(None, None, &env), Lang::Fr);
        let env = MapEnv::from([("LC_ALL", ""), ("LANG", "en_US.UTF-8")]);
        assert_eq!(language(None, None, &env), Lang::En);
    }
}
