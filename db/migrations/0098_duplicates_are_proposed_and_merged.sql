CREATE TABLE "duplicate_pairs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"a_id" uuid NOT NULL,
	"b_id" uuid NOT NULL,
	"score" real NOT NULL,
	"reasons" jsonb NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"keys_then" text DEFAULT '' NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "duplicate_pairs_once" UNIQUE("a_id","b_id"),
	CONSTRAINT "duplicate_pairs_in_order" CHECK ("duplicate_pairs"."a_id" < "duplicate_pairs"."b_id"),
	CONSTRAINT "duplicate_pairs_known" CHECK ("duplicate_pairs"."kind" in ('contact', 'organization') and "duplicate_pairs"."state" in ('proposed', 'refused', 'merged')),
	CONSTRAINT "duplicate_pairs_scored" CHECK ("duplicate_pairs"."score" between 0 and 1),
	CONSTRAINT "duplicate_pairs_refused_why" CHECK ("duplicate_pairs"."state" <> 'refused' or ("duplicate_pairs"."why" <> '' and "duplicate_pairs"."decided_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "likeness_blocks" (
	"vendor_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"block" text NOT NULL,
	CONSTRAINT "likeness_blocks_record_id_block_pk" PRIMARY KEY("record_id","block"),
	CONSTRAINT "likeness_blocks_known" CHECK ("likeness_blocks"."kind" in ('contact', 'organization') and length("likeness_blocks"."block") between 3 and 200)
);
--> statement-breakpoint
CREATE TABLE "record_merges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"survivor_id" uuid NOT NULL,
	"loser_id" uuid NOT NULL,
	"survivor_was" jsonb NOT NULL,
	"loser_was" jsonb NOT NULL,
	"taken" jsonb NOT NULL,
	"moved_account_id" uuid,
	"why" text DEFAULT '' NOT NULL,
	"merged_by" uuid,
	"merged_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_by" uuid,
	"undone_at" timestamp with time zone,
	CONSTRAINT "record_merges_of_two" CHECK ("record_merges"."survivor_id" <> "record_merges"."loser_id"),
	CONSTRAINT "record_merges_known" CHECK ("record_merges"."kind" in ('contact', 'organization'))
);
--> statement-breakpoint
ALTER TABLE "contact_consents" ADD COLUMN "kept_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "likeness_blocks" ADD CONSTRAINT "likeness_blocks_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_merges" ADD CONSTRAINT "record_merges_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_merges" ADD CONSTRAINT "record_merges_merged_by_people_id_fk" FOREIGN KEY ("merged_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_merges" ADD CONSTRAINT "record_merges_undone_by_people_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "duplicate_pairs_open" ON "duplicate_pairs" USING btree ("vendor_id","score" DESC,"id" DESC) WHERE "duplicate_pairs"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "duplicate_pairs_b" ON "duplicate_pairs" USING btree ("b_id");--> statement-breakpoint
CREATE INDEX "likeness_blocks_shared" ON "likeness_blocks" USING btree ("vendor_id","kind","block");--> statement-breakpoint
CREATE UNIQUE INDEX "record_merges_standing" ON "record_merges" USING btree ("loser_id") WHERE "record_merges"."undone_at" is null;--> statement-breakpoint
CREATE INDEX "record_merges_of_vendor" ON "record_merges" USING btree ("vendor_id","merged_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "record_merges_of_survivor" ON "record_merges" USING btree ("survivor_id");
--> statement-breakpoint
ALTER TABLE likeness_blocks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- By what they are compared is nobody's to read: the portal alone compares.
CREATE POLICY compared ON likeness_blocks TO parley_app USING (viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE duplicate_pairs ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON duplicate_pairs TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE record_merges ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON record_merges TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- A merge that happened is not rewritten: it is taken apart, once.
REVOKE UPDATE, DELETE ON record_merges FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (undone_by, undone_at) ON record_merges TO parley_app;
--> statement-breakpoint
GRANT UPDATE (organization_id) ON accounts TO parley_app;
--> statement-breakpoint
-- While the record that stands is part of a later merge, this one is not taken apart.
CREATE FUNCTION merges_come_apart_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF OLD.undone_at IS NOT NULL THEN RAISE EXCEPTION 'it is apart already' USING ERRCODE = '23514', CONSTRAINT = 'record_merges_once'; END IF;
  IF EXISTS (SELECT 1 FROM record_merges m WHERE m.id <> OLD.id AND m.undone_at IS NULL AND (m.merged_at, m.id) > (OLD.merged_at, OLD.id)
      AND (m.survivor_id IN (OLD.survivor_id, OLD.loser_id) OR m.loser_id IN (OLD.survivor_id, OLD.loser_id))) THEN
    RAISE EXCEPTION 'a later merge stands upon this one' USING ERRCODE = '23514', CONSTRAINT = 'record_merges_latest_first';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION merges_come_apart_in_order() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER merges_come_apart_in_order BEFORE UPDATE ON record_merges FOR EACH ROW EXECUTE FUNCTION merges_come_apart_in_order();
--> statement-breakpoint
-- With a record goes all that says who it was.
CREATE FUNCTION likeness_goes_with_its_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  DELETE FROM likeness_blocks WHERE record_id = OLD.id;
  DELETE FROM duplicate_pairs WHERE OLD.id IN (a_id, b_id);
  DELETE FROM record_merges WHERE OLD.id IN (survivor_id, loser_id);
  RETURN OLD;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION likeness_goes_with_its_record() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER likeness_goes_with_its_record AFTER DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION likeness_goes_with_its_record();
--> statement-breakpoint
CREATE TRIGGER likeness_goes_with_its_record AFTER DELETE ON vendor_organizations FOR EACH ROW EXECUTE FUNCTION likeness_goes_with_its_record();
--> statement-breakpoint
-- Which record stands today where this one stood.
CREATE FUNCTION standing_contact(of_id uuid) RETURNS uuid LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH RECURSIVE onward(id, into_id) AS (SELECT c.id, c.merged_into FROM contacts c WHERE c.id = of_id
    UNION ALL SELECT c.id, c.merged_into FROM contacts c JOIN onward o ON c.id = o.into_id) SELECT id FROM onward WHERE into_id IS NULL
$$;
