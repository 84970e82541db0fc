//! Help, versions, and what cannot be used.

use crate::{folder, mythbot, mythbot_with, run};

#[test]
fn help_names_the_subcommands_with_examples() {
    let ran = run(mythbot().arg("--help"));
    assert_eq!(ran.code, 0);
    for said in ["chat", "match", "check", "eval", "Examples:", "Exit codes:", "--knowledge"] {
        assert!(ran.out.contains(said), "{said} is not in\n{}", ran.out);
    }
    for subcommand in ["chat", "match", "check", "eval"] {
        let ran = run(mythbot().args([subcommand, "--help"]));
        assert!(ran.out.contains("--knowledge") && ran.code == 0, "{}", ran.out);
    }
}

#[test]
fn version_is_that_of_the_package() {
    let ran = run(mythbot().arg("--version"));
    assert_eq!(ran.out, format!("mythbot {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_told_apart_from_findings() {
    for args in [&[][..], &["dance"], &["match", "--top", "many"], &["eval"], &["chat", "--loud"]] {
        let ran = run(mythbot().args(args));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains("--help"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_missing_knowledge_folder_is_named() {
    for args in [&["match"][..], &["chat"], &["check"], &["eval", "none.jsonl"]] {
        let ran = run(mythbot().args(args).args(["--knowledge", "/nowhere/at/all"]));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains("/nowhere/at/all"), "{}", ran.err);
        assert!(ran.err.contains("check the path"), "{}", ran.err);
    }
    let ran = run(mythbot().arg("match").env("KNOWLEDGE_DIR", "/nowhere/at/all"));
    assert!(ran.code == 2 && ran.err.contains("/nowhere/at/all"), "{}", ran.err);
}

#[test]
fn a_folder_with_faults_is_refused_with_all_of_them() {
    let broken = folder::with("moon-cheese/myth.toml", "number = 1", "number = \"one\"");
    let ran = run(mythbot_with(broken.path()).arg("match").write_stdin(""));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("moon-cheese/myth.toml:2: "), "{}", ran.err);
    assert!(ran.err.contains("mythbot check"), "{}", ran.err);
}

#[test]
fn the_folder_in_the_environment_is_used_and_an_empty_one_is_none() {
    let sound = folder::sound();
    let ran = run(mythbot().arg("check").env("KNOWLEDGE_DIR", sound.path()));
    assert!(ran.out.contains("answers: 1,"), "{}", ran.out);
    let ran = run(mythbot().arg("check").env("KNOWLEDGE_DIR", ""));
    assert_ne!(ran.code, 2, "{}", ran.err);
}
