DROP INDEX "cases_once";--> statement-breakpoint
CREATE INDEX "notifications_case" ON "notifications" USING btree ("person_id","object_id") WHERE "notifications"."object_kind" = 'case' and "notifications"."read_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_once" ON "cases" USING btree ("thread_id","vendor_id","handle_id");
--> statement-breakpoint
DROP POLICY opened ON cases;
--> statement-breakpoint
-- About the asker's own question, with the vendor that it concerns. Staff offer it; nobody is both of its sides.
CREATE POLICY opened ON cases FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(opened_by)
  AND viewer_owns_handle(handle_id) IS DISTINCT FROM viewer_is_staff_of(vendor_id)
  AND state <> 'closed' AND (continued_at IS NULL OR viewer_owns_handle(handle_id))
  AND (handle_id, vendor_id) = (SELECT t.handle_id, coalesce(c.host_vendor_id, tp.vendor_id, cp.vendor_id) FROM threads t JOIN communities c ON c.id = t.community_id
    LEFT JOIN products tp ON tp.id = t.product_id LEFT JOIN products cp ON cp.id = c.product_id WHERE t.id = thread_id AND t.kind = 'question'));
--> statement-breakpoint
CREATE FUNCTION cases_change_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asks boolean := viewer_owns_handle(OLD.handle_id);
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF NEW.continued_at IS DISTINCT FROM OLD.continued_at AND NOT (OLD.continued_at IS NULL AND asks)
    THEN RAISE EXCEPTION 'its asker alone takes an offer up, once' USING ERRCODE = '42501'; END IF;
  IF NEW.closed_by IS DISTINCT FROM OLD.closed_by AND NEW.closed_by IS NOT NULL AND NOT (OLD.closed_by IS NULL AND viewer_owns_handle(NEW.closed_by))
    THEN RAISE EXCEPTION 'who closed it is who closed it' USING ERRCODE = '42501'; END IF;
  IF OLD.state = 'closed' AND NEW.state <> 'closed' AND NEW.continued_at IS NULL AND NOT asks
    THEN RAISE EXCEPTION 'an offer that was closed is opened again by its asker alone' USING ERRCODE = '42501'; END IF;
  IF asks AND (NEW.assigned_to, NEW.idea_thread_id) IS DISTINCT FROM (OLD.assigned_to, OLD.idea_thread_id)
    THEN RAISE EXCEPTION 'who has it, and which idea it became, is for the staff' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER cases_change_by_the_right_hand BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION cases_change_by_the_right_hand();
--> statement-breakpoint
-- An offer is one message; staff write on once its asker has.
CREATE FUNCTION case_waits_for_asker(one uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = one AND c.continued_at IS NULL AND EXISTS (SELECT 1 FROM case_messages m WHERE m.case_id = c.id))
    AND (viewer_asks_case(one) OR viewer_serves_case(one))
$$;
--> statement-breakpoint
DROP POLICY written ON case_messages;
--> statement-breakpoint
CREATE POLICY written ON case_messages FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(handle_id)
  AND CASE side WHEN 'asker' THEN viewer_asks_case(case_id)
    WHEN 'vendor' THEN viewer_serves_case(case_id) AND NOT viewer_asks_case(case_id) AND NOT case_waits_for_asker(case_id) ELSE false END);
--> statement-breakpoint
DROP POLICY proposed ON case_answers;
--> statement-breakpoint
CREATE POLICY proposed ON case_answers FOR INSERT TO parley_app WITH CHECK (state = 'proposed' AND viewer_owns_handle(handle_id)
  AND viewer_serves_case(case_id) AND NOT viewer_asks_case(case_id) AND NOT case_waits_for_asker(case_id));
--> statement-breakpoint
DROP POLICY decided ON case_answers;
--> statement-breakpoint
-- Once: staff take back what they proposed; the asker alone lets it out.
CREATE POLICY decided ON case_answers FOR UPDATE TO parley_app USING (state = 'proposed' AND (viewer_asks_case(case_id) OR viewer_serves_case(case_id)))
  WITH CHECK ((state IN ('published', 'declined') AND viewer_asks_case(case_id))
    OR (state = 'withdrawn' AND viewer_serves_case(case_id) AND NOT viewer_asks_case(case_id)));
--> statement-breakpoint
-- What everybody may know who reads the question, where it stands today and while it is its asker's: with whom it goes on, since when, and that an answer
-- came back. Nothing else of it.
CREATE OR REPLACE FUNCTION private_since(question uuid) RETURNS TABLE (vendor text, offered_at timestamptz, continued_at timestamptz, came_back_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT v.name, c.created_at, c.continued_at,
    (SELECT max(a.decided_at) FROM case_answers a WHERE a.case_id = c.id AND a.state = 'published')
  FROM threads t JOIN cases c ON c.thread_id = t.id AND c.handle_id = t.handle_id JOIN vendors v ON v.id = c.vendor_id JOIN communities r ON r.id = t.community_id
  WHERE ((t.id = question AND t.stands_in_id IS NULL) OR (t.stands_in_id = question AND t.hidden_by_decision_id IS NULL))
    AND (c.continued_at IS NOT NULL OR c.state <> 'closed')
    AND (r.access = 'open' OR viewer_moderates(r.id) OR EXISTS (SELECT 1 FROM memberships m WHERE m.community_id = r.id AND m.person_id = viewer_person()))
  ORDER BY c.created_at
$$;
