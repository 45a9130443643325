//! The programs that are measured: ours and the references, built now, in the same profile as this one.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::Stopped;

/// Where the built programs stand.
#[derive(Debug, Clone)]
pub struct Programs {
    /// `along`
    pub(super) along: PathBuf,
    /// `reference`
    pub(super) reference: PathBuf,
    /// This program itself, for what is measured in a process of its own.
    pub(super) own: PathBuf,
}

impl Programs {
    /// Builds both. Takes minutes the first time and nothing afterwards.
    pub fn build() -> Result<Self, Stopped> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        build(&root.join("Cargo.toml"), &root.join("target"), &["--workspace", "--bin", "along"])?;
        let references = root.join("references");
        build(&references.join("Cargo.toml"), &references.join("target"), &[])?;
        Ok(Self {
            along: built(&root.join("target"), "along"),
            reference: built(&references.join("target"), "reference"),
            own: std::env::current_exe()?,
        })
    }
}

/// Which profile this program was built in: everything it measures is built in the same.
pub fn profile() -> &'static str {
    if cfg!(debug_assertions) { "debug" } else { "release" }
}

fn built(target: &Path, name: &str) -> PathBuf {
    target.join(profile()).join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

fn build(manifest: &Path, target: &Path, what: &[&str]) -> Result<(), Stopped> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--locked"]).args(what);
    cargo.arg("--manifest-path").arg(manifest).arg("--target-dir").arg(target);
    if profile() == "release" {
        cargo.arg("--release");
    }
    let status = cargo.status().map_err(|cause| Stopped::Start { program: "cargo".into(), cause })?;
    if status.success() { Ok(()) } else { Err(Stopped::Wrong(format!("{} does not build", manifest.display()))) }
}
