//! `mythbot import`: claims, a line each -> a knowledge folder to start with.

mod claims;
mod files;
mod ids;
mod staging;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;

use super::lines::Lines;
use super::match_lines::complain;
use super::{Ending, STOPPED};
use crate::knowledge::{self, Fault, Folder};
use claims::Claim;
use staging::{Interrupt, Written};

/// Most broken lines that are listed; the rest is counted.
const LISTED: usize = 20;

/// Make a knowledge folder from claims: JSON Lines in, a folder out
///
/// Reads `{"id": ..., "claim": "..."}`, one a line, and writes a folder that `match`, `chat`,
/// `check` and `run` take with --knowledge: each claim alone, to be searched at once and to be
/// answered when you have filled in what is known about it. Ids become folder names: small letters,
/// digits and hyphens. One that is none is rewritten, and stands as it was in the claim's myth.toml.
///
/// Either all claims are imported or, when a line cannot be used, nothing is written, each such
/// line is named, and the exit code is 1. A folder that is there already is left alone.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Claims, one JSON object a line (`-`: standard input)
    file: PathBuf,
    /// Folder to make; it must not exist yet
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

pub(super) fn run(args: &ImportArgs) -> anyhow::Result<Ending> {
    let out = args.out.as_path();
    // Said before any work is done; to be certain, it is asked again at the end.
    staging::refuse_existing(out)?;
    let interrupt = Interrupt::listen()?;
    let read = if args.file == Path::new("-") {
        if io::stdin().is_terminal() {
            complain(r#"type lines like {"id": "flat-earth", "claim": "..."}; Ctrl-D ends"#);
        }
        claims::read(&mut Lines::new(io::stdin().lock()))
    } else {
        claims::read(&mut Lines::open(&args.file)?)
    };
    let (claims, mut broken) = read.context("cannot read the claims")?;
    if claims.is_empty() && broken.is_empty() {
        bail!("there is no claim in it; write a line like {EXAMPLE}");
    }
    if claims.len() > MOST {
        let count = claims.len();
        bail!("{count} claims, and a folder holds at most {MOST}; split them over several folders");
    }
    let ids = ids::assign(&claims, &mut broken);
    let folder = files::folder(&claims, &ids);
    if broken.is_empty() {
        broken = refused(&folder, &claims, &ids)?;
    }
    if !broken.is_empty() {
        list(broken);
        return Ok(Ending::Findings);
    }
    if let Written::Stopped = staging::write(&folder, out, &interrupt)? {
        complain("stopped; nothing was imported");
        std::process::exit(STOPPED);
    }
    report(&claims, &ids, out)?;
    Ok(Ending::Clean)
}

/// As many as there are numbers for answers.
const MOST: usize = u16::MAX as usize;

/// How a line looks.
const EXAMPLE: &str = r#"{"id": "flat-earth", "claim": "The earth is flat."}"#;

/// A line that cannot be used: its number and what is wrong, with a remedy.
type Broken = (usize, String);

/// What keeps the folder from loading, by line.
fn refused(folder: &Folder, claims: &[Claim], ids: &[String]) -> anyhow::Result<Vec<Broken>> {
    let Err(faults) = knowledge::load(folder) else {
        return Ok(Vec::new());
    };
    let line = |fault: &Fault| {
        let (id, _) = fault.file.split_once('/')?;
        let number = ids.iter().position(|own| own == id)?;
        Some((claims.get(number)?.line, format!("{}; {}", fault.problem, fault.remedy)))
    };
    let lines: Option<Vec<Broken>> = faults.0.iter().map(line).collect();
    lines.context(faults).context("the folder would not load")
}

fn list(mut broken: Vec<Broken>) {
    broken.sort();
    for (line, problem) in broken.iter().take(LISTED) {
        complain(&format!("line {line}: {problem}"));
    }
    let more = match broken.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" ({more} more)"),
    };
    complain(&format!("lines that cannot be used: {}{more}; nothing was imported", broken.len()));
}

fn report(claims: &[Claim], ids: &[String], out: &Path) -> io::Result<()> {
    let folder = out.display();
    let mut to = io::stdout().lock();
    writeln!(to, "claims: {}, in {folder}", claims.len())?;
    let mut rewritten = claims.iter().zip(ids).filter(|(claim, id)| claim.id != **id);
    if let Some((claim, id)) = rewritten.next() {
        let count = 1 + rewritten.count();
        writeln!(to, "ids rewritten to be folder names: {count}, as “{}” to {id}", claim.id)?;
    }
    writeln!(to, "Next: mythbot --knowledge {folder} chat")?;
    writeln!(to, "      mythbot check {folder}")
}
