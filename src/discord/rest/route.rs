//! Which route a path is of.

use std::time::Duration;

use reqwest::Method;
use twilight_http_ratelimiting::{Endpoint, Method as Verb};

/// What every path of the API begins with.
const API: &str = "/api/v10/";

/// How long a request may wait for limits. Less than [`send::PATIENCE`](super::super::send::PATIENCE),
/// so that whoever asks is told that nothing was sent, and does not give up in doubt.
const PATIENCE: Duration = Duration::from_secs(25);
/// The same for the answer to an interaction, which Discord takes for three seconds only.
const INTERACTION: Duration = Duration::from_secs(2);

/// A request's method and path, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// The path with placeholders: `/channels/{channel_id}/messages`. There are as many as the bot has
    /// kinds of requests.
    pub(super) template: String,
    /// The same with the id of the channel or server, which has limits of its own.
    bucket: String,
    pub(super) kind: Kind,
}

/// Which limits are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// All.
    Bot,
    /// The first answer to an interaction: everybody has one, and Discord exempts it from the global
    /// limit.
    Callback,
    /// A later one, or a change of one. Exempt as well, and limited by a token that is used a few
    /// times and then never again: nothing to keep.
    Webhook,
}

impl Route {
    /// The route of a path such as `/api/v10/gateway`; none for what is no path of the API.
    pub(super) fn of(path: &str) -> Option<Self> {
        let path = path.strip_prefix(API).filter(|path| !path.is_empty())?;
        let (mut template, mut bucket) = (String::new(), String::new());
        let mut before = ["", ""];
        for (step, index) in path.split('/').zip(0..) {
            let placeholder = placeholder(before, step);
            template.push('/');
            template.push_str(placeholder.unwrap_or(step));
            let is_major = index == 1 && matches!(before[1], "channels" | "guilds");
            if index > 0 {
                bucket.push('/');
            }
            bucket.push_str(if is_major { step } else { placeholder.unwrap_or(step) });
            before = [before[1], step];
        }
        let kind = match path.split('/').next() {
            Some("interactions") => Kind::Callback,
            Some("webhooks") => Kind::Webhook,
            _ => Kind::Bot,
        };
        Some(Self { template, bucket, kind })
    }

    /// Under which name its bucket is kept; none where there is nothing to keep.
    pub(super) fn endpoint(&self, method: &Method) -> Option<Endpoint> {
        let method = match *method {
            Method::GET => Verb::Get,
            Method::POST => Verb::Post,
            Method::PUT => Verb::Put,
            Method::PATCH => Verb::Patch,
            Method::DELETE => Verb::Delete,
            _ => return None,
        };
        (self.kind == Kind::Bot).then(|| Endpoint { method, path: self.bucket.clone() })
    }

    /// How long a request may wait for limits.
    pub(super) fn patience(&self) -> Duration {
        if self.kind == Kind::Callback { INTERACTION } else { PATIENCE }
    }
}

/// What stands in a template for a step of a path, by the two steps before; none for one that is part
/// of the route.
fn placeholder(before: [&str; 2], step: &str) -> Option<&'static str> {
    match before {
        ["interactions", _] => return Some("{interaction_token}"),
        ["webhooks", _] => return Some("{webhook_token}"),
        [_, "reactions"] => return Some("{emoji_name}"),
        _ if step.is_empty() || !step.bytes().all(|letter| letter.is_ascii_digit()) => return None,
        _ => {}
    }
    Some(match before[1] {
        "channels" => "{channel_id}",
        "messages" | "pins" => "{message_id}",
        "guilds" => "{guild_id}",
        "applications" => "{application_id}",
        "commands" => "{command_id}",
        "users" | "members" => "{user_id}",
        "interactions" => "{interaction_id}",
        "webhooks" => "{webhook_id}",
        _ => "{id}",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_route_with_ids() {
        let paths = [
            "/api/v10/gateway/bot",
            "/api/v10/channels/12/messages",
            "/api/v10/channels/12/messages/34",
            "/api/v10/channels/12/pins/34",
            "/api/v10/channels/12/messages/34/threads",
            "/api/v10/channels/12/messages/34/reactions/%F0%9F%91%8D/@me",
            "/api/v10/guilds/12/members/56",
            "/api/v10/users/@me/channels",
            "/api/v10/applications/78/commands",
            "/api/v10/applications/78/guilds/12/commands/9",
            "/api/v10/interactions/12/aW50/callback",
            "/api/v10/webhooks/78/aW50/messages/@original",
            "/api/v10/webhooks/78/123/messages/34",
        ];
        let shown: Vec<String> = paths
            .iter()
            .filter_map(|path| Route::of(path))
            .map(|route| {
                let bucket = route.endpoint(&Method::GET).map(|endpoint| endpoint.path);
                format!("{} | {}", route.template, bucket.unwrap_or_default())
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        /gateway/bot | gateway/bot
        /channels/{channel_id}/messages | channels/12/messages
        /channels/{channel_id}/messages/{message_id} | channels/12/messages/{message_id}
        /channels/{channel_id}/pins/{message_id} | channels/12/pins/{message_id}
        /channels/{channel_id}/messages/{message_id}/threads | channels/12/messages/{message_id}/threads
        /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me | channels/12/messages/{message_id}/reactions/{emoji_name}/@me
        /guilds/{guild_id}/members/{user_id} | guilds/12/members/{user_id}
        /users/@me/channels | users/@me/channels
        /applications/{application_id}/commands | applications/{application_id}/commands
        /applications/{application_id}/guilds/{guild_id}/commands/{command_id} | applications/{application_id}/guilds/{guild_id}/commands/{command_id}
        /interactions/{interaction_id}/{interaction_token}/callback | 
        /webhooks/{webhook_id}/{webhook_token}/messages/@original | 
        /webhooks/{webhook_id}/{webhook_token}/messages/{message_id} |
        ");
    }

    #[test]
    fn what_is_no_path_of_the_api() {
        for path in ["/", "/api/v10", "/api/v10/", "/api/v9/gateway", "/metrics", "/gateway"] {
            assert_eq!(Route::of(path), None, "{path}");
        }
    }
}
