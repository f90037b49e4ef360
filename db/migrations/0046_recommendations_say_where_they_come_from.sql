ALTER TABLE "recommendations" ADD COLUMN "industry" text;--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "author_role" text;--> statement-breakpoint
CREATE INDEX "recommendations_words" ON "recommendations" USING gin (search_lexemes("headline" || ' ' || "use_case" || ' ' || "for_whom"));--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_context" CHECK (("recommendations"."industry" is null or "recommendations"."industry" in ('software', 'making', 'trade', 'health', 'education', 'public', 'finance', 'services', 'media', 'other')) and ("recommendations"."author_role" is null or "recommendations"."author_role" in ('uses', 'runs', 'leads', 'decides', 'advises')));--> statement-breakpoint
-- Those of a vendor that speak of a use. The index is read here, since row-level security lets no search of words come before it; whoever asks still sees only what they may.
CREATE FUNCTION recommendations_about(vendor uuid, words text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id FROM recommendations r WHERE r.vendor_id = vendor AND search_lexemes(r.headline || ' ' || r.use_case || ' ' || r.for_whom)
    @@ (plainto_tsquery('english', search_text(words)) || plainto_tsquery('simple', search_text(words)))
$$;
--> statement-breakpoint
-- Of how many organisations these speak, where they are five or more: never which two are of one.
CREATE FUNCTION organisations_among(recommendations uuid[]) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN count(*) < 5 THEN 0 ELSE least(count(DISTINCT c.organisation), 100)::int END FROM recommendation_counted c WHERE c.recommendation_id = ANY (recommendations) AND c.standing = 'scored'
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION recommendation_versions_are_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  said text[] := ARRAY['headline', 'use_case', 'what_is_good', 'what_is_not', 'for_whom', 'verdict', 'ease_rating', 'support_rating', 'value_rating', 'time_used', 'choose_again', 'relation', 'incentive', 'invited_by', 'named', 'organisation_size', 'industry', 'author_role'];
  before jsonb := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(OLD)) WHERE key = ANY (said));
BEGIN
  IF before IS DISTINCT FROM (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(NEW)) WHERE key = ANY (said)) THEN
    INSERT INTO recommendation_versions (id, recommendation_id, said, until) VALUES (gen_random_uuid(), OLD.id, before, coalesce(NEW.edited_at, now()));
  END IF;
  RETURN NULL;
END $$;
