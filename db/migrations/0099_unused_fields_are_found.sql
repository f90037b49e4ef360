CREATE TABLE "field_days" (
	"vendor_id" uuid NOT NULL,
	"field_id" uuid NOT NULL,
	"day" date NOT NULL,
	"reads" integer DEFAULT 0 NOT NULL,
	"writes" integer DEFAULT 0 NOT NULL,
	"filters" integer DEFAULT 0 NOT NULL,
	"filled" integer,
	CONSTRAINT "field_days_field_id_day_pk" PRIMARY KEY("field_id","day"),
	CONSTRAINT "field_days_count" CHECK ("field_days"."reads" >= 0 and "field_days"."writes" >= 0 and "field_days"."filters" >= 0 and "field_days"."filled" >= 0)
);
--> statement-breakpoint
CREATE TABLE "field_findings" (
	"vendor_id" uuid NOT NULL,
	"field_id" uuid NOT NULL,
	"found_on" date NOT NULL,
	"unused" boolean NOT NULL,
	"filled" integer NOT NULL,
	"nonsense" integer NOT NULL,
	"written" integer NOT NULL,
	CONSTRAINT "field_findings_field_id_found_on_pk" PRIMARY KEY("field_id","found_on"),
	CONSTRAINT "field_findings_say" CHECK ("field_findings"."nonsense" between 0 and "field_findings"."filled" and ("field_findings"."unused" or "field_findings"."nonsense" > 0))
);
--> statement-breakpoint
ALTER TABLE "field_days" ADD CONSTRAINT "field_days_field" FOREIGN KEY ("vendor_id","field_id") REFERENCES "public"."vendor_fields"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_findings" ADD CONSTRAINT "field_findings_field" FOREIGN KEY ("vendor_id","field_id") REFERENCES "public"."vendor_fields"("vendor_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE field_days ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON field_days TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE field_findings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON field_findings FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY found ON field_findings FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'check-fields');
--> statement-breakpoint
CREATE POLICY found_again ON field_findings FOR UPDATE TO parley_app USING (viewer_system() = 'check-fields');
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON field_days, field_findings FROM parley_app;
