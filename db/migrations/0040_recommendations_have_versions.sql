CREATE TABLE "recommendation_askings" (
	"recommendation_id" uuid PRIMARY KEY NOT NULL,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendation_reply_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recommendation_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"html" text NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendation_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recommendation_id" uuid NOT NULL,
	"said" jsonb NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "recommendation_replies" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "recommendation_askings" ADD CONSTRAINT "recommendation_askings_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_reply_versions" ADD CONSTRAINT "recommendation_reply_versions_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_reply_versions" ADD CONSTRAINT "recommendation_reply_versions_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_versions" ADD CONSTRAINT "recommendation_versions_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recommendation_reply_versions_of" ON "recommendation_reply_versions" USING btree ("recommendation_id","until" DESC);--> statement-breakpoint
CREATE INDEX "recommendation_versions_of" ON "recommendation_versions" USING btree ("recommendation_id","until" DESC);--> statement-breakpoint
-- What stood there before is kept by the database, whoever changes it: for its author and for independent moderators.
CREATE FUNCTION recommendation_versions_are_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  said text[] := ARRAY['headline', 'use_case', 'what_is_good', 'what_is_not', 'for_whom', 'verdict', 'ease_rating', 'support_rating', 'value_rating', 'time_used', 'choose_again', 'relation', 'incentive', 'invited_by', 'named', 'organisation_size'];
  before jsonb := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(OLD)) WHERE key = ANY (said));
BEGIN
  IF before IS DISTINCT FROM (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(NEW)) WHERE key = ANY (said)) THEN
    INSERT INTO recommendation_versions (id, recommendation_id, said, until) VALUES (gen_random_uuid(), OLD.id, before, coalesce(NEW.edited_at, now()));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER recommendation_versions_are_kept AFTER UPDATE ON recommendations FOR EACH ROW EXECUTE FUNCTION recommendation_versions_are_kept();
--> statement-breakpoint
ALTER TABLE recommendation_versions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON recommendation_versions FOR SELECT TO parley_app USING (viewer_moderates_recommendations()
  OR EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id AND viewer_owns_handle(r.handle_id)));
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON recommendation_versions, recommendation_reply_versions FROM parley_app;
--> statement-breakpoint
-- The vendor may put its one answer better; what it said before stays for everybody to read.
CREATE FUNCTION recommendation_replies_keep_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  INSERT INTO recommendation_reply_versions (id, recommendation_id, handle_id, html, until) VALUES (gen_random_uuid(), OLD.recommendation_id, OLD.handle_id, OLD.html, NEW.edited_at);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER recommendation_replies_keep_versions AFTER UPDATE ON recommendation_replies FOR EACH ROW EXECUTE FUNCTION recommendation_replies_keep_versions();
--> statement-breakpoint
GRANT UPDATE (handle_id, role, markdown, html, edited_at) ON recommendation_replies TO parley_app;
--> statement-breakpoint
CREATE POLICY put_better ON recommendation_replies FOR UPDATE TO parley_app USING (viewer_is_staff_of(vendor_id)
    AND EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id AND r.hidden_by_decision_id IS NULL AND r.withdrawn_at IS NULL))
  WITH CHECK (viewer_is_staff_of(vendor_id) AND viewer_owns_handle(handle_id) AND edited_at IS NOT NULL);
--> statement-breakpoint
ALTER TABLE recommendation_askings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY asked ON recommendation_askings TO parley_app USING (viewer_system() = 'ask-again') WITH CHECK (viewer_system() = 'ask-again');
--> statement-breakpoint
-- Whoever says that it is still true is looked up again: evidence only grows.
CREATE FUNCTION recommendations_are_looked_up_again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.confirmed_at > OLD.confirmed_at AND NEW.evidence <> 'relationship' AND confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'customer') IS NOT NULL THEN NEW.evidence := 'relationship'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- After the right hand has been looked at: triggers run in the order of their names.
CREATE TRIGGER recommendations_looked_up_again BEFORE UPDATE OF confirmed_at ON recommendations FOR EACH ROW EXECUTE FUNCTION recommendations_are_looked_up_again();
--> statement-breakpoint
CREATE TRIGGER recommendation_evidence_is_sealed_again AFTER UPDATE ON recommendations FOR EACH ROW WHEN (OLD.evidence IS DISTINCT FROM NEW.evidence) EXECUTE FUNCTION recommendation_evidence_is_sealed();
