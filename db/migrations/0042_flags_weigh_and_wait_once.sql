CREATE TABLE "decision_batch_items" (
	"batch_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	CONSTRAINT "decision_batch_items_batch_id_decision_id_pk" PRIMARY KEY("batch_id","decision_id")
);
--> statement-breakpoint
CREATE TABLE "decision_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"handle_id" uuid NOT NULL,
	"decided_by" uuid NOT NULL,
	"community_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "moderation_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"community_id" uuid,
	"handle_id" uuid NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "moderation_notes_place" CHECK (("moderation_notes"."subject_kind" = 'recommendation') = ("moderation_notes"."community_id" is null))
);
--> statement-breakpoint
CREATE TABLE "queue_claims" (
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "queue_claims_subject_kind_subject_id_pk" PRIMARY KEY("subject_kind","subject_id")
);
--> statement-breakpoint
CREATE TABLE "queue_items" (
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"community_id" uuid,
	"vendor_id" uuid,
	"handle_id" uuid NOT NULL,
	"score" real NOT NULL,
	"flags" integer NOT NULL,
	"reasons" text[] NOT NULL,
	"oldest_at" timestamp with time zone NOT NULL,
	CONSTRAINT "queue_items_subject_kind_subject_id_pk" PRIMARY KEY("subject_kind","subject_id")
);
--> statement-breakpoint
DROP INDEX "flags_queue";--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "weight" real DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "stake" text;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "thanked_for_decision_id" uuid;--> statement-breakpoint
ALTER TABLE "decision_batch_items" ADD CONSTRAINT "decision_batch_items_batch_id_decision_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."decision_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_batch_items" ADD CONSTRAINT "decision_batch_items_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_batches" ADD CONSTRAINT "decision_batches_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_batches" ADD CONSTRAINT "decision_batches_decided_by_handles_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_batches" ADD CONSTRAINT "decision_batches_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderation_notes" ADD CONSTRAINT "moderation_notes_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderation_notes" ADD CONSTRAINT "moderation_notes_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_claims" ADD CONSTRAINT "queue_claims_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_claims" ADD CONSTRAINT "queue_claims_item" FOREIGN KEY ("subject_kind","subject_id") REFERENCES "public"."queue_items"("subject_kind","subject_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_items" ADD CONSTRAINT "queue_items_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_items" ADD CONSTRAINT "queue_items_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_items" ADD CONSTRAINT "queue_items_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "moderation_notes_of" ON "moderation_notes" USING btree ("subject_kind","subject_id","created_at" DESC);--> statement-breakpoint
CREATE INDEX "queue_items_room" ON "queue_items" USING btree ("community_id","score" DESC,"subject_id" DESC);--> statement-breakpoint
CREATE INDEX "queue_items_portal" ON "queue_items" USING btree ("score" DESC,"subject_id" DESC) WHERE subject_kind = 'recommendation';--> statement-breakpoint
CREATE INDEX "queue_items_whose" ON "queue_items" USING btree ("handle_id","community_id");--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_thanked_for_decision_id_decisions_id_fk" FOREIGN KEY ("thanked_for_decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flags_judged" ON "flags" USING btree ("flagged_by","state");--> statement-breakpoint
CREATE INDEX "flags_settled" ON "flags" USING btree ("settled_by_decision_id");--> statement-breakpoint
CREATE INDEX "flags_thanked" ON "flags" USING btree ("thanked_for_decision_id");--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_weigh_so_much" CHECK ("flags"."weight" between 0 and 40 and ("flags"."stake" is distinct from 'rival' or "flags"."weight" = 0));
--> statement-breakpoint
-- Those who serve a vendor have a stake in what is said of vendors: theirs, or a rival's.
CREATE FUNCTION stake_of(person uuid, vendor uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN bool_or(vendor_id = vendor) THEN 'subject' WHEN count(*) > 0 THEN 'rival' END FROM vendor_staff WHERE person_id = person AND ended_at IS NULL
$$;
--> statement-breakpoint
UPDATE flags f SET stake = s.stake, weight = CASE s.stake WHEN 'rival' THEN 0 ELSE 1 END
FROM (SELECT f.id, stake_of(h.person_id, f.vendor_id) AS stake FROM flags f JOIN handles h ON h.id = f.flagged_by WHERE f.subject_kind = 'recommendation') s
WHERE s.id = f.id AND s.stake IS NOT NULL;
--> statement-breakpoint
DROP POLICY written ON flags;
--> statement-breakpoint
CREATE POLICY written ON flags FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(flagged_by) AND state = 'open'
  AND stake IS NOT DISTINCT FROM CASE subject_kind WHEN 'recommendation' THEN stake_of(viewer_person(), vendor_id) END);
--> statement-breakpoint
-- Two flags at once on one thing: the row is held first, then counted, so that the second sees the first.
CREATE FUNCTION queue_items_follow_flags() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO queue_items (subject_kind, subject_id, community_id, vendor_id, handle_id, score, flags, reasons, oldest_at)
    SELECT NEW.subject_kind, NEW.subject_id, NEW.community_id, NEW.vendor_id, whose.handle_id, 0, 0, '{}', NEW.created_at
    FROM (SELECT handle_id FROM posts WHERE NEW.subject_kind = 'post' AND id = NEW.subject_id
      UNION ALL SELECT handle_id FROM threads WHERE NEW.subject_kind = 'thread' AND id = NEW.subject_id
      UNION ALL SELECT handle_id FROM recommendations WHERE NEW.subject_kind = 'recommendation' AND id = NEW.subject_id) whose
    ON CONFLICT (subject_kind, subject_id) DO UPDATE SET flags = queue_items.flags;
  UPDATE queue_items q SET score = o.score, flags = o.flags, reasons = o.reasons, oldest_at = o.oldest_at
    FROM (SELECT sum(weight) AS score, count(*) AS flags, array_agg(DISTINCT reason) AS reasons, min(created_at) AS oldest_at
      FROM flags WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id AND state = 'open') o
    WHERE q.subject_kind = NEW.subject_kind AND q.subject_id = NEW.subject_id AND o.flags > 0;
  DELETE FROM queue_items q WHERE q.subject_kind = NEW.subject_kind AND q.subject_id = NEW.subject_id
    AND NOT EXISTS (SELECT 1 FROM flags WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id AND state = 'open');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER queue_items_follow_new_flags AFTER INSERT ON flags FOR EACH ROW EXECUTE FUNCTION queue_items_follow_flags();
--> statement-breakpoint
CREATE TRIGGER queue_items_follow_flags AFTER UPDATE OF state, weight ON flags FOR EACH ROW
  WHEN ((OLD.state, OLD.weight) IS DISTINCT FROM (NEW.state, NEW.weight)) EXECUTE FUNCTION queue_items_follow_flags();
--> statement-breakpoint
INSERT INTO queue_items (subject_kind, subject_id, community_id, vendor_id, handle_id, score, flags, reasons, oldest_at)
  SELECT f.subject_kind, f.subject_id, f.community_id, f.vendor_id, coalesce(p.handle_id, t.handle_id, r.handle_id), sum(f.weight), count(*), array_agg(DISTINCT f.reason), min(f.created_at)
  FROM flags f LEFT JOIN posts p ON f.subject_kind = 'post' AND p.id = f.subject_id LEFT JOIN threads t ON f.subject_kind = 'thread' AND t.id = f.subject_id
    LEFT JOIN recommendations r ON f.subject_kind = 'recommendation' AND r.id = f.subject_id
  WHERE f.state = 'open' AND coalesce(p.handle_id, t.handle_id, r.handle_id) IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
--> statement-breakpoint
ALTER TABLE queue_items ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE queue_claims ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE moderation_notes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE decision_batches ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE decision_batch_items ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON queue_items FROM parley_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON moderation_notes, decision_batch_items FROM parley_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON decision_batches FROM parley_app;
--> statement-breakpoint
-- Asked once for the whole list, not for each of its rows.
CREATE POLICY seen ON queue_items FOR SELECT TO parley_app USING (CASE WHEN subject_kind = 'recommendation' THEN (SELECT viewer_moderates_recommendations())
  ELSE (SELECT viewer_is_operator()) OR community_id IN (SELECT m.community_id FROM community_moderators m WHERE m.person_id = viewer_person() AND m.ended_at IS NULL
    AND NOT viewer_is_suspended() AND NOT viewer_waits_for_second_step()) END
  OR (SELECT viewer_system()) IS NOT NULL);
--> statement-breakpoint
CREATE POLICY claimed ON queue_claims TO parley_app
  USING (EXISTS (SELECT 1 FROM queue_items q WHERE (q.subject_kind, q.subject_id) = (queue_claims.subject_kind, queue_claims.subject_id)))
  WITH CHECK (viewer_owns_handle(handle_id) AND EXISTS (SELECT 1 FROM queue_items q WHERE (q.subject_kind, q.subject_id) = (queue_claims.subject_kind, queue_claims.subject_id)));
--> statement-breakpoint
CREATE POLICY seen ON moderation_notes FOR SELECT TO parley_app USING (CASE WHEN community_id IS NULL THEN viewer_moderates_recommendations() ELSE viewer_moderates(community_id) END);
--> statement-breakpoint
CREATE POLICY written ON moderation_notes FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(handle_id)
  AND CASE WHEN community_id IS NULL THEN viewer_moderates_recommendations() ELSE viewer_moderates(community_id) END);
--> statement-breakpoint
CREATE POLICY own ON decision_batches TO parley_app USING (viewer_owns_handle(decided_by)) WITH CHECK (viewer_owns_handle(decided_by));
--> statement-breakpoint
CREATE POLICY own ON decision_batch_items TO parley_app USING (EXISTS (SELECT 1 FROM decision_batches b WHERE b.id = batch_id))
  WITH CHECK (EXISTS (SELECT 1 FROM decision_batches b WHERE b.id = batch_id));
