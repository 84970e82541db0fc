//! Who is notified by a message.

use super::{AllowedMentions, Mentions, Permissions, Snowflake, World};

impl World {
    /// Whom a text by `author` notifies in `channel`. `replied_to` is the author of the message
    /// that it replies to.
    pub(crate) fn mentions(
        &self,
        channel: Snowflake,
        author: Snowflake,
        content: &str,
        allowed: Option<&AllowedMentions>,
        replied_to: Option<Snowflake>,
    ) -> Mentions {
        let parsed =
            |kind: &str| allowed.is_none_or(|a| a.parse.iter().any(|parsed| parsed == kind));
        let listed = |ids: fn(&AllowedMentions) -> &Vec<Snowflake>, id| {
            allowed.is_some_and(|allowed| ids(allowed).contains(&id))
        };
        let may_ping_all = self
            .permissions_in(channel, author)
            .is_some_and(|may| may.contains(Permissions::MENTION_EVERYONE));

        let mut mentions = Mentions::default();
        for user in written(content, "<@").into_iter().chain(written(content, "<@!")) {
            if self.users.contains_key(&user) && (parsed("users") || listed(|a| &a.users, user)) {
                push_once(&mut mentions.users, user);
            }
        }
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild_id);
        for id in written(content, "<@&") {
            let role = guild.and_then(|guild| self.guilds.get(&guild)).and_then(|g| g.role(id));
            let allowed = parsed("roles") || listed(|a| &a.roles, id);
            if allowed && role.is_some_and(|role| role.mentionable || may_ping_all) {
                push_once(&mut mentions.roles, id);
            }
        }
        let names_all = content.contains("@everyone") || content.contains("@here");
        mentions.everyone = names_all && parsed("everyone") && may_ping_all;
        let pings_replied = allowed.is_none_or(|allowed| {
            allowed.replied_user || replied_to.is_some_and(|user| allowed.users.contains(&user))
        });
        if let Some(user) = replied_to.filter(|user| pings_replied && *user != author) {
            push_once(&mut mentions.users, user);
        }
        mentions
    }
}

/// The ids that stand between `opening` and `>`.
fn written(content: &str, opening: &str) -> Vec<Snowflake> {
    content
        .split(opening)
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .filter_map(|(id, _)| id.parse().ok())
        .collect()
}

fn push_once(ids: &mut Vec<Snowflake>, id: Snowflake) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}
