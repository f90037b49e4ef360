CREATE TABLE "buying_switches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"turned" text NOT NULL,
	"reason" text NOT NULL,
	"turned_by" uuid NOT NULL,
	"turned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "buying_switches_in_turn" CHECK ("buying_switches"."nth" >= 1 and "buying_switches"."turned" = (case "buying_switches"."nth" % 2 when 1 then 'on' else 'off' end)),
	CONSTRAINT "buying_switches_reasoned" CHECK (char_length(btrim("buying_switches"."reason")) between 15 and 300)
);
--> statement-breakpoint
CREATE TABLE "close_dates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"opportunity_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"day" date NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"said_by" uuid NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "close_dates_reasoned" CHECK ("close_dates"."nth" >= 1 and char_length("close_dates"."reason") <= 300 and ("close_dates"."nth" = 1 or char_length(btrim("close_dates"."reason")) >= 10))
);
--> statement-breakpoint
CREATE TABLE "opportunities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"motion" text NOT NULL,
	"name" text NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"currency" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "opportunities_of_vendor" UNIQUE("vendor_id","id"),
	CONSTRAINT "opportunities_known" CHECK ("opportunities"."motion" in ('new', 'expansion', 'renewal') and "opportunities"."currency" ~ '^[A-Z]{3}$' and "opportunities"."amount" >= 0),
	CONSTRAINT "opportunities_named" CHECK (char_length(btrim("opportunities"."name")) between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "plan_people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"opportunity_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"company" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"invited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "plan_people_company" CHECK (char_length("plan_people"."company") between 1 and 300)
);
--> statement-breakpoint
CREATE TABLE "plan_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"opportunity_id" uuid NOT NULL,
	"side" text NOT NULL,
	"stage_id" uuid,
	"place" integer,
	"what" text NOT NULL,
	"due_on" date,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_by" uuid,
	"done_at" timestamp with time zone,
	"evidence" text DEFAULT '' NOT NULL,
	"link" text DEFAULT '' NOT NULL,
	CONSTRAINT "plan_steps_known" CHECK ("plan_steps"."side" in ('ours', 'theirs') and char_length(btrim("plan_steps"."what")) between 1 and 200),
	CONSTRAINT "plan_steps_commitments_are_theirs" CHECK (("plan_steps"."stage_id" is null) = ("plan_steps"."place" is null) and ("plan_steps"."stage_id" is null or "plan_steps"."side" = 'theirs')),
	CONSTRAINT "plan_steps_done_by_somebody" CHECK (("plan_steps"."done_at" is null) = ("plan_steps"."done_by" is null)),
	CONSTRAINT "plan_steps_commitments_are_shown" CHECK ("plan_steps"."done_at" is null or "plan_steps"."stage_id" is null or char_length(btrim("plan_steps"."evidence")) >= 10 or "plan_steps"."link" <> ''),
	CONSTRAINT "plan_steps_bounds" CHECK (char_length("plan_steps"."evidence") <= 1000 and char_length("plan_steps"."link") <= 500 and "plan_steps"."link" ~ '^(https?://.+)?$')
);
--> statement-breakpoint
CREATE TABLE "stages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"motion" text NOT NULL,
	"position" integer NOT NULL,
	"sentence" text NOT NULL,
	"retired_at" timestamp with time zone,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stages_of_vendor" UNIQUE("vendor_id","id"),
	CONSTRAINT "stages_known" CHECK ("stages"."motion" in ('new', 'expansion', 'renewal')),
	CONSTRAINT "stages_few" CHECK ("stages"."position" between 1 and 5),
	CONSTRAINT "stages_one_sentence" CHECK (char_length("stages"."sentence") between 15 and 160 and "stages"."sentence" ~ '^[^\n\r]*[^.!?\s][.!?]$' and "stages"."sentence" !~ '[.!?]\s')
);
--> statement-breakpoint
ALTER TABLE "buying_switches" ADD CONSTRAINT "buying_switches_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buying_switches" ADD CONSTRAINT "buying_switches_turned_by_people_id_fk" FOREIGN KEY ("turned_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "close_dates" ADD CONSTRAINT "close_dates_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "close_dates" ADD CONSTRAINT "close_dates_said_by_people_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "close_dates" ADD CONSTRAINT "close_dates_of_opportunity" FOREIGN KEY ("vendor_id","opportunity_id") REFERENCES "public"."opportunities"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_account" FOREIGN KEY ("vendor_id","account_id") REFERENCES "public"."accounts"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_people" ADD CONSTRAINT "plan_people_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_people" ADD CONSTRAINT "plan_people_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_people" ADD CONSTRAINT "plan_people_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_people" ADD CONSTRAINT "plan_people_invited_by_people_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_people" ADD CONSTRAINT "plan_people_of_opportunity" FOREIGN KEY ("vendor_id","opportunity_id") REFERENCES "public"."opportunities"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_steps" ADD CONSTRAINT "plan_steps_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_steps" ADD CONSTRAINT "plan_steps_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_steps" ADD CONSTRAINT "plan_steps_done_by_people_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_steps" ADD CONSTRAINT "plan_steps_of_opportunity" FOREIGN KEY ("vendor_id","opportunity_id") REFERENCES "public"."opportunities"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_steps" ADD CONSTRAINT "plan_steps_stage" FOREIGN KEY ("vendor_id","stage_id") REFERENCES "public"."stages"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stages" ADD CONSTRAINT "stages_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stages" ADD CONSTRAINT "stages_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "buying_switches_of" ON "buying_switches" USING btree ("vendor_id","nth" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "close_dates_of" ON "close_dates" USING btree ("opportunity_id","nth" DESC);--> statement-breakpoint
CREATE INDEX "opportunities_of_account" ON "opportunities" USING btree ("account_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_people_once" ON "plan_people" USING btree ("opportunity_id","person_id") WHERE "plan_people"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "plan_people_of" ON "plan_people" USING btree ("person_id","invited_at" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "plan_steps_one_of_a_stage" ON "plan_steps" USING btree ("opportunity_id","stage_id") WHERE "plan_steps"."stage_id" is not null;--> statement-breakpoint
CREATE INDEX "plan_steps_of" ON "plan_steps" USING btree ("opportunity_id","due_on");--> statement-breakpoint
CREATE UNIQUE INDEX "stages_in_order" ON "stages" USING btree ("vendor_id","motion","position") WHERE "stages"."retired_at" is null;
--> statement-breakpoint
-- Whether a vendor works with opportunities, for whoever asks for a page of them.
CREATE FUNCTION buying_is_on(vendor uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT s.turned = 'on' FROM buying_switches s WHERE s.vendor_id = vendor ORDER BY s.nth DESC LIMIT 1), false)
$$;
--> statement-breakpoint
-- Who answers for a vendor: its administrators, and whoever owns what nobody else owns.
CREATE FUNCTION viewer_leads(vendor uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT vendor = ANY (viewer_vendors()) AND (
    EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = vendor AND s.person_id = viewer_person() AND s.role = 'admin' AND s.ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM vendors v WHERE v.id = vendor AND v.default_owner_id = viewer_person()))
$$;
--> statement-breakpoint
CREATE FUNCTION viewer_is_on_plan(opportunity uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM plan_people p WHERE p.opportunity_id = opportunity AND p.person_id = viewer_person() AND p.ended_at IS NULL)
$$;
--> statement-breakpoint
ALTER TABLE buying_switches ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON buying_switches FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY turned ON buying_switches FOR INSERT TO parley_app WITH CHECK (viewer_leads(vendor_id) AND turned_by = viewer_person());
--> statement-breakpoint
ALTER TABLE stages ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON stages TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE opportunities ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON opportunities TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY shared ON opportunities FOR SELECT TO parley_app USING (viewer_is_on_plan(id));
--> statement-breakpoint
ALTER TABLE close_dates ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON close_dates FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY shared ON close_dates FOR SELECT TO parley_app USING (viewer_is_on_plan(opportunity_id));
--> statement-breakpoint
CREATE POLICY said ON close_dates FOR INSERT TO parley_app WITH CHECK (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND said_by = viewer_person());
--> statement-breakpoint
ALTER TABLE plan_steps ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON plan_steps FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY shared ON plan_steps FOR SELECT TO parley_app USING (viewer_is_on_plan(opportunity_id));
--> statement-breakpoint
CREATE POLICY said ON plan_steps FOR INSERT TO parley_app WITH CHECK (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND created_by = viewer_person());
--> statement-breakpoint
CREATE POLICY done ON plan_steps FOR UPDATE TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_is_on_plan(opportunity_id))
  WITH CHECK (done_by = viewer_person());
--> statement-breakpoint
ALTER TABLE plan_people ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON plan_people FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- Those who speak for one customer know each other.
CREATE POLICY shared ON plan_people FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_is_on_plan(opportunity_id));
--> statement-breakpoint
CREATE POLICY asked ON plan_people FOR INSERT TO parley_app WITH CHECK (
  vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND invited_by = viewer_person() AND accepted_at IS NULL AND ended_at IS NULL);
--> statement-breakpoint
-- That somebody speaks for a customer is theirs to say, and to take back.
CREATE POLICY own ON plan_people FOR UPDATE TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON buying_switches, stages, opportunities, close_dates, plan_steps, plan_people FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (position, retired_at) ON stages TO parley_app;
--> statement-breakpoint
GRANT UPDATE (done_by, done_at, evidence, link) ON plan_steps TO parley_app;
--> statement-breakpoint
GRANT UPDATE (accepted_at, ended_at) ON plan_people TO parley_app;
--> statement-breakpoint
-- Each side does its own steps, once: whoever serves the vendor does none of the customer's, whatever else they are. That is what a stage rests on.
CREATE FUNCTION plan_steps_by_their_side() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  wrong text;
  serves boolean;
  speaks boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.done_at IS NULL THEN RETURN NEW; END IF;
    wrong := 'begin_open';
  ELSIF OLD.done_at IS NOT NULL THEN
    -- What somebody wrote can still be erased, by the job that erases.
    IF viewer_system() IS NOT NULL THEN RETURN NEW; END IF;
    wrong := 'done_once';
  ELSIF NEW.done_at IS NOT NULL THEN
    serves := EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = NEW.done_by AND s.ended_at IS NULL);
    speaks := EXISTS (SELECT 1 FROM plan_people p WHERE p.opportunity_id = NEW.opportunity_id AND p.person_id = NEW.done_by AND p.accepted_at IS NOT NULL AND p.ended_at IS NULL);
    wrong := CASE WHEN NEW.side = 'theirs' AND (serves OR NOT speaks) THEN 'customers_act' WHEN NEW.side = 'ours' AND NOT serves THEN 'staffs_act' END;
  END IF;
  IF wrong IS NOT NULL THEN RAISE EXCEPTION 'this step is not done that way' USING ERRCODE = '23514', CONSTRAINT = 'plan_steps_' || wrong; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION plan_steps_by_their_side() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER plan_steps_by_their_side BEFORE INSERT OR UPDATE ON plan_steps FOR EACH ROW EXECUTE FUNCTION plan_steps_by_their_side();
--> statement-breakpoint
CREATE FUNCTION plan_people_are_customers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = NEW.person_id AND s.ended_at IS NULL)
    THEN RAISE EXCEPTION 'nobody who serves a vendor speaks for its customer' USING ERRCODE = '23514', CONSTRAINT = 'plan_people_are_customers'; END IF;
  IF NOT EXISTS (SELECT 1 FROM handles h WHERE h.id = NEW.handle_id AND h.person_id = NEW.person_id)
    THEN RAISE EXCEPTION 'a handle of theirs' USING ERRCODE = '23514', CONSTRAINT = 'plan_people_own_handle'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION plan_people_are_customers() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER plan_people_are_customers BEFORE INSERT ON plan_people FOR EACH ROW EXECUTE FUNCTION plan_people_are_customers();
--> statement-breakpoint
-- The day of a plan is followed by another, without a gap.
CREATE FUNCTION close_dates_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NEW.nth <> 1 + coalesce((SELECT max(d.nth) FROM close_dates d WHERE d.opportunity_id = NEW.opportunity_id), 0)
    THEN RAISE EXCEPTION 'a day follows the one before it' USING ERRCODE = '23514', CONSTRAINT = 'close_dates_in_order'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION close_dates_in_order() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER close_dates_in_order BEFORE INSERT ON close_dates FOR EACH ROW EXECUTE FUNCTION close_dates_in_order();
