CREATE TABLE "community_figures" (
	"community_id" uuid NOT NULL,
	"day" date NOT NULL,
	"members" integer NOT NULL,
	"participants" integer NOT NULL,
	"contributions" integer NOT NULL,
	"busiest_tenth" numeric(4, 3),
	"median_gap_days" numeric(6, 1),
	CONSTRAINT "community_figures_community_id_day_pk" PRIMARY KEY("community_id","day")
);
--> statement-breakpoint
CREATE TABLE "level_weights" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"effective_on" date NOT NULL,
	"weights" jsonb NOT NULL,
	"review_months" smallint NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "level_weights_known" CHECK ("level_weights"."review_months" in (1, 3, 12) and "level_weights"."effective_on" > ("level_weights"."set_at" at time zone 'UTC')::date)
);
--> statement-breakpoint
CREATE TABLE "member_levels" (
	"community_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"step" smallint NOT NULL,
	"reached_on" date NOT NULL,
	"reviewed_on" date NOT NULL,
	"reasons" jsonb NOT NULL,
	CONSTRAINT "member_levels_community_id_handle_id_pk" PRIMARY KEY("community_id","handle_id"),
	CONSTRAINT "member_levels_steps" CHECK ("member_levels"."step" between 1 and 12)
);
--> statement-breakpoint
ALTER TABLE "community_figures" ADD CONSTRAINT "community_figures_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level_weights" ADD CONSTRAINT "level_weights_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "level_weights" ADD CONSTRAINT "level_weights_set_by_people_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_levels" ADD CONSTRAINT "member_levels_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_levels" ADD CONSTRAINT "member_levels_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "level_weights_version" ON "level_weights" USING btree ("community_id","version" DESC);--> statement-breakpoint
CREATE INDEX "member_levels_of" ON "member_levels" USING btree ("handle_id");--> statement-breakpoint
CREATE INDEX "member_levels_due" ON "member_levels" USING btree ("community_id","reviewed_on");
--> statement-breakpoint
ALTER TABLE level_weights ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON level_weights FROM parley_app;
--> statement-breakpoint
CREATE POLICY seen ON level_weights FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY said ON level_weights FOR INSERT TO parley_app WITH CHECK (set_by = viewer_person()
  AND (viewer_is_operator() OR EXISTS (SELECT 1 FROM community_moderators m WHERE m.community_id = level_weights.community_id AND m.person_id = viewer_person() AND m.ended_at IS NULL)));
--> statement-breakpoint
-- A level is its member’s alone; it is found by what they did, and written by nobody.
ALTER TABLE member_levels ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON member_levels FOR SELECT TO parley_app
  USING (viewer_system() IN ('raise-levels', 'review-levels') OR handle_id IN (SELECT h.id FROM handles h WHERE h.person_id = viewer_person()));
--> statement-breakpoint
CREATE POLICY raised ON member_levels FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'raise-levels');
--> statement-breakpoint
CREATE POLICY moved ON member_levels FOR UPDATE TO parley_app USING (viewer_system() IN ('raise-levels', 'review-levels'));
--> statement-breakpoint
CREATE POLICY fell ON member_levels FOR DELETE TO parley_app USING (viewer_system() = 'review-levels');
--> statement-breakpoint
-- What members did in communities: posts that stand, and answers of theirs that somebody else accepted. What was brought in from elsewhere is no act
-- here, and what somebody did while they served the vendor that it concerns counts nowhere.
CREATE FUNCTION contributions(community uuid, since timestamptz, until timestamptz, of_handles uuid[] DEFAULT NULL)
  RETURNS TABLE (handle_id uuid, at timestamptz, act text) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH room AS (SELECT c.id, coalesce(c.host_vendor_id, p.vendor_id) AS vendor_id FROM communities c LEFT JOIN products p ON p.id = c.product_id WHERE c.id = community),
  served AS MATERIALIZED (SELECT h.id AS handle_id, s.started_at, s.ended_at FROM room r JOIN vendor_staff s ON s.vendor_id = r.vendor_id JOIN handles h ON h.person_id = s.person_id),
  did AS (
    SELECT p.handle_id, p.created_at AS at, CASE p.kind WHEN 'comment' THEN 'commented' WHEN 'answer' THEN CASE t.kind WHEN 'question' THEN 'answered' ELSE 'replied' END
        ELSE CASE t.kind WHEN 'idea' THEN 'proposed' ELSE 'asked' END END AS act
      FROM threads t JOIN posts p ON p.thread_id = t.id
      WHERE t.community_id = community AND p.hidden_by_decision_id IS NULL AND p.source IS NULL AND p.created_at > since AND p.created_at <= until
        AND (of_handles IS NULL OR p.handle_id = ANY (of_handles))
    UNION ALL SELECT p.handle_id, a.accepted_at, 'accepted' FROM threads t JOIN answer_acceptances a ON a.thread_id = t.id JOIN posts p ON p.id = a.answer_id
      WHERE t.community_id = community AND p.hidden_by_decision_id IS NULL AND p.source IS NULL AND a.accepted_at > since AND a.accepted_at <= until
        AND a.accepted_by <> p.handle_id AND (of_handles IS NULL OR p.handle_id = ANY (of_handles)))
  SELECT d.handle_id, d.at, d.act FROM did d JOIN handles h ON h.id = d.handle_id AND h.kind = 'member'
    WHERE NOT EXISTS (SELECT 1 FROM served s WHERE s.handle_id = d.handle_id AND (s.started_at <= d.at OR s.ended_at IS NULL) AND (s.ended_at IS NULL OR s.ended_at > d.at))
$$;
