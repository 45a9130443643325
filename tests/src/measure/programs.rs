//! The programs that are measured: ours and the references, built now, in the same profile as this one.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::Stopped;

/// Where the built programs stand.
#[derive(Debug, Clone)]
pub struct Programs {
    /// `along`, as this package builds it.
    pub(super) along: PathBuf,
    /// `reference`
    pub(super) reference: PathBuf,
    /// This program itself, for what is measured in a process of its own.
    pub(super) own: PathBuf,
}

impl Programs {
    /// Builds both. Takes minutes the first time and nothing afterwards.
    pub fn build() -> Result<Self, Stopped> {
        let [ours, references] = workspaces()?;
        // The device of this package is the same program and needs nothing built that this one did not.
        build(&ours, &["--package", "tests", "--bin", "device"])?;
        build(&references, &[])?;
        Self::built()
    }

    /// Both as they were built before.
    pub fn built() -> Result<Self, Stopped> {
        let [ours, references] = workspaces()?;
        let own = std::env::current_exe()?;
        Ok(Self { along: built(&ours, "device"), reference: built(&references, "reference"), own })
    }
}

/// Which profile this program was built in: everything it measures is built in the same.
pub fn profile() -> &'static str {
    if cfg!(debug_assertions) { "debug" } else { "release" }
}

/// The folders of our workspace and of the references'.
fn workspaces() -> Result<[PathBuf; 2], Stopped> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let references = root.join("references");
    Ok([root, references])
}

fn built(workspace: &Path, name: &str) -> PathBuf {
    workspace.join("target").join(profile()).join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

fn build(workspace: &Path, what: &[&str]) -> Result<(), Stopped> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--locked"]).args(what);
    cargo.arg("--manifest-path").arg(workspace.join("Cargo.toml")).arg("--target-dir").arg(workspace.join("target"));
    if profile() == "release" {
        cargo.arg("--release");
    }
    let status = cargo.status().map_err(|cause| Stopped::Start { program: "cargo".into(), cause })?;
    if status.success() { Ok(()) } else { Err(Stopped::Wrong(format!("{} does not build", workspace.display()))) }
}
