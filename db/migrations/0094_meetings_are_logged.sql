CREATE TABLE "relationship_meetings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"relationship_id" uuid NOT NULL,
	"held_on" date NOT NULL,
	"outcome" text NOT NULL,
	"logged_by" uuid NOT NULL,
	"logger_handle_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "relationship_meetings_said" CHECK (char_length("relationship_meetings"."outcome") between 1 and 2000 and "relationship_meetings"."held_on" <= "relationship_meetings"."created_at"::date + 1)
);
--> statement-breakpoint
ALTER TABLE "relationship_meetings" ADD CONSTRAINT "relationship_meetings_relationship_id_relationships_id_fk" FOREIGN KEY ("relationship_id") REFERENCES "public"."relationships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relationship_meetings" ADD CONSTRAINT "relationship_meetings_logged_by_people_id_fk" FOREIGN KEY ("logged_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relationship_meetings" ADD CONSTRAINT "relationship_meetings_logger_handle_id_handles_id_fk" FOREIGN KEY ("logger_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "relationship_meetings_of" ON "relationship_meetings" USING btree ("relationship_id","held_on" DESC,"created_at" DESC);
--> statement-breakpoint
ALTER TABLE relationship_meetings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON relationship_meetings FROM parley_app;
--> statement-breakpoint
CREATE POLICY seen ON relationship_meetings FOR SELECT TO parley_app USING (viewer_sees_relationship(relationship_id));
--> statement-breakpoint
CREATE POLICY logged ON relationship_meetings FOR INSERT TO parley_app WITH CHECK (logged_by = viewer_person() AND viewer_serves_relationship(relationship_id));
