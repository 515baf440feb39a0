//! `candor audit`: everything that was delivered, verified again.

use std::process::ExitCode;

use audit::AuditRange;
use domain::{RequestId, Timestamp};
use shop::Access;

use crate::command::ShopFolder;
use crate::show::{self, Labelled};

/// Verify every delivered reason again, from the raw event log as of its moment.
///
/// Recounts claims, scores and order, and walks the audit chain that ties recorded answers together,
/// a chain per day (UTC). Keep the printed heads elsewhere to prove later that none was replaced.
///
/// Exits with 1 when anything no longer recomputes. Claims that counted somebody who was erased
/// since are listed apart: neither false nor verified.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Only this answer
    #[arg(long, value_name = "REQUEST", conflicts_with_all = ["from", "to"])]
    request: Option<RequestId>,
    /// Only answers recorded from this time on, e.g. 2026-11-24 or 2026-11-24T08:00:00Z
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    from: Option<Timestamp>,
    /// Only answers recorded before this time
    #[arg(long, value_name = "TIME", value_parser = Timestamp::parse)]
    to: Option<Timestamp>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let report = match &arguments.request {
        Some(request) => audit::audit_one(&shop, request)?,
        None => audit::audit_range(&shop, AuditRange { from: arguments.from, to: arguments.to })?,
    };
    let simulated = shop.config::<app::Config>().shop.simulated;
    show::print(arguments.json, &Labelled { simulated, answer: &report }, || {
        show::label(simulated).to_owned() + &show::audit::text(&report)
    })?;
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
