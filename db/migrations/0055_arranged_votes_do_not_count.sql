ALTER TABLE "vote_voids" ALTER COLUMN "reason" SET DEFAULT '';--> statement-breakpoint
ALTER TABLE "vote_voids" ALTER COLUMN "voided_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "vote_voids" ADD COLUMN "found" jsonb;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "counts" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "vote_voids_between" ON "vote_voids" USING btree ("from_handle_id","to_handle_id");--> statement-breakpoint
ALTER TABLE "vote_voids" ADD CONSTRAINT "vote_voids_why" CHECK (("vote_voids"."voided_by" is null) = ("vote_voids"."found" is not null) and ("vote_voids"."voided_by" is null or length("vote_voids"."reason") > 0));--> statement-breakpoint
-- A vote does not count while what its giver gives the author is taken out, however it is given.
CREATE FUNCTION votes_count_unless_taken_out() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  NEW.counts := NEW.counts AND NOT EXISTS (SELECT 1 FROM vote_voids o JOIN posts p ON p.id = NEW.post_id
    WHERE o.from_handle_id = NEW.handle_id AND o.to_handle_id = p.handle_id AND o.lifted_at IS NULL);
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION votes_count_unless_taken_out() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER votes_count_unless_taken_out BEFORE INSERT ON votes FOR EACH ROW EXECUTE FUNCTION votes_count_unless_taken_out();
--> statement-breakpoint
-- The nightly check takes out what was staged, with its numbers and in nobody's name; people only in their own.
CREATE POLICY voided_by_check ON vote_voids FOR INSERT TO parley_app WITH CHECK (voided_by IS NULL AND viewer_system() IS NOT NULL);
--> statement-breakpoint
WITH out AS (
  UPDATE votes v SET counts = false FROM posts p, vote_voids o
  WHERE p.id = v.post_id AND o.from_handle_id = v.handle_id AND o.to_handle_id = p.handle_id AND o.lifted_at IS NULL RETURNING v.post_id, v.value),
  lost AS (SELECT post_id, sum(value) AS score FROM out GROUP BY post_id),
  lower AS (UPDATE posts p SET score = p.score - lost.score FROM lost WHERE p.id = lost.post_id RETURNING p.thread_id, p.kind, p.score)
UPDATE threads t SET score = lower.score FROM lower WHERE lower.thread_id = t.id AND lower.kind = 'opening';
