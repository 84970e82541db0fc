-- What moderators have ordered about pinned answers and what is not done yet: written before Discord is
-- asked, gone when it is done. What a process that was killed has left here, the next one finishes.
CREATE TABLE orders (
    -- The interaction.
    number     BIGINT PRIMARY KEY NOT NULL,
    guild_id   BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    answer     TEXT   NOT NULL,
    -- pin or unpin.
    what       TEXT   NOT NULL,
    -- What the moderator adds to the answer; NULL: what stands there.
    note       TEXT,
    ordered_by BIGINT NOT NULL,
    at_ms      BIGINT NOT NULL
);
CREATE INDEX reviews_by_decision ON reviews (decided_ms);
CREATE INDEX replies_by_end ON replies (state_ms);
CREATE INDEX replies_unsent ON replies (message_id) WHERE reply_id IS NULL;
