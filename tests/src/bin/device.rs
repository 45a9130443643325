//! The program `along` under a name of the tests' own, so that `cargo test --workspace` always has one to start.

fn main() -> std::process::ExitCode {
    cli::main()
}
