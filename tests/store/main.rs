//! One contract for both databases. SQLite is tested always; PostgreSQL where one is at hand:
//! `POSTGRES_URL=postgres://… cargo test --test store -- --include-ignored`, as `.ci/run` does.

#![expect(clippy::expect_used, reason = "a test that cannot do its work must fail")]

mod changes;
mod contract;
mod decisions;
mod leases;
mod place;
mod retention;
mod settings;
mod sqlite_file;

/// Each story once on SQLite and once on PostgreSQL.
macro_rules! on_both {
    ($($room:ident: $($story:ident)*;)*) => {
        mod sqlite {
            $(mod $room {
                $(#[tokio::test]
                async fn $story() {
                    crate::$room::$story(&crate::place::Place::sqlite()).await;
                })*
            })*
        }

        mod postgres {
            $(mod $room {
                $(#[tokio::test]
                #[ignore = "needs POSTGRES_URL"]
                async fn $story() {
                    crate::$room::$story(&crate::place::Place::postgres().await).await;
                })*
            })*
        }
    };
}

on_both! {
    changes:
        one_process_hears_what_another_changes
        what_is_no_setting_is_not_told
        what_was_changed_before_is_not_told_again
        a_server_that_is_forgotten_leaves_no_trace_and_is_heard_again
        all_of_a_server_is_replaced_or_nothing;
    contract:
        a_message_is_claimed_once_also_after_a_restart
        of_many_processes_one_wins
        a_refused_reply_is_given_back_a_posted_one_is_not
        a_reply_ends_once
        the_bot_knows_when_it_last_spoke
        outdated_replies_are_found_until_they_are_corrected
        processes_that_start_at_once_do_not_disturb_each_other;
    decisions:
        a_channel_holds_one_pin_per_answer
        of_two_who_pin_at_once_one_is_first
        outdated_pins_come_in_turn
        pins_are_forgotten_by_message_and_by_channel
        a_review_is_decided_once
        a_decision_can_be_taken_back
        a_message_that_waits_may_say_something_else
        a_server_has_so_many_phrases_and_no_more
        mutes_are_set_once;
    leases:
        a_time_that_only_a_wrong_clock_can_have_set_is_over
        a_task_has_one_holder_until_it_ends_or_its_time_is_over;
    settings:
        nobody_overwrites_what_they_have_not_seen
        a_server_that_comes_back_is_new_once
        people_opt_out_and_in
        the_log_shows_the_newest_first
        outcomes_add_up;
    retention:
        what_is_old_goes
        a_server_that_was_left_is_forgotten_and_others_are_not;
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn after_a_gap_anything_may_have_changed() {
    changes::after_a_gap_anything_may_have_changed(&place::Place::postgres().await).await;
}
