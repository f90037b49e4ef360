CREATE TABLE "definitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"term" text NOT NULL,
	"version" integer NOT NULL,
	"sentence" text NOT NULL,
	"said_by" uuid NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "definitions_bounds" CHECK (char_length(btrim("definitions"."term")) between 1 and 60 and "definitions"."version" >= 1),
	CONSTRAINT "definitions_one_sentence" CHECK ("definitions"."sentence" = '' or (char_length(btrim("definitions"."sentence")) between 15 and 300 and "definitions"."sentence" !~ '[
]'))
);
--> statement-breakpoint
CREATE TABLE "integration_fields" (
	"vendor_id" uuid NOT NULL,
	"integration_id" uuid NOT NULL,
	"field_id" uuid NOT NULL,
	"is_true" boolean NOT NULL,
	CONSTRAINT "integration_fields_integration_id_field_id_pk" PRIMARY KEY("integration_id","field_id")
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"name" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"failure_modes" text NOT NULL,
	"last_ok_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "integrations_of_vendor" UNIQUE("vendor_id","id"),
	CONSTRAINT "integrations_bounds" CHECK (char_length(btrim("integrations"."name")) between 1 and 80 and char_length(btrim("integrations"."failure_modes")) between 15 and 1000),
	CONSTRAINT "integrations_direction" CHECK ("integrations"."direction" in ('in', 'out', 'both'))
);
--> statement-breakpoint
CREATE TABLE "stewards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"object" text NOT NULL,
	"person_id" uuid NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stewards_one" UNIQUE("vendor_id","object"),
	CONSTRAINT "stewards_known" CHECK ("stewards"."object" in ('accounts', 'contacts', 'relationships', 'fields', 'glossary', 'integrations'))
);
--> statement-breakpoint
ALTER TABLE "definitions" ADD CONSTRAINT "definitions_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "definitions" ADD CONSTRAINT "definitions_said_by_people_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration_fields" ADD CONSTRAINT "integration_fields_integration" FOREIGN KEY ("vendor_id","integration_id") REFERENCES "public"."integrations"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration_fields" ADD CONSTRAINT "integration_fields_field" FOREIGN KEY ("vendor_id","field_id") REFERENCES "public"."vendor_fields"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stewards" ADD CONSTRAINT "stewards_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stewards" ADD CONSTRAINT "stewards_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "definitions_version" ON "definitions" USING btree ("vendor_id",lower("term"),"version" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "integration_fields_one_true_side" ON "integration_fields" USING btree ("field_id") WHERE "integration_fields"."is_true";--> statement-breakpoint
CREATE INDEX "integration_fields_of" ON "integration_fields" USING btree ("field_id");--> statement-breakpoint
CREATE UNIQUE INDEX "integrations_once" ON "integrations" USING btree ("vendor_id",lower("name")) WHERE "integrations"."ended_at" is null;
--> statement-breakpoint
ALTER TABLE definitions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON definitions TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL)
  WITH CHECK (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND said_by = viewer_person());
--> statement-breakpoint
-- Whoever has a record there reads what the words on it mean.
CREATE POLICY told ON definitions FOR SELECT TO parley_app USING (EXISTS (
  SELECT 1 FROM relationships r WHERE r.vendor_id = definitions.vendor_id AND viewer_owns_handle(r.handle_id)));
--> statement-breakpoint
ALTER TABLE stewards ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON stewards TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE integrations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON integrations TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE integration_fields ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON integration_fields TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON definitions, stewards, integrations FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (person_id, since) ON stewards TO parley_app;
--> statement-breakpoint
GRANT UPDATE (name, owner_id, direction, failure_modes, last_ok_at, ended_at) ON integrations TO parley_app;
--> statement-breakpoint
CREATE FUNCTION looked_after_by_staff() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  who uuid := (to_jsonb(NEW)->>TG_ARGV[0])::uuid;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = who AND s.ended_at IS NULL)
    THEN RAISE EXCEPTION 'it is looked after by staff of its vendor' USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_by_staff'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION looked_after_by_staff() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER looked_after_by_staff AFTER INSERT OR UPDATE OF person_id ON stewards FOR EACH ROW EXECUTE FUNCTION looked_after_by_staff('person_id');
--> statement-breakpoint
CREATE TRIGGER looked_after_by_staff AFTER INSERT OR UPDATE OF owner_id ON integrations FOR EACH ROW EXECUTE FUNCTION looked_after_by_staff('owner_id');
--> statement-breakpoint
CREATE FUNCTION audited_definition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM audit(NEW.vendor_id, 'changed', 'definition', NEW.id, NULL, 'sentence',
    (SELECT d.sentence FROM definitions d WHERE d.vendor_id = NEW.vendor_id AND lower(d.term) = lower(NEW.term) AND d.version = NEW.version - 1), NEW.sentence);
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audited_definition() FROM PUBLIC;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON definitions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audited_definition();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OF person_id ON stewards DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audited('steward', 'person_id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OF name, owner_id, direction, failure_modes, ended_at ON integrations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audited('integration', 'name', 'owner_id', 'direction', 'failure_modes', 'ended_at');
