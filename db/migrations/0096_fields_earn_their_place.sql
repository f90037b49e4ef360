CREATE TABLE "field_values" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"field_id" uuid NOT NULL,
	"account_id" uuid,
	"relationship_id" uuid,
	"nth" integer NOT NULL,
	"value" text NOT NULL,
	"source" text NOT NULL,
	"said_by" uuid,
	"restores" integer,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "field_values_of_one" CHECK (num_nonnulls("field_values"."account_id", "field_values"."relationship_id") = 1),
	CONSTRAINT "field_values_bounds" CHECK (char_length("field_values"."value") <= 500 and "field_values"."nth" >= 1 and "field_values"."restores" < "field_values"."nth")
);
--> statement-breakpoint
CREATE TABLE "vendor_fields" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"object" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"choices" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"field_group" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"class" text NOT NULL,
	"sources" jsonb NOT NULL,
	"retired_at" timestamp with time zone,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_fields_of_vendor" UNIQUE("vendor_id","id"),
	CONSTRAINT "vendor_fields_named" CHECK (char_length(btrim("vendor_fields"."name")) between 1 and 60),
	CONSTRAINT "vendor_fields_decides" CHECK (char_length(btrim("vendor_fields"."decision")) between 15 and 300),
	CONSTRAINT "vendor_fields_grouped" CHECK (char_length(btrim("vendor_fields"."field_group")) between 1 and 60),
	CONSTRAINT "vendor_fields_known" CHECK ("vendor_fields"."object" in ('account', 'relationship') and "vendor_fields"."kind" in ('text', 'number', 'date', 'choice', 'yes-no')),
	CONSTRAINT "vendor_fields_class" CHECK ("vendor_fields"."class" in ('business', 'public', 'personal') and ("vendor_fields"."object" = 'account' or "vendor_fields"."class" = 'business')),
	CONSTRAINT "vendor_fields_choices" CHECK (jsonb_array_length("vendor_fields"."choices") between (case "vendor_fields"."kind" when 'choice' then 2 else 0 end) and (case "vendor_fields"."kind" when 'choice' then 30 else 0 end)),
	CONSTRAINT "vendor_fields_written" CHECK (jsonb_array_length("vendor_fields"."sources") between 1 and 3 and "vendor_fields"."sources" <@ '["staff", "import", "enriched"]'::jsonb)
);
--> statement-breakpoint
ALTER TABLE "field_values" ADD CONSTRAINT "field_values_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_values" ADD CONSTRAINT "field_values_relationship_id_relationships_id_fk" FOREIGN KEY ("relationship_id") REFERENCES "public"."relationships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_values" ADD CONSTRAINT "field_values_said_by_people_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_values" ADD CONSTRAINT "field_values_field" FOREIGN KEY ("vendor_id","field_id") REFERENCES "public"."vendor_fields"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_values" ADD CONSTRAINT "field_values_account" FOREIGN KEY ("vendor_id","account_id") REFERENCES "public"."accounts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_fields" ADD CONSTRAINT "vendor_fields_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_fields" ADD CONSTRAINT "vendor_fields_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_fields" ADD CONSTRAINT "vendor_fields_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "field_values_of_account" ON "field_values" USING btree ("account_id","field_id","nth" DESC) WHERE "field_values"."account_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "field_values_of_relationship" ON "field_values" USING btree ("relationship_id","field_id","nth" DESC) WHERE "field_values"."relationship_id" is not null;--> statement-breakpoint
CREATE INDEX "field_values_found" ON "field_values" USING btree ("field_id",lower("value"));--> statement-breakpoint
CREATE UNIQUE INDEX "vendor_fields_once" ON "vendor_fields" USING btree ("vendor_id","object",lower("name"));
--> statement-breakpoint
ALTER TABLE vendor_fields ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON vendor_fields TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- Whoever has a record there reads what the fields on it are called and what for.
CREATE POLICY told ON vendor_fields FOR SELECT TO parley_app USING (object = 'relationship' AND EXISTS (
  SELECT 1 FROM relationships r WHERE r.vendor_id = vendor_fields.vendor_id AND viewer_owns_handle(r.handle_id)));
--> statement-breakpoint
ALTER TABLE field_values ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON field_values FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY own ON field_values FOR SELECT TO parley_app USING (relationship_id IS NOT NULL AND viewer_sees_relationship(relationship_id));
--> statement-breakpoint
CREATE POLICY said ON field_values FOR INSERT TO parley_app WITH CHECK (
  (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND said_by = viewer_person()) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- What a field is of, and what kind of thing it says, stays: its values stand on that. A value is followed by another, never changed.
REVOKE UPDATE, DELETE, TRUNCATE ON vendor_fields, field_values FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (name, field_group, owner_id, decision, choices, sources, retired_at) ON vendor_fields TO parley_app;
--> statement-breakpoint
CREATE FUNCTION vendor_fields_owned_by_staff() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = NEW.owner_id AND s.ended_at IS NULL)
    THEN RAISE EXCEPTION 'a field is owned by staff of its vendor' USING ERRCODE = '23514', CONSTRAINT = 'vendor_fields_owned_by_staff'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION vendor_fields_owned_by_staff() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER vendor_fields_owned_by_staff AFTER INSERT OR UPDATE OF owner_id ON vendor_fields FOR EACH ROW EXECUTE FUNCTION vendor_fields_owned_by_staff();
--> statement-breakpoint
-- A value stands on what its field is of, is of its kind, comes by a hand that may write it, and follows the one before it without a gap.
CREATE FUNCTION field_values_fit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  f vendor_fields;
  wrong text;
BEGIN
  SELECT * INTO f FROM vendor_fields WHERE id = NEW.field_id AND vendor_id = NEW.vendor_id FOR SHARE;
  IF NOT FOUND THEN RETURN NEW; END IF;
  wrong := CASE
    WHEN f.retired_at IS NOT NULL THEN 'retired'
    WHEN f.object <> (CASE WHEN NEW.account_id IS NULL THEN 'relationship' ELSE 'account' END) THEN 'object'
    WHEN NEW.relationship_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM relationships r WHERE r.id = NEW.relationship_id AND r.vendor_id = NEW.vendor_id) THEN 'vendor'
    WHEN NOT f.sources ? NEW.source THEN 'source'
    WHEN NEW.nth <> 1 + coalesce((SELECT max(v.nth) FROM field_values v WHERE v.field_id = NEW.field_id
      AND (v.account_id = NEW.account_id OR v.relationship_id = NEW.relationship_id)), 0) THEN 'order'
    WHEN NEW.value = '' THEN NULL
    WHEN f.kind = 'number' AND NEW.value !~ '^-?[0-9]{1,15}(\.[0-9]{1,6})?$' THEN 'kind'
    WHEN f.kind = 'date' AND NEW.value !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN 'kind'
    WHEN f.kind = 'yes-no' AND NEW.value NOT IN ('yes', 'no') THEN 'kind'
    WHEN f.kind = 'choice' AND NEW.restores IS NULL AND NOT f.choices ? NEW.value THEN 'kind' END;
  IF wrong IS NOT NULL THEN RAISE EXCEPTION 'this value does not belong there' USING ERRCODE = '23514', CONSTRAINT = 'field_values_' || wrong; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION field_values_fit() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER field_values_fit BEFORE INSERT ON field_values FOR EACH ROW EXECUTE FUNCTION field_values_fit();
