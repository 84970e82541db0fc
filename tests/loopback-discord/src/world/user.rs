//! Users: people, bots and webhooks.

use jiff::Timestamp;

use super::{Snowflake, World};

/// A user as everybody sees it.
#[expect(clippy::struct_excessive_bools, reason = "they have nothing to do with each other")]
#[derive(Clone, Debug)]
pub struct User {
    /// Id.
    pub id: Snowflake,
    /// Name.
    pub name: String,
    /// A bot, or the author behind a webhook.
    pub bot: bool,
    /// Not a user at all but a webhook that writes.
    pub webhook: bool,
    /// Has installed the application under test for itself.
    pub installed_app: bool,
    /// Lets bots write direct messages.
    pub accepts_dms: bool,
    /// Language of its client.
    pub locale: String,
}

impl World {
    /// Adds a user and says under which id.
    pub fn add_user(&mut self, name: &str, bot: bool, now: Timestamp) -> Snowflake {
        let id = self.new_id(now);
        let user = User {
            id,
            name: name.into(),
            bot,
            webhook: false,
            installed_app: false,
            accepts_dms: true,
            locale: "en-US".into(),
        };
        self.users.insert(id, user);
        id
    }

    /// The user of that name, if there is one.
    pub fn user_named(&self, name: &str) -> Option<&User> {
        self.users.values().find(|user| user.name == name)
    }

    /// The name of a user, for sentences about it.
    pub fn name_of(&self, user: Snowflake) -> String {
        self.users.get(&user).map_or_else(|| user.to_string(), |user| user.name.clone())
    }
}
