CREATE TABLE "grant_request_fields" (
	"request_id" uuid NOT NULL,
	"key" text NOT NULL,
	"answer" text,
	CONSTRAINT "grant_request_fields_request_id_key_pk" PRIMARY KEY("request_id","key")
);
--> statement-breakpoint
CREATE TABLE "grant_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"why" text NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"asked_by" uuid NOT NULL,
	"asker_handle_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	"ask_again_at" timestamp with time zone,
	CONSTRAINT "grant_requests_state" CHECK ("grant_requests"."state" in ('asked', 'deferred', 'given', 'refused') and ("grant_requests"."state" = 'asked') = ("grant_requests"."answered_at" is null)),
	CONSTRAINT "grant_requests_why" CHECK (char_length("grant_requests"."why") between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "never_asked" (
	"person_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "never_asked_person_id_vendor_id_key_pk" PRIMARY KEY("person_id","vendor_id","key")
);
--> statement-breakpoint
ALTER TABLE "grant_request_fields" ADD CONSTRAINT "grant_request_fields_request_id_grant_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."grant_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_asker_handle_id_handles_id_fk" FOREIGN KEY ("asker_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "never_asked" ADD CONSTRAINT "never_asked_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "never_asked" ADD CONSTRAINT "never_asked_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "grant_requests_standing" ON "grant_requests" USING btree ("person_id","vendor_id") WHERE "grant_requests"."state" in ('asked', 'deferred');--> statement-breakpoint
CREATE INDEX "grant_requests_person" ON "grant_requests" USING btree ("person_id","created_at" DESC);
--> statement-breakpoint
ALTER TABLE grant_requests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON grant_requests FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_is_staff_of(vendor_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY asked ON grant_requests FOR INSERT TO parley_app WITH CHECK (asked_by = viewer_person() AND viewer_is_staff_of(vendor_id)
  AND state = 'asked' AND person_id <> viewer_person() AND EXISTS (SELECT 1 FROM handles h WHERE h.id = handle_id AND h.person_id = grant_requests.person_id));
--> statement-breakpoint
CREATE POLICY answered ON grant_requests FOR UPDATE TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
REVOKE UPDATE, DELETE ON grant_requests FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (state, answered_at, ask_again_at) ON grant_requests TO parley_app;
--> statement-breakpoint
ALTER TABLE never_asked ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON never_asked TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
REVOKE UPDATE ON never_asked FROM parley_app;
--> statement-breakpoint
ALTER TABLE grant_request_fields ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Whoever was refused a field finds nothing of it.
CREATE POLICY seen ON grant_request_fields FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM grant_requests r WHERE r.id = request_id
  AND (r.person_id = viewer_person() OR (answer IS DISTINCT FROM 'refused' AND viewer_is_staff_of(r.vendor_id)))));
--> statement-breakpoint
-- What of these fields a vendor may ask a person for now. It says no more than that: not what is kept, and not why it may not.
CREATE FUNCTION fields_to_ask(asked uuid, vendor uuid, for_purpose text, of_fields text[]) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.key FROM unnest(of_fields) AS f (key)
  WHERE viewer_is_staff_of(vendor) AND NOT EXISTS (SELECT 1 FROM never_asked n WHERE n.person_id = asked AND n.vendor_id = vendor AND n.key = f.key)
    AND NOT EXISTS (SELECT 1 FROM grants g JOIN grant_attributes a ON a.grant_id = g.id WHERE g.person_id = asked AND g.vendor_id = vendor
      AND g.purpose = for_purpose AND a.key = f.key AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now())
    AND NOT EXISTS (SELECT 1 FROM grant_requests r JOIN grant_request_fields q ON q.request_id = r.id WHERE r.person_id = asked AND r.vendor_id = vendor
      AND q.key = f.key AND q.answer = 'refused' AND r.answered_at > now() - interval '90 days')
$$;
--> statement-breakpoint
CREATE POLICY asked ON grant_request_fields FOR INSERT TO parley_app WITH CHECK (answer IS NULL AND EXISTS (SELECT 1 FROM grant_requests r WHERE r.id = request_id
  AND r.asked_by = viewer_person() AND r.state = 'asked' AND EXISTS (SELECT 1 FROM fields_to_ask(r.person_id, r.vendor_id, r.purpose, ARRAY[grant_request_fields.key]))));
--> statement-breakpoint
CREATE POLICY answered ON grant_request_fields FOR UPDATE TO parley_app USING (EXISTS (SELECT 1 FROM grant_requests r WHERE r.id = request_id AND r.person_id = viewer_person()));
--> statement-breakpoint
REVOKE UPDATE, DELETE ON grant_request_fields FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (answer) ON grant_request_fields TO parley_app;
