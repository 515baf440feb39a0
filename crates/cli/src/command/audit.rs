//! `candor audit`: everything that was delivered, verified again.

use std::process::ExitCode;

use app::{Access, Shop};
use domain::RequestId;

use crate::command::ShopFolder;
use crate::show;

/// Verify every delivered reason again, from the raw event log as of its moment.
///
/// Exits with 1 when any claim no longer recomputes. Claims that counted somebody who was erased
/// since are listed apart: neither false nor verified.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Only this answer
    #[arg(long, value_name = "REQUEST")]
    request: Option<RequestId>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let shop = Shop::open(&arguments.shop.folder, Access::Read)?;
    let report = match &arguments.request {
        Some(request) => shop.audit_one(request)?,
        None => shop.audit()?,
    };
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", show::audit::text(&report));
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
