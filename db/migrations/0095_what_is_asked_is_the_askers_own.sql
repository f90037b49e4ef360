-- Only of readings by a vendor that the viewer serves: what another one has read of somebody is not theirs to learn.
CREATE OR REPLACE FUNCTION readings_watched(people uuid[], vendor uuid) RETURNS TABLE (person_id uuid, left_today integer, first boolean) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, CASE WHEN chosen.person_id IS NULL THEN 50 ELSE chosen.most_a_day END - today.reads,
    NOT EXISTS (SELECT 1 FROM access_records r WHERE r.vendor_id = vendor AND r.person_id = p.id)
  FROM unnest(people) p (id) LEFT JOIN alert_rules chosen ON chosen.person_id = p.id
    CROSS JOIN LATERAL (SELECT coalesce(sum(r.reads), 0)::int AS reads FROM access_records r
      WHERE r.vendor_id = vendor AND r.person_id = p.id AND r.last_read_at >= date_trunc('day', now(), 'UTC') AND r.hour >= date_trunc('day', now(), 'UTC')) today
  WHERE viewer_is_staff_of(vendor)
$$;
--> statement-breakpoint
-- Nobody logs a meeting under a colleague's name.
ALTER POLICY logged ON relationship_meetings WITH CHECK (logged_by = viewer_person() AND viewer_owns_handle(logger_handle_id) AND viewer_serves_relationship(relationship_id));
