//! Looks up the items of a collection, which name other files, among the articles.

use std::path::Path;

use super::{ArticleId, Library};

impl Library {
    /// The articles named by `items`, in that order; `None` for one that is not in the library.
    ///
    /// An item such as `videos/how-to-start` is the end of a path, with or without the file
    /// extension. Of several matches, the one with the lowest key is taken.
    pub fn resolve_items(&self, items: &[String]) -> Vec<Option<ArticleId>> {
        let mut resolved: Vec<Option<ArticleId>> = vec![None; items.len()];
        if items.is_empty() {
            return resolved;
        }
        for id in self.ids() {
            let article = self.article(id);
            let name = article.file_name();
            let name = Path::new(&name);
            for (item, found) in items.iter().zip(&mut resolved) {
                let item = Path::new(item.trim_matches('/'));
                let Some(wanted) = item.file_name() else {
                    continue;
                };
                if name.file_stem() != Some(wanted) && name.as_os_str() != wanted {
                    continue;
                }
                let folder = item.parent().unwrap_or(Path::new(""));
                let closer = found.is_none_or(|other| article.key() < self.article(other).key());
                if article.relative_folder().ends_with(folder) && closer {
                    *found = Some(id);
                }
            }
        }
        resolved
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample_library;

    #[test]
    fn items_are_ends_of_paths() {
        let library = sample_library();
        let items = [
            "videos/benchside-a-robot-arm-from-a-desk-lamp".to_owned(),
            "benchside-a-robot-arm-from-a-desk-lamp.md".to_owned(),
            "courses/benchside-a-robot-arm-from-a-desk-lamp".to_owned(),
            "deos/benchside-a-robot-arm-from-a-desk-lamp".to_owned(),
        ];
        let found = library.resolve_items(&items);
        assert!(found[0].is_some());
        assert_eq!(found[0], found[1]);
        assert_eq!(found[2..], [None, None]);
    }
}
