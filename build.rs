//! Rebuilds when a knowledge file changes: `include_dir!` alone does not notice.

fn main() {
    println!("cargo::rerun-if-changed=knowledge");
}
