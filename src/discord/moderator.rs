//! Who moderates, and what they did by pressing a button. Discord gates commands, but not buttons.

use serenity::all::{ComponentInteraction, Member, Permissions};

use super::state::State;
use super::{persist, render};
use crate::store::Entry;

/// Whoever has one of these moderates. The permission to pin messages is missing: serenity drops it
/// when it reads permissions.
const MODERATORS: Permissions =
    Permissions::MANAGE_MESSAGES.union(Permissions::MANAGE_GUILD).union(Permissions::ADMINISTRATOR);

/// Most characters of a note: the log shows 20 of them in a card.
pub(super) const ACTION: usize = 200;

/// Whether whoever pressed a button may decide for the server. Nobody may in direct messages.
pub(super) fn moderates(member: Option<&Member>) -> bool {
    let permissions = member.and_then(|member| member.permissions);
    permissions.is_some_and(|permissions| permissions.intersects(MODERATORS))
}

/// Notes in the audit log what somebody did by pressing a button.
pub(super) async fn note(state: &State, pressed: &ComponentInteraction, action: String) {
    if let Some(entry) = entry(state, pressed, &action) {
        persist::note(state, entry).await;
    }
}

/// What stands in the audit log then; nothing in direct messages.
pub(super) fn entry(state: &State, pressed: &ComponentInteraction, action: &str) -> Option<Entry> {
    Some(Entry {
        id: pressed.id.into(),
        guild_id: pressed.guild_id?.into(),
        actor_id: pressed.user.id.into(),
        action: render::shortened(action, ACTION),
        at_ms: state.clock.now().as_millisecond(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn member(permissions: u64) -> Member {
        let user = json!({"id": "7", "username": "Mo", "discriminator": "0"});
        serde_json::from_value(json!({
            "user": user, "roles": [], "joined_at": null, "deaf": false, "mute": false,
            "flags": 0, "guild_id": "3", "permissions": permissions.to_string(),
        }))
        .expect("a member")
    }

    #[test]
    fn moderators_manage_messages_or_the_server() {
        for (bit, may) in [(13, true), (5, true), (3, true), (11, false), (4, false), (51, false)] {
            assert_eq!(moderates(Some(&member(1 << bit))), may, "bit {bit}");
        }
        assert!(!moderates(None));
    }
}
