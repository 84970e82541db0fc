//! What other processes change in the database is forgotten here, and read again when needed.

use std::time::Duration;

use super::error::chain;
use super::heard::BotEvent;
use super::state::State;
use crate::store::Changed;

use serenity::all::GuildId;
use tokio::sync::mpsc::UnboundedReceiver;

/// How long to wait before the database is asked again.
const PAUSE: Duration = Duration::from_secs(1);

/// Listens for ever.
pub(super) async fn listen(state: &State) -> std::convert::Infallible {
    let mut changes: UnboundedReceiver<Changed> = state.store.changes();
    loop {
        match changes.recv().await {
            Some(Changed::Guild(id)) if id > 0 => {
                let guild = GuildId::new(id.unsigned_abs());
                state.settings.forget(guild);
                state.tell(BotEvent::Changed { guild_id: Some(guild.get()) });
            }
            Some(Changed::Guild(_)) => {}
            Some(Changed::OptOuts) => {
                refresh(state).await;
                state.tell(BotEvent::Changed { guild_id: None });
            }
            Some(Changed::Everything) => {
                state.settings.forget_all();
                refresh(state).await;
                state.tell(BotEvent::Listening);
            }
            // Only where the runtime ends.
            None => changes = state.store.changes(),
        }
    }
}

/// Reads who does not want to be answered, until that succeeds.
async fn refresh(state: &State) {
    while let Err(error) = state.opted_out.refresh(&state.store).await {
        tracing::warn!(error = %chain(&error), "who opted out is not known anew: asking again");
        tokio::time::sleep(PAUSE).await;
    }
}
