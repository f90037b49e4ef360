CREATE INDEX "posts_imported_spam" ON "posts" USING btree ("thread_id") WHERE kind = 'opening' and imported_as_spam;--> statement-breakpoint
CREATE INDEX "threads_solved" ON "threads" USING btree ("active_at" DESC) WHERE accepted_post_id is not null and hidden_by_decision_id is null;--> statement-breakpoint
-- Whether one may see a record is asked row by row through these, so that no plan visits all relationships to answer it.
CREATE FUNCTION viewer_sees_relationship(relationship uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT viewer_system() IS NOT NULL OR EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship AND (viewer_is_staff_of(r.vendor_id) OR viewer_owns_handle(r.handle_id)))
$$;
--> statement-breakpoint
CREATE FUNCTION viewer_serves_relationship(relationship uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM relationships r WHERE r.id = relationship AND viewer_is_staff_of(r.vendor_id))
$$;
--> statement-breakpoint
ALTER POLICY seen ON timeline_entries USING (viewer_sees_relationship(relationship_id));
--> statement-breakpoint
ALTER POLICY staff_only ON relationship_notes USING (viewer_serves_relationship(relationship_id)) WITH CHECK (author_id = viewer_person() AND viewer_serves_relationship(relationship_id));
--> statement-breakpoint
ALTER POLICY seen ON relationship_tasks USING (viewer_sees_relationship(relationship_id));
--> statement-breakpoint
ALTER POLICY staff_add ON relationship_tasks WITH CHECK (viewer_serves_relationship(relationship_id));
--> statement-breakpoint
ALTER POLICY staff_change ON relationship_tasks USING (viewer_serves_relationship(relationship_id));
--> statement-breakpoint
ALTER POLICY seen ON relationship_contests USING (viewer_sees_relationship(relationship_id));
--> statement-breakpoint
ALTER POLICY answered ON relationship_contests USING (viewer_serves_relationship(relationship_id));
--> statement-breakpoint
ALTER POLICY seen ON relationship_states USING (viewer_sees_relationship(relationship_id));
--> statement-breakpoint
-- confirmed_state for all the names of a page in one call.
CREATE FUNCTION confirmed_states(handles uuid[], vendor uuid) RETURNS TABLE (handle_id uuid, state text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.handle_id, min(t.state) FROM relationships r JOIN relationship_states t ON t.relationship_id = r.id
  WHERE r.handle_id = ANY (handles) AND r.vendor_id = vendor AND t.ended_at IS NULL AND t.vendor_confirmed_at IS NOT NULL AND t.person_confirmed_at IS NOT NULL
  GROUP BY r.handle_id
$$;
