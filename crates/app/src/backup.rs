//! A shop's folder, copied while it serves, and put back.

use std::path::{Path, PathBuf};

use domain::SubjectId;
use shop::{Access, ShopError};
use store::{BackedUp, ErasedNames, every};

use crate::Live;

/// What putting a backup in place did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What was copied.
    pub copied: BackedUp,
    /// Where the shop lies now that was there before.
    pub set_aside: Option<PathBuf>,
    /// Names erased again: the replaced shop had erased them after the backup was taken.
    pub n_erased_again: usize,
}

/// Copies the shop in `folder` to the new folder `into`, as of one instant; a server may go on.
///
/// # Errors
/// What the store says, e.g. that `into` exists.
pub fn back_up(folder: &Path, into: &Path) -> Result<BackedUp, ShopError> {
    Ok(store::backup::back_up(folder, into)?)
}

/// Puts a backup in place of the shop in `folder`. `replace` moves a shop that is there to
/// `<folder>.replaced-<now>`, and erases again whom it had erased since the backup.
///
/// # Errors
/// [`ShopError::BadRequest`] where there is a shop and `replace` is false, [`ShopError::Busy`] where a
/// server works on it, or what the store says.
pub fn restore(
    backup: &Path,
    folder: &Path,
    replace: bool,
    now: domain::Timestamp,
) -> Result<Restored, ShopError> {
    let mut erased = ErasedNames::default();
    let mut set_aside = None;
    if store::Shop::exists(folder) {
        if !replace {
            let problem = format!(
                "there is a shop in {} already; ask for it to be replaced (--replace)",
                folder.display()
            );
            return Err(ShopError::BadRequest { field: "shop", problem });
        }
        erased = crate::open(folder, Access::Write)?.state().erased_names()?;
        set_aside = Some(move_away(folder, now)?);
    }
    let copied = store::backup::restore(backup, folder)?;
    let n_erased_again = erase_again(folder, &erased)?;
    Ok(Restored { copied, set_aside, n_erased_again })
}

fn move_away(folder: &Path, now: domain::Timestamp) -> Result<PathBuf, ShopError> {
    let mut name = folder.file_name().map(std::ffi::OsStr::to_owned).unwrap_or_default();
    name.push(format!(".replaced-{}", now.0));
    let aside = folder.with_file_name(name);
    std::fs::rename(folder, &aside).map_err(ShopError::file(&aside))?;
    Ok(aside)
}

fn erase_again(folder: &Path, erased: &ErasedNames) -> Result<usize, ShopError> {
    if erased.is_empty() {
        return Ok(0);
    }
    let shop = crate::open(folder, Access::Write)?;
    let known = shop.state().erased_names()?;
    let mut back: Vec<SubjectId> = Vec::new();
    shop.state().scan_subjects(&mut every(|(name, _)| {
        if erased.erased_at(&name) > known.erased_at(&name) {
            back.push(name);
        }
    }))?;
    for name in &back {
        shop.state().erase(name)?;
    }
    if !back.is_empty() {
        // Opening for service fits the model again without them and removes older ones.
        drop(Live::new(shop)?);
    }
    Ok(back.len())
}
