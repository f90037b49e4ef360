ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_of_its_account" UNIQUE("vendor_id","account_id","id");--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"opportunity_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"notice_on" date NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"currency" text NOT NULL,
	"agreed" text NOT NULL,
	"signed_by" text NOT NULL,
	"signed_on" date NOT NULL,
	"changed" text DEFAULT '' NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contracts_term" CHECK ("contracts"."starts_on" <= "contracts"."notice_on" and "contracts"."notice_on" <= "contracts"."ends_on"),
	CONSTRAINT "contracts_value" CHECK ("contracts"."amount" >= 0 and "contracts"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "contracts_agreed" CHECK (char_length(btrim("contracts"."agreed")) between 1 and 2000 and char_length(btrim("contracts"."signed_by")) between 1 and 120),
	CONSTRAINT "contracts_changed" CHECK ("contracts"."nth" >= 1 and char_length("contracts"."changed") <= 300 and ("contracts"."nth" = 1 or char_length(btrim("contracts"."changed")) >= 10))
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"opportunity_id" uuid NOT NULL,
	"side" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"said_by" uuid NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outcomes_known" CHECK ("outcomes"."side" in ('ours', 'theirs') and "outcomes"."outcome" in ('won', 'lost', 'no-decision')),
	CONSTRAINT "outcomes_reasoned" CHECK (char_length(btrim("outcomes"."reason")) between 10 and 1000)
);
--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_recorded_by_people_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_of_opportunity" FOREIGN KEY ("vendor_id","account_id","opportunity_id") REFERENCES "public"."opportunities"("vendor_id","account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_said_by_people_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_of_opportunity" FOREIGN KEY ("vendor_id","opportunity_id") REFERENCES "public"."opportunities"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_in_order" ON "contracts" USING btree ("opportunity_id","nth" DESC);--> statement-breakpoint
CREATE INDEX "contracts_of_account" ON "contracts" USING btree ("account_id","notice_on");--> statement-breakpoint
CREATE UNIQUE INDEX "outcomes_once" ON "outcomes" USING btree ("opportunity_id","side");
--> statement-breakpoint
ALTER TABLE outcomes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON outcomes FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- Whoever is asked and has not answered reads none of it.
CREATE POLICY shared ON outcomes FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM plan_people p
  WHERE p.opportunity_id = outcomes.opportunity_id AND p.person_id = viewer_person() AND p.accepted_at IS NOT NULL AND p.ended_at IS NULL));
--> statement-breakpoint
-- Staff say what they were told; what the customer says is said by somebody who speaks for them, and by nobody who serves the vendor.
CREATE POLICY told ON outcomes FOR INSERT TO parley_app WITH CHECK (side = 'ours' AND said_by = viewer_person() AND vendor_id = ANY ((SELECT viewer_vendors())::uuid[]));
--> statement-breakpoint
CREATE POLICY said ON outcomes FOR INSERT TO parley_app WITH CHECK (side = 'theirs' AND said_by = viewer_person()
  AND NOT vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND EXISTS (SELECT 1 FROM plan_people p
  WHERE p.opportunity_id = outcomes.opportunity_id AND p.person_id = viewer_person() AND p.accepted_at IS NOT NULL AND p.ended_at IS NULL));
--> statement-breakpoint
ALTER TABLE contracts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON contracts FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY shared ON contracts FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM plan_people p
  WHERE p.opportunity_id = contracts.opportunity_id AND p.person_id = viewer_person() AND p.accepted_at IS NOT NULL AND p.ended_at IS NULL));
--> statement-breakpoint
CREATE POLICY signed ON contracts FOR INSERT TO parley_app WITH CHECK (recorded_by = viewer_person() AND vendor_id = ANY ((SELECT viewer_vendors())::uuid[]));
--> statement-breakpoint
-- What was said and signed stays as it was.
REVOKE UPDATE, DELETE, TRUNCATE ON outcomes, contracts FROM parley_app;
--> statement-breakpoint
-- A contract that changes follows the one before it, without a gap.
CREATE FUNCTION contracts_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NEW.nth <> 1 + coalesce((SELECT max(c.nth) FROM contracts c WHERE c.opportunity_id = NEW.opportunity_id), 0)
    THEN RAISE EXCEPTION 'a contract follows the one before it' USING ERRCODE = '23514', CONSTRAINT = 'contracts_follow'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION contracts_in_order() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER contracts_in_order BEFORE INSERT ON contracts FOR EACH ROW EXECUTE FUNCTION contracts_in_order();
