-- One row for each message that was answered: ids and outcomes, never text that people wrote.
CREATE TABLE replies (
    message_id INTEGER PRIMARY KEY NOT NULL,
    channel_id INTEGER NOT NULL,
    guild_id   INTEGER,
    answer     TEXT    NOT NULL,
    -- Why the bot spoke, as JSON: names of phrases, scores, thresholds.
    grounds    TEXT    NOT NULL,
    -- NULL until the reply is posted.
    reply_id   INTEGER,
    -- Milliseconds since 1970.
    at_ms      INTEGER NOT NULL
) STRICT;

CREATE INDEX replies_by_age ON replies (at_ms);
