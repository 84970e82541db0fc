//! A channel, and what can be seen in it.

use std::sync::Arc;

use super::{MessageHandle, Person, RoleHandle};
use crate::shared::Shared;
use crate::world::{Channel, Event, Overwrite, OverwriteTarget, Permissions, Snowflake, World};

/// A channel, thread, forum or direct messages.
#[derive(Clone, Debug)]
pub struct ChannelHandle {
    pub(super) shared: Arc<Shared>,
    pub(super) id: Snowflake,
}

/// Whom a permission overwrite is about: made from a [`Person`] or a [`RoleHandle`].
#[derive(Clone, Copy, Debug)]
pub struct Whom {
    id: Snowflake,
    target: OverwriteTarget,
}

impl From<&Person> for Whom {
    fn from(person: &Person) -> Self {
        Self { id: person.id(), target: OverwriteTarget::Member }
    }
}

impl From<&RoleHandle> for Whom {
    fn from(role: &RoleHandle) -> Self {
        Self { id: role.id(), target: OverwriteTarget::Role }
    }
}

impl ChannelHandle {
    pub(crate) fn new(shared: &Arc<Shared>, id: Snowflake) -> Self {
        Self { shared: Arc::clone(shared), id }
    }

    /// Its id.
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Denies something here.
    pub fn deny(&self, whom: impl Into<Whom>, permissions: Permissions) {
        self.overwrite(whom.into(), Permissions::NONE, permissions);
    }

    /// Allows something here.
    pub fn allow(&self, whom: impl Into<Whom>, permissions: Permissions) {
        self.overwrite(whom.into(), permissions, Permissions::NONE);
    }

    /// Denies the bot under test something here.
    pub fn deny_bot(&self, permissions: Permissions) {
        let bot = self.shared.look(World::bot_id);
        self.deny(&Person::new(&self.shared, bot), permissions);
    }

    /// Allows the bot under test something here.
    pub fn allow_bot(&self, permissions: Permissions) {
        let bot = self.shared.look(World::bot_id);
        self.allow(&Person::new(&self.shared, bot), permissions);
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.look(|channel| channel.name.clone())
    }

    /// Its messages, oldest first. Ephemeral ones are not among them.
    pub fn messages(&self) -> Vec<MessageHandle> {
        let ids: Vec<Snowflake> = self.look(|c| c.messages.iter().copied().collect());
        ids.into_iter().map(|id| MessageHandle::new(&self.shared, id)).collect()
    }

    /// Those of the bot under test.
    pub fn bot_messages(&self) -> Vec<MessageHandle> {
        let bot = self.shared.look(World::bot_id);
        self.messages().into_iter().filter(|message| message.author_id() == bot).collect()
    }

    /// The oldest message of the bot that this method has not returned before; waits for it.
    /// Messages that came while the test did something else are not missed.
    pub async fn next_bot_message(&self) -> MessageHandle {
        let what = self
            .shared
            .look(|world| format!("a message of the bot in {}", world.channel_name(self.id)));
        let id = self
            .shared
            .wait(&what, |state| {
                let after = state.seen.get(&self.id).copied().unwrap_or_default();
                let world = &state.world;
                let messages = world.channels.get(&self.id)?.messages.range(after.next()..);
                messages.copied().find(|id| {
                    world.messages.get(id).is_some_and(|m| m.author_id == world.bot_id())
                })
            })
            .await;
        self.shared.lock().seen.insert(self.id, id);
        MessageHandle::new(&self.shared, id)
    }

    /// Its pinned messages, in the order of pinning.
    pub fn pins(&self) -> Vec<MessageHandle> {
        let pins: Vec<Snowflake> = self.look(|c| c.pins.iter().map(|(id, _)| *id).collect());
        pins.into_iter().map(|id| MessageHandle::new(&self.shared, id)).collect()
    }

    /// Discord announces here that somebody joined.
    pub async fn announces_join(&self, who: &Person) -> MessageHandle {
        let id = self.shared.act(|world, now| world.announce_join(self.id, who.id(), now));
        self.shared.flushed().await;
        MessageHandle::new(&self.shared, id)
    }

    /// Archives a thread.
    pub async fn archive(&self) {
        self.set_state(true, false).await;
    }

    /// Archives and locks a thread.
    pub async fn lock(&self) {
        self.set_state(true, true).await;
    }

    /// Brings a thread back.
    pub async fn reopen(&self) {
        self.set_state(false, false).await;
    }

    /// The channel is put into a category.
    pub async fn moves_into(&self, category: &Self) {
        self.shared.act(|world, _| {
            if let Some(channel) = world.channels.get_mut(&self.id) {
                channel.parent_id = Some(category.id);
            }
            world.note(Event::ChannelUpdate { channel: self.id });
        });
        self.shared.flushed().await;
    }

    /// The channel is deleted, with everything in it.
    pub async fn delete(&self) {
        self.shared.act(|world, _| world.delete_channel(self.id));
        self.shared.flushed().await;
    }

    /// Fills the channel with pins of the owner, up to `count`.
    pub fn fill_pins(&self, count: usize) {
        self.shared.act(|world, now| {
            let owner = world.channels.get(&self.id).and_then(|channel| channel.guild_id);
            let owner = owner.and_then(|guild| world.guilds.get(&guild)).map(|g| g.owner_id);
            let owner = owner.expect("a channel of a guild");
            let outbox = world.outbox.len();
            while world.channels.get(&self.id).is_some_and(|c| c.pins.len() < count) {
                let draft = crate::world::MessageDraft::text("pinned long ago");
                let id = world.insert(self.id, owner, &draft, None, now);
                if let Some(channel) = world.channels.get_mut(&self.id) {
                    channel.pins.push((id, now));
                }
            }
            // It happened before anybody looked.
            world.outbox.truncate(outbox);
        });
    }

    async fn set_state(&self, archived: bool, locked: bool) {
        self.shared.act(|world, _| world.set_thread_state(self.id, archived, locked));
        self.shared.flushed().await;
    }

    fn overwrite(&self, whom: Whom, allow: Permissions, deny: Permissions) {
        self.shared.act(|world, _| {
            let known = world.channels.get(&self.id).map(|channel| &channel.overwrites);
            let known = known.into_iter().flatten().find(|own| own.id == whom.id);
            let (had, lacked) = known.map_or_else(Default::default, |own| (own.allow, own.deny));
            let overwrite = Overwrite {
                id: whom.id,
                target: whom.target,
                allow: had.without(deny) | allow,
                deny: lacked.without(allow) | deny,
            };
            world.set_overwrite(self.id, overwrite);
        });
    }

    fn look<T>(&self, reader: impl FnOnce(&Channel) -> T) -> T {
        self.shared.look(|world| {
            let channel = world.channels.get(&self.id);
            reader(channel.unwrap_or_else(|| panic!("channel {} is gone", self.id)))
        })
    }
}
