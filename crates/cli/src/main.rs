//! `candor`: the only argv and the only binary.

mod analyse;

/// Recommendations that can prove why.
#[derive(clap::Parser)]
#[command(name = "candor", version)]
struct Candor {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    #[command(subcommand)]
    Analyse(analyse::Analyse),
}

fn main() -> anyhow::Result<()> {
    match <Candor as clap::Parser>::parse().command {
        Command::Analyse(what) => what.run(),
    }
}
