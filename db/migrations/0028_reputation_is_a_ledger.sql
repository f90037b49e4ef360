CREATE TABLE "reading_days" (
	"person_id" uuid NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "reading_days_person_id_day_pk" PRIMARY KEY("person_id","day")
);
--> statement-breakpoint
CREATE TABLE "reputation_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"handle_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"source_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"by_handle_id" uuid,
	"points" smallint NOT NULL,
	"counted" smallint DEFAULT 0 NOT NULL,
	"earned_at" timestamp with time zone NOT NULL,
	"taken_back_at" timestamp with time zone,
	"why_taken" text,
	CONSTRAINT "reputation_entries_once" UNIQUE NULLS NOT DISTINCT("source_id","cause","handle_id","by_handle_id")
);
--> statement-breakpoint
CREATE TABLE "reputation_sums" (
	"community_id" uuid NOT NULL,
	"period" text NOT NULL,
	"handle_id" uuid NOT NULL,
	"points" integer NOT NULL,
	CONSTRAINT "reputation_sums_community_id_period_handle_id_pk" PRIMARY KEY("community_id","period","handle_id")
);
--> statement-breakpoint
CREATE TABLE "trust_levels" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"level" smallint DEFAULT 0 NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"short_since" timestamp with time zone,
	"earlier_days" integer DEFAULT 0 NOT NULL,
	"weighed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unranked_handles" (
	"handle_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vote_voids" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_handle_id" uuid NOT NULL,
	"to_handle_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"voided_by" uuid NOT NULL,
	"voided_at" timestamp with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp with time zone,
	"why_lifted" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "voting_signals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"handle_id" uuid NOT NULL,
	"voters" uuid[] NOT NULL,
	"numbers" jsonb NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "voting_signals_once" UNIQUE("kind","handle_id","voters")
);
--> statement-breakpoint
ALTER TABLE "reading_days" ADD CONSTRAINT "reading_days_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reputation_entries" ADD CONSTRAINT "reputation_entries_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reputation_entries" ADD CONSTRAINT "reputation_entries_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reputation_entries" ADD CONSTRAINT "reputation_entries_by_handle_id_handles_id_fk" FOREIGN KEY ("by_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reputation_sums" ADD CONSTRAINT "reputation_sums_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reputation_sums" ADD CONSTRAINT "reputation_sums_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trust_levels" ADD CONSTRAINT "trust_levels_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unranked_handles" ADD CONSTRAINT "unranked_handles_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_voids" ADD CONSTRAINT "vote_voids_from_handle_id_handles_id_fk" FOREIGN KEY ("from_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_voids" ADD CONSTRAINT "vote_voids_to_handle_id_handles_id_fk" FOREIGN KEY ("to_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_voids" ADD CONSTRAINT "vote_voids_voided_by_people_id_fk" FOREIGN KEY ("voided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vote_voids" ADD CONSTRAINT "vote_voids_lifted_by_people_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voting_signals" ADD CONSTRAINT "voting_signals_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reputation_entries_post" ON "reputation_entries" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "reputation_entries_own" ON "reputation_entries" USING btree ("handle_id","earned_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "reputation_entries_pair" ON "reputation_entries" USING btree ("by_handle_id","handle_id");--> statement-breakpoint
CREATE INDEX "reputation_sums_rank" ON "reputation_sums" USING btree ("community_id","period","points" DESC,"handle_id");--> statement-breakpoint
CREATE INDEX "reputation_sums_handle" ON "reputation_sums" USING btree ("handle_id","period");--> statement-breakpoint
CREATE UNIQUE INDEX "vote_voids_live" ON "vote_voids" USING btree ("from_handle_id","to_handle_id") WHERE "vote_voids"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "vote_voids_newest" ON "vote_voids" USING btree ("voided_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "voting_signals_newest" ON "voting_signals" USING btree ("found_at" DESC,"id" DESC);
--> statement-breakpoint
ALTER TABLE reputation_entries ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON reputation_entries FOR SELECT TO parley_app USING (viewer_owns_handle(handle_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY earned ON reputation_entries FOR INSERT TO parley_app WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY changed ON reputation_entries FOR UPDATE TO parley_app USING (viewer_system() IS NOT NULL) WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON reputation_entries, voting_signals, vote_voids FROM parley_app;
--> statement-breakpoint
ALTER TABLE reading_days ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON reading_days TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL) WITH CHECK (person_id = viewer_person() OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE trust_levels ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON trust_levels FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY weighed ON trust_levels FOR INSERT TO parley_app WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY weighed_again ON trust_levels FOR UPDATE TO parley_app USING (viewer_system() IS NOT NULL) WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
-- What only looks arranged is for those who hold no stake: operators and independent moderators who serve no vendor.
ALTER TABLE voting_signals ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY read ON voting_signals FOR SELECT TO parley_app USING (viewer_moderates_recommendations() OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY found ON voting_signals FOR INSERT TO parley_app WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY found_again ON voting_signals FOR UPDATE TO parley_app USING (viewer_system() IS NOT NULL) WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE vote_voids ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Whoever loses by it reads why.
CREATE POLICY read ON vote_voids FOR SELECT TO parley_app USING (viewer_moderates_recommendations() OR viewer_owns_handle(to_handle_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY voided ON vote_voids FOR INSERT TO parley_app WITH CHECK (voided_by = viewer_person() AND viewer_moderates_recommendations() AND EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator));
--> statement-breakpoint
CREATE POLICY lifted ON vote_voids FOR UPDATE TO parley_app USING (viewer_moderates_recommendations() AND EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator)) WITH CHECK (lifted_by = viewer_person());
