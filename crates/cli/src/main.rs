//! along: the same device without a window.

fn main() -> std::process::ExitCode {
    cli::main()
}
