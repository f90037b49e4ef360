CREATE TABLE "unseen_people" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "unseen_people" ADD CONSTRAINT "unseen_people_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE unseen_people ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON unseen_people TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY who_looks ON unseen_people FOR SELECT TO parley_app USING (viewer_system() IS NOT NULL);
