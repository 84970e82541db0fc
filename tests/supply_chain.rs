//! What the bot is made of: known licences, one registry, no second version without a reason, and a
//! purpose for every crate.

#![expect(clippy::expect_used, reason = "a test that cannot do its work must fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Licences of crates that are built into the program, each of which asks for no more than that its
/// text is passed on.
const LICENCES: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Licences of data: root certificates, and the font of charts.
const OF_DATA: [(&str, &str); 3] = [
    ("webpki-roots", "CDLA-Permissive-2.0"),
    ("epaint_default_fonts", "OFL-1.1"),
    ("epaint_default_fonts", "Ubuntu-font-1.0"),
];

/// Crates in more than one version, and who keeps the other one.
const TWICE: [(&str, &str); 18] = [
    ("base64", "hyper-util is ahead of reqwest, sqlx and serenity"),
    ("block-buffer", "of digest"),
    ("cpufeatures", "of sha2"),
    ("crypto-common", "of digest"),
    ("digest", "of sha2"),
    ("getrandom", "of rand, and of ring"),
    ("hashbrown", "indexmap is ahead of sqlx"),
    ("miniz_oxide", "flate2 is ahead of png"),
    ("rand", "sqlx is ahead of serenity's WebSocket"),
    ("rand_core", "of rand"),
    ("rustls", "serenity 0.12 stays with tokio-tungstenite 0.21, sqlx and reqwest are ahead"),
    ("rustls-webpki", "of rustls"),
    ("sha2", "sqlx-core stays with 0.10, sqlx-postgres and the bot are ahead"),
    ("syn", "at build time: poise, sqlx and tracing stay with 2"),
    ("thiserror", "serenity's WebSocket stays with 1"),
    ("thiserror-impl", "of thiserror"),
    ("tokio-rustls", "of rustls"),
    ("webpki-roots", "of rustls"),
];

/// A crate that is built into the program or builds it.
struct Part {
    name: String,
    version: String,
    licence: String,
    source: String,
}

/// All of them on this machine, as cargo chooses them by Cargo.lock.
fn parts() -> Vec<Part> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--package", "mythbot"])
        .args(["--edges", "normal,build", "--prefix", "none", "--no-dedupe"])
        .args(["--format", "{p}|{l}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let lines = String::from_utf8(tree.stdout).expect("UTF-8");
    let lines: BTreeSet<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
    let part = |line: &str| {
        let (package, licence) = line.split_once('|').expect("a licence");
        let mut words = package.splitn(3, ' ');
        let mut next = || words.next().unwrap_or_default().to_owned();
        let (name, version, source) = (next(), next(), next().replace("(proc-macro)", ""));
        Part { name, version, licence: licence.to_owned(), source: source.trim().to_owned() }
    };
    let parts = lines.into_iter().map(part);
    parts.filter(|part| part.name != env!("CARGO_PKG_NAME")).collect()
}

/// Whether one of the alternatives of a licence is known in all of its parts. Alternatives are joined
/// with `OR` or `/`, parts with `AND`, and parentheses stand around alternatives only.
fn is_known(part: &Part) -> bool {
    let known = |licence: &str| {
        LICENCES.contains(&licence) || OF_DATA.contains(&(part.name.as_str(), licence))
    };
    part.licence.split(" AND ").all(|all| {
        let any = all.trim_matches(['(', ')']).replace('/', " OR ");
        any.split(" OR ").any(|one| known(one.trim()))
    })
}

#[test]
fn every_licence_is_known() {
    let unknown: Vec<String> = parts()
        .iter()
        .filter(|part| !is_known(part))
        .map(|part| format!("{} {}: {:?}", part.name, part.version, part.licence))
        .collect();
    assert!(unknown.is_empty(), "licences that nobody has looked at:\n{}", unknown.join("\n"));
}

#[test]
fn unknown_licences_are_found() {
    let part = |name: &str, licence: &str| Part {
        name: name.to_owned(),
        version: String::new(),
        licence: licence.to_owned(),
        source: String::new(),
    };
    for licence in ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT AND (GPL-3.0 OR AGPL-3.0)", "OFL-1.1"] {
        assert!(!is_known(&part("x", licence)), "{licence}");
    }
    for licence in ["MIT", "GPL-3.0 OR MIT", "MIT/GPL-3.0", "(MIT OR GPL-3.0) AND Unicode-3.0"] {
        assert!(is_known(&part("x", licence)), "{licence}");
    }
    assert!(is_known(&part("webpki-roots", "CDLA-Permissive-2.0")));
}

#[test]
fn everything_comes_from_the_registry() {
    let lock = read("Cargo.lock");
    let lock: toml::Table = lock.parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    assert!(packages.len() > 200, "{} packages", packages.len());
    let own = ["mythbot", "loopback-discord"];
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let source = package.get("source").and_then(toml::Value::as_str);
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        assert!(own.contains(&name) || source == Some(registry), "{name} is from {source:?}");
        assert!(own.contains(&name) || package.get("checksum").is_some(), "{name} has no checksum");
    }
    // What is patched would show here only.
    for part in parts() {
        assert_eq!(part.source, "", "{} {}", part.name, part.version);
    }
}

#[test]
fn no_second_version_without_a_reason() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for part in parts() {
        versions.entry(part.name).or_default().insert(part.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let found: Vec<&str> = versions.keys().map(String::as_str).collect();
    let known: Vec<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, known, "see `cargo tree --duplicates`, and TWICE in {}", file!());
}

#[test]
fn the_readme_says_what_every_crate_is_for() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let listed = |table: &str| -> BTreeSet<String> {
        manifest[table].as_table().expect("a table").keys().cloned().collect()
    };
    let readme = read("README.md");
    let (_, section) = readme.split_once("### What it is made of").expect("the section");
    let section = section.split("\n#").next().unwrap_or_default();
    let rows: Vec<(&str, &str)> =
        section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | ")).collect();
    let mut told = BTreeSet::new();
    for (crates, purpose) in &rows {
        assert!(purpose.trim_matches(['|', ' ']).len() > 10, "{crates} has no purpose");
        let named = crates.split(", ").map(|name| name.trim_matches('`').to_owned());
        for name in named {
            assert!(told.insert(name.clone()), "{name} is there twice");
        }
    }
    assert_eq!(told, &listed("dependencies") | &listed("dev-dependencies"));
}

fn read(file: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(&path).expect("the file is there")
}
