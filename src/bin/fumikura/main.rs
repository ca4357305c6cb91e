//! The program: a client of the library that any outside user could write.

mod args;
mod commands;
mod config;
mod messages;

use std::process::ExitCode;

use clap::Parser;

#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let args = args::Args::parse_from(std::env::args_os().map(args::excluded_word));
    messages::hold_faults();
    // Nothing is used after a panic.
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| commands::run(args)));
    match ended {
        Ok(Ok(outcome)) => outcome.into(),
        Ok(Err(error)) if messages::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            messages::error(&error);
            commands::Outcome::Failed.into()
        }
        Err(_) => {
            messages::fault();
            commands::Outcome::Failed.into()
        }
    }
}
