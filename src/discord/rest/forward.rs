//! The way of a request: its bucket, its slot, Discord, and once more where Discord says later.

use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;
use twilight_http_ratelimiting::RateLimiter;

use super::answer::Answer;
use super::exchange::{Discord, Request, is_invalid};
use super::invalid::Invalid;
use super::limits::Limits;
use super::pace::{Pace, Slot};
use super::route::{Kind, Route};
use super::throttled::Scope;
use crate::telemetry::Metrics;

/// Waits shorter than this are those of a task for its turn on the processor.
const NOTICEABLE: Duration = Duration::from_millis(2);

/// Forwards requests within the limits.
#[derive(Debug)]
pub(super) struct Forward {
    discord: Discord,
    buckets: RateLimiter,
    pace: Pace,
    invalid: Arc<Invalid>,
    token_refused: CancellationToken,
    metrics: Metrics,
}

impl Forward {
    /// Must be made where tokio runs: it keeps the buckets in a task.
    pub(super) fn new(discord: Discord, limits: Limits, metrics: Metrics) -> Self {
        Self {
            discord,
            // Its own global limit counts within fixed seconds, of which two that follow each other
            // may have twice as many requests around their border: `pace` is strict.
            buckets: RateLimiter::new(u16::MAX),
            pace: Pace::new(limits.per_second),
            invalid: Invalid::new(limits.invalid),
            token_refused: CancellationToken::new(),
            metrics,
        }
    }

    /// Cancelled once Discord refuses the token.
    pub(super) fn token_refused(&self) -> &CancellationToken {
        &self.token_refused
    }

    /// Asks Discord, as soon as the limits let it.
    pub(super) async fn forward(self: &Arc<Self>, route: &Route, request: Request) -> Answer {
        let begun = Instant::now();
        let until = begun + route.patience();
        let permit = match route.endpoint(&request.method) {
            None => None,
            Some(endpoint) => match timeout_at(until, self.buckets.acquire(endpoint)).await {
                Ok(permit) => Some(permit),
                Err(_) => return self.no_room(route, begun),
            },
        };
        let mut waited = begun.elapsed();
        let answer = self.until_answered(route, request, until, &mut waited).await;
        // The permit was kept while Discord wanted to be left alone: what is in the same bucket waits.
        if let Some(permit) = permit {
            permit.complete(answer.bucket.clone());
        }
        if waited >= NOTICEABLE {
            self.metrics.rest_waited(waited);
        }
        answer
    }

    /// Asks, and asks again when Discord says later, if that is not after `until`.
    async fn until_answered(
        self: &Arc<Self>,
        route: &Route,
        request: Request,
        until: Instant,
        waited: &mut Duration,
    ) -> Answer {
        for repeats in 0.. {
            let queued = Instant::now();
            let slot = match route.kind {
                Kind::Bot => match self.pace.slot(until).await {
                    None => return self.no_room(route, queued),
                    some => some,
                },
                Kind::Callback | Kind::Webhook => self.pace.slot_now(),
            };
            *waited += queued.elapsed();
            let answer = self.ask(route, request.clone(), slot).await;
            let Some(throttled) = answer.throttled else { return answer };
            let (now, wait) = (Instant::now(), throttled.wait(repeats));
            if throttled.scope == Scope::Global {
                self.pace.pause(wait);
            }
            tracing::debug!(route = route.template, scope = ?throttled.scope, ?wait, "rate limit");
            if now + wait > until {
                return answer;
            }
            sleep_until(now + wait).await;
            *waited += wait;
        }
        Answer::no_room()
    }

    /// Asks in a task of its own: whoever asked may give up, but what Discord answers is counted.
    async fn ask(self: &Arc<Self>, route: &Route, request: Request, slot: Option<Slot>) -> Answer {
        if self.token_refused.is_cancelled() {
            return Answer::token_refused();
        }
        let under_way = match self.invalid.begin(Instant::now()) {
            Ok(under_way) => under_way,
            Err(time) => return Answer::too_many_refusals(time),
        };
        let (this, route) = (Arc::clone(self), route.clone());
        let asking = tokio::spawn(async move {
            let method = request.method.clone();
            let answer = this.discord.ask(request).await;
            if let Some(slot) = slot {
                slot.answered();
            }
            if answer.as_ref().is_ok_and(is_invalid) {
                under_way.failed(Instant::now());
            }
            let status = answer.as_ref().map_or(0, |answer| answer.status.as_u16());
            this.metrics.rest(method.as_str(), &route.template, status);
            // Others carry a token of their own in the path, which may be too old.
            if status == StatusCode::UNAUTHORIZED && route.kind == Kind::Bot {
                this.token_refused.cancel();
            }
            answer.unwrap_or_else(|cause| Answer::unreachable(&cause))
        });
        asking.await.unwrap_or_else(|_| Answer::unreachable("the request was given up"))
    }

    fn no_room(&self, route: &Route, since: Instant) -> Answer {
        self.metrics.rest_waited(since.elapsed());
        tracing::warn!(route = route.template, "a request was not sent: no room within the limits");
        Answer::no_room()
    }
}
