CREATE TABLE "business_calendars" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"zone" text NOT NULL,
	"hours" jsonb NOT NULL,
	"holidays" date[] NOT NULL,
	"published_by" uuid NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "business_calendars_week" CHECK (jsonb_typeof("business_calendars"."hours") = 'array' and jsonb_array_length("business_calendars"."hours") = 7),
	CONSTRAINT "business_calendars_some_open" CHECK (jsonb_path_exists("business_calendars"."hours", '$[*][*]')),
	CONSTRAINT "business_calendars_bounds" CHECK (cardinality("business_calendars"."holidays") <= 100 and char_length("business_calendars"."zone") between 1 and 60)
);
--> statement-breakpoint
ALTER TABLE "business_calendars" ADD CONSTRAINT "business_calendars_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "business_calendars" ADD CONSTRAINT "business_calendars_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "business_calendars_version" ON "business_calendars" USING btree ("vendor_id","version" DESC);
--> statement-breakpoint
ALTER TABLE business_calendars ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON business_calendars FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY published ON business_calendars FOR INSERT TO parley_app WITH CHECK (viewer_is_staff_of(vendor_id) AND published_by = viewer_person());
--> statement-breakpoint
-- What was counted by a version can be counted again.
REVOKE UPDATE, DELETE ON business_calendars FROM parley_app;
