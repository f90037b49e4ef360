-- Counts without names, for whoever has voted, and for everybody once it is closed; never of fewer than five, where they would tell who chose what.
CREATE OR REPLACE FUNCTION poll_counts(poll uuid) RETURNS TABLE (choice_id uuid, votes bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT chosen, count(*) FROM poll_ballots b CROSS JOIN LATERAL unnest(b.choice_ids) chosen
  WHERE b.thread_id = poll AND (SELECT count(*) FROM poll_ballots WHERE thread_id = poll) >= 5
    AND (EXISTS (SELECT 1 FROM polls p WHERE p.thread_id = poll AND p.closes_at <= now())
      OR EXISTS (SELECT 1 FROM poll_ballots m WHERE m.thread_id = poll AND m.person_id = viewer_person()))
  GROUP BY chosen
$$;
