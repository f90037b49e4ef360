CREATE TABLE "reference_contacts" (
	"request_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"contact" text NOT NULL,
	CONSTRAINT "reference_contacts_request_id_handle_id_pk" PRIMARY KEY("request_id","handle_id")
);
--> statement-breakpoint
CREATE TABLE "reference_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recommendation_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_of" uuid NOT NULL,
	"words" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reference_requests_decided" CHECK (("reference_requests"."state" = 'waiting') = ("reference_requests"."decided_at" is null))
);
--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "willing_as_reference" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reference_contacts" ADD CONSTRAINT "reference_contacts_request_id_reference_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."reference_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_contacts" ADD CONSTRAINT "reference_contacts_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_requests" ADD CONSTRAINT "reference_requests_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_requests" ADD CONSTRAINT "reference_requests_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_requests" ADD CONSTRAINT "reference_requests_asked_by_handles_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_requests" ADD CONSTRAINT "reference_requests_asked_of_handles_id_fk" FOREIGN KEY ("asked_of") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "reference_requests_once" ON "reference_requests" USING btree ("recommendation_id","asked_by");--> statement-breakpoint
CREATE INDEX "reference_requests_of" ON "reference_requests" USING btree ("asked_of","created_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "reference_requests_by" ON "reference_requests" USING btree ("asked_by","created_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "reference_requests_vendor" ON "reference_requests" USING btree ("vendor_id","state");--> statement-breakpoint
ALTER TABLE reference_requests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON reference_requests FOR SELECT TO parley_app USING (viewer_owns_handle(asked_by) OR viewer_owns_handle(asked_of));
--> statement-breakpoint
-- Asked of whoever is willing, about what stands, by somebody who sells nothing here.
CREATE POLICY asked ON reference_requests FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(asked_by) AND NOT viewer_owns_handle(asked_of) AND state = 'waiting'
  AND NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = viewer_person() AND s.ended_at IS NULL)
  AND EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id AND r.handle_id = asked_of AND r.vendor_id = reference_requests.vendor_id
    AND r.willing_as_reference AND r.withdrawn_at IS NULL AND r.hidden_by_decision_id IS NULL AND r.conflict IS NULL));
--> statement-breakpoint
CREATE POLICY decided ON reference_requests FOR UPDATE TO parley_app USING (viewer_owns_handle(asked_by) OR viewer_owns_handle(asked_of));
--> statement-breakpoint
CREATE FUNCTION reference_requests_change_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF (to_jsonb(NEW) - '{state,decided_at}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{state,decided_at}'::text[]) OR OLD.state <> 'waiting'
    OR NOT (CASE NEW.state WHEN 'withdrawn' THEN viewer_owns_handle(OLD.asked_by) WHEN 'accepted' THEN viewer_owns_handle(OLD.asked_of) WHEN 'declined' THEN viewer_owns_handle(OLD.asked_of) ELSE false END)
    THEN RAISE EXCEPTION 'whoever is asked accepts or declines, once; whoever asked may withdraw before' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER reference_requests_change_by_the_right_hand BEFORE UPDATE ON reference_requests FOR EACH ROW EXECUTE FUNCTION reference_requests_change_by_the_right_hand();
--> statement-breakpoint
ALTER TABLE reference_contacts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON reference_contacts FOR SELECT TO parley_app USING (viewer_owns_handle(handle_id)
  OR EXISTS (SELECT 1 FROM reference_requests q WHERE q.id = request_id AND q.state = 'accepted' AND (viewer_owns_handle(q.asked_by) OR viewer_owns_handle(q.asked_of))));
--> statement-breakpoint
CREATE POLICY given ON reference_contacts FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(handle_id)
  AND EXISTS (SELECT 1 FROM reference_requests q WHERE q.id = request_id AND handle_id IN (q.asked_by, q.asked_of)));
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON reference_requests FROM parley_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON reference_contacts FROM parley_app;
--> statement-breakpoint
-- How many asked for a reference of a vendor's customers, and how many were given one: for its staff, and never who.
CREATE FUNCTION references_counted(vendor uuid) RETURNS TABLE (asked integer, accepted integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::int, count(*) FILTER (WHERE state = 'accepted')::int FROM reference_requests WHERE vendor_id = vendor AND viewer_is_staff_of(vendor)
$$;
