CREATE TABLE "erasure_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"erasure_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"relationship_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" uuid
);
--> statement-breakpoint
CREATE TABLE "erasure_residues" (
	"erasure_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"ground" text NOT NULL,
	"rows" integer NOT NULL,
	"until" date NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "erasure_residues_erasure_id_kind_pk" PRIMARY KEY("erasure_id","kind"),
	CONSTRAINT "erasure_residues_some" CHECK ("erasure_residues"."rows" > 0)
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"posts" text NOT NULL,
	"shown_as" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"called_back_at" timestamp with time zone,
	"carried_out_at" timestamp with time zone,
	"statement" text,
	"token_hash" text,
	"mail_id" uuid,
	CONSTRAINT "erasures_named" CHECK (char_length("erasures"."shown_as") between 1 and 60),
	CONSTRAINT "erasures_once" CHECK ("erasures"."called_back_at" is null or "erasures"."carried_out_at" is null),
	CONSTRAINT "erasures_in_time" CHECK ("erasures"."due_at" <= "erasures"."created_at" + interval '1 month')
);
--> statement-breakpoint
CREATE TABLE "retired_handles" (
	"hash" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "erasure_notices" ADD CONSTRAINT "erasure_notices_erasure_id_erasures_id_fk" FOREIGN KEY ("erasure_id") REFERENCES "public"."erasures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_notices" ADD CONSTRAINT "erasure_notices_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_notices" ADD CONSTRAINT "erasure_notices_relationship_id_relationships_id_fk" FOREIGN KEY ("relationship_id") REFERENCES "public"."relationships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_notices" ADD CONSTRAINT "erasure_notices_acknowledged_by_people_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_residues" ADD CONSTRAINT "erasure_residues_erasure_id_erasures_id_fk" FOREIGN KEY ("erasure_id") REFERENCES "public"."erasures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_notices_vendor" ON "erasure_notices" USING btree ("erasure_id","vendor_id");--> statement-breakpoint
CREATE INDEX "erasure_notices_open" ON "erasure_notices" USING btree ("vendor_id","due_at");--> statement-breakpoint
CREATE INDEX "erasure_residues_due" ON "erasure_residues" USING btree ("until") WHERE "erasure_residues"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_one_waits" ON "erasures" USING btree ("person_id") WHERE "erasures"."called_back_at" is null and "erasures"."carried_out_at" is null;--> statement-breakpoint
CREATE INDEX "erasures_person" ON "erasures" USING btree ("person_id","created_at" DESC);--> statement-breakpoint
CREATE INDEX "erasures_due" ON "erasures" USING btree ("due_at") WHERE "erasures"."called_back_at" is null and "erasures"."carried_out_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_token" ON "erasures" USING btree ("token_hash");
--> statement-breakpoint
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON erasures TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person() AND carried_out_at IS NULL AND statement IS NULL);
--> statement-breakpoint
CREATE POLICY jobs ON erasures TO parley_app USING (viewer_system() = 'erase') WITH CHECK (viewer_system() = 'erase');
--> statement-breakpoint
REVOKE DELETE ON erasures FROM parley_app;
--> statement-breakpoint
ALTER TABLE erasure_residues ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY jobs ON erasure_residues FOR SELECT TO parley_app USING (viewer_system() = 'erase');
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON erasure_residues FROM parley_app;
--> statement-breakpoint
ALTER TABLE erasure_notices ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON erasure_notices FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() = 'erase' OR viewer_is_operator());
--> statement-breakpoint
CREATE POLICY acknowledged ON erasure_notices FOR UPDATE TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]))
  WITH CHECK (acknowledged_by = viewer_person());
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON erasure_notices FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (acknowledged_at, acknowledged_by) ON erasure_notices TO parley_app;
--> statement-breakpoint
REVOKE ALL ON retired_handles FROM parley_app;
--> statement-breakpoint
-- A handle that was somebody's is nobody's again: whoever asks for it is told that it is taken.
CREATE FUNCTION handles_are_not_taken_again() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF EXISTS (SELECT 1 FROM retired_handles WHERE hash = encode(sha256(convert_to(lower(NEW.handle), 'UTF8')), 'hex'))
    THEN RAISE EXCEPTION 'the handle was somebody’s' USING ERRCODE = '23505', CONSTRAINT = 'handles_handle', TABLE = 'handles'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER handles_are_not_taken_again BEFORE INSERT OR UPDATE OF handle ON handles FOR EACH ROW WHEN (NEW.handle IS NOT NULL) EXECUTE FUNCTION handles_are_not_taken_again();
