-- Which servers changed, in order, so that other processes see it: a row for each server, written
-- anew with every change. 0 stands for the people who opted out.
CREATE TABLE changes (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL UNIQUE
);

CREATE TRIGGER settings_changed AFTER UPDATE OF settings ON guilds BEGIN
    DELETE FROM changes WHERE guild_id = NEW.guild_id;
    INSERT INTO changes (guild_id) VALUES (NEW.guild_id);
END;
-- A server that is forgotten leaves nothing here, either.
CREATE TRIGGER guild_forgotten AFTER DELETE ON guilds BEGIN
    DELETE FROM changes WHERE guild_id = OLD.guild_id;
END;
CREATE TRIGGER phrase_set AFTER INSERT ON phrases BEGIN
    DELETE FROM changes WHERE guild_id = NEW.guild_id;
    INSERT INTO changes (guild_id) VALUES (NEW.guild_id);
END;
CREATE TRIGGER phrase_changed AFTER UPDATE ON phrases BEGIN
    DELETE FROM changes WHERE guild_id = NEW.guild_id;
    INSERT INTO changes (guild_id) VALUES (NEW.guild_id);
END;
CREATE TRIGGER phrase_removed AFTER DELETE ON phrases BEGIN
    DELETE FROM changes WHERE guild_id = OLD.guild_id;
    INSERT INTO changes (guild_id) VALUES (OLD.guild_id);
END;
CREATE TRIGGER muted AFTER INSERT ON mutes BEGIN
    DELETE FROM changes WHERE guild_id = NEW.guild_id;
    INSERT INTO changes (guild_id) VALUES (NEW.guild_id);
END;
CREATE TRIGGER unmuted AFTER DELETE ON mutes BEGIN
    DELETE FROM changes WHERE guild_id = OLD.guild_id;
    INSERT INTO changes (guild_id) VALUES (OLD.guild_id);
END;
CREATE TRIGGER somebody_opted_out AFTER INSERT ON opted_out BEGIN
    DELETE FROM changes WHERE guild_id = 0;
    INSERT INTO changes (guild_id) VALUES (0);
END;
CREATE TRIGGER somebody_opted_in AFTER DELETE ON opted_out BEGIN
    DELETE FROM changes WHERE guild_id = 0;
    INSERT INTO changes (guild_id) VALUES (0);
END;
