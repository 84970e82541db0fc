//! The connections to Discord: asking where to (`startup`), when a session may begin (`starts`), and what
//! serenity does not notice by itself (`watchdog`, `spinning`).

pub(super) mod spinning;
pub(super) mod starts;
pub(super) mod startup;
pub(super) mod watchdog;
