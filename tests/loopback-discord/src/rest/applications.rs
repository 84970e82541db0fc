//! The gateway's address and the application.

use serde_json::json;

use super::call::{Answer, Call, Outcome};
use crate::wire;

#[expect(clippy::unnecessary_wraps, reason = "all handlers have this shape")]
pub(super) fn gateway(call: &mut Call<'_>) -> Outcome {
    Ok(Answer::Ok(json!({"url": format!("ws://{}", call.address)})))
}

#[expect(clippy::unnecessary_wraps, reason = "all handlers have this shape")]
pub(super) fn gateway_bot(call: &mut Call<'_>) -> Outcome {
    Ok(Answer::Ok(json!({
        "url": format!("ws://{}", call.address),
        "shards": call.world.shards,
        "session_start_limit": {
            "total": 1000, "remaining": call.world.session_starts, "reset_after": 14_400_000,
            "max_concurrency": call.world.max_concurrency,
        },
    })))
}

#[expect(clippy::unnecessary_wraps, reason = "all handlers have this shape")]
pub(super) fn current(call: &mut Call<'_>) -> Outcome {
    Ok(Answer::Ok(wire::application(call.world)))
}
