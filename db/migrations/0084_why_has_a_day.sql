ALTER TABLE "relationship_contests" ADD COLUMN "kind" text DEFAULT 'wrong' NOT NULL;--> statement-breakpoint
ALTER TABLE "relationship_contests" ADD COLUMN "due_at" timestamp with time zone DEFAULT now() + interval '14 days' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "relationship_contests_one_why" ON "relationship_contests" USING btree ("relationship_id","about") WHERE "relationship_contests"."kind" = 'why' and "relationship_contests"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "relationship_contests_late" ON "relationship_contests" USING btree ("due_at") WHERE "relationship_contests"."answered_at" is null;
--> statement-breakpoint
UPDATE relationship_contests SET due_at = created_at + interval '14 days';
--> statement-breakpoint
CREATE OR REPLACE FUNCTION relationship_contests_keep_their_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' AND (NEW.answer, NEW.answered_by, NEW.answered_at) IS DISTINCT FROM (NULL, NULL, NULL)
    THEN RAISE EXCEPTION 'only the vendor answers for the vendor' USING ERRCODE = '42501'; END IF;
  IF TG_OP = 'INSERT' AND NEW.due_at IS DISTINCT FROM now() + interval '14 days' THEN RAISE EXCEPTION 'an answer is due in 14 days' USING ERRCODE = '42501'; END IF;
  IF TG_OP = 'UPDATE' AND ((NEW.id, NEW.relationship_id, NEW.kind, NEW.about, NEW.body, NEW.due_at, NEW.created_at)
      IS DISTINCT FROM (OLD.id, OLD.relationship_id, OLD.kind, OLD.about, OLD.body, OLD.due_at, OLD.created_at) OR OLD.answered_at IS NOT NULL)
    THEN RAISE EXCEPTION 'what was contested or answered does not change' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- How many answers each vendor owes for longer than it should. It says no more than that, and to operators alone.
CREATE FUNCTION late_answers() RETURNS TABLE (slug text, name text, late int) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT v.slug, v.name, count(*)::int FROM relationship_contests c JOIN relationships r ON r.id = c.relationship_id JOIN vendors v ON v.id = r.vendor_id
  WHERE viewer_is_operator() AND c.answered_at IS NULL AND c.due_at < now() GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT 100
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION late_answers() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION late_answers() TO parley_app;
