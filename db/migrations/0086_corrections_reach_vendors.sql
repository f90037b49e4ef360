CREATE TABLE "corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	"done_by" uuid,
	CONSTRAINT "corrections_done" CHECK (("corrections"."done_at" is null) = ("corrections"."done_by" is null))
);
--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_done_by_people_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "corrections_open" ON "corrections" USING btree ("vendor_id","person_id","key") WHERE "corrections"."done_at" is null;--> statement-breakpoint
CREATE INDEX "corrections_owed" ON "corrections" USING btree ("vendor_id","due_at","id") WHERE "corrections"."done_at" is null;--> statement-breakpoint
CREATE INDEX "corrections_person" ON "corrections" USING btree ("person_id","created_at" DESC);
--> statement-breakpoint
ALTER TABLE corrections ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON corrections FOR SELECT TO parley_app USING (person_id = viewer_person() OR vendor_id = ANY ((SELECT viewer_vendors())::uuid[]));
--> statement-breakpoint
CREATE POLICY told ON corrections FOR INSERT TO parley_app WITH CHECK (person_id = viewer_person() AND viewer_owns_handle(handle_id) AND done_at IS NULL
  AND EXISTS (SELECT 1 FROM grants g WHERE g.person_id = corrections.person_id AND g.vendor_id = corrections.vendor_id));
--> statement-breakpoint
CREATE POLICY done ON corrections FOR UPDATE TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND done_at IS NULL) WITH CHECK (done_by = viewer_person());
--> statement-breakpoint
REVOKE UPDATE, DELETE ON corrections FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (done_at, done_by) ON corrections TO parley_app;
