-- A question that was merged and then hidden was hidden by its post alone: the thread it was is hidden as well.
UPDATE threads t SET hidden_by_decision_id = p.hidden_by_decision_id FROM posts p
  WHERE p.home_thread_id = t.id AND p.kind = 'asked' AND p.hidden_by_decision_id IS NOT NULL AND t.hidden_by_decision_id IS NULL;
