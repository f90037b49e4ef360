CREATE TABLE "contact_budgets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"vendor_id" uuid,
	"most" smallint NOT NULL,
	"said_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_budgets_once" UNIQUE NULLS NOT DISTINCT("person_id","vendor_id"),
	CONSTRAINT "contact_budgets_bounds" CHECK ("contact_budgets"."most" between 0 and 30)
);
--> statement-breakpoint
CREATE TABLE "contact_uses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"by_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_uses_known" CHECK ("contact_uses"."kind" in ('fields', 'plan', 'state', 'case'))
);
--> statement-breakpoint
ALTER TABLE "contact_budgets" ADD CONSTRAINT "contact_budgets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_budgets" ADD CONSTRAINT "contact_budgets_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_uses" ADD CONSTRAINT "contact_uses_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_uses" ADD CONSTRAINT "contact_uses_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_uses" ADD CONSTRAINT "contact_uses_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_uses_of" ON "contact_uses" USING btree ("person_id","vendor_id","at" DESC);
--> statement-breakpoint
ALTER TABLE contact_budgets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON contact_budgets TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
ALTER TABLE contact_uses ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON contact_uses FOR SELECT TO parley_app USING (person_id = viewer_person());
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON contact_uses FROM parley_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON contact_budgets FROM parley_app;
--> statement-breakpoint
-- How often in thirty days: as they said of this vendor; else as they said of all; else four times.
CREATE FUNCTION contact_budget(person uuid, vendor uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT b.most FROM contact_budgets b WHERE b.person_id = person AND (b.vendor_id = vendor OR b.vendor_id IS NULL)
    ORDER BY b.vendor_id IS NULL LIMIT 1), 4)::int
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION contact_budget(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
-- Checked and counted in the transaction that reaches them; of two at once the second waits for the first.
CREATE FUNCTION spend_contact(vendor uuid, person uuid, of_kind text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF person IS NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('contact:' || vendor || person, 0));
  IF (SELECT count(*) FROM contact_uses u WHERE u.person_id = person AND u.vendor_id = vendor AND u.at > now() - interval '30 days') >= contact_budget(person, vendor)
    THEN RAISE EXCEPTION 'they are not reached more often than they allow' USING ERRCODE = '23514', CONSTRAINT = 'contact_budget'; END IF;
  INSERT INTO contact_uses (id, vendor_id, person_id, kind, by_id, at) VALUES (gen_random_uuid(), vendor, person, of_kind, viewer_person(), now());
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION spend_contact(uuid, uuid, text) FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION reached() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM spend_contact(NEW.vendor_id, NEW.person_id, TG_ARGV[0]);
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION reached() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER grant_requests_reach AFTER INSERT ON grant_requests FOR EACH ROW EXECUTE FUNCTION reached('fields');
--> statement-breakpoint
CREATE TRIGGER plan_people_reach AFTER INSERT ON plan_people FOR EACH ROW EXECUTE FUNCTION reached('plan');
--> statement-breakpoint
CREATE FUNCTION reached_by_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM spend_contact(r.vendor_id, h.person_id, 'state') FROM relationships r JOIN handles h ON h.id = r.handle_id WHERE r.id = NEW.relationship_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION reached_by_state() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER relationship_states_reach AFTER INSERT ON relationship_states FOR EACH ROW WHEN (NEW.person_confirmed_at IS NULL) EXECUTE FUNCTION reached_by_state();
--> statement-breakpoint
CREATE FUNCTION reached_by_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM spend_contact(NEW.vendor_id, h.person_id, 'case') FROM handles h WHERE h.id = NEW.handle_id AND h.kind = 'member';
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION reached_by_case() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER cases_reach AFTER INSERT ON cases FOR EACH ROW WHEN (NEW.opened_by <> NEW.handle_id) EXECUTE FUNCTION reached_by_case();
--> statement-breakpoint
-- What is left of it, for the vendor's staff and for themselves, and from when on there is more.
CREATE FUNCTION contacts_left(vendor uuid, person uuid) RETURNS TABLE (most integer, used integer, more_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT contact_budget(person, vendor), (SELECT count(*)::int FROM contact_uses u WHERE u.person_id = person AND u.vendor_id = vendor AND u.at > now() - interval '30 days'),
    (SELECT min(u.at) + interval '30 days' FROM contact_uses u WHERE u.person_id = person AND u.vendor_id = vendor AND u.at > now() - interval '30 days')
  WHERE person = viewer_person() OR vendor = ANY (viewer_vendors())
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION contacts_left(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION contacts_left(uuid, uuid) TO parley_app;
