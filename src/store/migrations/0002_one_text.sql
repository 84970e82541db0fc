-- From here on one text for SQLite and PostgreSQL: 64-bit numbers are BIGINT, which a STRICT table
-- of SQLite does not take.
CREATE TABLE IF NOT EXISTS replies (
    message_id BIGINT PRIMARY KEY NOT NULL,
    channel_id BIGINT NOT NULL,
    guild_id   BIGINT,
    answer     TEXT   NOT NULL,
    grounds    TEXT   NOT NULL,
    reply_id   BIGINT,
    at_ms      BIGINT NOT NULL
);

CREATE TABLE answered (
    -- The message that was answered.
    message_id BIGINT PRIMARY KEY NOT NULL,
    channel_id BIGINT NOT NULL,
    guild_id   BIGINT,
    author_id  BIGINT,
    answer     TEXT   NOT NULL,
    -- Fingerprint of what the answer said.
    version    TEXT   NOT NULL DEFAULT '',
    -- Why the bot spoke, as JSON: names of phrases, scores, thresholds.
    grounds    TEXT   NOT NULL,
    -- NULL until the reply is posted.
    reply_id   BIGINT,
    -- stands, dismissed (somebody said it was not relevant), withdrawn (the message is gone or
    -- says something else now).
    state      TEXT   NOT NULL DEFAULT 'stands',
    -- When the state changed, in milliseconds since 1970.
    state_ms   BIGINT,
    at_ms      BIGINT NOT NULL
);

INSERT INTO answered (message_id, channel_id, guild_id, answer, grounds, reply_id, at_ms)
SELECT message_id, channel_id, guild_id, answer, grounds, reply_id, at_ms FROM replies;

DROP TABLE replies;

ALTER TABLE answered RENAME TO replies;

CREATE INDEX replies_by_age ON replies (at_ms);
CREATE INDEX replies_by_channel ON replies (channel_id, at_ms);
CREATE INDEX replies_by_guild ON replies (guild_id, at_ms);
CREATE INDEX replies_by_author ON replies (author_id, at_ms);
CREATE INDEX replies_by_reply ON replies (reply_id);
