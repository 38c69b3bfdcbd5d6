//! Where a program keeps its things: the XDG base directories.

use std::path::PathBuf;

use crate::Env;

/// The places where a program's configuration may be, best first: the user's
/// (`$XDG_CONFIG_HOME/APP/APP.toml`, else `~/.config/APP/APP.toml`), then the
/// machine's (`/etc/APP/APP.toml`). The rule is the same for root, so that what
/// is read does not depend on who asks, only on which file exists.
pub fn config_candidates(env: &dyn Env, app: &str) -> Vec<PathBuf> {
    let file = format!("{app}/{app}.toml");
    let user = base(env, "XDG_CONFIG_HOME", ".config").map(|base| base.join(&file));
    let machine = PathBuf::from("/etc").join(&file);
    user.into_iter().chain([machine]).collect()
}

/// The configuration to read: the first that exists, else none.
pub fn config_file(env: &dyn Env, app: &str) -> Option<PathBuf> {
    config_candidates(env, app)
        .into_iter()
        .find(|path| path.exists())
}

/// Where the program keeps its data: `$XDG_DATA_HOME/APP`, else
/// `~/.local/share/APP`; nothing when the environment names no home.
pub fn data_dir(env: &dyn Env, app: &str) -> Option<PathBuf> {
    base(env, "XDG_DATA_HOME", ".local/share").map(|base| base.join(app))
}

/// The specification has relative paths ignored.
fn base(env: &dyn Env, variable: &str, in_home: &str) -> Option<PathBuf> {
    let absolute = |name| {
        env.var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute(variable).or_else(|| absolute("HOME").map(|home| home.join(in_home)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::MapEnv;

    #[test]
    fn xdg_variables_decide_over_the_home_folder() {
        let env = MapEnv::from([("HOME", "/home/a"), ("XDG_DATA_HOME", "/data")]);
        assert_eq!(
            data_dir(&env, "releve").as_deref(),
            Some(Path::new("/data/releve"))
        );
        assert_eq!(
            config_candidates(&env, "releve"),
            [
                PathBuf::from("/home/a/.config/releve/releve.toml"),
                PathBuf::from("/etc/releve/releve.toml"),
            ]
        );
    }

    #[test]
    fn relative_paths_and_a_missing_home_give_nothing() {
        let env = MapEnv::from([("XDG_DATA_HOME", "data")]);
        assert_eq!(data_dir(&env, "releve"), None);
        assert_eq!(
            config_candidates(&env, "releve"),
            [PathBuf::from("/etc/releve/releve.toml")]
        );
    }
}
