DROP INDEX "decisions_subject";--> statement-breakpoint
ALTER TABLE "decisions" ALTER COLUMN "decided_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "nth" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "decisions_nth_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "scope" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "duration" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "detected_automatically" boolean;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "decided_automatically" boolean;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "clause" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "why" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "appeal_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "decisions_subject" ON "decisions" USING btree ("subject_kind","subject_id","nth" DESC);--> statement-breakpoint
-- What was decided before says the same in the new fields; it can be appealed for six months from now.
UPDATE decisions d SET
  scope = CASE WHEN subject_kind = 'recommendation' THEN 'recommendation' WHEN community_id IS NULL THEN 'portal' ELSE 'community' END,
  duration = CASE WHEN until IS NULL THEN 'until-changed' ELSE 'until' END,
  source = CASE WHEN EXISTS (SELECT 1 FROM flags f WHERE f.settled_by_decision_id = d.id) THEN 'notice' ELSE 'own-initiative' END,
  detected_automatically = false, decided_automatically = false,
  clause = CASE WHEN rule IN ('law', 'community') THEN facts ELSE '' END, why = facts,
  appeal_until = CASE WHEN act IN ('restore', 'unlock', 'unsuspend') THEN NULL ELSE (greatest(decided_at, now()) AT TIME ZONE 'UTC' + interval '6 months') AT TIME ZONE 'UTC' END;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_state_their_reasons" CHECK ("decisions"."act" in ('restore', 'unlock', 'unsuspend', 'keep') or coalesce(
        "decisions"."scope" = case when "decisions"."subject_kind" = 'recommendation' then 'recommendation' when "decisions"."community_id" is null then 'portal' else 'community' end
        and "decisions"."duration" = case when "decisions"."until" is null then 'until-changed' else 'until' end
        and length(btrim("decisions"."facts")) > 0 and "decisions"."source" is not null
        and "decisions"."detected_automatically" is not null and "decisions"."decided_automatically" = ("decisions"."decided_by" is null)
        and "decisions"."rule" <> 'none' and ("decisions"."rule" not in ('law', 'community') or length(btrim("decisions"."clause")) > 0) and length(btrim("decisions"."why")) > 0
        and "decisions"."appeal_until" at time zone 'UTC' >= "decisions"."decided_at" at time zone 'UTC' + interval '6 months', false));--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_are_made_by_somebody" CHECK ("decisions"."decided_by" is not null or coalesce("decisions"."decided_automatically", false));
--> statement-breakpoint
CREATE FUNCTION viewer_is_operator() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT viewer_is_suspended() AND NOT viewer_waits_for_second_step() AND EXISTS (SELECT 1 FROM people WHERE id = viewer_person() AND is_operator)
$$;
--> statement-breakpoint
DROP POLICY written ON decisions;
--> statement-breakpoint
-- A check of the portal decides under its own name, never on a recommendation, on a person or on the whole portal.
CREATE POLICY written ON decisions FOR INSERT TO parley_app WITH CHECK (CASE
  WHEN decided_by IS NULL THEN viewer_system() IS NOT NULL AND subject_kind IN ('thread', 'post') AND community_id IS NOT NULL
  WHEN decided_by <> viewer_person() THEN false
  WHEN subject_kind = 'recommendation' THEN viewer_moderates_recommendations()
  WHEN community_id IS NULL THEN viewer_is_operator()
  ELSE viewer_moderates(community_id) END);
--> statement-breakpoint
-- A decision names what it is about as it is: the place, the vendor and whom it concerns are not its writer's to choose.
CREATE FUNCTION decisions_name_whom_they_concern() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE it record;
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF NEW.subject_kind = 'thread' THEN
    SELECT t.community_id, NULL::uuid AS vendor_id, t.handle_id INTO it FROM threads t WHERE t.id = NEW.subject_id;
  ELSIF NEW.subject_kind = 'post' THEN
    SELECT t.community_id, NULL::uuid AS vendor_id, p.handle_id INTO it FROM posts p JOIN threads t ON t.id = p.thread_id WHERE p.id = NEW.subject_id;
  ELSIF NEW.subject_kind = 'recommendation' THEN
    SELECT NULL::uuid AS community_id, r.vendor_id, r.handle_id INTO it FROM recommendations r WHERE r.id = NEW.subject_id;
  ELSE
    SELECT NEW.community_id AS community_id, NULL::uuid AS vendor_id, h.id AS handle_id INTO it FROM handles h
      WHERE h.id = NEW.target_handle_id AND h.person_id = NEW.subject_id AND NEW.decided_by <> NEW.subject_id;
  END IF;
  IF NOT FOUND OR (NEW.community_id, NEW.vendor_id) IS DISTINCT FROM (it.community_id, it.vendor_id)
    OR NEW.target_handle_id IS DISTINCT FROM (SELECT id FROM handles WHERE id = it.handle_id AND kind = 'member')
  THEN RAISE EXCEPTION 'a decision is about what it says, and about whom it concerns' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER decisions_name_whom_they_concern BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION decisions_name_whom_they_concern();
--> statement-breakpoint
-- What stands is what the last decision about exactly this says, made by whoever is asking. `acts` are the one that restricts and the one that lifts.
CREATE FUNCTION stands_as_decided(kind text, subject uuid, acts text[], decision uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT (CASE WHEN decision IS NULL THEN d.act = acts[2] ELSE d.act = acts[1] AND d.id = decision END)
      AND CASE WHEN d.decided_by IS NULL THEN viewer_system() IS NOT NULL ELSE d.decided_by = viewer_person() END
    FROM decisions d WHERE d.subject_kind = kind AND d.subject_id = subject AND d.act = ANY (acts) ORDER BY d.nth DESC LIMIT 1), false)
$$;
--> statement-breakpoint
CREATE FUNCTION threads_are_hidden_by_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE hidden boolean := NEW.hidden_by_decision_id IS NOT NULL; locked boolean := NEW.locked_by_decision_id IS NOT NULL;
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    hidden := NEW.hidden_by_decision_id IS DISTINCT FROM OLD.hidden_by_decision_id;
    locked := NEW.locked_by_decision_id IS DISTINCT FROM OLD.locked_by_decision_id;
  END IF;
  -- Where a question was merged into another, the decision about its post is one about it.
  IF hidden AND NOT stands_as_decided('thread', NEW.id, '{hide,restore}', NEW.hidden_by_decision_id) AND NOT EXISTS (
      SELECT 1 FROM posts p WHERE p.home_thread_id = NEW.id AND p.kind = 'asked' AND stands_as_decided('post', p.id, '{hide,restore}', NEW.hidden_by_decision_id))
    THEN RAISE EXCEPTION 'a thread is hidden and shown again by a decision about it' USING ERRCODE = '42501'; END IF;
  IF locked AND NOT stands_as_decided('thread', NEW.id, '{lock,unlock}', NEW.locked_by_decision_id)
    THEN RAISE EXCEPTION 'a thread is locked and opened by a decision about it' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER threads_come_hidden_by_decisions BEFORE INSERT ON threads FOR EACH ROW
  WHEN (NEW.hidden_by_decision_id IS NOT NULL OR NEW.locked_by_decision_id IS NOT NULL) EXECUTE FUNCTION threads_are_hidden_by_decisions();
--> statement-breakpoint
CREATE TRIGGER threads_are_hidden_by_decisions BEFORE UPDATE OF hidden_by_decision_id, locked_by_decision_id ON threads FOR EACH ROW
  WHEN ((NEW.hidden_by_decision_id, NEW.locked_by_decision_id) IS DISTINCT FROM (OLD.hidden_by_decision_id, OLD.locked_by_decision_id)) EXECUTE FUNCTION threads_are_hidden_by_decisions();
--> statement-breakpoint
CREATE FUNCTION posts_are_hidden_by_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF stands_as_decided('post', NEW.id, '{hide,restore}', NEW.hidden_by_decision_id) THEN RETURN NEW; END IF;
  -- A question is hidden by its thread: one that is merged takes that along, and leaves it behind where it is taken out.
  IF NEW.kind = 'opening' AND NEW.hidden_by_decision_id IS NULL THEN RETURN NEW; END IF;
  IF NEW.kind = 'asked' AND EXISTS (SELECT 1 FROM threads t WHERE t.id = NEW.home_thread_id AND t.hidden_by_decision_id IS NOT DISTINCT FROM NEW.hidden_by_decision_id) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a post is hidden and shown again by a decision about it' USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE TRIGGER posts_come_hidden_by_decisions BEFORE INSERT ON posts FOR EACH ROW
  WHEN (NEW.hidden_by_decision_id IS NOT NULL) EXECUTE FUNCTION posts_are_hidden_by_decisions();
--> statement-breakpoint
CREATE TRIGGER posts_are_hidden_by_decisions BEFORE UPDATE OF hidden_by_decision_id ON posts FOR EACH ROW
  WHEN (NEW.hidden_by_decision_id IS DISTINCT FROM OLD.hidden_by_decision_id) EXECUTE FUNCTION posts_are_hidden_by_decisions();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION recommendations_change_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words_changed boolean := (to_jsonb(NEW) - 'hidden_by_decision_id') IS DISTINCT FROM (to_jsonb(OLD) - 'hidden_by_decision_id');
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.vendor_id, NEW.product_id, NEW.handle_id, NEW.evidence, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.vendor_id, OLD.product_id, OLD.handle_id, OLD.evidence, OLD.created_at)
    THEN RAISE EXCEPTION 'what a recommendation is about does not change' USING ERRCODE = '42501'; END IF;
  IF words_changed AND NOT viewer_owns_handle(OLD.handle_id)
    THEN RAISE EXCEPTION 'only its author changes a recommendation' USING ERRCODE = '42501'; END IF;
  IF NEW.hidden_by_decision_id IS DISTINCT FROM OLD.hidden_by_decision_id AND NOT (viewer_moderates_recommendations() AND NOT viewer_owns_handle(OLD.handle_id)
      AND stands_as_decided('recommendation', OLD.id, '{hide,restore}', NEW.hidden_by_decision_id))
    THEN RAISE EXCEPTION 'visibility changes only by the decision of an independent moderator' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION suspensions_follow_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE named uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.decision_id ELSE NEW.lifted_by_decision_id END;
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND (OLD.lifted_by_decision_id IS NOT NULL OR (to_jsonb(NEW) - 'lifted_by_decision_id') IS DISTINCT FROM (to_jsonb(OLD) - 'lifted_by_decision_id'))
    THEN RAISE EXCEPTION 'a suspension is never edited, only lifted' USING ERRCODE = '42501'; END IF;
  IF NOT EXISTS (SELECT 1 FROM decisions d WHERE d.id = named AND d.subject_kind = 'person' AND d.subject_id = NEW.person_id AND d.decided_by = viewer_person()
      AND d.community_id IS NOT DISTINCT FROM NEW.community_id AND d.act = CASE WHEN TG_OP = 'INSERT' THEN 'suspend' ELSE 'unsuspend' END
      AND (TG_OP = 'UPDATE' OR d.until IS NOT DISTINCT FROM NEW.until))
    THEN RAISE EXCEPTION 'a person is suspended and let in again by a decision about them' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER suspensions_follow_decisions BEFORE INSERT OR UPDATE ON suspensions FOR EACH ROW EXECUTE FUNCTION suspensions_follow_decisions();
--> statement-breakpoint
-- What people wrote is hidden, never deleted.
REVOKE DELETE, TRUNCATE ON threads, posts FROM parley_app;
