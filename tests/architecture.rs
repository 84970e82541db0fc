//! Who may import whom, and how large a file may grow.

#![expect(clippy::unwrap_used, reason = "a test that cannot do its work must fail")]

use std::path::{Path, PathBuf};

/// Module of `src/`, and which other modules it may name with `crate::`.
const MAY_IMPORT: [(&str, &[&str]); 13] = [
    ("knowledge", &[]),
    ("matching", &["knowledge"]),
    ("cards", &["knowledge", "matching"]),
    ("evaluation", &["knowledge", "matching"]),
    ("lookup", &["knowledge", "matching"]),
    ("policy", &["knowledge", "matching"]),
    ("store", &[]),
    ("clock", &[]),
    ("config", &["shards"]),
    ("shards", &[]),
    ("telemetry", &[]),
    (
        "discord",
        &[
            "knowledge",
            "matching",
            "lookup",
            "cards",
            "policy",
            "store",
            "clock",
            "config",
            "shards",
            "telemetry",
        ],
    ),
    (
        "cli",
        &[
            "knowledge",
            "matching",
            "cards",
            "evaluation",
            "lookup",
            "clock",
            "config",
            "discord",
            "store",
            "telemetry",
        ],
    ),
];

/// Crate, and the only module that may name it.
const ONLY_IN: [(&str, &str); 11] = [
    ("serenity", "discord"),
    ("poise", "discord"),
    ("sqlx", "store"),
    ("dotenvy", "config"),
    ("notify", "discord"),
    ("plotters", "discord"),
    ("png", "discord"),
    ("tracing_subscriber", "telemetry"),
    ("prometheus_client", "telemetry"),
    ("reqwest", "discord"),
    ("twilight_http_ratelimiting", "discord"),
];

const MOST_LINES: usize = 400;

fn source_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// Every file of `src/`: path inside it, text.
fn sources() -> Vec<(PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.strip_prefix(&src).unwrap().to_owned(), text)
    };
    source_files(&src).into_iter().map(read).collect()
}

/// What a line names behind each `crate::`. A group is named `{`, which no module may import: one
/// `use` for each module can be read by people and by this test.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    code.split("crate::").skip(1).map(|rest| match rest.strip_prefix('{') {
        Some(_) => "{",
        None => rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
    })
}

/// The module that a file of `src/` belongs to; none for `lib.rs` and `main.rs`.
fn module(path: &Path) -> Option<String> {
    let own = path.iter().next().unwrap().to_string_lossy().replace(".rs", "");
    let root = path.iter().count() == 1 && matches!(own.as_str(), "lib" | "main");
    (!root).then_some(own)
}

/// Whether a line of code names a crate, texts aside.
fn names(line: &str, wanted: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let code: String = code.split('"').step_by(2).collect();
    code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == wanted)
}

#[test]
fn modules_import_only_what_they_may() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let Some(own) = module(&path) else { continue };
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(module, _)| *module == own) else {
            faults.push(format!("src/{}: `{own}` is in no rule of {}", path.display(), file!()));
            continue;
        };
        for (line, number) in text.lines().zip(1..) {
            for name in imports(line).filter(|name| *name != own && !allowed.contains(name)) {
                faults
                    .push(format!("src/{}:{number}: {own} may not import {name}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn crates_stay_in_their_module() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let own = module(&path).unwrap_or_default();
        for (line, number) in text.lines().zip(1..) {
            for (name, home) in ONLY_IN.iter().filter(|(_, home)| *home != own) {
                if names(line, name) {
                    let place = path.display();
                    faults.push(format!("src/{place}:{number}: {name} belongs into {home}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_file_outgrows_its_reader() {
    let is_test = |path: &Path| path.file_stem().is_some_and(|stem| stem == "tests");
    let large: Vec<String> = sources()
        .iter()
        .filter(|(path, text)| !is_test(path) && text.lines().count() > MOST_LINES)
        .map(|(path, text)| format!("src/{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(large.is_empty(), "more than {MOST_LINES} lines:\n{}", large.join("\n"));
}
