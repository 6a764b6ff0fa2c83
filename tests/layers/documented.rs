//! What readers of the source may expect: every file says what it is for, every public type what it
//! stands for.

/// What lacks documentation in a file, as `line: what`.
pub fn undocumented(text: &str) -> Vec<String> {
    let mut missing = Vec::new();
    if !text.starts_with("//!") {
        missing.push("1: the file does not say what it is for".to_owned());
    }
    let mut has_docs = false;
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        if is_type(line) && !has_docs {
            missing.push(format!("{}: {line}", at + 1));
        }
        let attribute = line.starts_with("#[") || line.starts_with([' ', ')']);
        has_docs = line.starts_with("///") || has_docs && attribute;
    }
    missing
}

fn is_type(line: &str) -> bool {
    line.strip_prefix("pub ").is_some_and(|line| {
        ["struct ", "enum ", "trait ", "type ", "union "]
            .iter()
            .any(|it| line.starts_with(it))
    })
}

#[test]
fn attributes_may_stand_between_a_type_and_its_docs() {
    let text = "//! A file.\n\n/// A type.\n#[derive(\n    Debug,\n)]\npub struct A;\n";
    assert_eq!(undocumented(text), [""; 0]);
}

#[test]
fn a_type_or_a_file_without_docs_is_found() {
    let text = "use a::B;\n\n/// A type.\npub struct A;\npub enum C {}\n";
    assert_eq!(
        undocumented(text),
        [
            "1: the file does not say what it is for",
            "5: pub enum C {}"
        ]
    );
}
