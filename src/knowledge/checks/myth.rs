//! `<claim>/myth.toml` as a whole: its id, number and date, and that the answer is there.

use std::collections::BTreeMap;

use super::answer::is_bare;
use crate::knowledge::fault::{Collected, Fault};
use crate::knowledge::load::{Files, MythFiles};

pub(super) fn check(files: &Files, folder: &str, myth: &MythFiles, faults: &mut Collected) {
    let path = format!("{folder}/myth.toml");
    if !files.has(&path) {
        let remedy = "write one, or move the other files of this folder";
        faults.error(Fault::new(path, "the file is missing", remedy));
    }
    if let Some(main) = files.pack.as_ref().and_then(|pack| pack.languages.first()) {
        let path = format!("{folder}/{main}.toml");
        if !files.has(&path) {
            let problem = format!("the answer in the main language `{main}` is missing");
            faults.error(Fault::new(path, problem, "write it: at least `claim = \"...\"`"));
        }
    }
    let Some(file) = &myth.myth else { return };
    let id = file.id.get_ref();
    if !is_id(id) {
        let problem = format!("`{id}` is no id");
        let remedy = "use small letters, digits and hyphens: `id = \"flat-earth\"`";
        faults.error(file.fault_at(&file.id, problem, remedy));
    } else if id != folder {
        let problem = format!("the id `{id}` is not the name of its folder, `{folder}`");
        faults.error(file.fault_at(&file.id, problem, "make them the same"));
    }
    if *file.number.get_ref() == 0 {
        let remedy = "write `number = ...`, from 1, another for each answer";
        faults.error(file.fault_at(&file.number, "the number is missing or 0", remedy));
    }
    if file.updated.is_none() && !is_bare(myth) {
        let remedy = "write the day it was last checked: `updated = \"2026-11-24\"`";
        faults.warn(file.fault("`updated` is missing", remedy));
    }
}

/// Numbers that two answers share.
pub(super) fn numbers(files: &Files, faults: &mut Collected) {
    let mut owners: BTreeMap<u16, &str> = BTreeMap::new();
    for file in files.myths.values().filter_map(|myth| myth.myth.as_ref()) {
        let number = *file.number.get_ref();
        if number == 0 {
            continue;
        }
        if let Some(other) = owners.get(&number) {
            let problem = format!("the number {number} already belongs to {other}");
            faults.error(file.fault_at(&file.number, problem, "give it a number of its own"));
        } else {
            owners.insert(number, &file.file);
        }
    }
}

fn is_id(id: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !id.is_empty() && id.bytes().all(fits)
}
