-- A policy is asked of every row. Where it asked viewer_is_staff_of(vendor_id), each row cost a search of its own: forty fields took forty
-- milliseconds. The vendors of the viewer are found once a query instead, and each row compares.
CREATE FUNCTION viewer_vendors() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(vendor_id), '{}') FROM vendor_staff
  WHERE person_id = viewer_person() AND ended_at IS NULL AND NOT viewer_is_suspended() AND NOT viewer_waits_for_second_step()
$$;
--> statement-breakpoint
DO $$ DECLARE
  it record;
  once text := '(\1 = ANY ((SELECT viewer_vendors())::uuid[]))';
  per_row text := 'viewer_is_staff_of\((\w+(?:\.\w+)?)\)';
BEGIN
  FOR it IN SELECT tablename, policyname, qual, with_check FROM pg_policies
    WHERE schemaname = 'public' AND (qual ~ per_row OR with_check ~ per_row)
      AND tablename IN ('vault_attributes', 'person_keys', 'grants', 'grant_requests', 'grant_request_fields', 'access_records', 'access_refusals', 'access_chain',
        'receipt_copies', 'negotiations', 'negotiation_steps', 'agreement_copies', 'attestations', 'standing_objections', 'relationships', 'relationship_states')
  LOOP
    IF it.qual ~ per_row THEN EXECUTE format('ALTER POLICY %I ON %I USING (%s)', it.policyname, it.tablename, regexp_replace(it.qual, per_row, once, 'g')); END IF;
    IF it.with_check ~ per_row THEN EXECUTE format('ALTER POLICY %I ON %I WITH CHECK (%s)', it.policyname, it.tablename, regexp_replace(it.with_check, per_row, once, 'g')); END IF;
  END LOOP;
END $$;
