CREATE TABLE "access_refusals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"asker_handle_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"asks" integer DEFAULT 1 NOT NULL,
	"last_asked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "handles" ADD COLUMN "about_html" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "access_refusals" ADD CONSTRAINT "access_refusals_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_refusals" ADD CONSTRAINT "access_refusals_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_refusals" ADD CONSTRAINT "access_refusals_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_refusals" ADD CONSTRAINT "access_refusals_asker_handle_id_handles_id_fk" FOREIGN KEY ("asker_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_refusals_hour" ON "access_refusals" USING btree ("person_id","vendor_id","purpose","asked_by","hour");--> statement-breakpoint
CREATE INDEX "access_refusals_person" ON "access_refusals" USING btree ("person_id","last_asked_at" DESC);
--> statement-breakpoint
-- What was written before is plain words until its author writes it anew.
UPDATE "handles" SET "about_html" = '<p>' || replace(replace(replace("about", '&', '&amp;'), '<', '&lt;'), '>', '&gt;') || '</p>' WHERE "about" <> '';
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON access_refusals FROM parley_app;
--> statement-breakpoint
ALTER TABLE access_refusals ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON access_refusals FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_is_staff_of(vendor_id));
--> statement-breakpoint
CREATE POLICY written ON access_refusals FOR INSERT TO parley_app WITH CHECK (asked_by = viewer_person() AND viewer_is_staff_of(vendor_id)
  AND EXISTS (SELECT 1 FROM relationships r JOIN handles h ON h.id = r.handle_id WHERE h.person_id = access_refusals.person_id AND r.vendor_id = access_refusals.vendor_id));
--> statement-breakpoint
CREATE POLICY counted ON access_refusals FOR UPDATE TO parley_app USING (asked_by = viewer_person()) WITH CHECK (asked_by = viewer_person());
--> statement-breakpoint
CREATE FUNCTION access_refusals_only_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND (NEW.asks <= OLD.asks OR
    (NEW.id, NEW.person_id, NEW.vendor_id, NEW.purpose, NEW.asked_by, NEW.asker_handle_id, NEW.hour) IS DISTINCT FROM
    (OLD.id, OLD.person_id, OLD.vendor_id, OLD.purpose, OLD.asked_by, OLD.asker_handle_id, OLD.hour))
  THEN RAISE EXCEPTION 'a refusal only counts up' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER access_refusals_only_count BEFORE UPDATE ON access_refusals FOR EACH ROW EXECUTE FUNCTION access_refusals_only_count();
