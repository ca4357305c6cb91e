//! The program: a client of the library that any outside user could write.

mod args;
mod commands;
mod config;
mod messages;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match commands::run(args) {
        Ok(outcome) => outcome.into(),
        Err(error) if messages::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::error(&error);
            commands::Outcome::Failed.into()
        }
    }
}
