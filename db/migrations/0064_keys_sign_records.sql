CREATE TABLE "signing_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"vendor_id" uuid,
	"x" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "signing_keys_holder" CHECK (("signing_keys"."holder" = 'vendor') = ("signing_keys"."vendor_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "signing_secrets" (
	"kid" text PRIMARY KEY NOT NULL,
	"person_id" uuid,
	"vendor_id" uuid,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "signing_secrets_pairwise" CHECK ("signing_secrets"."person_id" is null or "signing_secrets"."vendor_id" is not null)
);
--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_secrets" ADD CONSTRAINT "signing_secrets_kid_signing_keys_kid_fk" FOREIGN KEY ("kid") REFERENCES "public"."signing_keys"("kid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_secrets" ADD CONSTRAINT "signing_secrets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_secrets" ADD CONSTRAINT "signing_secrets_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signing_keys_published" ON "signing_keys" USING btree ("created_at") WHERE "signing_keys"."holder" <> 'person';--> statement-breakpoint
CREATE UNIQUE INDEX signing_secrets_one_each ON signing_secrets (person_id, vendor_id) NULLS NOT DISTINCT;
--> statement-breakpoint
-- Private halves are for the job that signs, and for the job that erases a person; no person reads one, sealed as it is.
ALTER TABLE signing_secrets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY signing ON signing_secrets TO parley_app USING (viewer_system() IS NOT NULL) WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
-- A public key is never changed, and never taken away: it is retired.
REVOKE UPDATE, DELETE ON signing_keys FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (retired_at) ON signing_keys TO parley_app;
