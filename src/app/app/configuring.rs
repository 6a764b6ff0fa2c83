//! Reloading the configuration while the program runs: applies the settings that can change at once.

use std::sync::Arc;

use super::App;
use crate::app::event::Configured;
use crate::app::overlays::msg::ListUpdate;
use crate::app::views::all_views;
use crate::format::clean::Clean;

impl App {
    /// Applies the new contents of the configuration file. If anything is wrong with it, everything
    /// stays as it was.
    pub(super) fn configured(&mut self, configured: Result<Box<Configured>, Vec<String>>) {
        match configured {
            Ok(configured) => self.put_in_force(*configured),
            Err(troubles) => {
                if let Some(first) = troubles.first() {
                    self.warn(&not_reloaded(first));
                }
                let config = Arc::make_mut(&mut self.shared.env.config);
                config.troubles = troubles;
            }
        }
    }

    fn put_in_force(&mut self, configured: Configured) {
        let Configured {
            config,
            keymap,
            glyphs,
            terminal,
            canvas,
            zone,
        } = configured;
        // What was said about the file as it was is over.
        let refused = self.shared.env.config.troubles.first();
        let refused = refused.map(|first| Clean::new(&not_reloaded(first)));
        self.message
            .take_if(|it| Some(&it.text) == refused.as_ref());
        let env = &mut self.shared.env;
        if env.config.background != config.background {
            env.looks.learn(|known| {
                known.shade = terminal.shade;
                known.background = terminal.background;
            });
        }
        env.keymap = keymap;
        env.glyphs = glyphs.glyphs();
        env.offered = canvas;
        env.zone = zone;
        env.views = all_views(&config);
        env.panes = config.panes;
        env.looks.choose(config.theme.clone());
        let row_for = config.row_for;
        let is_regrouped = env.config.row_for != row_for;
        env.config = config;
        if is_regrouped {
            self.list_rows_for(row_for);
        }
        // The page on the screen still has the old signs and time zone.
        self.detail.compose_again();
        // A sequence begun with the old keys may no longer exist.
        self.pressed.pending.clear();
        self.say("The changed configuration is now in force.");
        self.follow_view();
    }

    /// Relists the current view if its query has changed.
    fn follow_view(&mut self) {
        let in_force = &self.shared.in_force;
        if !in_force.is_whole_view() {
            return;
        }
        let name = in_force.view_name();
        let mut views = self.shared.env.views.iter();
        let view = views.find(|view| Some(view.name.as_str()) == name && !in_force.is_view(view));
        if let Some(view) = view.cloned()
            && let Ok(query) = view.query.clone()
        {
            self.shared.in_force.enter_view(&view);
            self.look_for(query, ListUpdate::Relist);
        }
    }
}

fn not_reloaded(trouble: &str) -> String {
    format!("The configuration was not reloaded: {trouble}")
}
