-- What stands in threads and posts is changed by whom it belongs to: words by their author and by those who moderate the room; where they stand by the latter; whose
-- they are by an accepted request of an imported author. Who has a hand in it only by voting, answering or following moves counters, which no trigger here names.
CREATE FUNCTION viewer_keeps_thread(one uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM threads t WHERE t.id = one AND viewer_moderates(t.community_id))
    -- Whoever serves a vendor has no say in what peers are told of vendors.
    AND (viewer_is_operator() OR NOT viewer_is_staff_anywhere() OR NOT EXISTS (SELECT 1 FROM recommendation_requests r WHERE r.thread_id = one))
$$;
--> statement-breakpoint
CREATE FUNCTION author_was_recognised(before uuid, after uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM authorship_requests r WHERE (r.imported_id, r.handle_id, r.state) IN ((before, after, 'accepted'), (after, before, 'undone')))
$$;
--> statement-breakpoint
-- A private case that both sides let out is posted by its asker in the name of who answered, in the very words that were agreed.
CREATE FUNCTION answer_was_agreed(writer uuid, words text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM case_answers a WHERE a.handle_id = writer AND a.markdown = words AND a.state = 'proposed' AND viewer_asks_case(a.case_id))
$$;
--> statement-breakpoint
CREATE FUNCTION posts_are_their_authors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'parley_app' OR viewer_system() IS NOT NULL THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a post is hidden by a decision, never deleted' USING ERRCODE = '42501'; END IF;
  IF TG_OP = 'INSERT' THEN
    IF viewer_owns_handle(NEW.handle_id) AND NOT NEW.from_case AND NEW.source IS NULL AND NEW.imported_up = 0 AND NEW.imported_down = 0 THEN RETURN NEW; END IF;
    IF NEW.from_case AND NEW.source IS NULL AND answer_was_agreed(NEW.handle_id, NEW.markdown) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'nobody posts in the name of another' USING ERRCODE = '42501';
  END IF;
  IF (NEW.id, NEW.created_at, NEW.imported_up, NEW.imported_down, NEW.imported_as_spam, NEW.from_case, NEW.source, NEW.source_url, NEW.licence, NEW.source_meta)
      IS DISTINCT FROM (OLD.id, OLD.created_at, OLD.imported_up, OLD.imported_down, OLD.imported_as_spam, OLD.from_case, OLD.source, OLD.source_url, OLD.licence, OLD.source_meta)
    THEN RAISE EXCEPTION 'where a post comes from stays as it was' USING ERRCODE = '42501'; END IF;
  IF NEW.handle_id <> OLD.handle_id AND NOT author_was_recognised(OLD.handle_id, NEW.handle_id)
    THEN RAISE EXCEPTION 'a post stays whose it is' USING ERRCODE = '42501'; END IF;
  IF (NEW.thread_id, NEW.home_thread_id, NEW.kind, NEW.parent_id) IS DISTINCT FROM (OLD.thread_id, OLD.home_thread_id, OLD.kind, OLD.parent_id)
      AND NOT (viewer_keeps_thread(OLD.thread_id) AND viewer_keeps_thread(NEW.thread_id))
    THEN RAISE EXCEPTION 'posts are moved by those who moderate the room' USING ERRCODE = '42501'; END IF;
  IF (NEW.markdown, NEW.html, NEW.details, NEW.edit_count, NEW.edited_at) IS DISTINCT FROM (OLD.markdown, OLD.html, OLD.details, OLD.edit_count, OLD.edited_at)
      AND (OLD.from_case OR NOT (viewer_owns_handle(OLD.handle_id) OR viewer_keeps_thread(OLD.thread_id)))
    THEN RAISE EXCEPTION 'words are changed by their author and by those who moderate the room' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER posts_are_their_authors BEFORE INSERT OR DELETE OR UPDATE OF id, thread_id, home_thread_id, kind, parent_id, handle_id, markdown, html, details, edit_count, edited_at,
  imported_up, imported_down, imported_as_spam, from_case, source, source_url, licence, source_meta, created_at ON posts FOR EACH ROW EXECUTE FUNCTION posts_are_their_authors();
--> statement-breakpoint
CREATE FUNCTION threads_are_their_authors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'parley_app' OR viewer_system() IS NOT NULL THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a thread is hidden by a decision, never deleted' USING ERRCODE = '42501'; END IF;
  IF TG_OP = 'INSERT' THEN
    IF viewer_owns_handle(NEW.handle_id) AND NEW.source IS NULL AND NEW.merged_into_id IS NULL THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'nobody asks in the name of another' USING ERRCODE = '42501';
  END IF;
  IF (NEW.id, NEW.number, NEW.community_id, NEW.kind, NEW.created_at, NEW.source, NEW.source_url, NEW.licence, NEW.source_meta)
      IS DISTINCT FROM (OLD.id, OLD.number, OLD.community_id, OLD.kind, OLD.created_at, OLD.source, OLD.source_url, OLD.licence, OLD.source_meta)
    THEN RAISE EXCEPTION 'a thread stays what it is, and where' USING ERRCODE = '42501'; END IF;
  IF NEW.handle_id <> OLD.handle_id AND NOT author_was_recognised(OLD.handle_id, NEW.handle_id)
    THEN RAISE EXCEPTION 'a thread stays whose it is' USING ERRCODE = '42501'; END IF;
  IF (NEW.merged_into_id, NEW.stands_in_id, NEW.imported_locked) IS DISTINCT FROM (OLD.merged_into_id, OLD.stands_in_id, OLD.imported_locked) AND NOT viewer_keeps_thread(OLD.id)
    THEN RAISE EXCEPTION 'threads are merged and opened by those who moderate the room' USING ERRCODE = '42501'; END IF;
  IF (NEW.title, NEW.product_id) IS DISTINCT FROM (OLD.title, OLD.product_id) AND NOT (viewer_owns_handle(OLD.handle_id) OR viewer_keeps_thread(OLD.id))
    THEN RAISE EXCEPTION 'a title is changed by its author and by those who moderate the room' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER threads_are_their_authors BEFORE INSERT OR DELETE OR UPDATE OF id, number, community_id, kind, title, handle_id, product_id, merged_into_id, stands_in_id, imported_locked,
  source, source_url, licence, source_meta, created_at ON threads FOR EACH ROW EXECUTE FUNCTION threads_are_their_authors();
--> statement-breakpoint
-- Who moderates a room is said by operators: else whoever wrote a row there would keep its threads.
CREATE TRIGGER seats_are_given_by_operators BEFORE INSERT OR UPDATE OR DELETE ON community_moderators FOR EACH ROW EXECUTE FUNCTION seats_are_given_by_operators();
