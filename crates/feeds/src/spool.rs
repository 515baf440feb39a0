//! Files on their way in: `<shop>/incoming/<id>/<name>`, readable by the owner alone, gone when their
//! import ends, or when the shop is next opened for service.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use ulid::Ulid;

/// Longest name of a file that is kept.
const LONGEST_NAME: usize = 100;

/// The folder of incoming files.
#[derive(Debug, Clone)]
pub struct Spool {
    folder: PathBuf,
}

/// A file that came in; removed when dropped, unless it is kept.
#[derive(Debug)]
pub struct Spooled {
    path: PathBuf,
    is_kept: bool,
}

impl Spool {
    /// In a shop's folder; nothing is made yet.
    #[must_use]
    pub fn of(shop: &Path) -> Self {
        // The same path wherever the process was started.
        let shop = shop.canonicalize().unwrap_or_else(|_| shop.to_owned());
        Self { folder: shop.join("incoming") }
    }

    /// Begins a file. `name` is what reports call it.
    ///
    /// # Errors
    /// What the system says.
    pub fn begin(&self, name: &str) -> io::Result<(Spooled, File)> {
        let folder = self.folder.join(Ulid::generate().to_string());
        fs::create_dir_all(&folder)?;
        let spooled = Spooled { path: folder.join(plain(name)), is_kept: false };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&spooled.path)?;
        Ok((spooled, file))
    }

    /// Removes what an earlier process left, but for the files `kept`.
    ///
    /// # Errors
    /// What the system says.
    pub fn sweep(&self, kept: &[PathBuf]) -> io::Result<()> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let folder = entry?.path();
            if !kept.iter().any(|kept| kept.parent() == Some(&folder)) {
                fs::remove_dir_all(&folder)?;
            }
        }
        Ok(())
    }

    /// A file that was kept here before, to be removed when dropped; `None` where it does not lie
    /// here, as in a shop that was copied from elsewhere.
    #[must_use]
    pub fn again(&self, path: &Path) -> Option<Spooled> {
        let is_here = path.parent().and_then(Path::parent) == Some(&self.folder);
        (is_here && path.is_file()).then(|| Spooled { path: path.to_owned(), is_kept: false })
    }
}

impl Spooled {
    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the file where it is.
    #[must_use]
    pub fn keep(mut self) -> PathBuf {
        self.is_kept = true;
        self.path.clone()
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        if !self.is_kept
            && let Some(folder) = self.path.parent()
        {
            // What stays is removed when the shop is next opened for service.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// The last part of a name, without what a file system could take for more than a name.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    // Bytes, not characters, are what file systems bound.
    let mut end = plain.len().min(LONGEST_NAME);
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    let plain = plain[..end].trim_matches(['.', ' ']);
    if plain.is_empty() { "feed".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_gone_when_nobody_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::of(folder.path());
        let (first, _) = spool.begin("a.csv").unwrap();
        let (second, _) = spool.begin("b.csv").unwrap();
        let (left, _) = spool.begin("c.csv").unwrap();
        let gone = first.path().to_owned();
        drop(first);
        assert!(!gone.exists());
        let (kept, left) = (second.keep(), left.keep());
        spool.sweep(std::slice::from_ref(&kept)).unwrap();
        assert!(kept.exists() && !left.exists());
        assert!(spool.again(&folder.path().join("incoming/a.csv")).is_none());
        let elsewhere = tempfile::tempdir().unwrap();
        assert!(Spool::of(elsewhere.path()).again(&kept).is_none(), "another shop's");
        drop(spool.again(&kept).unwrap());
        assert!(!kept.exists());
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for (name, plain_name) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\feeds\\feed.csv", "feed.csv"),
            ("..", "feed"),
            ("", "feed"),
            ("商品.csv", "商品.csv"),
            ("a\0b\n.csv", "ab.csv"),
        ] {
            assert_eq!(plain(name), plain_name, "{name}");
        }
        assert!(plain(&"件".repeat(90)).len() <= LONGEST_NAME);
    }
}
