ALTER TABLE "appeals" DROP CONSTRAINT "appeals_are_decided_whole";--> statement-breakpoint
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_state_their_reasons";--> statement-breakpoint
ALTER TABLE "flags" DROP CONSTRAINT "flags_weigh_so_much";--> statement-breakpoint
CREATE INDEX "queue_items_longest" ON "queue_items" USING btree ("community_id","oldest_at");--> statement-breakpoint
CREATE INDEX "queue_items_portal_longest" ON "queue_items" USING btree ("oldest_at") WHERE subject_kind = 'recommendation';--> statement-breakpoint
-- What was decided before stays as it is sealed.
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_are_decided_whole" CHECK (case when "appeals"."outcome" is null then "appeals"."reasons" = '' and "appeals"."decided_by" is null and "appeals"."decided_at" is null and "appeals"."instead_decision_id" is null
        else "appeals"."reasons" ~ '\S' and "appeals"."decided_by" is not null and "appeals"."decided_at" is not null and ("appeals"."outcome" = 'overturned' or "appeals"."instead_decision_id" is null) end) NOT VALID;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_to_keep_can_be_contested" CHECK ("decisions"."act" <> 'keep' or coalesce("decisions"."appeal_until" at time zone 'UTC' >= "decisions"."decided_at" at time zone 'UTC' + interval '6 months', false)) NOT VALID;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_state_their_reasons" CHECK ("decisions"."act" in ('restore', 'unlock', 'unsuspend', 'keep') or coalesce(
        "decisions"."scope" = case when "decisions"."subject_kind" = 'recommendation' then 'recommendation' when "decisions"."community_id" is null then 'portal' else 'community' end
        and "decisions"."duration" = case when "decisions"."until" is null then 'until-changed' else 'until' end
        and "decisions"."facts" ~ '\S' and "decisions"."source" is not null
        and "decisions"."detected_automatically" is not null and "decisions"."decided_automatically" = ("decisions"."decided_by" is null)
        and "decisions"."rule" <> 'none' and ("decisions"."rule" not in ('law', 'community') or "decisions"."clause" ~ '\S') and "decisions"."why" ~ '\S'
        and "decisions"."appeal_until" at time zone 'UTC' >= "decisions"."decided_at" at time zone 'UTC' + interval '6 months', false)) NOT VALID;
--> statement-breakpoint
-- What an id is today: the post that opens a thread is the thread, a thread that was merged into another is its post there.
CREATE FUNCTION subject_today(of_kind text, subject uuid) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE AS $$
  SELECT coalesce(found.kind, of_kind), coalesce(found.id, subject) FROM (VALUES (1)) one LEFT JOIN (
    SELECT 'thread' AS kind, p.thread_id AS id FROM posts p WHERE of_kind = 'post' AND p.id = subject AND p.kind = 'opening'
    UNION ALL SELECT 'post', p.id FROM posts p WHERE of_kind = 'thread' AND p.home_thread_id = subject AND p.kind = 'asked') found ON true
$$;
--> statement-breakpoint
-- Itself, and what it is called where it is, or was, merged.
CREATE FUNCTION names_of_subject(of_kind text, subject uuid) RETURNS TABLE (kind text, id uuid) LANGUAGE sql STABLE AS $$
  SELECT of_kind, subject
  UNION ALL SELECT 'post', p.id FROM posts p WHERE of_kind = 'thread' AND p.thread_id = subject AND p.kind = 'opening'
  UNION ALL SELECT 'post', p.id FROM posts p WHERE of_kind = 'thread' AND p.home_thread_id = subject AND p.kind = 'asked'
  UNION ALL SELECT 'thread', CASE p.kind WHEN 'opening' THEN p.thread_id ELSE p.home_thread_id END FROM posts p
    WHERE of_kind = 'post' AND p.id = subject AND (p.kind = 'opening' OR p.kind = 'asked' AND p.home_thread_id IS NOT NULL)
$$;
--> statement-breakpoint
-- Of what is recommended, as its vendor’s or a rival’s; of what is said in a room, as those whom it concerns: the host’s, else the maker’s of the product.
CREATE FUNCTION stake_in(person uuid, of_kind text, subject uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN of_kind = 'recommendation' THEN stake_of(person, (SELECT vendor_id FROM recommendations WHERE id = subject))
    ELSE nullif(stake_of(person, (SELECT coalesce(c.host_vendor_id, its.vendor_id, the_rooms.vendor_id) FROM threads t JOIN communities c ON c.id = t.community_id
      LEFT JOIN products its ON its.id = t.product_id LEFT JOIN products the_rooms ON the_rooms.id = c.product_id
      WHERE t.id = CASE of_kind WHEN 'thread' THEN subject ELSE (SELECT thread_id FROM posts WHERE id = subject) END)), 'rival') END
$$;
--> statement-breakpoint
UPDATE flags f SET stake = s.stake, weight = least(f.weight, 1)
FROM (SELECT f.id, stake_in(h.person_id, f.subject_kind, f.subject_id) AS stake FROM flags f JOIN handles h ON h.id = f.flagged_by
  WHERE f.subject_kind <> 'recommendation' AND f.state = 'open') s
WHERE s.id = f.id AND s.stake IS NOT NULL;
--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_weigh_so_much" CHECK ("flags"."weight" between 0 and 40 and ("flags"."stake" is distinct from 'rival' or "flags"."weight" = 0) and ("flags"."stake" is distinct from 'subject' or "flags"."weight" <= 1));
--> statement-breakpoint
DROP POLICY written ON flags;
--> statement-breakpoint
CREATE POLICY written ON flags FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(flagged_by) AND state = 'open' AND settled_by_decision_id IS NULL
  AND thanked_for_decision_id IS NULL AND stake IS NOT DISTINCT FROM stake_in(viewer_person(), subject_kind, subject_id));
--> statement-breakpoint
-- The place and the vendor are not for whoever flags to choose.
CREATE FUNCTION flags_name_what_they_are_about() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE it record;
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF NEW.subject_kind = 'thread' THEN
    SELECT t.community_id, NULL::uuid AS vendor_id INTO it FROM threads t WHERE t.id = NEW.subject_id;
  ELSIF NEW.subject_kind = 'post' THEN
    SELECT t.community_id, NULL::uuid AS vendor_id INTO it FROM posts p JOIN threads t ON t.id = p.thread_id WHERE p.id = NEW.subject_id;
  ELSE
    SELECT NULL::uuid AS community_id, r.vendor_id INTO it FROM recommendations r WHERE NEW.subject_kind = 'recommendation' AND r.id = NEW.subject_id;
  END IF;
  IF NOT FOUND OR (NEW.community_id, NEW.vendor_id) IS DISTINCT FROM (it.community_id, it.vendor_id)
    THEN RAISE EXCEPTION 'a flag is about what it says, where that is' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER flags_name_what_they_are_about BEFORE INSERT ON flags FOR EACH ROW EXECUTE FUNCTION flags_name_what_they_are_about();
--> statement-breakpoint
-- What was flagged, by whom and what it weighs never changes; how it was settled does.
REVOKE UPDATE ON flags FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (state, settled_by_decision_id, thanked_for_decision_id) ON flags TO parley_app;
--> statement-breakpoint
-- By one's own decision about exactly that, which says what becomes of it. Open again where whoever decided takes back what one press did.
CREATE FUNCTION flags_are_settled_by_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF NEW.state = 'open' THEN
    IF OLD.state <> 'open' AND NEW.settled_by_decision_id IS NULL AND (NEW.thanked_for_decision_id IS NULL OR NEW.thanked_for_decision_id = OLD.thanked_for_decision_id)
        AND EXISTS (SELECT 1 FROM decision_batch_items i JOIN decision_batches b ON b.id = i.batch_id
          WHERE i.decision_id = OLD.settled_by_decision_id AND b.undone_at IS NOT NULL AND viewer_owns_handle(b.decided_by))
      THEN RETURN NEW; END IF;
  ELSIF (NEW.thanked_for_decision_id IS NOT DISTINCT FROM OLD.thanked_for_decision_id OR OLD.thanked_for_decision_id IS NULL AND NEW.thanked_for_decision_id = NEW.settled_by_decision_id)
      AND EXISTS (SELECT 1 FROM decisions d WHERE d.id = NEW.settled_by_decision_id
        AND CASE WHEN d.decided_by IS NULL THEN viewer_system() IS NOT NULL ELSE d.decided_by = viewer_person() END
        AND (d.subject_kind, d.subject_id) IN (SELECT kind, id FROM names_of_subject(NEW.subject_kind, NEW.subject_id))
        AND NEW.state = CASE WHEN d.act IN ('hide', 'lock') THEN 'upheld' WHEN d.act IN ('keep', 'restore') THEN 'declined' END)
    THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a flag is settled by a decision about it' USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE TRIGGER flags_are_settled_by_decisions BEFORE UPDATE ON flags FOR EACH ROW EXECUTE FUNCTION flags_are_settled_by_decisions();
--> statement-breakpoint
-- The moment of a decision is not its writer's to choose: how long it can be contested is counted from there. An hour is for clocks that go wrong.
CREATE FUNCTION decisions_are_made_now() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND NEW.decided_at NOT BETWEEN now() - interval '1 hour' AND now() + interval '1 hour'
    THEN RAISE EXCEPTION 'a decision is made when it is written' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER decisions_are_made_now BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION decisions_are_made_now();
--> statement-breakpoint
-- Who flagged is never shown to whom it concerns, as a moderator neither.
ALTER POLICY seen ON appeals USING (person_id = viewer_person() OR viewer_system() IS NOT NULL
  OR EXISTS (SELECT 1 FROM decisions d WHERE d.id = decision_id AND viewer_decides_there(d.subject_kind, d.community_id)
    AND NOT (standing = 'reporter' AND d.target_handle_id IS NOT NULL AND viewer_owns_handle(d.target_handle_id))));
--> statement-breakpoint
ALTER POLICY decided ON appeals USING (EXISTS (SELECT 1 FROM decisions d WHERE d.id = decision_id AND viewer_decides_there(d.subject_kind, d.community_id)
  AND NOT (standing = 'reporter' AND d.target_handle_id IS NOT NULL AND viewer_owns_handle(d.target_handle_id))));
--> statement-breakpoint
CREATE OR REPLACE FUNCTION appeals_are_decided_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d decisions;
  instead text;
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF OLD.outcome IS NOT NULL OR NEW.outcome IS NULL OR (to_jsonb(NEW) - '{outcome,reasons,decided_by,decided_at,instead_decision_id}'::text[])
      IS DISTINCT FROM (to_jsonb(OLD) - '{outcome,reasons,decided_by,decided_at,instead_decision_id}'::text[])
    THEN RAISE EXCEPTION 'an appeal is decided once, and never edited' USING ERRCODE = '42501'; END IF;
  IF NEW.decided_at NOT BETWEEN now() - interval '1 hour' AND now() + interval '1 hour'
    THEN RAISE EXCEPTION 'an appeal is decided when that is written' USING ERRCODE = '42501'; END IF;
  SELECT * INTO d FROM decisions WHERE id = NEW.decision_id;
  IF NEW.decided_by IS DISTINCT FROM viewer_person() OR NEW.decided_by IS NOT DISTINCT FROM d.decided_by OR NEW.decided_by = NEW.person_id
      OR NOT viewer_decides_there(d.subject_kind, d.community_id) OR viewer_owns_handle(d.target_handle_id)
      OR EXISTS (SELECT 1 FROM flags f WHERE (f.subject_kind, f.subject_id) IN (SELECT kind, id FROM names_of_subject(d.subject_kind, d.subject_id)) AND viewer_owns_handle(f.flagged_by))
    THEN RAISE EXCEPTION 'an appeal is decided by somebody else than who decided, and whose case it is not' USING ERRCODE = '42501'; END IF;
  instead := CASE d.act WHEN 'hide' THEN 'restore' WHEN 'lock' THEN 'unlock' WHEN 'suspend' THEN 'unsuspend' WHEN 'keep' THEN 'hide' END;
  IF NEW.instead_decision_id IS NULL THEN
    IF NEW.outcome = 'overturned' AND NOT EXISTS (SELECT 1 FROM decisions n WHERE (n.subject_kind, n.subject_id) IN (SELECT kind, id FROM names_of_subject(d.subject_kind, d.subject_id))
        AND n.community_id IS NOT DISTINCT FROM d.community_id AND n.nth > d.nth AND n.act IN (d.act, instead))
      THEN RAISE EXCEPTION 'what is overturned is lifted' USING ERRCODE = '42501'; END IF;
  ELSIF NOT EXISTS (SELECT 1 FROM decisions n WHERE n.id = NEW.instead_decision_id AND n.decided_by = viewer_person()
      AND (n.subject_kind, n.subject_id) IN (SELECT kind, id FROM names_of_subject(d.subject_kind, d.subject_id))
      AND n.community_id IS NOT DISTINCT FROM d.community_id AND n.act = instead AND n.nth > d.nth)
    THEN RAISE EXCEPTION 'what is decided instead is about the same, by the same person' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- An appeal is sealed as it was written, and its outcome when there is one; that its row is touched seals nothing.
CREATE OR REPLACE FUNCTION moderation_is_chained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF TG_TABLE_NAME = 'decisions' THEN PERFORM link_to_moderation_chain('decision', NEW.id, sealed_decision(NEW));
  ELSIF TG_TABLE_NAME = 'appeals' THEN
    IF TG_OP = 'INSERT' THEN PERFORM link_to_moderation_chain('appeal', NEW.id, sealed_appeal(NEW)); END IF;
    IF NEW.outcome IS NOT NULL THEN PERFORM link_to_moderation_chain('outcome', NEW.id, sealed_outcome(NEW)); END IF;
  ELSE PERFORM link_to_moderation_chain('refusal', NEW.id, sealed_refusal(NEW.id, NEW.occurred_at, NEW.actor_handle_id, NEW.payload));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER appeals_are_chained ON appeals;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER appeals_are_chained AFTER INSERT ON appeals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION moderation_is_chained();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER outcomes_are_chained AFTER UPDATE ON appeals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.outcome IS NULL AND NEW.outcome IS NOT NULL) EXECUTE FUNCTION moderation_is_chained();
--> statement-breakpoint
-- Run by their triggers alone.
REVOKE EXECUTE ON FUNCTION moderation_is_chained(), queue_items_follow_flags(), recommendation_evidence_is_sealed(), recommendation_versions_are_kept(),
  recommendation_replies_keep_versions() FROM PUBLIC;
