//! The prompt that filters the facet values by name.

use crate::app::context::Cx;
use crate::app::overlays::msg::Msg;
use crate::app::prompt::{Complaint, Purpose};

/// The filter for the facet values: the beginning of a word.
#[derive(Debug)]
pub struct FacetValues;

impl Purpose for FacetValues {
    fn label(&self) -> &'static str {
        "facets: "
    }

    fn invitation(&self) -> &'static str {
        "the beginning of a topic, provider, month …"
    }

    fn changed(&mut self, typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(vec![Msg::NarrowValues(typed.to_owned())])
    }

    fn accept(&mut self, _typed: &str, _cx: Cx<'_>) -> Result<Vec<Msg>, Complaint> {
        Ok(vec![Msg::FirstValue])
    }

    fn cancel(&mut self) -> Vec<Msg> {
        vec![Msg::NarrowValues(String::new())]
    }
}
