//! Embeds and their limits.

use serde::{Deserialize, Serialize};

use crate::error::FormErrors;

/// An embed as a bot sends it and a person sees it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Embed {
    /// Headline, up to 256.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Text, up to 4096.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Link of the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Time shown beside the footer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// Colour of the edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<u32>,
    /// Small print, up to 2048.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<EmbedFooter>,
    /// Picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<EmbedMedia>,
    /// Small picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<EmbedMedia>,
    /// Who it is by, up to 256.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<EmbedAuthor>,
    /// Up to 25 fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<EmbedField>,
}

/// Small print.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EmbedFooter {
    /// The text.
    pub text: String,
    /// A picture beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EmbedMedia {
    /// Where it is.
    pub url: String,
}

/// Who an embed is by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EmbedAuthor {
    /// The name.
    pub name: String,
    /// A link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A picture beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
}

/// A field: a name of up to 256 and a text of up to 1024.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EmbedField {
    /// Heading.
    pub name: String,
    /// Text.
    pub value: String,
    /// Whether it may stand beside others.
    #[serde(default)]
    pub inline: bool,
}

impl Embed {
    /// Everything there is to read, a line each.
    pub fn text(&self) -> String {
        let mut lines: Vec<&str> = Vec::new();
        lines.extend(self.author.as_ref().map(|author| author.name.as_str()));
        lines.extend(self.title.as_deref());
        lines.extend(self.description.as_deref());
        for field in &self.fields {
            lines.push(&field.name);
            lines.push(&field.value);
        }
        lines.extend(self.footer.as_ref().map(|footer| footer.text.as_str()));
        lines.join("\n")
    }

    /// The text of the field with that name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.value.as_str())
    }

    /// What counts towards the 6000 characters of a message.
    fn length(&self) -> usize {
        let count = |text: &str| text.chars().count();
        let fields = self.fields.iter().map(|field| count(&field.name) + count(&field.value));
        self.title.as_deref().map_or(0, count)
            + self.description.as_deref().map_or(0, count)
            + self.footer.as_ref().map_or(0, |footer| count(&footer.text))
            + self.author.as_ref().map_or(0, |author| count(&author.name))
            + fields.sum::<usize>()
    }

    fn is_empty(&self) -> bool {
        self.length() == 0 && self.image.is_none() && self.thumbnail.is_none()
    }

    fn check(&self, path: &str, errors: &mut FormErrors) {
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        errors.length(&format!("{path}.title"), &optional(&self.title), 0, 256);
        errors.length(&format!("{path}.description"), &optional(&self.description), 0, 4096);
        if let Some(footer) = &self.footer {
            errors.length(&format!("{path}.footer.text"), &footer.text, 0, 2048);
        }
        if let Some(author) = &self.author {
            errors.length(&format!("{path}.author.name"), &author.name, 0, 256);
        }
        errors.count(&format!("{path}.fields"), self.fields.len(), 0, 25);
        for (index, field) in self.fields.iter().enumerate() {
            errors.length(&format!("{path}.fields.{index}.name"), &field.name, 1, 256);
            errors.length(&format!("{path}.fields.{index}.value"), &field.value, 1, 1024);
        }
        if self.color.is_some_and(|color| color > 0xff_ffff) {
            let message = "int value should be less than or equal to 16777215.";
            errors.add(&format!("{path}.color"), "NUMBER_TYPE_MAX", message);
        }
        self.check_urls(path, errors);
        if self.is_empty() {
            errors.add(
                &format!("{path}.description"),
                "BASE_TYPE_REQUIRED",
                "This field is required",
            );
        }
    }

    fn check_urls(&self, path: &str, errors: &mut FormErrors) {
        let author = self.author.as_ref();
        let urls = [
            ("url", self.url.as_ref()),
            ("image.url", self.image.as_ref().map(|image| &image.url)),
            ("thumbnail.url", self.thumbnail.as_ref().map(|image| &image.url)),
            ("author.url", author.and_then(|author| author.url.as_ref())),
            ("author.icon_url", author.and_then(|author| author.icon_url.as_ref())),
            ("footer.icon_url", self.footer.as_ref().and_then(|footer| footer.icon_url.as_ref())),
        ];
        for (name, url) in urls {
            let Some(url) = url else { continue };
            let schemes = ["http://", "https://", "attachment://"];
            if !schemes.iter().any(|scheme| url.starts_with(scheme)) {
                let message = format!(
                    "Scheme \"{url}\" is not supported. Scheme must be one of ('http', 'https')."
                );
                errors.add(&format!("{path}.{name}"), "URL_TYPE_INVALID_SCHEME", message);
            } else if url.chars().count() > 2048 {
                let message = "Must be 2048 or fewer in length.";
                errors.add(&format!("{path}.{name}"), "BASE_TYPE_MAX_LENGTH", message);
            }
        }
    }
}

/// Checks all embeds of a message together.
pub(crate) fn check_embeds(embeds: &[Embed], errors: &mut FormErrors) {
    errors.count("embeds", embeds.len(), 0, 10);
    for (index, embed) in embeds.iter().enumerate() {
        embed.check(&format!("embeds.{index}"), errors);
    }
    if embeds.iter().map(Embed::length).sum::<usize>() > 6000 {
        let message = "Embed size exceeds maximum size of 6000";
        errors.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}
