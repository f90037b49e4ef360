CREATE TABLE "held_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"post_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"held_by" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"settled_by_decision_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "held_posts_are_settled_by_decisions" CHECK (("held_posts"."state" = 'waiting') = ("held_posts"."settled_by_decision_id" is null))
);
--> statement-breakpoint
CREATE TABLE "room_checks" (
	"community_id" uuid PRIMARY KEY NOT NULL,
	"words" text[] NOT NULL,
	"domains" text[] NOT NULL,
	"approval" text DEFAULT 'none' NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "room_checks_are_bounded" CHECK (cardinality("room_checks"."words") <= 200 and cardinality("room_checks"."domains") <= 200)
);
--> statement-breakpoint
ALTER TABLE "queue_items" ADD COLUMN "held_by" text;--> statement-breakpoint
ALTER TABLE "held_posts" ADD CONSTRAINT "held_posts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_posts" ADD CONSTRAINT "held_posts_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_posts" ADD CONSTRAINT "held_posts_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_posts" ADD CONSTRAINT "held_posts_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_posts" ADD CONSTRAINT "held_posts_settled_by_decision_id_decisions_id_fk" FOREIGN KEY ("settled_by_decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_checks" ADD CONSTRAINT "room_checks_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_checks" ADD CONSTRAINT "room_checks_changed_by_handles_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "held_posts_once" ON "held_posts" USING btree ("post_id");
--> statement-breakpoint
-- Whatever a check holds back, it decides in this one form: all fields of article 17, by automation, open to appeal. The policy of decisions asks who calls.
CREATE FUNCTION decide_to_hold(decision uuid, kind text, subject uuid, community uuid, target uuid, found_rule text, found_clause text, found text, reason text, at timestamptz)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO decisions (id, act, subject_kind, subject_id, community_id, target_handle_id, scope, duration, source, detected_automatically, decided_automatically,
      rule, clause, facts, why, decided_at, appeal_until)
    VALUES (decision, 'hide', kind, subject, community, target, 'community', 'until-changed', 'own-initiative', true, true,
      found_rule, found_clause, found, reason, at, (at AT TIME ZONE 'UTC' + interval '6 months') AT TIME ZONE 'UTC')
$$;
--> statement-breakpoint
-- What is held waits in the queue as what is flagged does, and weighs as much as the flag of somebody who has settled in.
CREATE FUNCTION queue_items_follow_held_posts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = 'waiting' THEN
    INSERT INTO queue_items (subject_kind, subject_id, community_id, handle_id, score, flags, reasons, held_by, oldest_at)
      SELECT its.kind, its.id, NEW.community_id, NEW.handle_id, 2, 0, '{}', NEW.held_by, NEW.created_at FROM subject_today('post', NEW.post_id) its
      ON CONFLICT (subject_kind, subject_id) DO NOTHING;
  ELSE
    DELETE FROM queue_items q USING names_of_subject('post', NEW.post_id) its WHERE (q.subject_kind, q.subject_id) = (its.kind, its.id) AND q.held_by IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER queue_items_follow_held_posts AFTER INSERT OR UPDATE OF state ON held_posts FOR EACH ROW EXECUTE FUNCTION queue_items_follow_held_posts();
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION queue_items_follow_held_posts() FROM PUBLIC;
--> statement-breakpoint
ALTER TABLE held_posts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE room_checks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON held_posts FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (state, settled_by_decision_id) ON held_posts TO parley_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON room_checks FROM parley_app;
--> statement-breakpoint
CREATE POLICY seen ON held_posts FOR SELECT TO parley_app USING (viewer_owns_handle(handle_id) OR viewer_moderates(community_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- A check holds, by its own decision about exactly this.
CREATE POLICY held ON held_posts FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'hold-posts' AND state = 'waiting' AND EXISTS (SELECT 1 FROM decisions d
  JOIN subject_today('post', post_id) its ON (d.subject_kind, d.subject_id) = (its.kind, its.id)
  WHERE d.id = decision_id AND d.act = 'hide' AND d.decided_by IS NULL AND d.community_id = held_posts.community_id AND d.target_handle_id = handle_id));
--> statement-breakpoint
-- A person settles it, by a decision of their own about exactly this, or by upholding the one of the check on appeal. Never their own.
CREATE POLICY settled ON held_posts FOR UPDATE TO parley_app USING (viewer_moderates(community_id) AND NOT viewer_owns_handle(handle_id))
  WITH CHECK (state <> 'waiting' AND EXISTS (SELECT 1 FROM decisions d JOIN names_of_subject('post', post_id) its ON (d.subject_kind, d.subject_id) = (its.kind, its.id)
    WHERE d.id = settled_by_decision_id AND CASE WHEN d.decided_by IS NULL THEN state = 'rejected' AND d.id = decision_id
        AND EXISTS (SELECT 1 FROM appeals a WHERE a.decision_id = d.id AND a.outcome = 'upheld' AND a.decided_by = viewer_person())
      ELSE d.decided_by = viewer_person() AND d.act = CASE state WHEN 'released' THEN 'restore' ELSE 'hide' END END));
--> statement-breakpoint
CREATE POLICY seen ON room_checks FOR SELECT TO parley_app USING (viewer_moderates(community_id) OR viewer_system() = 'hold-posts');
--> statement-breakpoint
CREATE POLICY chosen ON room_checks FOR INSERT TO parley_app WITH CHECK (viewer_moderates(community_id) AND viewer_owns_handle(changed_by));
--> statement-breakpoint
CREATE POLICY chosen_again ON room_checks FOR UPDATE TO parley_app USING (viewer_moderates(community_id)) WITH CHECK (viewer_moderates(community_id) AND viewer_owns_handle(changed_by));
