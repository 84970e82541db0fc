//! The link with which somebody adds the bot to a server.

use serenity::all::{ApplicationId, Permissions};

use super::commands::PIN_MESSAGES;

/// What the bot needs in a channel: see it, reply with an embed that points to a message, also in
/// threads and forum posts; pin answers, open a thread for a reply, attach charts and settings.
const NEEDED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::ATTACH_FILES)
    .union(PIN_MESSAGES);

/// The invitation of the bot of this application.
pub(super) fn link(application: ApplicationId) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}\
         &scope=bot+applications.commands&permissions={}",
        NEEDED.bits()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_asks_for_what_a_reply_needs() {
        let link = link(ApplicationId::new(12));
        insta::assert_snapshot!(link, @"https://discord.com/oauth2/authorize?client_id=12&scope=bot+applications.commands&permissions=2252109051448320");
    }
}
