CREATE TABLE "blocks" (
	"person_id" uuid NOT NULL,
	"blocked_handle_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blocks_person_id_blocked_handle_id_pk" PRIMARY KEY("person_id","blocked_handle_id")
);
--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_blocked_handle_id_handles_id_fk" FOREIGN KEY ("blocked_handle_id") REFERENCES "public"."handles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE blocks ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own ON blocks TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());--> statement-breakpoint
CREATE POLICY who_tells ON blocks FOR SELECT TO parley_app USING (viewer_system() IS NOT NULL);
