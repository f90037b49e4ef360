CREATE TABLE "vault_reminders" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"reminded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "vault_reminders" ADD CONSTRAINT "vault_reminders_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "vault_attributes_confirmed" ON "vault_attributes" USING btree ("confirmed_at");
--> statement-breakpoint
ALTER TABLE vault_reminders ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON vault_reminders FOR SELECT TO parley_app USING (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY reminded ON vault_reminders TO parley_app USING (viewer_system() = 'remind-vaults') WITH CHECK (viewer_system() = 'remind-vaults');
--> statement-breakpoint
CREATE TRIGGER the_erased_keep_nothing BEFORE INSERT ON vault_reminders FOR EACH ROW EXECUTE FUNCTION the_erased_keep_nothing();
--> statement-breakpoint
-- Who keeps something that was last confirmed before a moment, and has not been asked since; who they are, and nothing of what they keep.
CREATE FUNCTION vaults_to_confirm(before timestamptz, most integer) RETURNS TABLE (person_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT a.person_id FROM vault_attributes a JOIN people p ON p.id = a.person_id AND p.status <> 'erased'
    LEFT JOIN vault_reminders r ON r.person_id = a.person_id
  WHERE viewer_system() = 'remind-vaults' AND a.confirmed_at < before AND (r.person_id IS NULL OR r.reminded_at < before) LIMIT least(most, 1000)
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION vaults_to_confirm(timestamptz, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION vaults_to_confirm(timestamptz, integer) TO parley_app;
