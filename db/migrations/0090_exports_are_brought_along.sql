CREATE TABLE "brought_archives" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"hash" text,
	"bytes" bigint,
	"portal" text,
	"made_at" timestamp with time zone,
	"contents" jsonb,
	"taken_at" timestamp with time zone,
	"sealed_undo" text,
	CONSTRAINT "brought_archives_whole" CHECK (num_nonnulls("brought_archives"."hash", "brought_archives"."bytes", "brought_archives"."portal", "brought_archives"."made_at", "brought_archives"."contents") in (0, 5)),
	CONSTRAINT "brought_archives_taken" CHECK (("brought_archives"."taken_at" is null) = ("brought_archives"."sealed_undo" is null) and ("brought_archives"."taken_at" is null or "brought_archives"."hash" is not null))
);
--> statement-breakpoint
ALTER TABLE "brought_archives" ADD CONSTRAINT "brought_archives_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "brought_archives_once" ON "brought_archives" USING btree ("person_id","hash");--> statement-breakpoint
CREATE INDEX "brought_archives_waiting" ON "brought_archives" USING btree ("created_at") WHERE "brought_archives"."taken_at" is null;
--> statement-breakpoint
ALTER TABLE brought_archives ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON brought_archives TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY forgotten ON brought_archives TO parley_app USING (viewer_system() = 'forget-exports' AND taken_at IS NULL) WITH CHECK (false);
--> statement-breakpoint
CREATE TRIGGER the_erased_keep_nothing BEFORE INSERT ON brought_archives FOR EACH ROW EXECUTE FUNCTION the_erased_keep_nothing();
