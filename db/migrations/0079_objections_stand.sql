CREATE TABLE "standing_objections" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"objects" boolean NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "standing_objections" ADD CONSTRAINT "standing_objections_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE standing_objections ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON standing_objections TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY agent ON standing_objections FOR SELECT TO parley_app USING (viewer_system() = 'negotiate');
--> statement-breakpoint
-- Whoever holds a record of somebody learns that they object.
CREATE POLICY told ON standing_objections FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM relationships r JOIN handles h ON h.id = r.handle_id
  WHERE h.person_id = standing_objections.person_id AND viewer_is_staff_of(r.vendor_id)));
--> statement-breakpoint
CREATE OR REPLACE FUNCTION fields_to_ask(asked uuid, vendor uuid, for_purpose text, of_fields text[]) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.key FROM unnest(of_fields) AS f (key)
  WHERE viewer_is_staff_of(vendor) AND NOT EXISTS (SELECT 1 FROM never_asked n WHERE n.person_id = asked AND n.vendor_id = vendor AND n.key = f.key)
    AND NOT (for_purpose = 'offer' AND EXISTS (SELECT 1 FROM standing_objections o WHERE o.person_id = asked AND o.objects))
    AND NOT EXISTS (SELECT 1 FROM grants g JOIN grant_attributes a ON a.grant_id = g.id WHERE g.person_id = asked AND g.vendor_id = vendor
      AND g.purpose = for_purpose AND a.key = f.key AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now())
    AND NOT EXISTS (SELECT 1 FROM grant_requests r JOIN grant_request_fields q ON q.request_id = r.id WHERE r.person_id = asked AND r.vendor_id = vendor
      AND q.key = f.key AND q.answer = 'refused' AND r.answered_at > now() - interval '90 days')
$$;
