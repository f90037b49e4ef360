CREATE TABLE "discounted_reporters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"lifted_by_decision_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discounted_reporters_are_for_a_time" CHECK ("discounted_reporters"."until" <= "discounted_reporters"."created_at" + interval '91 days')
);
--> statement-breakpoint
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_state_their_reasons";--> statement-breakpoint
ALTER TABLE "discounted_reporters" ADD CONSTRAINT "discounted_reporters_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discounted_reporters" ADD CONSTRAINT "discounted_reporters_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discounted_reporters" ADD CONSTRAINT "discounted_reporters_lifted_by_decision_id_decisions_id_fk" FOREIGN KEY ("lifted_by_decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "discounted_reporters_person" ON "discounted_reporters" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "flags_decided" ON "flags" USING btree ("created_at","flagged_by","state") WHERE state <> 'open' and flagged_by is not null;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_state_their_reasons" CHECK ("decisions"."act" in ('restore', 'unlock', 'unwarn', 'unsilence', 'unsuspend', 'keep', 'trust-reporter') or coalesce(
        "decisions"."scope" = case when "decisions"."subject_kind" = 'recommendation' then 'recommendation' when "decisions"."community_id" is null then 'portal' else 'community' end
        and "decisions"."duration" = case when "decisions"."until" is null then 'until-changed' else 'until' end
        and "decisions"."facts" ~ '\S' and "decisions"."source" is not null
        and "decisions"."detected_automatically" is not null and "decisions"."decided_automatically" = ("decisions"."decided_by" is null)
        and "decisions"."rule" <> 'none' and ("decisions"."rule" not in ('law', 'community') or "decisions"."clause" ~ '\S') and "decisions"."why" ~ '\S'
        and "decisions"."appeal_until" at time zone 'UTC' >= "decisions"."decided_at" at time zone 'UTC' + interval '6 months', false));
--> statement-breakpoint
ALTER TABLE discounted_reporters ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON discounted_reporters FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (lifted_by_decision_id) ON discounted_reporters TO parley_app;
--> statement-breakpoint
CREATE POLICY seen ON discounted_reporters FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_is_operator() OR viewer_system() = 'judge-reporters');
--> statement-breakpoint
CREATE POLICY discounted ON discounted_reporters FOR INSERT TO parley_app WITH CHECK (viewer_is_operator());
--> statement-breakpoint
CREATE POLICY lifted ON discounted_reporters FOR UPDATE TO parley_app USING (viewer_is_operator());
--> statement-breakpoint
-- Reports weigh nothing, and weigh again, by a decision of a person about whoever sends them. It ends by the clock.
CREATE FUNCTION discounted_reporters_follow_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE named uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.decision_id ELSE NEW.lifted_by_decision_id END;
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.lifted_by_decision_id IS NOT NULL THEN RAISE EXCEPTION 'it is lifted once' USING ERRCODE = '42501'; END IF;
  IF NOT EXISTS (SELECT 1 FROM decisions d WHERE d.id = named AND d.subject_kind = 'person' AND d.subject_id = NEW.person_id AND d.decided_by = viewer_person()
      AND d.community_id IS NULL AND d.act = CASE WHEN TG_OP = 'INSERT' THEN 'discount-reporter' ELSE 'trust-reporter' END
      AND (TG_OP = 'UPDATE' OR d.until IS NOT DISTINCT FROM NEW.until))
    THEN RAISE EXCEPTION 'the reports of a person weigh nothing by a decision about them' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER discounted_reporters_follow_decisions BEFORE INSERT OR UPDATE ON discounted_reporters FOR EACH ROW EXECUTE FUNCTION discounted_reporters_follow_decisions();
--> statement-breakpoint
-- Decided between the reading and the writing of a flag, it holds for that flag too.
CREATE FUNCTION flags_of_discounted_reporters_weigh_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.weight > 0 AND EXISTS (SELECT 1 FROM discounted_reporters r JOIN handles h ON h.person_id = r.person_id
      WHERE h.id = NEW.flagged_by AND r.lifted_by_decision_id IS NULL AND r.until > now())
    THEN NEW.weight := 0; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER flags_of_discounted_reporters_weigh_nothing BEFORE INSERT ON flags FOR EACH ROW WHEN (NEW.flagged_by IS NOT NULL)
  EXECUTE FUNCTION flags_of_discounted_reporters_weigh_nothing();
--> statement-breakpoint
ALTER POLICY written ON appeals WITH CHECK (person_id = viewer_person() AND viewer_owns_handle(handle_id) AND outcome IS NULL
  AND EXISTS (SELECT 1 FROM decisions d WHERE d.id = decision_id AND d.appeal_until >= now() AND CASE standing
    WHEN 'target' THEN d.target_handle_id = handle_id AND d.act NOT IN ('restore', 'unlock', 'unwarn', 'unsilence', 'unsuspend', 'keep', 'trust-reporter')
    ELSE d.act = 'keep' AND EXISTS (SELECT 1 FROM flags f WHERE f.settled_by_decision_id = d.id AND f.state = 'declined' AND f.flagged_by = appeals.handle_id) END));
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
  instead := CASE d.act WHEN 'hide' THEN 'restore' WHEN 'lock' THEN 'unlock' WHEN 'warn' THEN 'unwarn' WHEN 'silence' THEN 'unsilence' WHEN 'suspend' THEN 'unsuspend' WHEN 'warn-reporter' THEN 'trust-reporter' WHEN 'discount-reporter' THEN 'trust-reporter' WHEN 'keep' THEN 'hide' END;
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
ALTER POLICY written_by_link ON appeals WITH CHECK (viewer_system() IS NOT NULL AND person_id IS NULL AND outcome IS NULL
  AND EXISTS (SELECT 1 FROM decisions d WHERE d.id = decision_id AND d.appeal_until >= now() AND CASE standing
    WHEN 'target' THEN d.act NOT IN ('restore', 'unlock', 'unwarn', 'unsilence', 'unsuspend', 'keep', 'trust-reporter') AND NOT handle_signs_in(handle_id) AND NOT appealed_by_target(decision_id)
      AND handle_id = coalesce(d.target_handle_id, author_of_subject(d.subject_kind, d.subject_id))
    ELSE d.act = 'keep' AND EXISTS (SELECT 1 FROM flags f WHERE f.id = flag_id AND f.settled_by_decision_id = d.id AND f.state = 'declined' AND f.flagged_by IS NULL) END));
