//! `candor backup` and `candor restore`: a shop's folder, copied while it serves, and put back.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use shop::Access;

use crate::command::ShopFolder;
use crate::show;

/// Copy the shop to a new folder, as of one instant. May run beside a server.
///
/// The copy is a shop like any other: state, models, settings, reports. Every delivered reason in
/// it is verified again before this ends (`--no-audit` skips that). Keep copies where only few can
/// read them: they hold everything the shop knows.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  candor backup --shop ./shop --out /backups/shop-2026-11-30
  candor restore /backups/shop-2026-11-30 --shop ./shop --replace")]
pub(crate) struct Backup {
    #[command(flatten)]
    shop: ShopFolder,
    /// Folder to make; it must not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Do not verify the delivered reasons of the copy
    #[arg(long)]
    no_audit: bool,
}

/// Put a backup in place of a shop.
///
/// People who were erased since the backup was taken are erased again, where the shop that is
/// replaced is still there to tell (`--replace`).
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// Folder that `candor backup` made
    backup: PathBuf,
    #[command(flatten)]
    shop: ShopFolder,
    /// Replace the shop that is there; its folder stays beside it under another name
    #[arg(long)]
    replace: bool,
    /// Do not verify the delivered reasons of the restored shop
    #[arg(long)]
    no_audit: bool,
}

impl Backup {
    pub(crate) fn run(&self) -> anyhow::Result<ExitCode> {
        let copied = app::backup::back_up(&self.shop.folder, &self.out)?;
        report("copied to", &self.out, copied.files, copied.bytes);
        verified(&self.out, self.no_audit)
    }
}

impl Restore {
    pub(crate) fn run(&self) -> anyhow::Result<ExitCode> {
        let folder = &self.shop.folder;
        let now = crate::command::now();
        let restored = app::backup::restore(&self.backup, folder, self.replace, now)?;
        report("restored to", folder, restored.copied.files, restored.copied.bytes);
        if let Some(aside) = &restored.set_aside {
            eprintln!(
                "the shop that was there is now {}; remove it when all is well",
                aside.display()
            );
        }
        if restored.n_erased_again > 0 {
            eprintln!(
                "erased again: {} names that were erased after the backup was taken",
                restored.n_erased_again
            );
        }
        verified(folder, self.no_audit)
    }
}

fn report(done: &str, folder: &Path, files: u64, bytes: u64) {
    eprintln!("{files} files, {:.1} MB, {done} {}", bytes as f64 / 1e6, folder.display());
}

fn verified(folder: &Path, no_audit: bool) -> anyhow::Result<ExitCode> {
    if no_audit {
        return Ok(ExitCode::SUCCESS);
    }
    let report = audit::audit(&app::open(folder, Access::Read)?)?;
    print!("{}", show::audit::text(&report));
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
