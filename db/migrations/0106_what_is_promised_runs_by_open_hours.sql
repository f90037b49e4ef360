CREATE TABLE "case_clock_pauses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clock_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "case_clock_pauses_forward" CHECK ("case_clock_pauses"."ended_at" >= "case_clock_pauses"."started_at"),
	CONSTRAINT "case_clock_pauses_known" CHECK ("case_clock_pauses"."reason" in ('waiting-asker'))
);
--> statement-breakpoint
CREATE TABLE "case_clocks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"target" text NOT NULL,
	"targets_id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"minutes" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"paused_at" timestamp with time zone,
	"warned_at" timestamp with time zone,
	"missed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"next_check_at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_clocks_known" CHECK ("case_clocks"."target" in ('first', 'next', 'resolution') and "case_clocks"."minutes" between 1 and 60000),
	CONSTRAINT "case_clocks_forward" CHECK ("case_clocks"."due_at" >= "case_clocks"."started_at" and "case_clocks"."paused_at" >= "case_clocks"."started_at" and "case_clocks"."ended_at" >= "case_clocks"."started_at"),
	CONSTRAINT "case_clocks_ended_is_not_paused" CHECK ("case_clocks"."ended_at" is null or "case_clocks"."paused_at" is null)
);
--> statement-breakpoint
CREATE TABLE "response_targets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"first_minutes" integer,
	"next_minutes" integer,
	"resolution_minutes" integer,
	"published_by" uuid NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "response_targets_bounds" CHECK (coalesce("response_targets"."first_minutes", 1) between 1 and 60000 and coalesce("response_targets"."next_minutes", 1) between 1 and 60000 and coalesce("response_targets"."resolution_minutes", 1) between 1 and 60000)
);
--> statement-breakpoint
ALTER TABLE "case_clock_pauses" ADD CONSTRAINT "case_clock_pauses_clock_id_case_clocks_id_fk" FOREIGN KEY ("clock_id") REFERENCES "public"."case_clocks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_targets_id_response_targets_id_fk" FOREIGN KEY ("targets_id") REFERENCES "public"."response_targets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_clocks" ADD CONSTRAINT "case_clocks_calendar_id_business_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."business_calendars"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response_targets" ADD CONSTRAINT "response_targets_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "response_targets" ADD CONSTRAINT "response_targets_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "case_clock_pauses_one_open" ON "case_clock_pauses" USING btree ("clock_id") WHERE "case_clock_pauses"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "case_clock_pauses_of" ON "case_clock_pauses" USING btree ("clock_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "case_clocks_one_running" ON "case_clocks" USING btree ("case_id","target") WHERE "case_clocks"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "case_clocks_of" ON "case_clocks" USING btree ("case_id","started_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "case_clocks_to_check" ON "case_clocks" USING btree ("next_check_at") WHERE "case_clocks"."ended_at" is null and "case_clocks"."paused_at" is null and "case_clocks"."missed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "response_targets_version" ON "response_targets" USING btree ("vendor_id","version" DESC);
--> statement-breakpoint
ALTER TABLE response_targets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON response_targets FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY published ON response_targets FOR INSERT TO parley_app WITH CHECK (viewer_is_staff_of(vendor_id) AND published_by = viewer_person());
--> statement-breakpoint
-- What was counted by a version can be counted again.
REVOKE UPDATE, DELETE, TRUNCATE ON response_targets FROM parley_app;
--> statement-breakpoint
ALTER TABLE case_clocks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON case_clocks FOR SELECT TO parley_app USING (viewer_asks_case(case_id) OR viewer_serves_case(case_id) OR viewer_system() = 'check-clocks');
--> statement-breakpoint
CREATE POLICY started ON case_clocks FOR INSERT TO parley_app WITH CHECK ((viewer_asks_case(case_id) OR viewer_serves_case(case_id))
  AND vendor_id = (SELECT c.vendor_id FROM cases c WHERE c.id = case_id));
--> statement-breakpoint
CREATE POLICY counted ON case_clocks FOR UPDATE TO parley_app USING (viewer_asks_case(case_id) OR viewer_serves_case(case_id) OR viewer_system() = 'check-clocks');
--> statement-breakpoint
-- What was promised never changes; only how far it is.
REVOKE UPDATE, DELETE, TRUNCATE ON case_clocks, case_clock_pauses FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (due_at, paused_at, warned_at, missed_at, ended_at, next_check_at) ON case_clocks TO parley_app;
--> statement-breakpoint
ALTER TABLE case_clock_pauses ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON case_clock_pauses FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM case_clocks c WHERE c.id = clock_id));
--> statement-breakpoint
CREATE POLICY stopped ON case_clock_pauses FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM case_clocks c WHERE c.id = clock_id));
--> statement-breakpoint
CREATE POLICY counted ON case_clock_pauses FOR UPDATE TO parley_app USING (EXISTS (SELECT 1 FROM case_clocks c WHERE c.id = clock_id));
--> statement-breakpoint
GRANT UPDATE (ended_at) ON case_clock_pauses TO parley_app;
