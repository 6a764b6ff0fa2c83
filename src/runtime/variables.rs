//! The environment of this process, for those who read it by a name.

/// The value of an environment variable; what is not Unicode in it is replaced.
pub fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}
