CREATE TABLE "appeal_addresses" (
	"appeal_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "appeals" ALTER COLUMN "person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "appeals" ALTER COLUMN "handle_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "appeals" ADD COLUMN "flag_id" uuid;--> statement-breakpoint
ALTER TABLE "appeal_addresses" ADD CONSTRAINT "appeal_addresses_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_once_a_report" ON "appeals" USING btree ("decision_id","flag_id");--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_once_by_author" ON "appeals" USING btree ("decision_id") WHERE person_id is null and flag_id is null;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_by_link_say_by_whom" CHECK (case when "appeals"."person_id" is not null then "appeals"."handle_id" is not null and "appeals"."flag_id" is null
        when "appeals"."standing" = 'target' then "appeals"."handle_id" is not null and "appeals"."flag_id" is null
        else "appeals"."handle_id" is null and "appeals"."flag_id" is not null end);
--> statement-breakpoint
-- Somebody behind that handle can sign in: they appeal by their account.
CREATE FUNCTION handle_signs_in(one uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM handles h JOIN people p ON p.id = h.person_id WHERE h.id = one AND p.status <> 'erased')
$$;
--> statement-breakpoint
CREATE FUNCTION author_of_subject(kind text, subject uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CASE kind WHEN 'thread' THEN (SELECT handle_id FROM threads WHERE id = subject) WHEN 'post' THEN (SELECT handle_id FROM posts WHERE id = subject)
    WHEN 'recommendation' THEN (SELECT handle_id FROM recommendations WHERE id = subject) END
$$;
--> statement-breakpoint
-- Whoever appealed it as the one whom it concerns, before their account was erased too.
CREATE FUNCTION appealed_by_target(decision uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM appeals WHERE decision_id = decision AND standing = 'target')
$$;
--> statement-breakpoint
-- By a link that the portal mailed: it alone can tell whether the link is its own. Never in the name of a person, nor of a handle that somebody signs in with.
CREATE POLICY written_by_link ON appeals FOR INSERT TO parley_app WITH CHECK (viewer_system() IS NOT NULL AND person_id IS NULL AND outcome IS NULL
  AND EXISTS (SELECT 1 FROM decisions d WHERE d.id = decision_id AND d.appeal_until >= now() AND CASE standing
    WHEN 'target' THEN d.act NOT IN ('restore', 'unlock', 'unwarn', 'unsilence', 'unsuspend', 'keep') AND NOT handle_signs_in(handle_id) AND NOT appealed_by_target(decision_id)
      AND handle_id = coalesce(d.target_handle_id, author_of_subject(d.subject_kind, d.subject_id))
    ELSE d.act = 'keep' AND EXISTS (SELECT 1 FROM flags f WHERE f.id = flag_id AND f.settled_by_decision_id = d.id AND f.state = 'declined' AND f.flagged_by IS NULL) END));
--> statement-breakpoint
-- Where an outcome is told is for the portal's mails alone.
ALTER TABLE appeal_addresses ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON appeal_addresses TO parley_app USING (viewer_system() IS NOT NULL) WITH CHECK (viewer_system() IS NOT NULL);
