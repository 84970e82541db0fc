//! The limits of components.

use std::collections::HashSet;

use super::{Component, ComponentType};
use crate::error::FormErrors;

/// Checks the components of a message.
pub(crate) fn check_components(rows: &[Component], errors: &mut FormErrors) {
    errors.count("components", rows.len(), 0, 5);
    let mut custom_ids = HashSet::new();
    for (index, row) in rows.iter().enumerate() {
        let path = format!("components.{index}");
        if row.kind != ComponentType::ActionRow {
            let message = "Value of field \"type\" must be one of (1,).";
            errors.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
            continue;
        }
        check_row(row, &path, &mut custom_ids, errors);
    }
}

/// Checks the components of a modal: one text input a row.
pub(crate) fn check_modal(rows: &[Component], errors: &mut FormErrors) {
    errors.count("data.components", rows.len(), 1, 5);
    for (index, row) in rows.iter().enumerate() {
        let path = format!("data.components.{index}");
        errors.count(&format!("{path}.components"), row.components.len(), 1, 1);
        for input in &row.components {
            let path = format!("{path}.components.0");
            if input.kind != ComponentType::TextInput {
                let message = "Value of field \"type\" must be one of (4,).";
                errors.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
            }
            errors.length(&format!("{path}.label"), text(input.label.as_ref()), 1, 45);
            errors.length(&format!("{path}.custom_id"), text(input.custom_id.as_ref()), 1, 100);
        }
    }
}

fn check_row<'a>(
    row: &'a Component,
    path: &str,
    custom_ids: &mut HashSet<&'a str>,
    errors: &mut FormErrors,
) {
    errors.count(&format!("{path}.components"), row.components.len(), 1, 5);
    let selects = row.components.iter().filter(|inner| inner.is_select()).count();
    if selects > 0 && row.components.len() > 1 {
        let message = "A select menu needs a row of its own";
        errors.add(&format!("{path}.components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
    }
    for (index, inner) in row.components.iter().enumerate() {
        let path = format!("{path}.components.{index}");
        match inner.kind {
            ComponentType::Button => check_button(inner, &path, errors),
            ComponentType::ActionRow | ComponentType::TextInput => {
                let message = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
                errors.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
            }
            _ => check_select(inner, &path, errors),
        }
        let repeated = inner.custom_id.as_deref().is_some_and(|id| !custom_ids.insert(id));
        if repeated {
            let message = "Component custom id cannot be duplicated";
            errors.add(&format!("{path}.custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }
}

fn check_button(button: &Component, path: &str, errors: &mut FormErrors) {
    errors.length(&format!("{path}.label"), text(button.label.as_ref()), 0, 80);
    if text(button.label.as_ref()).is_empty() && button.emoji.is_none() {
        let message = "A button must have a label or an emoji.";
        errors.add(path, "BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI", message);
    }
    match button.style {
        Some(1..=4) => check_custom_id(button, path, errors),
        Some(5) => {
            if button.url.is_none() {
                let message = "A url is required for a link button.";
                errors.add(path, "BUTTON_COMPONENT_URL_REQUIRED", message);
            }
            if button.custom_id.is_some() {
                let message = "A custom id and url cannot both be specified";
                errors.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
            }
        }
        _ => {
            let message = "Value must be one of {1, 2, 3, 4, 5, 6}.";
            errors.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", message);
        }
    }
}

fn check_select(menu: &Component, path: &str, errors: &mut FormErrors) {
    check_custom_id(menu, path, errors);
    errors.length(&format!("{path}.placeholder"), text(menu.placeholder.as_ref()), 0, 150);
    if menu.kind != ComponentType::StringSelect {
        return;
    }
    errors.count(&format!("{path}.options"), menu.options.len(), 1, 25);
    let mut values = HashSet::new();
    for (index, option) in menu.options.iter().enumerate() {
        let path = format!("{path}.options.{index}");
        errors.length(&format!("{path}.label"), &option.label, 1, 100);
        errors.length(&format!("{path}.value"), &option.value, 1, 100);
        errors.length(&format!("{path}.description"), text(option.description.as_ref()), 0, 100);
        if !values.insert(&option.value) {
            let message = "The specified option value is already used";
            errors.add(
                &format!("{path}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                message,
            );
        }
    }
}

fn check_custom_id(component: &Component, path: &str, errors: &mut FormErrors) {
    let path = format!("{path}.custom_id");
    match &component.custom_id {
        Some(id) => errors.length(&path, id, 1, 100),
        None => errors.add(&path, "BASE_TYPE_REQUIRED", "This field is required"),
    }
}

fn text(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}
