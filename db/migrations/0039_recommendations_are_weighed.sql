CREATE TABLE "recommendation_authors" (
	"recommendation_id" uuid PRIMARY KEY NOT NULL,
	"handle_id" uuid NOT NULL,
	"organisation" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendation_counted" (
	"recommendation_id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"standing" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"month" text NOT NULL,
	"source" text NOT NULL,
	"evidence" text NOT NULL,
	"verdict" smallint NOT NULL,
	"ease_rating" smallint,
	"support_rating" smallint,
	"value_rating" smallint,
	"organisation" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendation_evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recommendation_id" uuid NOT NULL,
	"level" text NOT NULL,
	"state_id" uuid,
	"checked_by" uuid,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendation_organisations" (
	"vendor_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"organisation" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "recommendation_organisations_product_id_organisation_pk" PRIMARY KEY("product_id","organisation")
);
--> statement-breakpoint
CREATE TABLE "recommendation_priors" (
	"day" date PRIMARY KEY NOT NULL,
	"shares" jsonb NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recommendation_standings" (
	"vendor_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"standing" text NOT NULL,
	"reason" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "recommendation_standings_product_id_standing_reason_pk" PRIMARY KEY("product_id","standing","reason")
);
--> statement-breakpoint
CREATE TABLE "recommendation_tallies" (
	"vendor_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"month" text NOT NULL,
	"source" text NOT NULL,
	"evidence" text NOT NULL,
	"verdicts" integer[] NOT NULL,
	"ease" integer[] NOT NULL,
	"support" integer[] NOT NULL,
	"value" integer[] NOT NULL,
	CONSTRAINT "recommendation_tallies_product_id_month_source_evidence_pk" PRIMARY KEY("product_id","month","source","evidence")
);
--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "organisation_size" text;--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "named" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "source" text DEFAULT 'organic' NOT NULL;--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "is_partner" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "conflict" text;--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "conflict_found_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "confirmed_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "recommendation_authors" ADD CONSTRAINT "recommendation_authors_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_evidence" ADD CONSTRAINT "recommendation_evidence_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_evidence" ADD CONSTRAINT "recommendation_evidence_checked_by_people_id_fk" FOREIGN KEY ("checked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recommendation_evidence_of" ON "recommendation_evidence" USING btree ("recommendation_id","found_at");--> statement-breakpoint
CREATE INDEX "recommendation_organisations_vendor" ON "recommendation_organisations" USING btree ("vendor_id","organisation");--> statement-breakpoint
CREATE INDEX "recommendation_standings_vendor" ON "recommendation_standings" USING btree ("vendor_id");--> statement-breakpoint
CREATE INDEX "recommendation_tallies_vendor" ON "recommendation_tallies" USING btree ("vendor_id");--> statement-breakpoint
CREATE INDEX "recommendations_confirmed" ON "recommendations" USING btree ("confirmed_at") WHERE "recommendations"."withdrawn_at" is null;--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_ratings" CHECK (coalesce("recommendations"."ease_rating", 1) between 1 and 5 and coalesce("recommendations"."support_rating", 1) between 1 and 5 and coalesce("recommendations"."value_rating", 1) between 1 and 5);--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_disclosed" CHECK ("recommendations"."relation" in ('customer', 'former-customer', 'trial', 'partner', 'other')
      and "recommendations"."incentive" in ('none', 'gift', 'discount', 'payment') and "recommendations"."invited_by" in ('nobody', 'vendor', 'peer'));--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_weighable" CHECK ("recommendations"."source" in ('organic', 'portal-sample', 'whole-list', 'hand-picked', 'incentivised', 'imported') and "recommendations"."evidence" in ('relationship', 'document', 'screenshot', 'self-declared', 'none'));--> statement-breakpoint
ALTER TABLE recommendation_authors ADD CONSTRAINT recommendation_authors_recommendation_id_fk FOREIGN KEY (recommendation_id) REFERENCES recommendations (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE FUNCTION web_domain(address text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(regexp_replace(regexp_replace(coalesce(address, ''), '^[a-z]+://(www\.)?', '', 'i'), '[/:?#].*$', ''))
$$;
--> statement-breakpoint
CREATE FUNCTION is_under_domain(name text, of_domain text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT of_domain <> '' AND (lower(name) = of_domain OR right(lower(name), length(of_domain) + 1) = '.' || of_domain)
$$;
--> statement-breakpoint
-- Where anybody has an address, it says nothing about where somebody works.
CREATE FUNCTION is_mail_host(name text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(name) = ANY (ARRAY['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'ymail.com', 'icloud.com', 'me.com', 'mac.com',
    'aol.com', 'proton.me', 'protonmail.com', 'pm.me', 'gmx.de', 'gmx.net', 'gmx.com', 'web.de', 't-online.de', 'mail.com', 'mail.ru', 'yandex.ru', 'yandex.com', 'zoho.com',
    'fastmail.com', 'tutanota.com', 'tuta.io', 'hey.com', 'posteo.de', 'mailbox.org', 'qq.com', '163.com', '126.com', 'orange.fr', 'free.fr', 'laposte.net', 'libero.it', 'seznam.cz', 'wp.pl'])
$$;
--> statement-breakpoint
-- “Varma & Lind GmbH” and “varma lind” are one.
CREATE FUNCTION organisation_name(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT btrim(regexp_replace(regexp_replace(lower(btrim(given)), '[^[:alnum:]]+', ' ', 'g'), '\s+(gmbh|ltd|limited|inc|llc|llp|bv|nv|ag|sa|sas|sarl|srl|spa|plc|corp|oy|ab|as|aps|kg)\s*$', ''))
$$;
--> statement-breakpoint
CREATE FUNCTION confirmed_state_id(handle uuid, vendor uuid, wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id FROM relationships r JOIN relationship_states t ON t.relationship_id = r.id
  WHERE r.handle_id = handle AND r.vendor_id = vendor AND t.state = wanted AND t.ended_at IS NULL AND t.vendor_confirmed_at IS NOT NULL AND t.person_confirmed_at IS NOT NULL
  LIMIT 1
$$;
--> statement-breakpoint
-- What ties somebody to a vendor, or to another that sells here. Told to themselves and to the nightly look, to nobody else.
-- What stands in a vault is weighed for its owner alone, and only what they have shared with anybody.
CREATE FUNCTION conflict_with(person uuid, vendor uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  them vendors;
  host text;
BEGIN
  IF person IS NULL OR (viewer_person() IS DISTINCT FROM person AND viewer_system() IS DISTINCT FROM 'find-conflicts') THEN RETURN NULL; END IF;
  SELECT * INTO them FROM vendors WHERE id = vendor;
  host := web_domain(them.website);
  IF is_mail_host(host) THEN host := ''; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.vendor_id = vendor AND s.ended_at IS NULL) THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.vendor_id = vendor) THEN RETURN 'former-employer'; END IF;
  IF EXISTS (SELECT 1 FROM affiliations a JOIN organizations o ON o.id = a.organization_id WHERE a.person_id = person AND a.ended_at IS NULL
      AND (is_under_domain(o.domain, host) OR organisation_name(o.name) = organisation_name(them.name))) THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM recommendation_authors a JOIN handles h ON h.id = a.handle_id WHERE h.person_id = person AND organisation_name(a.organisation) = organisation_name(them.name))
    OR (viewer_person() = person AND EXISTS (SELECT 1 FROM vault_attributes v WHERE v.person_id = person AND v.key = 'organisation' AND organisation_name(v.value) = organisation_name(them.name)
      AND EXISTS (SELECT 1 FROM grants g JOIN grant_attributes a ON a.grant_id = g.id WHERE g.person_id = person AND a.key = 'organisation')))
    THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM affiliations a JOIN organizations o ON o.id = a.organization_id WHERE a.person_id = person
      AND (is_under_domain(o.domain, host) OR organisation_name(o.name) = organisation_name(them.name))) THEN RETURN 'former-employer'; END IF;
  IF EXISTS (SELECT 1 FROM account_emails e WHERE e.person_id = person AND e.confirmed_at IS NOT NULL AND is_under_domain(split_part(e.address_norm, '@', 2), host))
    OR EXISTS (SELECT 1 FROM provider_identities i JOIN sign_in_providers p ON p.id = i.provider_id CROSS JOIN LATERAL unnest(p.domains) d WHERE i.person_id = person AND is_under_domain(d, host))
    THEN RETURN 'address'; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.ended_at IS NULL) THEN RETURN 'competitor'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION recommendation_source(r recommendations) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN r.invited_by = 'vendor' THEN 'hand-picked' WHEN r.incentive <> 'none' THEN 'incentivised' ELSE 'organic' END
$$;
--> statement-breakpoint
-- What weighs is computed when it is written, whatever was sent along; and who has a tie writes nothing.
CREATE FUNCTION recommendations_are_computed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF conflict_with(viewer_person(), NEW.vendor_id) IS NOT NULL THEN RAISE EXCEPTION 'nobody recommends whom they are tied to' USING ERRCODE = '42501'; END IF;
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
CREATE TRIGGER recommendations_are_computed BEFORE INSERT ON recommendations FOR EACH ROW EXECUTE FUNCTION recommendations_are_computed();
--> statement-breakpoint
CREATE FUNCTION recommendation_evidence_is_sealed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO recommendation_evidence (id, recommendation_id, level, state_id, found_at)
  VALUES (gen_random_uuid(), NEW.id, NEW.evidence, CASE WHEN NEW.evidence = 'relationship' THEN confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'customer') END, NEW.confirmed_at);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER recommendation_evidence_is_sealed AFTER INSERT ON recommendations FOR EACH ROW EXECUTE FUNCTION recommendation_evidence_is_sealed();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION recommendations_change_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  by_moderators text[] := ARRAY['hidden_by_decision_id'];
  by_the_look text[] := ARRAY['conflict', 'conflict_found_at'];
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.vendor_id, NEW.product_id, NEW.handle_id, NEW.evidence, NEW.source, NEW.is_partner, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.vendor_id, OLD.product_id, OLD.handle_id, OLD.evidence, OLD.source, OLD.is_partner, OLD.created_at)
    THEN RAISE EXCEPTION 'what a recommendation is about, and what it weighs, does not change' USING ERRCODE = '42501'; END IF;
  IF (NEW.conflict, NEW.conflict_found_at) IS DISTINCT FROM (OLD.conflict, OLD.conflict_found_at) AND viewer_system() IS DISTINCT FROM 'find-conflicts'
    THEN RAISE EXCEPTION 'ties are found, not set' USING ERRCODE = '42501'; END IF;
  IF (to_jsonb(NEW) - by_moderators - by_the_look) IS DISTINCT FROM (to_jsonb(OLD) - by_moderators - by_the_look) AND NOT viewer_owns_handle(OLD.handle_id)
    THEN RAISE EXCEPTION 'only its author changes a recommendation' USING ERRCODE = '42501'; END IF;
  IF OLD.named AND NOT NEW.named THEN RAISE EXCEPTION 'a name that was shown is not taken back' USING ERRCODE = '42501'; END IF;
  IF NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at AND NOT (OLD.confirmed_at < now() - interval '360 days' AND NEW.confirmed_at BETWEEN OLD.confirmed_at AND now() + interval '1 minute')
    THEN RAISE EXCEPTION 'it is said to be still true once a year' USING ERRCODE = '42501'; END IF;
  IF NEW.hidden_by_decision_id IS DISTINCT FROM OLD.hidden_by_decision_id AND NOT (viewer_moderates_recommendations() AND NOT viewer_owns_handle(OLD.handle_id)
      AND stands_as_decided('recommendation', OLD.id, '{hide,restore}', NEW.hidden_by_decision_id))
    THEN RAISE EXCEPTION 'visibility changes only by the decision of an independent moderator' USING ERRCODE = '42501'; END IF;
  IF (NEW.relation, NEW.incentive, NEW.invited_by) IS DISTINCT FROM (OLD.relation, OLD.incentive, OLD.invited_by) THEN
    NEW.is_partner := NEW.relation = 'partner' OR confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'partner') IS NOT NULL;
    NEW.source := recommendation_source(NEW);
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP POLICY seen ON recommendations;
--> statement-breakpoint
CREATE POLICY seen ON recommendations FOR SELECT TO parley_app USING (
  (hidden_by_decision_id IS NULL AND withdrawn_at IS NULL) OR viewer_owns_handle(handle_id) OR viewer_moderates_recommendations() OR viewer_system() = 'find-conflicts');
--> statement-breakpoint
DROP POLICY changed ON recommendations;
--> statement-breakpoint
CREATE POLICY changed ON recommendations FOR UPDATE TO parley_app USING (viewer_owns_handle(handle_id) OR viewer_moderates_recommendations() OR viewer_system() = 'find-conflicts')
  WITH CHECK (viewer_owns_handle(handle_id) OR viewer_moderates_recommendations() OR viewer_system() = 'find-conflicts');
--> statement-breakpoint
ALTER TABLE recommendation_authors ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON recommendation_authors TO parley_app USING (viewer_owns_handle(handle_id)) WITH CHECK (viewer_owns_handle(handle_id));
--> statement-breakpoint
ALTER TABLE recommendation_evidence ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON recommendation_evidence FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id));
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON recommendation_evidence FROM parley_app;
--> statement-breakpoint
-- The organisation that a recommendation comes from: where the portal knows it, by the provider that signs its author in or by a confirmed address; otherwise as
-- the author says. One whose organisation is unknown is an organisation of its own only where an independent moderator saw a document; all others together are one.
CREATE FUNCTION organisation_of(r recommendations) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN known IS NULL THEN '' ELSE encode(sha256(convert_to(known, 'UTF8')), 'hex') END FROM (SELECT coalesce(
    (SELECT 'provider ' || i.provider_id FROM provider_identities i JOIN handles h ON h.person_id = i.person_id WHERE h.id = r.handle_id ORDER BY i.id LIMIT 1),
    (SELECT 'domain ' || split_part(e.address_norm, '@', 2) FROM account_emails e JOIN handles h ON h.person_id = e.person_id
      WHERE h.id = r.handle_id AND e.confirmed_at IS NOT NULL AND NOT is_mail_host(split_part(e.address_norm, '@', 2)) LIMIT 1),
    (SELECT 'name ' || organisation_name(a.organisation) FROM recommendation_authors a WHERE a.recommendation_id = r.id AND a.handle_id = r.handle_id AND organisation_name(a.organisation) <> ''),
    CASE WHEN r.evidence = 'document' THEN 'document ' || r.id END) AS known) found
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION organisation_of(recommendations) FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION counted_as(r recommendations) RETURNS recommendation_counted LANGUAGE sql STABLE AS $$
  SELECT r.id, r.vendor_id, r.product_id,
    CASE WHEN r.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN r.hidden_by_decision_id IS NOT NULL THEN 'withheld' WHEN r.conflict IS NOT NULL THEN 'conflict' WHEN r.is_partner THEN 'partner' ELSE 'scored' END,
    CASE WHEN r.withdrawn_at IS NULL THEN coalesce((SELECT d.rule FROM decisions d WHERE d.id = r.hidden_by_decision_id), '') ELSE '' END,
    to_char(r.confirmed_at AT TIME ZONE 'UTC', 'YYYY-MM'), r.source, r.evidence, r.verdict, r.ease_rating, r.support_rating, r.value_rating, organisation_of(r)
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION counted_as(recommendations) FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION one_of_five(rating smallint, change integer) RETURNS integer[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_agg(CASE WHEN n = rating THEN change ELSE 0 END ORDER BY n) FROM generate_series(1, 5) n
$$;
--> statement-breakpoint
CREATE FUNCTION five_and_five(one integer[], other integer[]) RETURNS integer[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_agg(a + b ORDER BY n) FROM unnest(one, other) WITH ORDINALITY AS it (a, b, n)
$$;
--> statement-breakpoint
CREATE FUNCTION count_recommendation(c recommendation_counted, change integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO recommendation_standings AS s (vendor_id, product_id, standing, reason, count) VALUES (c.vendor_id, c.product_id, c.standing, c.reason, change)
    ON CONFLICT (product_id, standing, reason) DO UPDATE SET count = s.count + change;
  DELETE FROM recommendation_standings WHERE product_id = c.product_id AND standing = c.standing AND reason = c.reason AND count = 0;
  IF c.standing <> 'scored' THEN RETURN; END IF;
  INSERT INTO recommendation_tallies AS t (vendor_id, product_id, month, source, evidence, verdicts, ease, support, value)
    VALUES (c.vendor_id, c.product_id, c.month, c.source, c.evidence, one_of_five(c.verdict, change), one_of_five(c.ease_rating, change), one_of_five(c.support_rating, change), one_of_five(c.value_rating, change))
    ON CONFLICT (product_id, month, source, evidence) DO UPDATE SET verdicts = five_and_five(t.verdicts, excluded.verdicts), ease = five_and_five(t.ease, excluded.ease),
      support = five_and_five(t.support, excluded.support), value = five_and_five(t.value, excluded.value);
  DELETE FROM recommendation_tallies WHERE product_id = c.product_id AND month = c.month AND source = c.source AND evidence = c.evidence AND verdicts = '{0,0,0,0,0}';
  INSERT INTO recommendation_organisations AS o (vendor_id, product_id, organisation, count) VALUES (c.vendor_id, c.product_id, c.organisation, change)
    ON CONFLICT (product_id, organisation) DO UPDATE SET count = o.count + change;
  DELETE FROM recommendation_organisations WHERE product_id = c.product_id AND organisation = c.organisation AND count = 0;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION count_recommendation(recommendation_counted, integer) FROM PUBLIC;
--> statement-breakpoint
-- Counts a recommendation as it stands now instead of as it stood before. One product at a time, so that two who change the same sums never wait for each other.
CREATE FUNCTION recount_recommendation(recommendation uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  it recommendations;
  before recommendation_counted;
  after recommendation_counted;
BEGIN
  SELECT * INTO it FROM recommendations WHERE id = recommendation FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('recommendations of ' || it.product_id, 0));
  SELECT * INTO before FROM recommendation_counted WHERE recommendation_id = recommendation;
  after := counted_as(it);
  IF before IS NOT DISTINCT FROM after THEN RETURN; END IF;
  IF before.recommendation_id IS NOT NULL THEN PERFORM count_recommendation(before, -1); END IF;
  PERFORM count_recommendation(after, 1);
  DELETE FROM recommendation_counted WHERE recommendation_id = recommendation;
  INSERT INTO recommendation_counted SELECT after.*;
END $$;
--> statement-breakpoint
CREATE FUNCTION recommendations_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM recount_recommendation(CASE TG_TABLE_NAME WHEN 'recommendations' THEN (to_jsonb(NEW) ->> 'id')::uuid ELSE (to_jsonb(NEW) ->> 'recommendation_id')::uuid END);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER recommendations_are_counted AFTER INSERT OR UPDATE ON recommendations FOR EACH ROW EXECUTE FUNCTION recommendations_are_counted();
--> statement-breakpoint
CREATE TRIGGER recommendations_are_counted AFTER INSERT OR UPDATE ON recommendation_authors FOR EACH ROW EXECUTE FUNCTION recommendations_are_counted();
--> statement-breakpoint
-- Everything anew, from what was written: it comes to the same, or the sums were wrong.
CREATE FUNCTION recount_all_recommendations() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  LOCK TABLE recommendations IN SHARE MODE;
  DELETE FROM recommendation_tallies;
  DELETE FROM recommendation_standings;
  DELETE FROM recommendation_organisations;
  DELETE FROM recommendation_counted;
  PERFORM recount_recommendation(id) FROM recommendations;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION recount_all_recommendations() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON recommendation_counted, recommendation_organisations FROM parley_app;
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON recommendation_tallies, recommendation_standings, recommendation_evidence FROM parley_app;
--> statement-breakpoint
ALTER TABLE recommendation_priors ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON recommendation_priors FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY weighed ON recommendation_priors TO parley_app USING (viewer_system() = 'weigh-recommendations') WITH CHECK (viewer_system() = 'weigh-recommendations');
--> statement-breakpoint
-- How many organisations speak of each product, and of the vendor (product null); more than a hundred are a hundred.
CREATE FUNCTION organisations_heard(vendor uuid) RETURNS TABLE (product_id uuid, organisations integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, (SELECT count(*)::int FROM (SELECT 1 FROM recommendation_organisations o WHERE o.product_id = p.id LIMIT 100) few) FROM products p WHERE p.vendor_id = vendor
  UNION ALL SELECT NULL, (SELECT count(*)::int FROM (SELECT DISTINCT o.organisation FROM recommendation_organisations o WHERE o.vendor_id = vendor LIMIT 100) few)
$$;
--> statement-breakpoint
UPDATE recommendations r SET confirmed_at = created_at, source = recommendation_source(r), is_partner = (relation = 'partner');
--> statement-breakpoint
INSERT INTO recommendation_evidence (id, recommendation_id, level, state_id, found_at)
  SELECT gen_random_uuid(), r.id, r.evidence, CASE WHEN r.evidence = 'relationship' THEN confirmed_state_id(r.handle_id, r.vendor_id, 'customer') END, r.created_at FROM recommendations r;
