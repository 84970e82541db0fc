//! The routes there are.

use std::collections::BTreeMap;

use super::call::{Call, Outcome};
use super::{
    applications, channels, commands, guilds, interactions, messages, pins, reactions, threads,
    users, webhooks,
};

/// A route: method, path with placeholders, and what it does.
pub(super) struct Route {
    pub(super) method: &'static str,
    pub(super) template: &'static str,
    /// Whether it wants the bot's token.
    pub(super) needs_token: bool,
    pub(super) handler: fn(&mut Call<'_>) -> Outcome,
}

/// What matching a path with the routes comes to.
pub(super) enum Matched {
    /// This route, with the values of its placeholders.
    Route(&'static Route, BTreeMap<&'static str, String>),
    /// A route with another method.
    OtherMethod(&'static str),
    /// No route.
    Nothing,
}

macro_rules! routes {
    ($($method:ident $template:literal $handler:path;)*) => {
        static ROUTES: &[Route] = &[$(Route {
            method: stringify!($method),
            template: $template,
            needs_token: needs_token($template),
            handler: $handler,
        }),*];
    };
}

routes! {
    GET "/gateway" applications::gateway;
    GET "/gateway/bot" applications::gateway_bot;
    GET "/applications/@me" applications::current;
    GET "/oauth2/applications/@me" applications::current;
    GET "/users/@me" users::current;
    GET "/users/@me/guilds" users::guilds;
    GET "/users/{user_id}" users::get;
    POST "/users/@me/channels" users::open_dm;
    DELETE "/users/@me/guilds/{guild_id}" users::leave_guild;

    GET "/applications/{application_id}/commands" commands::list;
    POST "/applications/{application_id}/commands" commands::create;
    PUT "/applications/{application_id}/commands" commands::replace_all;
    GET "/applications/{application_id}/commands/{command_id}" commands::get;
    PATCH "/applications/{application_id}/commands/{command_id}" commands::edit;
    DELETE "/applications/{application_id}/commands/{command_id}" commands::delete;
    GET "/applications/{application_id}/guilds/{guild_id}/commands" commands::list;
    POST "/applications/{application_id}/guilds/{guild_id}/commands" commands::create;
    PUT "/applications/{application_id}/guilds/{guild_id}/commands" commands::replace_all;
    GET "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}" commands::get;
    PATCH "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}" commands::edit;
    DELETE "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}"
        commands::delete;

    GET "/channels/{channel_id}" channels::get;
    DELETE "/channels/{channel_id}" channels::delete;
    PATCH "/channels/{channel_id}" channels::edit;
    POST "/channels/{channel_id}/typing" channels::type_in;
    GET "/channels/{channel_id}/messages" messages::list;
    POST "/channels/{channel_id}/messages" messages::create;
    POST "/channels/{channel_id}/messages/bulk-delete" messages::delete_bulk;
    GET "/channels/{channel_id}/messages/{message_id}" messages::get;
    PATCH "/channels/{channel_id}/messages/{message_id}" messages::edit;
    DELETE "/channels/{channel_id}/messages/{message_id}" messages::delete;
    GET "/channels/{channel_id}/pins" pins::list_deprecated;
    PUT "/channels/{channel_id}/pins/{message_id}" pins::pin;
    DELETE "/channels/{channel_id}/pins/{message_id}" pins::unpin;
    GET "/channels/{channel_id}/messages/pins" pins::list;
    PUT "/channels/{channel_id}/messages/pins/{message_id}" pins::pin;
    DELETE "/channels/{channel_id}/messages/pins/{message_id}" pins::unpin;
    GET "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}" reactions::list;
    PUT "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me" reactions::add;
    DELETE "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"
        reactions::remove_own;
    DELETE "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}"
        reactions::remove;
    POST "/channels/{channel_id}/messages/{message_id}/threads" threads::open_on_message;
    POST "/channels/{channel_id}/threads" threads::open;
    PUT "/channels/{channel_id}/thread-members/@me" threads::join;

    GET "/guilds/{guild_id}" guilds::get;
    GET "/guilds/{guild_id}/channels" guilds::channels;
    GET "/guilds/{guild_id}/roles" guilds::roles;
    GET "/guilds/{guild_id}/members" guilds::members;
    GET "/guilds/{guild_id}/members/{user_id}" guilds::member;
    GET "/guilds/{guild_id}/threads/active" guilds::active_threads;

    POST "/interactions/{interaction_id}/{interaction_token}/callback" interactions::respond;
    POST "/webhooks/{webhook_id}/{webhook_token}" webhooks::execute;
    GET "/webhooks/{webhook_id}/{webhook_token}/messages/@original" webhooks::get;
    PATCH "/webhooks/{webhook_id}/{webhook_token}/messages/@original" webhooks::edit;
    DELETE "/webhooks/{webhook_id}/{webhook_token}/messages/@original" webhooks::delete;
    GET "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" webhooks::get;
    PATCH "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" webhooks::edit;
    DELETE "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" webhooks::delete;
}

/// Interactions and webhooks carry a token in their path, and everybody may ask for the gateway.
const fn needs_token(template: &str) -> bool {
    let bytes = template.as_bytes();
    !(matches!(bytes, [b'/', b'i', b'n', b't', ..] | [b'/', b'w', b'e', b'b', ..])
        || bytes.len() == "/gateway".len() && matches!(bytes, [b'/', b'g', b'a', ..]))
}

/// The name of every route: method and path.
pub(crate) fn known_routes() -> impl Iterator<Item = String> {
    ROUTES.iter().map(|route| format!("{} {}", route.method, route.template))
}

/// Finds the route of a path. One that says a step literally is preferred to a placeholder.
pub(super) fn find(method: &str, path: &str) -> Matched {
    let fitting = ROUTES.iter().filter_map(|route| Some((route, params(route.template, path)?)));
    let mut other = None;
    let mut best: Option<(&Route, BTreeMap<&'static str, String>)> = None;
    for (route, params) in fitting {
        if route.method != method {
            other.get_or_insert(route.template);
        } else if best.as_ref().is_none_or(|(_, found)| params.len() < found.len()) {
            best = Some((route, params));
        }
    }
    match (best, other) {
        (Some((route, params)), _) => Matched::Route(route, params),
        (None, Some(template)) => Matched::OtherMethod(template),
        (None, None) => Matched::Nothing,
    }
}

fn params(template: &'static str, path: &str) -> Option<BTreeMap<&'static str, String>> {
    let mut params = BTreeMap::new();
    let mut steps = path.split('/');
    for expected in template.split('/') {
        let step = steps.next()?;
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(_) if step.is_empty() => return None,
            Some(name) => {
                let decoded = percent_encoding::percent_decode_str(step).decode_utf8_lossy();
                params.insert(name, decoded.into_owned());
            }
            None if step != expected => return None,
            None => {}
        }
    }
    steps.next().is_none().then_some(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_step_is_preferred() {
        let Matched::Route(route, _) = find("GET", "/channels/1/messages/pins") else {
            panic!("no route");
        };
        assert_eq!(route.template, "/channels/{channel_id}/messages/pins");
        assert!(matches!(find("PUT", "/gateway"), Matched::OtherMethod(_)));
        assert!(matches!(find("GET", "/nowhere"), Matched::Nothing));
    }

    #[test]
    fn tokens_in_paths_are_enough() {
        assert!(!needs_token("/gateway"));
        assert!(needs_token("/gateway/bot"));
        assert!(!needs_token("/webhooks/{webhook_id}/{webhook_token}"));
        assert!(needs_token("/channels/{channel_id}"));
    }
}
