CREATE TABLE "hand_off_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"version" integer NOT NULL,
	"to_id" uuid,
	"minutes" integer NOT NULL,
	"checklist" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "hand_off_rules_known" CHECK ("hand_off_rules"."trigger" in ('first-opportunity', 'first-contract', 'renewal')),
	CONSTRAINT "hand_off_rules_bounds" CHECK ("hand_off_rules"."minutes" between 1 and 60000 and jsonb_array_length("hand_off_rules"."checklist") <= 12)
);
--> statement-breakpoint
CREATE TABLE "hand_off_steps" (
	"hand_off_id" uuid NOT NULL,
	"nth" smallint NOT NULL,
	"what" text NOT NULL,
	"done_by" uuid,
	"done_at" timestamp with time zone,
	CONSTRAINT "hand_off_steps_hand_off_id_nth_pk" PRIMARY KEY("hand_off_id","nth"),
	CONSTRAINT "hand_off_steps_bounds" CHECK ("hand_off_steps"."nth" between 1 and 12 and char_length(btrim("hand_off_steps"."what")) between 1 and 160),
	CONSTRAINT "hand_off_steps_done" CHECK (("hand_off_steps"."done_by" is null) = ("hand_off_steps"."done_at" is null))
);
--> statement-breakpoint
CREATE TABLE "hand_offs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"account_id" uuid,
	"relationship_id" uuid,
	"cause" text NOT NULL,
	"cause_id" uuid,
	"rule_id" uuid,
	"from_id" uuid,
	"to_id" uuid NOT NULL,
	"started_by" uuid,
	"why" text DEFAULT '' NOT NULL,
	"calendar_id" uuid,
	"minutes" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"warned_at" timestamp with time zone,
	"missed_at" timestamp with time zone,
	"next_check_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"reason" text DEFAULT '' NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "hand_offs_of_one" CHECK (("hand_offs"."account_id" is null) <> ("hand_offs"."relationship_id" is null)),
	CONSTRAINT "hand_offs_known" CHECK ("hand_offs"."cause" in ('by-hand', 'first-opportunity', 'first-contract', 'renewal')),
	CONSTRAINT "hand_offs_caused" CHECK (("hand_offs"."cause" = 'by-hand') = ("hand_offs"."cause_id" is null) and ("hand_offs"."cause" = 'by-hand') = ("hand_offs"."started_by" is not null)),
	CONSTRAINT "hand_offs_bounds" CHECK ("hand_offs"."minutes" between 1 and 60000 and char_length("hand_offs"."why") <= 1000),
	CONSTRAINT "hand_offs_forward" CHECK ("hand_offs"."due_at" >= "hand_offs"."started_at" and "hand_offs"."ended_at" >= "hand_offs"."started_at"),
	CONSTRAINT "hand_offs_elsewhere" CHECK ("hand_offs"."from_id" is distinct from "hand_offs"."to_id"),
	CONSTRAINT "hand_offs_ended" CHECK (("hand_offs"."outcome" is null) = ("hand_offs"."ended_at" is null) and ("hand_offs"."outcome" is null) = ("hand_offs"."ended_by" is null) and coalesce("hand_offs"."outcome", 'accepted') in ('accepted', 'returned', 'withdrawn')),
	CONSTRAINT "hand_offs_returned_with_reason" CHECK ("hand_offs"."outcome" is distinct from 'returned' or char_length(btrim("hand_offs"."reason")) between 10 and 1000)
);
--> statement-breakpoint
ALTER TABLE "hand_off_rules" ADD CONSTRAINT "hand_off_rules_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_off_rules" ADD CONSTRAINT "hand_off_rules_to_id_people_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_off_rules" ADD CONSTRAINT "hand_off_rules_set_by_people_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_off_steps" ADD CONSTRAINT "hand_off_steps_hand_off_id_hand_offs_id_fk" FOREIGN KEY ("hand_off_id") REFERENCES "public"."hand_offs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_off_steps" ADD CONSTRAINT "hand_off_steps_done_by_people_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_relationship_id_relationships_id_fk" FOREIGN KEY ("relationship_id") REFERENCES "public"."relationships"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_rule_id_hand_off_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."hand_off_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_from_id_people_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_to_id_people_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_started_by_people_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_calendar_id_business_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."business_calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_ended_by_people_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_offs" ADD CONSTRAINT "hand_offs_account" FOREIGN KEY ("vendor_id","account_id") REFERENCES "public"."accounts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "hand_off_rules_version" ON "hand_off_rules" USING btree ("vendor_id","trigger","version" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "hand_offs_one_of_account" ON "hand_offs" USING btree ("account_id") WHERE "hand_offs"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "hand_offs_one_of_relationship" ON "hand_offs" USING btree ("relationship_id") WHERE "hand_offs"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "hand_offs_caused_once" ON "hand_offs" USING btree ("cause_id","cause") WHERE "hand_offs"."cause_id" is not null;--> statement-breakpoint
CREATE INDEX "hand_offs_accounts" ON "hand_offs" USING btree ("account_id","ended_at" DESC);--> statement-breakpoint
CREATE INDEX "hand_offs_relationships" ON "hand_offs" USING btree ("relationship_id","ended_at" DESC);--> statement-breakpoint
CREATE INDEX "hand_offs_open" ON "hand_offs" USING btree ("vendor_id","due_at","id") WHERE "hand_offs"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "hand_offs_ended_last" ON "hand_offs" USING btree ("vendor_id","ended_at" DESC,"id" DESC) WHERE "hand_offs"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "hand_offs_to_check" ON "hand_offs" USING btree ("next_check_at") WHERE "hand_offs"."ended_at" is null and "hand_offs"."missed_at" is null;
--> statement-breakpoint
ALTER TABLE hand_off_rules ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON hand_off_rules FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY said ON hand_off_rules FOR INSERT TO parley_app WITH CHECK (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND set_by = viewer_person());
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON hand_off_rules, hand_offs, hand_off_steps FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (warned_at, missed_at, next_check_at, outcome, reason, ended_by, ended_at) ON hand_offs TO parley_app;
--> statement-breakpoint
GRANT UPDATE (done_by, done_at) ON hand_off_steps TO parley_app;
--> statement-breakpoint
ALTER TABLE hand_offs ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON hand_offs FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY started ON hand_offs FOR INSERT TO parley_app WITH CHECK (outcome IS NULL
  AND (relationship_id IS NULL OR EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND r.vendor_id = hand_offs.vendor_id))
  AND ((vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND started_by = viewer_person()) OR (viewer_system() IS NOT NULL AND started_by IS NULL)));
--> statement-breakpoint
-- Only whom it is meant for accepts or returns it; only staff withdraw it; the clock ends nothing.
CREATE POLICY ended ON hand_offs FOR UPDATE TO parley_app
  USING (ended_at IS NULL AND (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL))
  WITH CHECK (outcome IS NULL OR (ended_by = viewer_person() AND vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND (outcome = 'withdrawn' OR to_id = viewer_person())));
--> statement-breakpoint
ALTER TABLE hand_off_steps ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON hand_off_steps FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM hand_offs h WHERE h.id = hand_off_id));
--> statement-breakpoint
CREATE POLICY started ON hand_off_steps FOR INSERT TO parley_app WITH CHECK (done_at IS NULL AND EXISTS (SELECT 1 FROM hand_offs h WHERE h.id = hand_off_id AND h.ended_at IS NULL));
--> statement-breakpoint
CREATE POLICY done ON hand_off_steps FOR UPDATE TO parley_app USING (EXISTS (SELECT 1 FROM hand_offs h WHERE h.id = hand_off_id AND h.ended_at IS NULL))
  WITH CHECK (done_by IS NULL OR done_by = viewer_person());
--> statement-breakpoint
-- It is handed to somebody who serves the vendor.
CREATE FUNCTION hand_offs_to_staff() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = NEW.to_id AND s.ended_at IS NULL)
    THEN RAISE EXCEPTION 'a record is handed to staff of its vendor' USING ERRCODE = '23514', CONSTRAINT = 'hand_offs_to_staff'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION hand_offs_to_staff() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER hand_offs_to_staff AFTER INSERT OR UPDATE OF outcome ON hand_offs FOR EACH ROW
  WHEN (NEW.outcome IS NULL OR NEW.outcome = 'accepted') EXECUTE FUNCTION hand_offs_to_staff();
--> statement-breakpoint
-- Whoever accepts owns it from then on.
CREATE FUNCTION hand_offs_change_owner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  UPDATE accounts SET owner_id = NEW.to_id WHERE id = NEW.account_id;
  UPDATE relationships SET owner_id = NEW.to_id WHERE id = NEW.relationship_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION hand_offs_change_owner() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER hand_offs_change_owner AFTER UPDATE OF outcome ON hand_offs FOR EACH ROW WHEN (NEW.outcome = 'accepted' AND OLD.outcome IS NULL)
  EXECUTE FUNCTION hand_offs_change_owner();
--> statement-breakpoint
-- And by nothing else does a record change its owner. One whose owner is erased falls back to the vendor's default owner.
CREATE FUNCTION owned_until_accepted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  taken_by uuid;
BEGIN
  IF NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id OR NEW.owner_id IS NULL THEN RETURN NEW; END IF;
  EXECUTE format('SELECT to_id FROM hand_offs WHERE %I = $1 AND outcome = ''accepted'' ORDER BY ended_at DESC, id DESC LIMIT 1', TG_ARGV[0])
    INTO taken_by USING NEW.id;
  IF taken_by IS DISTINCT FROM NEW.owner_id
    THEN RAISE EXCEPTION 'a record changes hands when it is accepted' USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_owned_until_accepted'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION owned_until_accepted() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER accounts_owned_until_accepted BEFORE UPDATE OF owner_id ON accounts FOR EACH ROW EXECUTE FUNCTION owned_until_accepted('account_id');
--> statement-breakpoint
CREATE TRIGGER relationships_owned_until_accepted BEFORE UPDATE OF owner_id ON relationships FOR EACH ROW EXECUTE FUNCTION owned_until_accepted('relationship_id');
--> statement-breakpoint
-- What of it a customer reads: on whose behalf, from whom to whom, by when, and when it was taken. Theirs are their own record, and
-- the companies where they are known to work or whose plan they are on.
CREATE FUNCTION hand_offs_of_viewer(vendor uuid) RETURNS TABLE (id uuid, company text, from_id uuid, to_id uuid, due_at timestamptz, zone text, taken_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE recent AS (
    SELECT h.*, a.organization_id FROM hand_offs h LEFT JOIN accounts a ON a.id = h.account_id
    WHERE h.vendor_id = vendor AND (h.ended_at IS NULL OR (h.outcome = 'accepted' AND h.ended_at > now() - interval '30 days'))),
  behind (hand_off_id, organization_id) AS (
    SELECT r.id, r.organization_id FROM recent r WHERE r.organization_id IS NOT NULL
    UNION ALL SELECT b.hand_off_id, o.id FROM behind b JOIN vendor_organizations o ON o.merged_into = b.organization_id)
  SELECT r.id, (SELECT o.name FROM vendor_organizations o WHERE o.id = r.organization_id),
    (SELECT x.id FROM handles x WHERE x.person_id = r.from_id AND x.kind = 'member' ORDER BY x.created_at LIMIT 1),
    (SELECT x.id FROM handles x WHERE x.person_id = r.to_id AND x.kind = 'member' ORDER BY x.created_at LIMIT 1),
    r.due_at, coalesce((SELECT c.zone FROM business_calendars c WHERE c.id = r.calendar_id), ''), r.ended_at
  FROM recent r
  WHERE EXISTS (SELECT 1 FROM relationships s JOIN handles x ON x.id = s.handle_id WHERE s.id = r.relationship_id AND x.person_id = viewer_person())
    OR EXISTS (SELECT 1 FROM behind b JOIN vendor_affiliations f ON f.organization_id = b.organization_id AND f.ended_on IS NULL
      WHERE b.hand_off_id = r.id AND f.contact_id = ANY (contacts_of_viewer()))
    OR EXISTS (SELECT 1 FROM plan_people p JOIN opportunities o ON o.id = p.opportunity_id
      WHERE o.account_id = r.account_id AND p.person_id = viewer_person() AND p.accepted_at IS NOT NULL AND p.ended_at IS NULL)
  ORDER BY r.ended_at IS NOT NULL, r.due_at LIMIT 20
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION hand_offs_of_viewer(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION hand_offs_of_viewer(uuid) TO parley_app;
