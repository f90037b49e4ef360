CREATE TABLE "passed_on" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"key" text NOT NULL,
	"third_party" text NOT NULL,
	"country" text NOT NULL,
	"why" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorder_handle_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "passed_on_said" CHECK (char_length("passed_on"."third_party") between 1 and 120 and char_length("passed_on"."country") between 1 and 60 and char_length("passed_on"."why") between 1 and 200)
);
--> statement-breakpoint
ALTER TABLE "passed_on" ADD CONSTRAINT "passed_on_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passed_on" ADD CONSTRAINT "passed_on_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passed_on" ADD CONSTRAINT "passed_on_recorded_by_people_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passed_on" ADD CONSTRAINT "passed_on_recorder_handle_id_handles_id_fk" FOREIGN KEY ("recorder_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passed_on_grant" ON "passed_on" USING btree ("grant_id","created_at" DESC);
--> statement-breakpoint
ALTER TABLE passed_on ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON passed_on FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[])
  OR EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND g.person_id = viewer_person()));
--> statement-breakpoint
CREATE POLICY registered ON passed_on FOR INSERT TO parley_app WITH CHECK (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND recorded_by = viewer_person()
  AND viewer_owns_handle(recorder_handle_id));
--> statement-breakpoint
REVOKE UPDATE, DELETE ON passed_on FROM parley_app;
--> statement-breakpoint
-- Nothing is passed on but what a live grant names, under terms that allow it, of somebody who does not object.
CREATE FUNCTION passing_on_keeps_the_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM grants g JOIN grant_attributes a ON a.grant_id = g.id WHERE g.id = NEW.grant_id AND g.vendor_id = NEW.vendor_id AND a.key = NEW.key
      AND g.terms IN ('SD-BASE-ATP-S3P', 'SD-BASE-ATP-S3P-DP') AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now()
      AND NOT EXISTS (SELECT 1 FROM standing_objections o WHERE o.person_id = g.person_id AND o.objects))
    THEN RAISE EXCEPTION 'the terms do not let it be passed on' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER passing_on_keeps_the_terms BEFORE INSERT ON passed_on FOR EACH ROW EXECUTE FUNCTION passing_on_keeps_the_terms();
