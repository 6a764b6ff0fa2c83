//! The environment variables of this process, by name.

/// The value of an environment variable, with anything that is not Unicode replaced.
pub fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}
