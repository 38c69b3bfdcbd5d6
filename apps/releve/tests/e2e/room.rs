//! A folder with too little room: a small file system of its own where this
//! machine lets us mount one, else a limit on the size of files.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A small tmpfs, in a mount namespace that a shell keeps open.
pub struct Tmpfs {
    shell: Child,
    enter: &'static [&'static str],
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    mounted_on: tempfile::TempDir,
}

/// Mounts at the size that is told first, then remounts at each that follows.
const SCRIPT: &str = r#"
read -r size && mount -t tmpfs -o "size=$size" tmpfs "$1" && echo done
while read -r size; do mount -o "remount,size=$size" "$1" && echo done; done
"#;

impl Tmpfs {
    /// `None` where this machine does not let us mount.
    pub fn of(size: &str) -> Option<Self> {
        Self::with(&["--mount"], &[], size).or_else(|| {
            const USER: &[&str] = &["--user", "--preserve-credentials"];
            Self::with(&["--mount", "--map-root-user"], USER, size)
        })
    }

    fn with(unshare: &[&str], enter: &'static [&'static str], size: &str) -> Option<Self> {
        let mounted_on = tempfile::TempDir::new().ok()?;
        let mut shell = Command::new("unshare")
            .args(unshare)
            .args(["sh", "-c", SCRIPT, "sh"])
            .arg(mounted_on.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut tmpfs = Self {
            orders: shell.stdin.take()?,
            answers: BufReader::new(shell.stdout.take()?),
            shell,
            enter,
            mounted_on,
        };
        tmpfs.order(size).then_some(tmpfs)
    }

    /// The folder, for those who run through [`Tmpfs::enter`].
    pub fn path(&self) -> PathBuf {
        self.mounted_on.path().to_owned()
    }

    /// The command through which others see it.
    pub fn enter(&self) -> Vec<String> {
        let target = self.shell.id().to_string();
        let words = ["nsenter", "--mount", "--target", &target];
        words
            .iter()
            .chain(self.enter)
            .map(|word| (*word).to_owned())
            .collect()
    }

    /// The folder as the kernel shows it to everyone. SQLite resolves such a
    /// path to another: for copies only.
    pub fn seen_from_outside(&self) -> PathBuf {
        let inside = self.mounted_on.path().strip_prefix("/").unwrap();
        PathBuf::from(format!("/proc/{}/root", self.shell.id())).join(inside)
    }

    /// Makes it so large.
    pub fn resize(&mut self, size: &str) {
        assert!(self.order(size), "remounted with {size}");
    }

    fn order(&mut self, size: &str) -> bool {
        let mut answer = String::new();
        writeln!(self.orders, "{size}").is_ok()
            && self.answers.read_line(&mut answer).is_ok()
            && answer == "done\n"
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        // The file system goes with the last process of its namespace.
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}
