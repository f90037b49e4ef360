CREATE TABLE "duty_offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" uuid,
	"person_id" uuid NOT NULL,
	"offered_by" uuid,
	"outcome" text,
	"answered_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "duty_offers_answered" CHECK (("duty_offers"."outcome" is null) = ("duty_offers"."answered_at" is null))
);
--> statement-breakpoint
ALTER TABLE "duty_offers" ADD CONSTRAINT "duty_offers_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_offers" ADD CONSTRAINT "duty_offers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_offers" ADD CONSTRAINT "duty_offers_offered_by_people_id_fk" FOREIGN KEY ("offered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "duty_offers_person" ON "duty_offers" USING btree ("person_id","created_at" DESC);--> statement-breakpoint
CREATE INDEX "duty_offers_room" ON "duty_offers" USING btree ("community_id") WHERE "duty_offers"."outcome" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX duty_offers_open ON duty_offers (community_id, person_id) NULLS NOT DISTINCT WHERE outcome IS NULL;
--> statement-breakpoint
ALTER TABLE duty_offers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON duty_offers TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY operators ON duty_offers TO parley_app USING (viewer_is_operator()) WITH CHECK (viewer_is_operator());
--> statement-breakpoint
-- An offer is an operator's word, and is not changed afterwards; a person offers nothing but themselves.
CREATE FUNCTION duty_is_offered_by_operators() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND NEW.offered_by IS NOT NULL AND NOT (viewer_is_operator() AND NEW.offered_by = viewer_person())
    THEN RAISE EXCEPTION 'a duty is offered by operators' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER duty_is_offered_by_operators BEFORE INSERT ON duty_offers FOR EACH ROW EXECUTE FUNCTION duty_is_offered_by_operators();
--> statement-breakpoint
REVOKE UPDATE, DELETE ON duty_offers FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (outcome, answered_at) ON duty_offers TO parley_app;
