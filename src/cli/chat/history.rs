//! Where typed lines are kept between chats.

use std::ffi::OsString;
use std::path::PathBuf;

/// The history file, by the XDG base directory specification: relative paths do not count.
pub(super) fn file() -> Option<PathBuf> {
    file_in(std::env::var_os("XDG_STATE_HOME"), std::env::home_dir())
}

fn file_in(state: Option<OsString>, home: Option<PathBuf>) -> Option<PathBuf> {
    let state = state.map(PathBuf::from).filter(|path| path.is_absolute()).or_else(|| {
        let home = home.filter(|path| path.is_absolute())?;
        Some(home.join(".local/state"))
    })?;
    Some(state.join("mythbot/history"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_folder_comes_first_and_relative_ones_do_not_count() {
        let home = || Some(PathBuf::from("/home/x"));
        let path = |path: &str| Some(PathBuf::from(path));
        assert_eq!(file_in(Some("/s".into()), home()), path("/s/mythbot/history"));
        assert_eq!(file_in(Some("s".into()), home()), path("/home/x/.local/state/mythbot/history"));
        assert_eq!(file_in(None, home()), path("/home/x/.local/state/mythbot/history"));
        assert_eq!(file_in(None, None), None);
    }
}
