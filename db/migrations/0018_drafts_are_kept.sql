CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"fields" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"discarded_at" timestamp with time zone,
	"kept_until" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drafts_place" ON "drafts" USING btree ("person_id","kind","subject_id");--> statement-breakpoint
CREATE INDEX "drafts_newest" ON "drafts" USING btree ("person_id","saved_at" DESC);--> statement-breakpoint
CREATE INDEX "drafts_kept_until" ON "drafts" USING btree ("kept_until");
--> statement-breakpoint
ALTER TABLE drafts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Nobody but their writer: no moderator, no operator, no export.
CREATE POLICY own ON drafts TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
-- The clock forgets what is over, and sees nothing else.
CREATE POLICY over ON drafts FOR SELECT TO parley_app USING (viewer_system() = 'forget-drafts' AND kept_until < now());
--> statement-breakpoint
CREATE POLICY forgotten ON drafts FOR DELETE TO parley_app USING (viewer_system() = 'forget-drafts' AND kept_until < now());
