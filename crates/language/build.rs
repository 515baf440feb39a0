//! Lists `data/<language>/*.txt`, so that the lists of a language are found by its folder.

use std::{env, fs, path::Path};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("data");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut source = String::from("static FILES: &[(&str, &str, &str)] = &[\n");
    for folder in entries(&root).iter().filter(|path| path.is_dir()) {
        println!("cargo:rerun-if-changed={}", folder.display());
        for file in entries(folder) {
            let (tag, name) = (stem(folder), stem(&file));
            let path = file.display().to_string();
            source += &format!("    ({tag:?}, {name:?}, include_str!({path:?})),\n");
        }
    }
    source += "];\n";
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("data.rs");
    fs::write(out, source).expect("the build folder can be written");
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let listed = fs::read_dir(folder).expect("a folder of lists can be listed");
    let mut paths: Vec<_> =
        listed.map(|entry| entry.expect("an entry of a folder can be read").path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).expect("folders and files have plain names")
}
