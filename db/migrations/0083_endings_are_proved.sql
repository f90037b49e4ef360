CREATE TABLE "deletion_tasks" (
	"grant_id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	"done_by_handle_id" uuid,
	"words" text,
	CONSTRAINT "deletion_tasks_done" CHECK (num_nonnulls("deletion_tasks"."done_at", "deletion_tasks"."done_by_handle_id", "deletion_tasks"."words") in (0, 3) and coalesce(char_length("deletion_tasks"."words") between 1 and 500, true))
);
--> statement-breakpoint
CREATE TABLE "grant_endings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"grant_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"how" text NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"signed" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "grant_endings_grant_id_unique" UNIQUE("grant_id"),
	CONSTRAINT "grant_endings_how" CHECK ("grant_endings"."how" in ('revoked', 'expired'))
);
--> statement-breakpoint
DROP INDEX "access_refusals_hour";--> statement-breakpoint
ALTER TABLE "access_refusals" ADD COLUMN "grant_id" uuid;--> statement-breakpoint
ALTER TABLE "deletion_tasks" ADD CONSTRAINT "deletion_tasks_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletion_tasks" ADD CONSTRAINT "deletion_tasks_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletion_tasks" ADD CONSTRAINT "deletion_tasks_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletion_tasks" ADD CONSTRAINT "deletion_tasks_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deletion_tasks" ADD CONSTRAINT "deletion_tasks_done_by_handle_id_handles_id_fk" FOREIGN KEY ("done_by_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_endings" ADD CONSTRAINT "grant_endings_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_endings" ADD CONSTRAINT "grant_endings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_endings" ADD CONSTRAINT "grant_endings_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deletion_tasks_open" ON "deletion_tasks" USING btree ("vendor_id","due_at","grant_id") WHERE "deletion_tasks"."done_at" is null;--> statement-breakpoint
CREATE INDEX "deletion_tasks_record" ON "deletion_tasks" USING btree ("vendor_id","handle_id","asked_at" DESC);--> statement-breakpoint
CREATE INDEX "grant_endings_unsigned" ON "grant_endings" USING btree ("created_at") WHERE "grant_endings"."signed" is null;--> statement-breakpoint
ALTER TABLE "access_refusals" ADD CONSTRAINT "access_refusals_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_refusals_grant" ON "access_refusals" USING btree ("grant_id");--> statement-breakpoint
ALTER TABLE "access_refusals" ADD CONSTRAINT "access_refusals_hour_unique" UNIQUE NULLS NOT DISTINCT("person_id","vendor_id","purpose","asked_by","hour","grant_id");
--> statement-breakpoint
CREATE OR REPLACE FUNCTION access_refusals_only_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND (NEW.asks <= OLD.asks OR
    (NEW.id, NEW.person_id, NEW.vendor_id, NEW.purpose, NEW.asked_by, NEW.asker_handle_id, NEW.hour, NEW.grant_id) IS DISTINCT FROM
    (OLD.id, OLD.person_id, OLD.vendor_id, OLD.purpose, OLD.asked_by, OLD.asker_handle_id, OLD.hour, OLD.grant_id))
  THEN RAISE EXCEPTION 'a refusal only counts up' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- What was sealed before refusals named a grant still says the same.
CREATE OR REPLACE FUNCTION sealed_access_refusal(r access_refusals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT (jsonb_build_object('refused', r.id, 'vendor', r.vendor_id, 'purpose', r.purpose, 'reader', r.asker_handle_id, 'hour', sealed_moment(r.hour))
    || CASE WHEN r.grant_id IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('grant', r.grant_id) END)::text
$$;
--> statement-breakpoint
CREATE FUNCTION sealed_ending(e grant_endings) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('ended', e.id, 'vendor', e.vendor_id, 'grant', e.grant_id, 'how', e.how, 'at', sealed_moment(e.ended_at))::text
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION access_is_chained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ DECLARE last access_chain; words text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('access_chain', 0));
  SELECT * INTO last FROM access_chain ORDER BY nth DESC LIMIT 1;
  IF TG_TABLE_NAME = 'access_records' THEN words := sealed_access(NEW);
  ELSIF TG_TABLE_NAME = 'grant_endings' THEN words := sealed_ending(NEW);
  ELSE words := sealed_access_refusal(NEW); END IF;
  INSERT INTO access_chain (nth, row_id, vendor_id, content, previous_hash, hash, linked_at)
    VALUES (coalesce(last.nth, 0) + 1, NEW.id, NEW.vendor_id, words, coalesce(last.hash, ''),
      encode(sha256(convert_to(coalesce(last.hash, '') || words, 'UTF8')), 'hex'), clock_timestamp());
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER access_is_chained AFTER INSERT ON grant_endings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_is_chained();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION broken_access_link() RETURNS TABLE (nth bigint, row_id uuid, why text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.nth, c.row_id, CASE WHEN c.nth <> c.place THEN 'links before it are missing' WHEN c.previous_hash <> c.before THEN 'it does not follow the one before it'
      WHEN c.hash <> encode(sha256(convert_to(c.before || c.content, 'UTF8')), 'hex') THEN 'its content was changed' ELSE 'the row that it seals was changed' END
  FROM (SELECT m.*, row_number() OVER (ORDER BY m.nth) AS place, coalesce(lag(m.hash) OVER (ORDER BY m.nth), '') AS before,
      coalesce((SELECT sealed_access(r) FROM access_records r WHERE r.id = m.row_id), (SELECT sealed_access_refusal(r) FROM access_refusals r WHERE r.id = m.row_id),
        (SELECT sealed_ending(e) FROM grant_endings e WHERE e.id = m.row_id)) AS says
    FROM access_chain m) c
  WHERE c.nth <> c.place OR c.previous_hash <> c.before OR c.hash <> encode(sha256(convert_to(c.before || c.content, 'UTF8')), 'hex') OR c.content <> c.says
  ORDER BY c.nth LIMIT 1
$$;
--> statement-breakpoint
ALTER POLICY seen ON access_chain USING (viewer_system() IS NOT NULL OR (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]))
  OR EXISTS (SELECT 1 FROM access_records r WHERE r.id = row_id AND r.person_id = viewer_person())
  OR EXISTS (SELECT 1 FROM access_refusals r WHERE r.id = row_id AND r.person_id = viewer_person())
  OR EXISTS (SELECT 1 FROM grant_endings e WHERE e.id = row_id AND e.person_id = viewer_person()));
--> statement-breakpoint
-- A refusal may name only a grant of this person to this vendor.
ALTER POLICY written ON access_refusals WITH CHECK (asked_by = viewer_person() AND (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]))
  AND EXISTS (SELECT 1 FROM relationships r JOIN handles h ON h.id = r.handle_id WHERE h.person_id = access_refusals.person_id AND r.vendor_id = access_refusals.vendor_id)
  AND (grant_id IS NULL OR EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND g.person_id = access_refusals.person_id AND g.vendor_id = access_refusals.vendor_id)));
--> statement-breakpoint
-- “No reading since” rests on these two. Whoever ends a grant waits for readings that hold it, and the moment of the ending is taken after that;
-- a reading that comes to a grant which has ended meanwhile is dropped, and with it the value.
CREATE FUNCTION grants_end_at_their_moment() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.revoked_at = now() THEN NEW.revoked_at := clock_timestamp(); END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER grants_end_at_their_moment BEFORE UPDATE OF revoked_at ON grants FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION grants_end_at_their_moment();
--> statement-breakpoint
CREATE FUNCTION readings_end_with_their_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ DECLARE ends timestamptz;
BEGIN
  SELECT least(g.revoked_at, g.ends_at) INTO ends FROM grants g WHERE g.id = NEW.grant_id FOR SHARE;
  IF ends <= clock_timestamp() AND viewer_person() IS NOT NULL THEN RETURN NULL; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION readings_end_with_their_grant() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER readings_end_with_their_grant BEFORE INSERT OR UPDATE ON access_records FOR EACH ROW EXECUTE FUNCTION readings_end_with_their_grant();
--> statement-breakpoint
-- Nobody revokes without a trace, whatever it is that revokes.
CREATE FUNCTION endings_are_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  INSERT INTO grant_endings (id, grant_id, person_id, vendor_id, how, ended_at)
    VALUES (gen_random_uuid(), NEW.id, NEW.person_id, NEW.vendor_id, CASE WHEN NEW.ends_at <= NEW.revoked_at THEN 'expired' ELSE 'revoked' END, least(NEW.revoked_at, NEW.ends_at))
    ON CONFLICT (grant_id) DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION endings_are_kept() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER endings_are_kept AFTER UPDATE OF revoked_at ON grants FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION endings_are_kept();
--> statement-breakpoint
-- An ending asks for deletion within thirty days: what receipts promise.
CREATE FUNCTION deletion_is_asked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  INSERT INTO deletion_tasks (grant_id, person_id, handle_id, vendor_id, asked_at, due_at)
    SELECT g.id, g.person_id, g.handle_id, g.vendor_id, NEW.ended_at, NEW.ended_at + interval '30 days' FROM grants g WHERE g.id = NEW.grant_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION deletion_is_asked() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER deletion_is_asked AFTER INSERT ON grant_endings FOR EACH ROW EXECUTE FUNCTION deletion_is_asked();
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON grant_endings FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (signed) ON grant_endings TO parley_app;
--> statement-breakpoint
ALTER TABLE grant_endings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON grant_endings FOR SELECT TO parley_app USING (person_id = viewer_person() OR (vendor_id = ANY ((SELECT viewer_vendors())::uuid[])) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY kept ON grant_endings FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'revocations'
  AND EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND (g.person_id, g.vendor_id) = (grant_endings.person_id, grant_endings.vendor_id) AND ended_at = least(g.revoked_at, g.ends_at)));
--> statement-breakpoint
CREATE POLICY signed ON grant_endings FOR UPDATE TO parley_app USING (viewer_system() = 'revocations' AND signed IS NULL) WITH CHECK (viewer_system() = 'revocations' AND signed IS NOT NULL);
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON deletion_tasks FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (done_at, done_by_handle_id, words) ON deletion_tasks TO parley_app;
--> statement-breakpoint
ALTER TABLE deletion_tasks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON deletion_tasks FOR SELECT TO parley_app USING (person_id = viewer_person() OR (vendor_id = ANY ((SELECT viewer_vendors())::uuid[])) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY done ON deletion_tasks FOR UPDATE TO parley_app USING ((vendor_id = ANY ((SELECT viewer_vendors())::uuid[])) AND done_at IS NULL)
  WITH CHECK ((vendor_id = ANY ((SELECT viewer_vendors())::uuid[])) AND done_at IS NOT NULL AND viewer_owns_handle(done_by_handle_id));
--> statement-breakpoint
-- How far the chain goes: a number and a hash, which say nothing of anybody.
CREATE FUNCTION access_chain_head() RETURNS TABLE (nth bigint, hash text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.nth, c.hash FROM access_chain c ORDER BY c.nth DESC LIMIT 1
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION access_chain_head() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION access_chain_head() TO parley_app;
