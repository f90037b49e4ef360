CREATE TABLE "person_keys" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"master_key_id" text NOT NULL,
	"wrapped" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"wrapped_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vault_history" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"key" text NOT NULL,
	"sealed" text NOT NULL,
	"source" text NOT NULL,
	"confirmed_at" timestamp with time zone NOT NULL,
	"replaced_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "vault_attributes" ALTER COLUMN "value" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "vault_attributes" ADD COLUMN "sealed" text;--> statement-breakpoint
ALTER TABLE "person_keys" ADD CONSTRAINT "person_keys_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault_history" ADD CONSTRAINT "vault_history_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "vault_history_field" ON "vault_history" USING btree ("person_id","key","replaced_at" DESC);--> statement-breakpoint
CREATE INDEX "vault_attributes_unsealed" ON "vault_attributes" USING btree ("id") WHERE "vault_attributes"."value" is not null;--> statement-breakpoint
ALTER TABLE "vault_attributes" ADD CONSTRAINT "vault_attributes_one_value" CHECK (num_nonnulls("vault_attributes"."value", "vault_attributes"."sealed") = 1);
--> statement-breakpoint
ALTER TABLE person_keys ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON person_keys FOR SELECT TO parley_app USING (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY made ON person_keys FOR INSERT TO parley_app WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY jobs ON person_keys TO parley_app USING (viewer_system() IS NOT NULL) WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
-- Staff open what a live grant shows them, for the purpose that the reading transaction names, and nothing more.
CREATE POLICY granted ON person_keys FOR SELECT TO parley_app USING (EXISTS (
  SELECT 1 FROM grants g WHERE g.person_id = person_keys.person_id AND g.purpose = viewer_purpose()
    AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now() AND viewer_is_staff_of(g.vendor_id)));
--> statement-breakpoint
ALTER TABLE vault_history ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON vault_history TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
REVOKE UPDATE ON vault_history FROM parley_app;
--> statement-breakpoint
-- What was written before there were seals is shown to the one job that seals it.
CREATE POLICY unsealed ON vault_attributes TO parley_app USING (viewer_system() = 'seal-vaults') WITH CHECK (viewer_system() = 'seal-vaults' AND sealed IS NOT NULL);
