CREATE TABLE "shown_evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recommendation_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"level" text NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"shown_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"rule" text,
	"seen" text,
	"decided_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "shown_evidence_levels" CHECK ("shown_evidence"."level" in ('document', 'screenshot')),
	CONSTRAINT "shown_evidence_ended" CHECK (("shown_evidence"."outcome" is null) = ("shown_evidence"."ended_at" is null)),
	CONSTRAINT "shown_evidence_stated" CHECK ((coalesce("shown_evidence"."outcome", '') in ('accepted', 'declined')) = ("shown_evidence"."decided_by" is not null) and ("shown_evidence"."decided_by" is not null) = (length(coalesce("shown_evidence"."seen", '')) >= 10) and ("shown_evidence"."decided_by" is not null) = ("shown_evidence"."rule" is not null)),
	CONSTRAINT "shown_evidence_rules" CHECK (case "shown_evidence"."outcome" when 'accepted' then "shown_evidence"."rule" = 'shows-use' when 'declined' then "shown_evidence"."rule" in ('unreadable', 'other-product', 'not-theirs', 'altered', 'shows-nothing') else true end)
);
--> statement-breakpoint
ALTER TABLE "shown_evidence" ADD CONSTRAINT "shown_evidence_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_evidence" ADD CONSTRAINT "shown_evidence_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_evidence" ADD CONSTRAINT "shown_evidence_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_evidence" ADD CONSTRAINT "shown_evidence_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "shown_evidence_once" ON "shown_evidence" USING btree ("recommendation_id") WHERE "shown_evidence"."outcome" is null;--> statement-breakpoint
CREATE INDEX "shown_evidence_of" ON "shown_evidence" USING btree ("recommendation_id","shown_at");--> statement-breakpoint
CREATE INDEX "shown_evidence_waiting" ON "shown_evidence" USING btree ("shown_at","id") WHERE "shown_evidence"."outcome" is null;
--> statement-breakpoint
ALTER TABLE shown_evidence ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- For its author, and for those who may decide: whoever is tied to the vendor, or has a verdict on it of their own, reads it no more than the vendor does.
CREATE FUNCTION viewer_reads_evidence(handle uuid, vendor uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT viewer_owns_handle(handle) OR viewer_system() IS NOT DISTINCT FROM 'end-evidence' OR (viewer_moderates_recommendations() AND NOT viewer_is_tied_to(vendor))
$$;
--> statement-breakpoint
CREATE POLICY seen ON shown_evidence FOR SELECT TO parley_app USING (viewer_reads_evidence(handle_id, vendor_id));
--> statement-breakpoint
CREATE POLICY shown ON shown_evidence FOR INSERT TO parley_app WITH CHECK (outcome IS NULL AND viewer_owns_handle(handle_id) AND EXISTS (SELECT 1 FROM recommendations r
  WHERE r.id = recommendation_id AND r.vendor_id = shown_evidence.vendor_id AND r.handle_id = shown_evidence.handle_id AND r.withdrawn_at IS NULL AND r.hidden_by_decision_id IS NULL));
--> statement-breakpoint
CREATE POLICY changed ON shown_evidence FOR UPDATE TO parley_app USING (viewer_reads_evidence(handle_id, vendor_id)) WITH CHECK (true);
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON shown_evidence FROM parley_app;
--> statement-breakpoint
CREATE FUNCTION shown_evidence_ends_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF OLD.outcome IS NOT NULL THEN RAISE EXCEPTION 'what was decided about evidence is sealed' USING ERRCODE = '42501'; END IF;
  IF (NEW.id, NEW.recommendation_id, NEW.vendor_id, NEW.handle_id) IS DISTINCT FROM (OLD.id, OLD.recommendation_id, OLD.vendor_id, OLD.handle_id)
    THEN RAISE EXCEPTION 'what evidence is for does not change' USING ERRCODE = '42501'; END IF;
  IF NEW.outcome IS NULL AND viewer_owns_handle(OLD.handle_id) THEN RETURN NEW; END IF;
  IF (NEW.level, NEW.words, NEW.version, NEW.shown_at) IS DISTINCT FROM (OLD.level, OLD.words, OLD.version, OLD.shown_at)
    THEN RAISE EXCEPTION 'what was shown is decided as it is' USING ERRCODE = '42501'; END IF;
  IF NEW.outcome IN ('accepted', 'declined') AND NEW.decided_by = viewer_person() AND viewer_moderates_recommendations()
    AND NOT viewer_owns_handle(OLD.handle_id) AND NOT viewer_is_tied_to(OLD.vendor_id) THEN RETURN NEW; END IF;
  IF NEW.outcome = 'expired' AND viewer_system() = 'end-evidence' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'evidence is decided on by an independent moderator without ties' USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE TRIGGER shown_evidence_ends_by_the_right_hand BEFORE UPDATE ON shown_evidence FOR EACH ROW EXECUTE FUNCTION shown_evidence_ends_by_the_right_hand();
--> statement-breakpoint
-- However it ends, the files go; what is accepted weighs from now on, and never less than before. Who looked is sealed with it.
CREATE FUNCTION shown_evidence_is_taken_in() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  DELETE FROM attachments WHERE kind = 'evidence' AND subject_id = NEW.recommendation_id AND post_id IS NULL;
  IF NEW.outcome = 'accepted' THEN
    UPDATE recommendations SET evidence = NEW.level WHERE id = NEW.recommendation_id AND withdrawn_at IS NULL
      AND (evidence IN ('self-declared', 'none') OR (evidence = 'screenshot' AND NEW.level = 'document'));
    IF FOUND THEN
      UPDATE recommendation_evidence SET checked_by = NEW.decided_by, found_at = NEW.ended_at WHERE id = (SELECT e.id FROM recommendation_evidence e
        WHERE e.recommendation_id = NEW.recommendation_id AND e.level = NEW.level AND e.checked_by IS NULL ORDER BY e.found_at DESC, e.id DESC LIMIT 1);
    END IF;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION shown_evidence_is_taken_in() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER shown_evidence_is_taken_in AFTER UPDATE OF outcome ON shown_evidence FOR EACH ROW
  WHEN (OLD.outcome IS NULL AND NEW.outcome IS NOT NULL) EXECUTE FUNCTION shown_evidence_is_taken_in();
--> statement-breakpoint
CREATE FUNCTION shown_evidence_ends_with_what_it_shows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  UPDATE shown_evidence SET outcome = 'withdrawn', ended_at = NEW.withdrawn_at WHERE recommendation_id = NEW.id AND outcome IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION shown_evidence_ends_with_what_it_shows() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER shown_evidence_ends_with_what_it_shows AFTER UPDATE OF withdrawn_at ON recommendations FOR EACH ROW
  WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION shown_evidence_ends_with_what_it_shows();
--> statement-breakpoint
-- A file that shows use is read by whoever put it there, and while it waits by those who may decide.
ALTER POLICY seen ON attachments USING (post_id IS NOT NULL OR person_id = viewer_person() OR viewer_system() = 'sweep-files'
  OR (kind = 'evidence' AND EXISTS (SELECT 1 FROM shown_evidence e JOIN handles h ON h.id = e.handle_id
    WHERE e.recommendation_id = subject_id AND e.outcome IS NULL AND h.person_id = attachments.person_id)));
--> statement-breakpoint
-- What shows use stays a file of its own: it becomes part of no post, where others would read it.
CREATE FUNCTION evidence_is_posted_nowhere() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND (OLD.kind = 'evidence' OR NEW.kind = 'evidence') THEN RAISE EXCEPTION 'what shows use is posted nowhere' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER evidence_is_posted_nowhere BEFORE UPDATE ON attachments FOR EACH ROW EXECUTE FUNCTION evidence_is_posted_nowhere();
--> statement-breakpoint
-- The sweeper learns whether a draft waits there, or somebody who is to look, and nothing of what it says.
CREATE OR REPLACE FUNCTION draft_waits(person uuid, of_kind text, subject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT viewer_system() = 'sweep-files' AND (EXISTS (
    SELECT 1 FROM drafts WHERE person_id = person AND kind = of_kind AND subject_id = subject AND discarded_at IS NULL)
    OR (of_kind = 'evidence' AND EXISTS (SELECT 1 FROM shown_evidence e WHERE e.recommendation_id = subject AND e.outcome IS NULL)))
$$;
