//! The window under a name of the tests' own: a clean `cargo test` has it, and it can start itself again.
fn main() -> std::process::ExitCode {
    alongside::main()
}
