//! The window: a person's support plan, written together.
fn main() -> std::process::ExitCode {
    alongside::main()
}
