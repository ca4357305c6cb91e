//! `fumikura dictionary`: the Japanese dictionary, built where it is used.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use fumikura::{Dictionary, DictionaryInfo};
use indicatif::HumanBytes;

use super::Outcome;
use crate::args::DictionaryCommand;
use crate::{config, messages};

/// Where packages put the sources of IPADIC.
const SYSTEM_SOURCES: [&str; 2] = [
    "/usr/share/mecab/dic/ipadic",
    "/usr/local/share/mecab/dic/ipadic",
];
/// The original release, for systems without a package.
const DOWNLOAD: &str = "https://downloads.sourceforge.net/project/mecab/mecab-ipadic/2.7.0-20070801/mecab-ipadic-2.7.0-20070801.tar.gz";
/// SHA-256 of that file; checked with the system's own tool before it is opened.
const DOWNLOAD_SHA256: &str = "b62f527d881c504576baed9c6ef6561554658b175ce6ae0096a60307e49e3523";

pub(crate) fn run(command: &DictionaryCommand) -> Result<Outcome> {
    let target = config::dictionary_folder()?;
    match command {
        DictionaryCommand::Install { from, force } => install(from.as_deref(), *force, &target),
        DictionaryCommand::List => list(&target),
    }
}

fn list(target: &Path) -> Result<Outcome> {
    let info = DictionaryInfo::read(target)?;
    tell(&info, target)?;
    Ok(Outcome::Done)
}

fn tell(info: &DictionaryInfo, target: &Path) -> Result<()> {
    let size = HumanBytes(info.bytes);
    writeln!(
        std::io::stdout(),
        "{}  {}  {size}  {}",
        info.name,
        info.checksum,
        target.display()
    )?;
    Ok(())
}

fn install(from: Option<&Path>, force: bool, target: &Path) -> Result<Outcome> {
    if !force && let Ok(info) = DictionaryInfo::read(target) {
        tell(&info, target)?;
        if from.is_some() {
            messages::note("a dictionary is installed already; to build it again add --force");
        }
        return Ok(Outcome::Done);
    }
    let downloaded;
    let sources = match from {
        Some(path) => path,
        None => match SYSTEM_SOURCES
            .iter()
            .map(Path::new)
            .find(|path| path.is_dir())
        {
            Some(path) => path,
            None => {
                downloaded = download(target)?;
                &downloaded
            }
        },
    };
    messages::note(&format!(
        "building the Japanese dictionary from {}",
        sources.display()
    ));
    let info = Dictionary::build(sources, target)?;
    tell(&info, target)?;
    Ok(Outcome::Done)
}

/// Fetches the original release with the system's own tools: a TLS stack for one file in a program's life is not worth carrying.
fn download(target: &Path) -> Result<PathBuf> {
    let by_hand = format!(
        "install the package mecab-ipadic, or fetch {DOWNLOAD} and run: fumikura dictionary install --from FILE"
    );
    let (Some(curl), Some(sha256sum)) = (config::program("curl"), config::program("sha256sum"))
    else {
        bail!(
            "no dictionary sources on this system, and no curl and sha256sum to fetch them; {by_hand}"
        );
    };
    let folder = target.parent().unwrap_or(target);
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{}: cannot create the folder", folder.display()))?;
    let file = folder.join("mecab-ipadic-2.7.0-20070801.tar.gz");
    messages::note(&format!("fetching {DOWNLOAD}"));
    let fetched = Command::new(curl)
        .args(["-fsSL", "--retry", "2", "--max-time", "600", "-o"])
        .arg(&file)
        .arg(DOWNLOAD)
        .status();
    if !fetched.context("cannot run curl")?.success() {
        let _ = std::fs::remove_file(&file);
        bail!("the dictionary sources could not be fetched; {by_hand}");
    }
    let sum = Command::new(sha256sum)
        .arg(&file)
        .output()
        .context("cannot run sha256sum")?;
    if !String::from_utf8_lossy(&sum.stdout).starts_with(DOWNLOAD_SHA256) {
        let _ = std::fs::remove_file(&file);
        bail!(
            "what was fetched from {DOWNLOAD} is not the release of 2007 (its checksum differs) and was removed; {by_hand}"
        );
    }
    Ok(file)
}
