//! Goes through files that wait to be read, folder by folder.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::batch::RootFolder;
use super::super::site::{FolderRule, Sites};
use super::open_folder::{FilePlace, OpenFolders};

/// A file waiting to be read.
pub type Waiting = (PathBuf, Arc<RootFolder>);

/// What files have in common with the others of their folder, one after another: the rule of the
/// folder, which is looked up once per thread, and the folder itself, which is opened.
pub struct FoldersOfFiles<'a> {
    sites: &'a Sites,
    open: &'a OpenFolders,
    last: Option<(Arc<RootFolder>, Arc<FolderRule>)>,
}

impl<'a> FoldersOfFiles<'a> {
    pub fn new(sites: &'a Sites, open: &'a OpenFolders) -> Self {
        Self {
            sites,
            open,
            last: None,
        }
    }

    /// Passes each file to `take`, with the place where the system finds it and the rule of its
    /// folder. `waiting` is the file of an item.
    pub fn each<'t, T>(
        &mut self,
        items: &'t [T],
        waiting: impl Fn(&'t T) -> &'t Waiting,
        mut take: impl FnMut(&'t T, FilePlace<'_>, &FolderRule),
    ) {
        let folder = |item: &'t T| &waiting(item).1;
        let mut left = items;
        while let Some(first) = left.first() {
            let is_here = |item: &&'t T| Arc::ptr_eq(folder(item), folder(first));
            let (here, others) = left.split_at(left.iter().take_while(is_here).count());
            let rule = self.rule(folder(first));
            let entered = self.open.enter(&folder(first).path, here.len());
            for item in here {
                take(item, entered.file(&waiting(item).0), &rule);
            }
            left = others;
        }
    }

    fn rule(&mut self, folder: &Arc<RootFolder>) -> Arc<FolderRule> {
        if let Some((last, rule)) = &self.last
            && Arc::ptr_eq(last, folder)
        {
            return Arc::clone(rule);
        }
        let rule = self.sites.rule(&folder.path, &folder.overrides);
        self.last = Some((Arc::clone(folder), Arc::clone(&rule)));
        rule
    }
}
