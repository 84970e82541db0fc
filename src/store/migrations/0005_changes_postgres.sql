-- Tells all processes which server changed, when the change is committed. 0 stands for the people
-- who opted out.
CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'opted_out' THEN
        PERFORM pg_notify('mythbot_changes', '0');
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('mythbot_changes', OLD.guild_id::text);
    ELSE
        PERFORM pg_notify('mythbot_changes', NEW.guild_id::text);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER settings_changed AFTER UPDATE OF settings OR DELETE ON guilds
    FOR EACH ROW EXECUTE FUNCTION tell_change();
CREATE TRIGGER phrases_changed AFTER INSERT OR UPDATE OR DELETE ON phrases
    FOR EACH ROW EXECUTE FUNCTION tell_change();
CREATE TRIGGER mutes_changed AFTER INSERT OR UPDATE OR DELETE ON mutes
    FOR EACH ROW EXECUTE FUNCTION tell_change();
CREATE TRIGGER opted_out_changed AFTER INSERT OR UPDATE OR DELETE ON opted_out
    FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
