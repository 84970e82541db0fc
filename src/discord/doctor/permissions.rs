//! What a member may do in a channel, worked out as Discord does (its documentation, "Permission
//! Hierarchy"). On bare bits: serenity drops those that it does not know. Pure functions.

/// A set of permissions, as Discord sends it.
pub(super) type Bits = u64;

/// May do everything, whatever channels say.
const ADMINISTRATOR: Bits = 1 << 3;
const VIEW_CHANNEL: Bits = 1 << 10;
const SEND_MESSAGES: Bits = 1 << 11;
const SEND_MESSAGES_IN_THREADS: Bits = 1 << 38;
const EMBED_LINKS: Bits = 1 << 14;
const ATTACH_FILES: Bits = 1 << 15;
const READ_MESSAGE_HISTORY: Bits = 1 << 16;
const CREATE_PUBLIC_THREADS: Bits = 1 << 35;
/// A permission of its own since 23 February 2026.
const PIN_MESSAGES: Bits = 1 << 51;

/// A permission that the bot uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Needed {
    bit: Bits,
    /// As Discord shows it.
    pub(super) name: &'static str,
    /// What does not work without it.
    pub(super) without: &'static str,
    /// Whether there are no replies without it.
    pub(super) vital: bool,
}

const fn needed(bit: Bits, name: &'static str, without: &'static str, vital: bool) -> Needed {
    Needed { bit, name, without, vital }
}

const VIEW: Needed = needed(VIEW_CHANNEL, "View Channel", "the bot gets no messages", true);
const SEND: Needed = needed(SEND_MESSAGES, "Send Messages", "the bot cannot reply", true);
const EMBED: Needed = needed(EMBED_LINKS, "Embed Links", "a reply would be refused", true);
const HISTORY: Needed =
    needed(READ_MESSAGE_HISTORY, "Read Message History", "a reply would be refused", true);
const THREADS: &str = "Send Messages in Threads";
const PIN: Needed = needed(PIN_MESSAGES, "Pin Messages", "answers cannot be pinned", false);
const OPEN: Needed = needed(
    CREATE_PUBLIC_THREADS,
    "Create Public Threads",
    "replies cannot be put into threads",
    false,
);
const ATTACH: Needed = needed(
    ATTACH_FILES,
    "Attach Files",
    "`/mythmod stats` has no chart, and settings cannot be exported",
    false,
);

/// What the bot needs in a channel, or in a thread, and lacks.
pub(super) fn lacking(has: Bits, in_thread: bool) -> Vec<Needed> {
    let needed: Vec<Needed> = if in_thread {
        let write = needed(SEND_MESSAGES_IN_THREADS, THREADS, "the bot cannot reply", true);
        vec![VIEW, write, EMBED, HISTORY, PIN, ATTACH]
    } else {
        let threads =
            needed(SEND_MESSAGES_IN_THREADS, THREADS, "the bot cannot reply in threads", false);
        vec![VIEW, SEND, EMBED, HISTORY, threads, PIN, OPEN, ATTACH]
    };
    needed.into_iter().filter(|needed| has & needed.bit == 0).collect()
}

/// A change of permissions in a channel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Overwrite {
    /// Of the role or member.
    pub(super) id: u64,
    pub(super) allow: Bits,
    pub(super) deny: Bits,
}

/// A member of a server.
#[derive(Debug, Clone, Default)]
pub(super) struct Member {
    pub(super) id: u64,
    /// The server's, which is also the id of the role that everybody has.
    pub(super) guild: u64,
    pub(super) owns: bool,
    /// Of everybody's role.
    pub(super) everyone: Bits,
    /// Its own: id and permissions.
    pub(super) roles: Vec<(u64, Bits)>,
    /// Whether it may not write for a while.
    pub(super) timed_out: bool,
}

impl Member {
    /// What it may do in the server as a whole.
    pub(super) fn in_guild(&self) -> Bits {
        let roles = self.roles.iter().fold(self.everyone, |all, (_, role)| all | role);
        if self.owns || roles & ADMINISTRATOR != 0 { Bits::MAX } else { roles }
    }

    /// What it may do in a channel with these overwrites; in a thread, they are those of the channel
    /// above.
    pub(super) fn in_channel(&self, overwrites: &[Overwrite]) -> Bits {
        let mut has = self.in_guild();
        if has == Bits::MAX {
            return has;
        }
        let of = |id: u64| overwrites.iter().filter(move |overwrite| overwrite.id == id);
        let mut apply = |allow: Bits, deny: Bits| has = has & !deny | allow;
        for everyone in of(self.guild) {
            apply(everyone.allow, everyone.deny);
        }
        // All roles at once: what one of them allows, no other takes away.
        let roles = self.roles.iter().flat_map(|(id, _)| of(*id));
        let (allow, deny) =
            roles.fold((0, 0), |(allow, deny), role| (allow | role.allow, deny | role.deny));
        apply(allow, deny);
        for own in of(self.id) {
            apply(own.allow, own.deny);
        }
        if self.timed_out {
            has &= VIEW_CHANNEL | READ_MESSAGE_HISTORY;
        }
        implied(has)
    }
}

/// Without seeing a channel nothing can be done there, and without writing nothing be attached.
fn implied(has: Bits) -> Bits {
    if has & VIEW_CHANNEL == 0 {
        return 0;
    }
    if has & (SEND_MESSAGES | SEND_MESSAGES_IN_THREADS) == 0 {
        return has & !(EMBED_LINKS | ATTACH_FILES);
    }
    has
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Bits = 2_252_109_051_448_320;

    fn member() -> Member {
        Member {
            id: 7,
            guild: 1,
            everyone: VIEW_CHANNEL | SEND_MESSAGES,
            roles: vec![(2, READ_MESSAGE_HISTORY), (3, EMBED_LINKS)],
            ..Member::default()
        }
    }

    fn overwrite(id: u64, allow: Bits, deny: Bits) -> Overwrite {
        Overwrite { id, allow, deny }
    }

    #[test]
    fn roles_add_up() {
        let expected = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | EMBED_LINKS;
        assert_eq!(member().in_guild(), expected);
        assert_eq!(member().in_channel(&[]), expected);
    }

    #[test]
    fn everybody_then_roles_then_the_member() {
        let deny_all = overwrite(1, 0, VIEW_CHANNEL | SEND_MESSAGES);
        assert_eq!(member().in_channel(&[deny_all]), 0);
        // One role allows what another denies, in whatever order.
        let both = [overwrite(3, VIEW_CHANNEL, 0), deny_all, overwrite(2, 0, VIEW_CHANNEL)];
        let seen = member().in_channel(&both);
        assert_eq!(seen, VIEW_CHANNEL | READ_MESSAGE_HISTORY);
        // The member's own has the last word; other people's and roles' have none.
        let own = [&both[..], &[overwrite(7, SEND_MESSAGES, READ_MESSAGE_HISTORY)]].concat();
        let own = [&own[..], &[overwrite(8, 0, VIEW_CHANNEL), overwrite(9, ALL, 0)]].concat();
        assert_eq!(member().in_channel(&own), VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS);
    }

    #[test]
    fn owners_and_administrators_may_everything() {
        let closed = [overwrite(1, 0, Bits::MAX), overwrite(7, 0, Bits::MAX)];
        let owner = Member { owns: true, ..member() };
        let administrator = Member { roles: vec![(2, ADMINISTRATOR)], ..member() };
        for may in [owner, administrator] {
            assert!(lacking(may.in_channel(&closed), false).is_empty());
        }
    }

    #[test]
    fn who_is_timed_out_only_reads() {
        let out = Member { timed_out: true, everyone: ALL, ..member() };
        assert_eq!(out.in_channel(&[]), VIEW_CHANNEL | READ_MESSAGE_HISTORY);
    }

    #[test]
    fn the_invitation_asks_for_all_that_is_needed() {
        assert_eq!(lacking(ALL, false), []);
        assert_eq!(lacking(ALL, true), []);
        let names = |has, in_thread| {
            lacking(has, in_thread).iter().map(|one| one.name).collect::<Vec<_>>().join(", ")
        };
        insta::assert_snapshot!(names(0, false), @"View Channel, Send Messages, Embed Links, Read Message History, Send Messages in Threads, Pin Messages, Create Public Threads, Attach Files");
        insta::assert_snapshot!(names(0, true), @"View Channel, Send Messages in Threads, Embed Links, Read Message History, Pin Messages, Attach Files");
        assert_eq!(names(ALL & !PIN_MESSAGES, false), "Pin Messages");
    }
}
