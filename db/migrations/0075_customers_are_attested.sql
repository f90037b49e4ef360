CREATE TABLE "attestations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"state_id" uuid NOT NULL,
	"attested_by" uuid NOT NULL,
	"status_index" serial NOT NULL,
	"sd_jwt" text NOT NULL,
	"since" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shown_attestations" (
	"attestation_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"disclosed" text[] NOT NULL,
	"presentation" text NOT NULL,
	"shown_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shown_attestations_community_id_handle_id_pk" PRIMARY KEY("community_id","handle_id"),
	CONSTRAINT "shown_attestations_disclosed" CHECK ("shown_attestations"."disclosed" <@ array['vendor', 'since'])
);
--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_state_id_relationship_states_id_fk" FOREIGN KEY ("state_id") REFERENCES "public"."relationship_states"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attestations" ADD CONSTRAINT "attestations_attested_by_people_id_fk" FOREIGN KEY ("attested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_attestations" ADD CONSTRAINT "shown_attestations_attestation_id_attestations_id_fk" FOREIGN KEY ("attestation_id") REFERENCES "public"."attestations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_attestations" ADD CONSTRAINT "shown_attestations_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_attestations" ADD CONSTRAINT "shown_attestations_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attestations_status" ON "attestations" USING btree ("status_index");--> statement-breakpoint
CREATE UNIQUE INDEX "attestations_live" ON "attestations" USING btree ("state_id") WHERE "attestations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "attestations_person" ON "attestations" USING btree ("person_id","created_at" DESC);
--> statement-breakpoint
ALTER TABLE attestations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON attestations FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_is_staff_of(vendor_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY attested ON attestations FOR INSERT TO parley_app WITH CHECK (viewer_is_staff_of(vendor_id) AND attested_by = viewer_person());
--> statement-breakpoint
CREATE POLICY revoked ON attestations FOR UPDATE TO parley_app USING (viewer_is_staff_of(vendor_id) OR person_id = viewer_person() OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY erased ON attestations FOR DELETE TO parley_app USING (viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE UPDATE ON attestations FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (revoked_at) ON attestations TO parley_app;
--> statement-breakpoint
-- Nobody is attested but a customer in both sides' words, of that vendor, under that handle and person.
CREATE FUNCTION attestations_rest_on_both_sides() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM relationship_states s JOIN relationships r ON r.id = s.relationship_id JOIN handles h ON h.id = r.handle_id
    WHERE s.id = NEW.state_id AND s.state = 'customer' AND s.vendor_confirmed_at IS NOT NULL AND s.person_confirmed_at IS NOT NULL AND s.ended_at IS NULL
      AND r.vendor_id = NEW.vendor_id AND r.handle_id = NEW.handle_id AND h.person_id = NEW.person_id)
    THEN RAISE EXCEPTION 'both sides have to say so first' USING ERRCODE = '42501'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION attestations_rest_on_both_sides() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER attestations_rest_on_both_sides AFTER INSERT ON attestations FOR EACH ROW EXECUTE FUNCTION attestations_rest_on_both_sides();
--> statement-breakpoint
-- What rests on a state ends with it.
CREATE FUNCTION attestations_end_with_the_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  UPDATE attestations SET revoked_at = now() WHERE state_id = NEW.id AND revoked_at IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION attestations_end_with_the_state() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER attestations_end_with_the_state AFTER UPDATE OF ended_at ON relationship_states FOR EACH ROW
  WHEN (NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL) EXECUTE FUNCTION attestations_end_with_the_state();
--> statement-breakpoint
ALTER TABLE shown_attestations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON shown_attestations TO parley_app USING (viewer_owns_handle(handle_id) OR viewer_system() IS NOT NULL)
  WITH CHECK (viewer_owns_handle(handle_id) AND EXISTS (SELECT 1 FROM attestations a WHERE a.id = attestation_id AND a.person_id = viewer_person()));
--> statement-breakpoint
-- What a room sees of its members: who is a verified customer now, and only as much as each of them shows.
CREATE FUNCTION shown_customers(handles uuid[], community uuid) RETURNS TABLE (handle_id uuid, vendor text, since text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.handle_id, CASE WHEN 'vendor' = ANY(s.disclosed) THEN v.name END, CASE WHEN 'since' = ANY(s.disclosed) THEN a.since END
  FROM shown_attestations s JOIN attestations a ON a.id = s.attestation_id JOIN vendors v ON v.id = a.vendor_id
  WHERE s.community_id = community AND s.handle_id = ANY(handles) AND a.revoked_at IS NULL AND a.expires_at > now()
$$;
--> statement-breakpoint
-- The list of those that hold no more says nothing else of them.
CREATE FUNCTION ended_attestations(from_index int, to_index int) RETURNS TABLE (status_index int) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.status_index FROM attestations a WHERE a.status_index >= from_index AND a.status_index < to_index AND a.revoked_at IS NOT NULL
$$;
