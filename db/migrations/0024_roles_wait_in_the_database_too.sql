-- A role that waits for a second step is none here either: what row-level security opens to staff and moderators stays closed
-- until they have one. Whom somebody serves still counts against them where they would judge their own case.
CREATE FUNCTION viewer_waits_for_second_step() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM portal_settings WHERE name = 'second-step-for-roles') AND NOT EXISTS (SELECT 1 FROM totp_secrets WHERE person_id = viewer_person())
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION viewer_is_staff_of(vendor uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM vendor_staff WHERE person_id = viewer_person() AND vendor_id = vendor AND ended_at IS NULL)
    AND NOT viewer_is_suspended() AND NOT viewer_waits_for_second_step()
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION viewer_moderates_recommendations() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT viewer_is_staff_anywhere() AND NOT viewer_is_suspended() AND NOT viewer_waits_for_second_step() AND (
    EXISTS (SELECT 1 FROM portal_moderators WHERE person_id = viewer_person() AND ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator))
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION viewer_moderates(community uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT viewer_is_suspended() AND NOT viewer_waits_for_second_step() AND (
    EXISTS (SELECT 1 FROM community_moderators WHERE person_id = viewer_person() AND community_id = community AND ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator))
$$;
