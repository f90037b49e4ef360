-- What is said of a product is said of its vendor.
UPDATE recommendations r SET vendor_id = p.vendor_id FROM products p WHERE p.id = r.product_id AND p.vendor_id <> r.vendor_id;
--> statement-breakpoint
UPDATE quoted_recommendations q SET vendor_id = p.vendor_id FROM products p WHERE p.id = q.product_id AND p.vendor_id <> q.vendor_id;
--> statement-breakpoint
ALTER TABLE "quoted_recommendations" DROP CONSTRAINT "quoted_recommendations_rating";--> statement-breakpoint
ALTER TABLE "quoted_recommendations" ADD CONSTRAINT "quoted_recommendations_rating" CHECK ("quoted_recommendations"."rating_scale" > 0 and "quoted_recommendations"."rating" between 0 and "quoted_recommendations"."rating_scale") NOT VALID;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_of_vendor" UNIQUE("id","vendor_id");--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_of_handle" UNIQUE("id","handle_id");--> statement-breakpoint
ALTER TABLE "quoted_recommendations" DROP CONSTRAINT "quoted_recommendations_product_id_products_id_fk";
--> statement-breakpoint
ALTER TABLE "recommendations" DROP CONSTRAINT "recommendations_product_id_products_id_fk";
--> statement-breakpoint
ALTER TABLE "quoted_recommendations" ADD CONSTRAINT "quoted_recommendations_product" FOREIGN KEY ("product_id","vendor_id") REFERENCES "public"."products"("id","vendor_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_product" FOREIGN KEY ("product_id","vendor_id") REFERENCES "public"."products"("id","vendor_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recommendation_authors_handle" ON "recommendation_authors" USING btree ("handle_id");--> statement-breakpoint
-- Where its author works is kept by its author: whoever else keeps that place is refused when the transaction ends.
ALTER TABLE recommendation_authors DROP CONSTRAINT recommendation_authors_recommendation_id_fk;
--> statement-breakpoint
DELETE FROM recommendation_authors a WHERE NOT EXISTS (SELECT 1 FROM recommendations r WHERE r.id = a.recommendation_id AND r.handle_id = a.handle_id);
--> statement-breakpoint
ALTER TABLE recommendation_authors ADD CONSTRAINT recommendation_authors_recommendation FOREIGN KEY (recommendation_id, handle_id) REFERENCES recommendations (id, handle_id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
-- The earlier answers are read by whoever may read the recommendation.
ALTER TABLE recommendation_reply_versions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON recommendation_reply_versions FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id));
--> statement-breakpoint
-- Asked about oneself, and by the nightly look.
CREATE OR REPLACE FUNCTION confirmed_state_id(handle uuid, vendor uuid, wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id FROM relationships r JOIN relationship_states t ON t.relationship_id = r.id
  WHERE r.handle_id = handle AND r.vendor_id = vendor AND t.state = wanted AND t.ended_at IS NULL AND t.vendor_confirmed_at IS NOT NULL AND t.person_confirmed_at IS NOT NULL
    AND (viewer_owns_handle(handle) OR viewer_system() = 'find-conflicts')
  LIMIT 1
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION confirmed_state_id(uuid, uuid, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION confirmed_state_id(uuid, uuid, text) TO parley_app;
--> statement-breakpoint
-- Whether so many customers are confirmed on both sides that “a verified customer” says nothing about who it is.
CREATE FUNCTION confirmed_customers_are_many(vendor uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) >= 5 FROM (SELECT DISTINCT r.handle_id FROM relationships r JOIN relationship_states t ON t.relationship_id = r.id
    WHERE r.vendor_id = vendor AND t.state = 'customer' AND t.ended_at IS NULL AND t.vendor_confirmed_at IS NOT NULL AND t.person_confirmed_at IS NOT NULL LIMIT 5) few
$$;
--> statement-breakpoint
-- What stands in a vault is weighed for its owner alone, and only what they share with somebody now.
CREATE OR REPLACE FUNCTION conflict_with(person uuid, vendor uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  them vendors;
  host text;
  -- A name without a letter or digit names nobody.
  called text;
BEGIN
  IF person IS NULL OR (viewer_person() IS DISTINCT FROM person AND viewer_system() IS DISTINCT FROM 'find-conflicts') THEN RETURN NULL; END IF;
  SELECT * INTO them FROM vendors WHERE id = vendor;
  called := nullif(organisation_name(them.name), '');
  host := web_domain(them.website);
  IF is_mail_host(host) THEN host := ''; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.vendor_id = vendor AND s.ended_at IS NULL) THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.vendor_id = vendor) THEN RETURN 'former-employer'; END IF;
  IF EXISTS (SELECT 1 FROM affiliations a JOIN organizations o ON o.id = a.organization_id WHERE a.person_id = person AND a.ended_at IS NULL
      AND (is_under_domain(o.domain, host) OR organisation_name(o.name) = called)) THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM recommendation_authors a JOIN handles h ON h.id = a.handle_id WHERE h.person_id = person AND organisation_name(a.organisation) = called)
    OR (viewer_person() = person AND EXISTS (SELECT 1 FROM vault_attributes v WHERE v.person_id = person AND v.key = 'organisation' AND organisation_name(v.value) = called
      AND EXISTS (SELECT 1 FROM grants g JOIN grant_attributes a ON a.grant_id = g.id WHERE g.person_id = person AND a.key = 'organisation' AND g.revoked_at IS NULL AND g.ends_at > now())))
    THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM affiliations a JOIN organizations o ON o.id = a.organization_id WHERE a.person_id = person
      AND (is_under_domain(o.domain, host) OR organisation_name(o.name) = called)) THEN RETURN 'former-employer'; END IF;
  IF EXISTS (SELECT 1 FROM account_emails e WHERE e.person_id = person AND e.confirmed_at IS NOT NULL AND is_under_domain(split_part(e.address_norm, '@', 2), host))
    OR EXISTS (SELECT 1 FROM provider_identities i JOIN sign_in_providers p ON p.id = i.provider_id CROSS JOIN LATERAL unnest(p.domains) d WHERE i.person_id = person AND is_under_domain(d, host))
    THEN RETURN 'address'; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.ended_at IS NULL) THEN RETURN 'competitor'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Of two sources the one that weighs less; of two that weigh the same, the first.
CREATE FUNCTION lighter_source(one text, other text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN array_position(falling, other) > array_position(falling, one) THEN other ELSE one END
  FROM (SELECT ARRAY['organic', 'portal-sample', 'whole-list', 'incentivised', 'hand-picked', 'imported'] AS falling) weights
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION recommendations_are_computed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF conflict_with(viewer_person(), NEW.vendor_id) IS NOT NULL THEN RAISE EXCEPTION 'nobody recommends whom they are tied to' USING ERRCODE = '42501'; END IF;
  IF EXISTS (SELECT 1 FROM recommendations r WHERE r.product_id = NEW.product_id AND r.hidden_by_decision_id IS NOT NULL AND viewer_owns_handle(r.handle_id))
    THEN RAISE EXCEPTION 'what was hidden is not written anew' USING ERRCODE = '42501'; END IF;
  IF NEW.created_at > now() + interval '1 minute' THEN RAISE EXCEPTION 'a recommendation is not dated ahead' USING ERRCODE = '42501'; END IF;
  NEW.evidence := CASE WHEN confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'customer') IS NULL THEN 'self-declared' ELSE 'relationship' END;
  NEW.is_partner := NEW.relation = 'partner' OR confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'partner') IS NOT NULL;
  NEW.source := recommendation_source(NEW);
  NEW.confirmed_at := NEW.created_at;
  NEW.conflict := NULL;
  NEW.conflict_found_at := NULL;
  NEW.edited_at := NULL;
  NEW.withdrawn_at := NULL;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- An edit makes it weigh less or the same, never more; only its author changes the words, and a name is theirs to show or not.
CREATE OR REPLACE FUNCTION recommendations_change_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  by_moderators text[] := ARRAY['hidden_by_decision_id'];
  by_the_look text[] := ARRAY['conflict', 'conflict_found_at', 'is_partner'];
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.vendor_id, NEW.product_id, NEW.handle_id, NEW.evidence, NEW.source, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.vendor_id, OLD.product_id, OLD.handle_id, OLD.evidence, OLD.source, OLD.created_at)
    THEN RAISE EXCEPTION 'what a recommendation is about, and what it weighs, does not change' USING ERRCODE = '42501'; END IF;
  IF (NEW.conflict, NEW.conflict_found_at) IS DISTINCT FROM (OLD.conflict, OLD.conflict_found_at) AND viewer_system() IS DISTINCT FROM 'find-conflicts'
    THEN RAISE EXCEPTION 'ties are found, not set' USING ERRCODE = '42501'; END IF;
  IF NEW.is_partner IS DISTINCT FROM OLD.is_partner AND NOT (NEW.is_partner AND viewer_system() IS NOT DISTINCT FROM 'find-conflicts' AND confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'partner') IS NOT NULL)
    THEN RAISE EXCEPTION 'partners are found, not set' USING ERRCODE = '42501'; END IF;
  IF OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
    THEN RAISE EXCEPTION 'what was taken back stays taken back' USING ERRCODE = '42501'; END IF;
  IF (to_jsonb(NEW) - by_moderators - by_the_look) IS DISTINCT FROM (to_jsonb(OLD) - by_moderators - by_the_look) AND NOT viewer_owns_handle(OLD.handle_id)
    THEN RAISE EXCEPTION 'only its author changes a recommendation' USING ERRCODE = '42501'; END IF;
  IF NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at AND NOT (OLD.confirmed_at < now() - interval '360 days' AND NEW.confirmed_at BETWEEN OLD.confirmed_at AND now() + interval '1 minute')
    THEN RAISE EXCEPTION 'it is said to be still true once a year' USING ERRCODE = '42501'; END IF;
  IF NEW.hidden_by_decision_id IS DISTINCT FROM OLD.hidden_by_decision_id AND NOT (viewer_moderates_recommendations() AND NOT viewer_owns_handle(OLD.handle_id)
      AND stands_as_decided('recommendation', OLD.id, '{hide,restore}', NEW.hidden_by_decision_id))
    THEN RAISE EXCEPTION 'visibility changes only by the decision of an independent moderator' USING ERRCODE = '42501'; END IF;
  IF (NEW.relation, NEW.incentive, NEW.invited_by) IS DISTINCT FROM (OLD.relation, OLD.incentive, OLD.invited_by) THEN
    NEW.is_partner := OLD.is_partner OR NEW.relation = 'partner' OR confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'partner') IS NOT NULL;
    NEW.source := lighter_source(OLD.source, recommendation_source(NEW));
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Whoever says that it is still true is looked up again: evidence only grows, and who is a partner by now is one.
CREATE OR REPLACE FUNCTION recommendations_are_looked_up_again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.confirmed_at > OLD.confirmed_at THEN
    IF NEW.evidence <> 'relationship' AND confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'customer') IS NOT NULL THEN NEW.evidence := 'relationship'; END IF;
    IF confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'partner') IS NOT NULL THEN NEW.is_partner := true; END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- What was hidden stays counted as hidden, also when its author takes it back.
CREATE OR REPLACE FUNCTION counted_as(r recommendations) RETURNS recommendation_counted LANGUAGE sql STABLE AS $$
  SELECT r.id, r.vendor_id, r.product_id,
    CASE WHEN r.hidden_by_decision_id IS NOT NULL THEN 'withheld' WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN r.conflict IS NOT NULL THEN 'conflict' WHEN r.is_partner THEN 'partner' ELSE 'scored' END,
    coalesce((SELECT d.rule FROM decisions d WHERE d.id = r.hidden_by_decision_id), ''),
    to_char(r.confirmed_at AT TIME ZONE 'UTC', 'YYYY-MM'), r.source, r.evidence, r.verdict, r.ease_rating, r.support_rating, r.value_rating, organisation_of(r)
$$;
--> statement-breakpoint
SELECT recount_all_recommendations();
--> statement-breakpoint
-- The vendor's record of somebody does not tell what they wrote unnamed, nor what they wrote before they took their name back.
CREATE FUNCTION recommendation_is_unnamed(recommendation uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation AND NOT r.named)
$$;
--> statement-breakpoint
ALTER POLICY seen ON timeline_entries USING (viewer_sees_relationship(relationship_id) AND (object_kind IS DISTINCT FROM 'recommendation' OR NOT recommendation_is_unnamed(object_id)));
--> statement-breakpoint
-- How many organisations speak of each of the products that a vendor’s page lists, and of the vendor (product null); more than a hundred are a hundred.
CREATE OR REPLACE FUNCTION organisations_heard(vendor uuid) RETURNS TABLE (product_id uuid, organisations integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, (SELECT count(*)::int FROM (SELECT 1 FROM recommendation_organisations o WHERE o.product_id = p.id LIMIT 100) few)
    FROM (SELECT f.id FROM products f WHERE f.vendor_id = vendor ORDER BY f.created_at, f.id LIMIT 200) p
  UNION ALL SELECT NULL, (SELECT count(*)::int FROM (SELECT DISTINCT o.organisation FROM recommendation_organisations o WHERE o.vendor_id = vendor LIMIT 100) few)
$$;
