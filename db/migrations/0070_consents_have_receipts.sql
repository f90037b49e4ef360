CREATE TABLE "consent_events" (
	"grant_id" uuid NOT NULL,
	"state" text NOT NULL,
	"keys" text[],
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	CONSTRAINT "consent_events_grant_id_state_pk" PRIMARY KEY("grant_id","state"),
	CONSTRAINT "consent_events_state" CHECK ("consent_events"."state" in ('ConsentRequested', 'ConsentRequestDeferred', 'ConsentRefused', 'ConsentGiven', 'ConsentWithdrawn', 'ConsentRevoked', 'ConsentExpired', 'ConsentInvalidated'))
);
--> statement-breakpoint
CREATE TABLE "receipt_copies" (
	"grant_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"side" text NOT NULL,
	"file" text NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "receipt_copies_grant_id_version_side_pk" PRIMARY KEY("grant_id","version","side")
);
--> statement-breakpoint
ALTER TABLE "consent_events" ADD CONSTRAINT "consent_events_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_copies" ADD CONSTRAINT "receipt_copies_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "receipt_copies_newest" ON "receipt_copies" USING btree ("created_at" DESC);--> statement-breakpoint
ALTER TABLE consent_events ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON consent_events FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id));
--> statement-breakpoint
CREATE POLICY added ON consent_events FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND (g.person_id = viewer_person() OR viewer_system() IS NOT NULL)));
--> statement-breakpoint
CREATE POLICY erased ON consent_events FOR DELETE TO parley_app USING (viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE UPDATE ON consent_events FROM parley_app;
--> statement-breakpoint
ALTER TABLE receipt_copies ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON receipt_copies FOR SELECT TO parley_app USING (viewer_system() IS NOT NULL OR EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id
  AND CASE side WHEN 'person' THEN g.person_id = viewer_person() ELSE viewer_is_staff_of(g.vendor_id) END));
--> statement-breakpoint
CREATE POLICY kept ON receipt_copies FOR INSERT TO parley_app WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
-- The person's copies go with the person; the vendor's stay, and name nobody.
CREATE POLICY erased ON receipt_copies FOR DELETE TO parley_app USING (side = 'person' AND viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE UPDATE ON receipt_copies FROM parley_app;
