CREATE TABLE "alert_rules" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"first" boolean DEFAULT true NOT NULL,
	"sensitive" boolean DEFAULT true NOT NULL,
	"refused" boolean DEFAULT true NOT NULL,
	"most_a_day" integer DEFAULT 50,
	CONSTRAINT "alert_rules_most" CHECK ("alert_rules"."most_a_day" between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"person_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"day" date NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alerts_person_id_vendor_id_day_pk" PRIMARY KEY("person_id","vendor_id","day"),
	CONSTRAINT "alerts_reason" CHECK ("alerts"."reason" in ('first', 'sensitive', 'often', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE alert_rules ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON alert_rules TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY read ON alert_rules FOR SELECT TO parley_app USING (viewer_system() = 'alerts');
--> statement-breakpoint
ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON alerts FROM parley_app;
--> statement-breakpoint
CREATE POLICY seen ON alerts FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_system() = 'alerts');
--> statement-breakpoint
CREATE POLICY made ON alerts FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'alerts');
--> statement-breakpoint
-- Of each of these people: how many readings this vendor has left today until they want to be told, null where they set no number; and whether it
-- has read nothing of theirs yet. Asked by the statement that reads, of the state before it.
CREATE FUNCTION readings_watched(people uuid[], vendor uuid) RETURNS TABLE (person_id uuid, left_today integer, first boolean) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, CASE WHEN chosen.person_id IS NULL THEN 50 ELSE chosen.most_a_day END - today.reads,
    NOT EXISTS (SELECT 1 FROM access_records r WHERE r.vendor_id = vendor AND r.person_id = p.id)
  FROM unnest(people) p (id) LEFT JOIN alert_rules chosen ON chosen.person_id = p.id
    CROSS JOIN LATERAL (SELECT coalesce(sum(r.reads), 0)::int AS reads FROM access_records r
      WHERE r.vendor_id = vendor AND r.person_id = p.id AND r.last_read_at >= date_trunc('day', now(), 'UTC') AND r.hour >= date_trunc('day', now(), 'UTC')) today
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION readings_watched(uuid[], uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION readings_watched(uuid[], uuid) TO parley_app;
--> statement-breakpoint
CREATE TRIGGER the_erased_keep_nothing BEFORE INSERT ON alert_rules FOR EACH ROW EXECUTE FUNCTION the_erased_keep_nothing();
--> statement-breakpoint
CREATE TRIGGER the_erased_keep_nothing BEFORE INSERT ON alerts FOR EACH ROW EXECUTE FUNCTION the_erased_keep_nothing();
