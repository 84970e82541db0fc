//! What people see, as text for snapshots.

use loopback_discord::{Embed, InteractionResult, MessageHandle};

/// Something that people see.
pub(crate) trait Shown {
    fn shown(&self) -> String;
}

impl Shown for MessageHandle {
    fn shown(&self) -> String {
        drawn(&self.content(), &self.embeds(), &self.buttons())
    }
}

impl Shown for InteractionResult {
    fn shown(&self) -> String {
        let whom = if self.is_ephemeral() { "(for one person)" } else { "(for everybody)" };
        format!("{whom}\n{}", drawn(self.content(), self.embeds(), &self.buttons()))
    }
}

fn drawn(content: &str, embeds: &[Embed], buttons: &[String]) -> String {
    let mut parts = vec![content.to_owned()];
    for embed in embeds {
        parts.push(embed.title.as_ref().map_or_else(String::new, |title| format!("# {title}")));
        parts.push(embed.description.clone().unwrap_or_default());
        parts
            .extend(embed.fields.iter().map(|field| format!("## {}\n{}", field.name, field.value)));
        parts.push(
            embed.footer.as_ref().map_or_else(String::new, |footer| format!("-- {}", footer.text)),
        );
    }
    parts.extend(buttons.iter().map(|label| format!("[ {label} ]")));
    parts.retain(|part| !part.is_empty());
    // The gap that keeps "@everyone" from being a mention.
    parts.join("\n").replace('\u{200b}', "(gap)")
}
