-- Whom a record is about, and with which vendor, is settled by the event that made it.
CREATE FUNCTION relationships_keep_their_subject() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND (NEW.id, NEW.vendor_id, NEW.handle_id) IS DISTINCT FROM (OLD.id, OLD.vendor_id, OLD.handle_id)
    THEN RAISE EXCEPTION 'whom a record is about does not change' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER relationships_keep_their_subject BEFORE UPDATE ON relationships FOR EACH ROW EXECUTE FUNCTION relationships_keep_their_subject();
--> statement-breakpoint
-- A state that was confirmed is ended, never made into another.
CREATE FUNCTION relationship_states_keep_their_word() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND ((NEW.id, NEW.relationship_id, NEW.state, NEW.started_at) IS DISTINCT FROM (OLD.id, OLD.relationship_id, OLD.state, OLD.started_at)
      OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at))
    THEN RAISE EXCEPTION 'a state is confirmed or ended, never changed' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER relationship_states_keep_their_word BEFORE UPDATE ON relationship_states FOR EACH ROW EXECUTE FUNCTION relationship_states_keep_their_word();
--> statement-breakpoint
-- What the person contests is in the person's words; the vendor answers once, in its own.
CREATE FUNCTION relationship_contests_keep_their_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' AND (NEW.answer, NEW.answered_by, NEW.answered_at) IS DISTINCT FROM (NULL, NULL, NULL)
    THEN RAISE EXCEPTION 'only the vendor answers for the vendor' USING ERRCODE = '42501'; END IF;
  IF TG_OP = 'UPDATE' AND ((NEW.id, NEW.relationship_id, NEW.about, NEW.body, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.relationship_id, OLD.about, OLD.body, OLD.created_at)
      OR OLD.answered_at IS NOT NULL)
    THEN RAISE EXCEPTION 'what was contested or answered does not change' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER relationship_contests_keep_their_words BEFORE INSERT OR UPDATE ON relationship_contests FOR EACH ROW EXECUTE FUNCTION relationship_contests_keep_their_words();
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON relationships, relationship_states, relationship_contests, relationship_tasks FROM parley_app;
--> statement-breakpoint
-- Who sees a record sees its timeline; events alone write it. Partitions are reached through their parent only.
ALTER TABLE timeline_entries ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON timeline_entries FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id));
--> statement-breakpoint
CREATE POLICY fed ON timeline_entries FOR INSERT TO parley_app WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON timeline_entries FROM parley_app;
--> statement-breakpoint
DO $$ BEGIN
  FOR i IN 0..7 LOOP EXECUTE format('REVOKE ALL ON timeline_entries_%s FROM parley_app', i); END LOOP;
END $$;
