-- What moderators decide. Ids and outcomes; the only words are those that moderators set
-- themselves: notes, and phrases of their own.

-- Where the reply stands, when that is not the channel of the message: a thread on it.
ALTER TABLE replies ADD COLUMN reply_channel_id BIGINT;

CREATE TABLE guilds (
    guild_id BIGINT PRIMARY KEY NOT NULL,
    -- Settings, as JSON.
    settings TEXT   NOT NULL DEFAULT '{}',
    -- Grows with every change, so that nobody overwrites what they have not seen.
    version  BIGINT NOT NULL DEFAULT 0,
    -- When the bot was removed, in milliseconds since 1970.
    left_ms  BIGINT
);

CREATE TABLE pins (
    channel_id BIGINT NOT NULL,
    answer     TEXT   NOT NULL,
    guild_id   BIGINT NOT NULL,
    -- The pinned message.
    message_id BIGINT NOT NULL,
    -- What the moderator adds to the answer.
    note       TEXT   NOT NULL,
    version    TEXT   NOT NULL,
    pinned_by  BIGINT NOT NULL,
    at_ms      BIGINT NOT NULL,
    PRIMARY KEY (channel_id, answer)
);
CREATE INDEX pins_by_guild ON pins (guild_id);
CREATE INDEX pins_by_message ON pins (message_id);

CREATE TABLE phrases (
    guild_id BIGINT NOT NULL,
    -- The words, in the form in which messages are compared with them.
    phrase   TEXT   NOT NULL,
    -- As the moderator wrote them.
    written  TEXT   NOT NULL,
    -- Id of the answer that they get; NULL when messages that say them are never answered.
    answer   TEXT,
    set_by   BIGINT NOT NULL,
    at_ms    BIGINT NOT NULL,
    PRIMARY KEY (guild_id, phrase)
);

-- Phrases of the knowledge that a server does not want to be answered.
CREATE TABLE mutes (
    guild_id BIGINT NOT NULL,
    answer   TEXT   NOT NULL,
    phrase   TEXT   NOT NULL,
    set_by   BIGINT NOT NULL,
    at_ms    BIGINT NOT NULL,
    PRIMARY KEY (guild_id, answer, phrase)
);

CREATE TABLE reviews (
    -- The message that may be owed an answer.
    message_id BIGINT PRIMARY KEY NOT NULL,
    channel_id BIGINT NOT NULL,
    guild_id   BIGINT NOT NULL,
    author_id  BIGINT NOT NULL,
    answer     TEXT   NOT NULL,
    grounds    TEXT   NOT NULL,
    -- The card in the review channel; NULL until it is posted.
    card_id    BIGINT,
    card_channel_id BIGINT NOT NULL,
    -- open, posted, declined, muted, withdrawn (the message is gone or says something else now).
    state      TEXT   NOT NULL DEFAULT 'open',
    decided_by BIGINT,
    decided_ms BIGINT,
    at_ms      BIGINT NOT NULL
);
CREATE INDEX reviews_by_age ON reviews (at_ms);
CREATE INDEX reviews_by_guild ON reviews (guild_id);

-- How often what happened, by server, day and answer; never by person.
CREATE TABLE outcomes (
    guild_id BIGINT NOT NULL,
    -- Days since 1970.
    day      BIGINT NOT NULL,
    answer   TEXT   NOT NULL,
    outcome  TEXT   NOT NULL,
    count    BIGINT NOT NULL,
    PRIMARY KEY (guild_id, day, answer, outcome)
);
CREATE INDEX outcomes_by_day ON outcomes (day);

CREATE TABLE audit (
    -- The interaction that did it.
    id       BIGINT PRIMARY KEY NOT NULL,
    guild_id BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,
    -- What was done, in words.
    action   TEXT   NOT NULL,
    at_ms    BIGINT NOT NULL
);
CREATE INDEX audit_by_guild ON audit (guild_id, at_ms);

-- People who do not want to be answered, wherever they write.
CREATE TABLE opted_out (
    user_id BIGINT PRIMARY KEY NOT NULL,
    at_ms   BIGINT NOT NULL
);
