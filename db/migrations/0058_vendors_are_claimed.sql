CREATE TABLE "vendor_claims" (
	"vendor_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"way" text NOT NULL,
	"code_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"proved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_claims_vendor_id_person_id_pk" PRIMARY KEY("vendor_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "vendor_claims" ADD CONSTRAINT "vendor_claims_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_claims" ADD CONSTRAINT "vendor_claims_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "vendor_claims_over" ON "vendor_claims" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE vendor_claims ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON vendor_claims TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY forgotten ON vendor_claims TO parley_app USING (viewer_system() = 'forget-claims') WITH CHECK (false);
--> statement-breakpoint
-- The domain that shows to whom a vendor belongs, as operators keep it: never a name where anybody can have an address, nor a number.
CREATE FUNCTION domain_to_prove(website text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN web_domain(website) ~ '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+(xn--[a-z0-9-]+|[a-z]{2,})$' AND length(web_domain(website)) <= 200
    AND NOT EXISTS (SELECT 1 FROM generate_series(1, length(web_domain(website))) part
      WHERE (part = 1 OR substr(web_domain(website), part - 1, 1) = '.') AND is_mail_host(substr(web_domain(website), part))) THEN web_domain(website) END
$$;
