-- Partitions. The log is kept by month, the timeline by hash of its relationship.
CREATE TABLE interactions_default PARTITION OF interactions DEFAULT;
--> statement-breakpoint
DO $$ BEGIN
  FOR i IN 0..7 LOOP
    EXECUTE format('CREATE TABLE timeline_entries_%s PARTITION OF timeline_entries FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
  END LOOP;
END $$;
--> statement-breakpoint
-- The application's role owns nothing, so months are made by the owner's function.
CREATE FUNCTION make_interaction_month(any_day timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  first_day timestamptz := date_trunc('month', any_day, 'UTC');
  partition_name text := 'interactions_' || to_char(first_day AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
  IF any_day < timestamptz '2000-01-01' OR any_day > now() + interval '13 months' THEN RETURN; END IF;
  IF to_regclass('public.' || partition_name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('make_interaction_month'));
  IF to_regclass('public.' || partition_name) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF interactions FOR VALUES FROM (%L) TO (%L)', partition_name, first_day, first_day + interval '1 month');
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM parley_app', partition_name);
END $$;
--> statement-breakpoint
-- Who is asking. Set per transaction by db/client.ts; unset means nobody.
CREATE FUNCTION viewer_person() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('parley.person_id', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION viewer_system() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('parley.system', true), '') $$;
--> statement-breakpoint
CREATE FUNCTION viewer_purpose() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('parley.purpose', true), '') $$;
--> statement-breakpoint
CREATE FUNCTION viewer_is_suspended() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM suspensions WHERE person_id = viewer_person() AND community_id IS NULL AND lifted_by_decision_id IS NULL AND (until IS NULL OR until > now()))
$$;
--> statement-breakpoint
CREATE FUNCTION viewer_is_staff_of(vendor uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM vendor_staff WHERE person_id = viewer_person() AND vendor_id = vendor AND ended_at IS NULL) AND NOT viewer_is_suspended()
$$;
--> statement-breakpoint
CREATE FUNCTION viewer_is_staff_anywhere() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM vendor_staff WHERE person_id = viewer_person() AND ended_at IS NULL)
$$;
--> statement-breakpoint
-- Nobody judges their own case: whoever serves a vendor today moderates no recommendation, operators included.
CREATE FUNCTION viewer_moderates_recommendations() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT viewer_is_staff_anywhere() AND NOT viewer_is_suspended() AND (
    EXISTS (SELECT 1 FROM portal_moderators WHERE person_id = viewer_person() AND ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator))
$$;
--> statement-breakpoint
CREATE FUNCTION viewer_moderates(community uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT viewer_is_suspended() AND (
    EXISTS (SELECT 1 FROM community_moderators WHERE person_id = viewer_person() AND community_id = community AND ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator))
$$;
--> statement-breakpoint
CREATE FUNCTION viewer_owns_handle(handle uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM handles WHERE id = viewer_owns_handle.handle AND person_id = viewer_person())
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO parley_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO parley_app;
--> statement-breakpoint
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO parley_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO parley_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO parley_app;
--> statement-breakpoint
GRANT USAGE ON SCHEMA drizzle TO parley_app;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO parley_app;
--> statement-breakpoint
-- Append-only: the log, the decisions, the readings, the public replies.
REVOKE UPDATE, DELETE, TRUNCATE ON interactions, interactions_default, decisions, recommendation_replies, grant_attributes FROM parley_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON access_records, grants, recommendations, suspensions, flags FROM parley_app;
--> statement-breakpoint
ALTER TABLE vault_attributes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON vault_attributes TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
-- A vendor's staff read only under a live grant, for the purpose that the reading transaction names.
CREATE POLICY granted ON vault_attributes FOR SELECT TO parley_app USING (EXISTS (
  SELECT 1 FROM grants g JOIN grant_attributes a ON a.grant_id = g.id
  WHERE g.person_id = vault_attributes.person_id AND a.key = vault_attributes.key AND g.purpose = viewer_purpose()
    AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now() AND viewer_is_staff_of(g.vendor_id)));
--> statement-breakpoint
ALTER TABLE grants ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON grants FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_is_staff_of(vendor_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY given ON grants FOR INSERT TO parley_app WITH CHECK (person_id = viewer_person() AND viewer_owns_handle(handle_id));
--> statement-breakpoint
CREATE POLICY ended ON grants FOR UPDATE TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE FUNCTION grants_are_only_ended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND (OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR
    (NEW.id, NEW.person_id, NEW.handle_id, NEW.vendor_id, NEW.purpose, NEW.starts_at, NEW.ends_at, NEW.created_at) IS DISTINCT FROM
    (OLD.id, OLD.person_id, OLD.handle_id, OLD.vendor_id, OLD.purpose, OLD.starts_at, OLD.ends_at, OLD.created_at))
  THEN RAISE EXCEPTION 'a grant is never edited, only revoked' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER grants_are_only_ended BEFORE UPDATE ON grants FOR EACH ROW EXECUTE FUNCTION grants_are_only_ended();
--> statement-breakpoint
ALTER TABLE grant_attributes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON grant_attributes FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id));
--> statement-breakpoint
CREATE POLICY given ON grant_attributes FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND g.person_id = viewer_person()));
--> statement-breakpoint
ALTER TABLE access_records ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON access_records FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_is_staff_of(vendor_id));
--> statement-breakpoint
CREATE POLICY written ON access_records FOR INSERT TO parley_app WITH CHECK (read_by = viewer_person() AND viewer_is_staff_of(vendor_id)
  AND EXISTS (SELECT 1 FROM grants g WHERE g.id = grant_id AND g.person_id = access_records.person_id AND g.vendor_id = access_records.vendor_id));
--> statement-breakpoint
CREATE POLICY counted ON access_records FOR UPDATE TO parley_app USING (read_by = viewer_person()) WITH CHECK (read_by = viewer_person());
--> statement-breakpoint
CREATE FUNCTION access_records_only_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND (NEW.reads <= OLD.reads OR
    (NEW.id, NEW.person_id, NEW.vendor_id, NEW.grant_id, NEW.key, NEW.purpose, NEW.read_by, NEW.reader_handle_id, NEW.hour) IS DISTINCT FROM
    (OLD.id, OLD.person_id, OLD.vendor_id, OLD.grant_id, OLD.key, OLD.purpose, OLD.read_by, OLD.reader_handle_id, OLD.hour))
  THEN RAISE EXCEPTION 'an access record only counts up' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER access_records_only_count BEFORE UPDATE ON access_records FOR EACH ROW EXECUTE FUNCTION access_records_only_count();
--> statement-breakpoint
ALTER TABLE recommendations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON recommendations FOR SELECT TO parley_app USING (
  (hidden_by_decision_id IS NULL AND withdrawn_at IS NULL) OR viewer_owns_handle(handle_id) OR viewer_moderates_recommendations());
--> statement-breakpoint
CREATE POLICY written ON recommendations FOR INSERT TO parley_app WITH CHECK (
  viewer_owns_handle(handle_id) AND hidden_by_decision_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = viewer_person() AND s.vendor_id = recommendations.vendor_id));
--> statement-breakpoint
CREATE POLICY changed ON recommendations FOR UPDATE TO parley_app USING (viewer_owns_handle(handle_id) OR viewer_moderates_recommendations())
  WITH CHECK (viewer_owns_handle(handle_id) OR viewer_moderates_recommendations());
--> statement-breakpoint
-- Authors change their words, moderators change visibility, and visibility changes only with a decision about this very recommendation.
CREATE FUNCTION recommendations_change_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words_changed boolean := (to_jsonb(NEW) - 'hidden_by_decision_id') IS DISTINCT FROM (to_jsonb(OLD) - 'hidden_by_decision_id');
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.vendor_id, NEW.product_id, NEW.handle_id, NEW.evidence, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.vendor_id, OLD.product_id, OLD.handle_id, OLD.evidence, OLD.created_at)
    THEN RAISE EXCEPTION 'what a recommendation is about does not change' USING ERRCODE = '42501'; END IF;
  IF words_changed AND NOT viewer_owns_handle(OLD.handle_id)
    THEN RAISE EXCEPTION 'only its author changes a recommendation' USING ERRCODE = '42501'; END IF;
  IF NEW.hidden_by_decision_id IS DISTINCT FROM OLD.hidden_by_decision_id AND NOT (viewer_moderates_recommendations() AND NOT viewer_owns_handle(OLD.handle_id)
      AND EXISTS (SELECT 1 FROM decisions d WHERE d.subject_kind = 'recommendation' AND d.subject_id = OLD.id AND d.decided_by = viewer_person()
        AND d.act = CASE WHEN NEW.hidden_by_decision_id IS NULL THEN 'restore' ELSE 'hide' END
        AND (NEW.hidden_by_decision_id IS NULL OR d.id = NEW.hidden_by_decision_id)))
    THEN RAISE EXCEPTION 'visibility changes only by the decision of an independent moderator' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER recommendations_change_by_the_right_hand BEFORE UPDATE ON recommendations FOR EACH ROW EXECUTE FUNCTION recommendations_change_by_the_right_hand();
--> statement-breakpoint
ALTER TABLE recommendation_replies ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON recommendation_replies FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY written ON recommendation_replies FOR INSERT TO parley_app WITH CHECK (viewer_is_staff_of(vendor_id) AND viewer_owns_handle(handle_id)
  AND EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id AND r.vendor_id = recommendation_replies.vendor_id));
--> statement-breakpoint
ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON decisions FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY written ON decisions FOR INSERT TO parley_app WITH CHECK (decided_by = viewer_person() AND CASE
  WHEN subject_kind = 'recommendation' THEN viewer_moderates_recommendations()
  WHEN community_id IS NULL THEN EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator)
  ELSE viewer_moderates(community_id) END);
--> statement-breakpoint
ALTER TABLE decisions ADD CONSTRAINT decisions_say_why CHECK (length(btrim(rule)) > 0 AND length(btrim(facts)) > 0);
--> statement-breakpoint
ALTER TABLE flags ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Who reported is for moderators alone.
CREATE POLICY seen ON flags FOR SELECT TO parley_app USING (viewer_owns_handle(flagged_by) OR viewer_system() IS NOT NULL
  OR CASE WHEN subject_kind = 'recommendation' THEN viewer_moderates_recommendations() ELSE viewer_moderates(community_id) END);
--> statement-breakpoint
CREATE POLICY written ON flags FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(flagged_by) AND state = 'open');
--> statement-breakpoint
CREATE POLICY settled ON flags FOR UPDATE TO parley_app USING (CASE WHEN subject_kind = 'recommendation' THEN viewer_moderates_recommendations() ELSE viewer_moderates(community_id) END);
--> statement-breakpoint
ALTER TABLE relationships ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON relationships FOR SELECT TO parley_app USING (viewer_is_staff_of(vendor_id) OR viewer_owns_handle(handle_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY fed ON relationships FOR INSERT TO parley_app WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY changed ON relationships FOR UPDATE TO parley_app USING (viewer_is_staff_of(vendor_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE relationship_notes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY staff_only ON relationship_notes TO parley_app USING (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND viewer_is_staff_of(r.vendor_id)))
  WITH CHECK (author_id = viewer_person() AND EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND viewer_is_staff_of(r.vendor_id)));
--> statement-breakpoint
-- The person sees that there are internal notes, not what they say.
CREATE FUNCTION internal_note_count(relationship uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM relationship_notes n JOIN relationships r ON r.id = n.relationship_id
  WHERE n.relationship_id = relationship AND (viewer_owns_handle(r.handle_id) OR viewer_is_staff_of(r.vendor_id))
$$;
--> statement-breakpoint
ALTER TABLE relationship_tasks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON relationship_tasks FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id));
--> statement-breakpoint
CREATE POLICY staff_add ON relationship_tasks FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND viewer_is_staff_of(r.vendor_id)));
--> statement-breakpoint
CREATE POLICY staff_change ON relationship_tasks FOR UPDATE TO parley_app USING (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND viewer_is_staff_of(r.vendor_id)));
--> statement-breakpoint
ALTER TABLE relationship_contests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON relationship_contests FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id));
--> statement-breakpoint
CREATE POLICY contested ON relationship_contests FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND viewer_owns_handle(r.handle_id)));
--> statement-breakpoint
CREATE POLICY answered ON relationship_contests FOR UPDATE TO parley_app USING (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND viewer_is_staff_of(r.vendor_id)));
--> statement-breakpoint
ALTER TABLE relationship_states ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON relationship_states FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id));
--> statement-breakpoint
CREATE POLICY proposed ON relationship_states FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND
  ((viewer_is_staff_of(r.vendor_id) AND person_confirmed_at IS NULL) OR (viewer_owns_handle(r.handle_id) AND vendor_confirmed_at IS NULL))));
--> statement-breakpoint
CREATE POLICY confirmed ON relationship_states FOR UPDATE TO parley_app USING (EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship_id AND
  (viewer_is_staff_of(r.vendor_id) OR viewer_owns_handle(r.handle_id))));
--> statement-breakpoint
-- Each side confirms for itself.
CREATE FUNCTION relationship_states_each_side_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE r relationships;
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  SELECT * INTO r FROM relationships WHERE id = OLD.relationship_id;
  IF NEW.person_confirmed_at IS DISTINCT FROM OLD.person_confirmed_at AND NOT viewer_owns_handle(r.handle_id)
    THEN RAISE EXCEPTION 'only the person confirms for the person' USING ERRCODE = '42501'; END IF;
  IF (NEW.vendor_confirmed_at, NEW.vendor_confirmed_by) IS DISTINCT FROM (OLD.vendor_confirmed_at, OLD.vendor_confirmed_by) AND NOT viewer_is_staff_of(r.vendor_id)
    THEN RAISE EXCEPTION 'only its staff confirm for the vendor' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER relationship_states_each_side_its_own BEFORE UPDATE ON relationship_states FOR EACH ROW EXECUTE FUNCTION relationship_states_each_side_its_own();
--> statement-breakpoint
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON notifications TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL) WITH CHECK (person_id = viewer_person() OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- The seat beside a name is public even though the record behind it is not.
CREATE FUNCTION confirmed_state(handle uuid, vendor uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.state FROM relationships r JOIN relationship_states t ON t.relationship_id = r.id
  WHERE r.handle_id = handle AND r.vendor_id = vendor AND t.ended_at IS NULL AND t.vendor_confirmed_at IS NOT NULL AND t.person_confirmed_at IS NOT NULL
  ORDER BY t.state LIMIT 1
$$;
