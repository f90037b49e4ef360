ALTER TABLE "appeals" ADD COLUMN "words_hash" text;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_words" CHECK (("appeals"."words_hash" is not null) = ("appeals"."words" = ''));
--> statement-breakpoint
-- Where the writer was erased, what the words were is held by their hash alone.
CREATE OR REPLACE FUNCTION sealed_appeal(a appeals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('appeal', a.id, 'decision', a.decision_id, 'person', a.person_id, 'handle', a.handle_id, 'standing', a.standing,
    'words', coalesce(a.words_hash, sealed_words(a.words)), 'due', sealed_moment(a.due_at), 'at', sealed_moment(a.created_at))::text
$$;
--> statement-breakpoint
-- A request that was under way while its person was erased writes nothing after it: the row of the person is held, and looked at again once it is free.
CREATE FUNCTION the_erased_keep_nothing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM 1 FROM people WHERE id = NEW.person_id AND status <> 'erased' FOR KEY SHARE;
  IF NOT FOUND THEN RAISE EXCEPTION 'the person was erased' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION the_erased_keep_nothing() FROM PUBLIC;
--> statement-breakpoint
DO $$ DECLARE held text; BEGIN
  FOREACH held IN ARRAY ARRAY['vault_attributes', 'vault_history', 'person_keys', 'grants', 'drafts', 'exports', 'delegates', 'sessions', 'account_emails', 'account_tokens', 'passkeys', 'attachments'] LOOP
    EXECUTE format('CREATE TRIGGER the_erased_keep_nothing BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION the_erased_keep_nothing()', held);
  END LOOP;
END $$;
--> statement-breakpoint
-- Put right again before the vendor has answered: the same line, with a new day.
CREATE POLICY renewed ON corrections FOR UPDATE TO parley_app USING (person_id = viewer_person() AND done_at IS NULL) WITH CHECK (person_id = viewer_person() AND done_at IS NULL);
--> statement-breakpoint
GRANT UPDATE (kind, created_at, due_at) ON corrections TO parley_app;
--> statement-breakpoint
-- What each vendor owes people for longer than it should: how much, and nothing of whom. For operators alone.
DROP FUNCTION late_answers();
--> statement-breakpoint
CREATE FUNCTION late_obligations() RETURNS TABLE (slug text, name text, kind text, late int) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT v.slug, v.name, owed.kind, count(*)::int FROM (
    SELECT r.vendor_id, 'answer' AS kind FROM relationship_contests c JOIN relationships r ON r.id = c.relationship_id WHERE c.answered_at IS NULL AND c.due_at < now()
    UNION ALL SELECT vendor_id, 'deletion' FROM deletion_tasks WHERE done_at IS NULL AND due_at < now()
    UNION ALL SELECT vendor_id, 'correction' FROM corrections WHERE done_at IS NULL AND due_at < now()
    UNION ALL SELECT vendor_id, 'erasure' FROM erasure_notices WHERE acknowledged_at IS NULL AND due_at < now()) owed
  JOIN vendors v ON v.id = owed.vendor_id
  WHERE viewer_is_operator() GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 3 LIMIT 100
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION late_obligations() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION late_obligations() TO parley_app;
--> statement-breakpoint
ALTER POLICY seen ON erasure_notices USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() = 'erase');
