//! Hooks: programs that run after something has been done to articles.

use super::{Program, ProgramError};
use crate::config::{HookTable, OutputUse, Problem, ProgramText};

/// When a program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hook {
    /// After files of articles were written.
    Publish,
    /// After a decision on articles was kept.
    Mark,
    /// After articles came into the library.
    Load,
}

impl Hook {
    pub const ALL: [Hook; 3] = [Hook::Publish, Hook::Mark, Hook::Load];

    /// Its key in `[hooks]`.
    pub fn key(self) -> &'static str {
        match self {
            Hook::Publish => "after_publish",
            Hook::Mark => "after_mark",
            Hook::Load => "after_load",
        }
    }

    /// The program and its arguments, as configured.
    pub fn words(self, hooks: &HookTable) -> &[String] {
        match self {
            Hook::Publish => &hooks.after_publish,
            Hook::Mark => &hooks.after_mark,
            Hook::Load => &hooks.after_load,
        }
    }

    /// The program; `None` if there is none.
    ///
    /// # Errors
    /// If its arguments name something unknown.
    pub fn program(self, hooks: &HookTable) -> Result<Option<Program>, ProgramError> {
        let run = self.words(hooks).to_vec();
        if run.is_empty() {
            return Ok(None);
        }
        let output = OutputUse::None;
        Program::new(&ProgramText { run, output }).map(Some)
    }

    /// What is wrong with the hooks of a configuration, with the place in its text.
    pub fn problems(hooks: &HookTable, text: &str) -> Vec<Problem> {
        let problem = |hook: Hook| {
            let error = hook.program(hooks).err()?;
            let reason = format!("[hooks] {}: {error}", hook.key());
            Some(Problem::with(text, &["hooks", hook.key()], &reason))
        };
        Hook::ALL.into_iter().filter_map(problem).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hooks(words: &[&str]) -> HookTable {
        HookTable {
            after_publish: words.iter().map(|it| (*it).to_owned()).collect(),
            ..HookTable::default()
        }
    }

    #[test]
    fn a_hook_is_the_program_of_its_key() {
        assert_eq!(Hook::Publish.program(&HookTable::default()), Ok(None));
        let hooks = hooks(&["git", "commit", "--", "{paths}"]);
        assert!(Hook::Publish.program(&hooks).is_ok_and(|it| it.is_some()));
        assert_eq!(Hook::Mark.program(&hooks), Ok(None));
        assert_eq!(Hook::problems(&hooks, ""), []);
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let text = "[hooks]\nafter_publish = [\"git\", \"{pats}\"]\n";
        let problems = Hook::problems(&hooks(&["git", "{pats}"]), text);
        assert_eq!(
            problems[0].to_string(),
            "line 2, column 17: [hooks] after_publish: `{pats}`: there is no placeholder {pats}; \
             did you mean {path}?"
        );
    }
}
