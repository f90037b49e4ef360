-- Whoever ever said that they are an imported author knows nothing of others who say so, and decides nothing about them.
CREATE FUNCTION viewer_claims(imported uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM authorship_requests WHERE imported_id = imported AND person_id = viewer_person())
$$;
--> statement-breakpoint
CREATE FUNCTION viewer_may_decide_authorship(community uuid, imported uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT viewer_moderates(community) AND NOT viewer_claims(imported)
$$;
--> statement-breakpoint
ALTER POLICY seen ON authorship_requests
  USING (state = 'accepted' OR person_id = viewer_person() OR viewer_may_decide_authorship(community_id, imported_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- In one's own name, about an author of the room.
ALTER POLICY asked ON authorship_requests WITH CHECK (
  person_id = viewer_person() AND viewer_owns_handle(handle_id) AND state = 'waiting' AND decided_by IS NULL AND decided_at IS NULL
  AND EXISTS (SELECT 1 FROM import_keys k WHERE k.row_id = imported_id AND k.kind = 'author' AND k.community_id = authorship_requests.community_id));
--> statement-breakpoint
-- One accepts one's own where the import brought an address, and no more once that was taken back; moderators decide in their own name.
ALTER POLICY decided ON authorship_requests
  USING (person_id = viewer_person() OR viewer_may_decide_authorship(community_id, imported_id) OR viewer_system() IS NOT NULL)
  WITH CHECK (CASE state
    WHEN 'waiting' THEN person_id = viewer_person()
    WHEN 'withdrawn' THEN person_id = viewer_person()
    WHEN 'accepted' THEN viewer_may_decide_authorship(community_id, imported_id) AND viewer_owns_handle(decided_by)
      OR person_id = viewer_person() AND proof = 'address' AND decided_by IS NULL
        AND EXISTS (SELECT 1 FROM imported_addresses a WHERE a.imported_id = authorship_requests.imported_id)
    WHEN 'refused' THEN viewer_may_decide_authorship(community_id, imported_id) AND viewer_owns_handle(decided_by)
      OR viewer_system() IS NOT NULL AND decided_by IS NULL
    WHEN 'undone' THEN viewer_may_decide_authorship(community_id, imported_id) AND EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator)
    ELSE false
  END);
--> statement-breakpoint
-- Only how it stands changes, and that once; what was accepted can be undone.
CREATE FUNCTION authorship_is_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND (
    (NEW.id, NEW.community_id, NEW.imported_id, NEW.person_id, NEW.handle_id, NEW.created_at)
      IS DISTINCT FROM (OLD.id, OLD.community_id, OLD.imported_id, OLD.person_id, OLD.handle_id, OLD.created_at)
    OR NEW.proof <> OLD.proof AND NOT (NEW.state = 'waiting' AND OLD.person_id IS NOT DISTINCT FROM viewer_person())
    OR NOT (OLD.state = 'waiting' OR OLD.state = 'accepted' AND NEW.state = 'undone')
  ) THEN RAISE EXCEPTION 'a request is decided once' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER authorship_is_decided_once BEFORE UPDATE ON authorship_requests FOR EACH ROW EXECUTE FUNCTION authorship_is_decided_once();
--> statement-breakpoint
DROP POLICY seen ON authorship_words;
--> statement-breakpoint
CREATE POLICY seen ON authorship_words FOR SELECT TO parley_app USING (EXISTS (
  SELECT 1 FROM authorship_requests r WHERE r.id = request_id
    AND (r.person_id = viewer_person() OR viewer_may_decide_authorship(r.community_id, r.imported_id))));
--> statement-breakpoint
CREATE POLICY written ON authorship_words FOR INSERT TO parley_app WITH CHECK (EXISTS (
  SELECT 1 FROM authorship_requests r WHERE r.id = request_id AND r.person_id = viewer_person() AND r.state = 'waiting'));
--> statement-breakpoint
CREATE POLICY rewritten ON authorship_words FOR UPDATE TO parley_app
  USING (EXISTS (SELECT 1 FROM authorship_requests r WHERE r.id = request_id AND r.person_id = viewer_person() AND r.state = 'waiting'))
  WITH CHECK (EXISTS (SELECT 1 FROM authorship_requests r WHERE r.id = request_id AND r.person_id = viewer_person() AND r.state = 'waiting'));
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON authorship_requests, authorship_words FROM parley_app;
