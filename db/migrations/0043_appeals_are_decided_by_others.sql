CREATE TABLE "appeals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"decision_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"standing" text NOT NULL,
	"words" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"reasons" text DEFAULT '' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"instead_decision_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appeals_are_decided_whole" CHECK (case when "appeals"."outcome" is null then "appeals"."reasons" = '' and "appeals"."decided_by" is null and "appeals"."decided_at" is null and "appeals"."instead_decision_id" is null
        else length(btrim("appeals"."reasons")) > 0 and "appeals"."decided_by" is not null and "appeals"."decided_at" is not null and ("appeals"."outcome" = 'overturned' or "appeals"."instead_decision_id" is null) end)
);
--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_instead_decision_id_decisions_id_fk" FOREIGN KEY ("instead_decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_once" ON "appeals" USING btree ("decision_id","person_id");--> statement-breakpoint
CREATE INDEX "appeals_waiting" ON "appeals" USING btree ("due_at","id") WHERE "appeals"."outcome" is null;--> statement-breakpoint
CREATE INDEX "appeals_decided" ON "appeals" USING btree ("decided_at" DESC) WHERE "appeals"."outcome" is not null;--> statement-breakpoint
CREATE INDEX "appeals_instead" ON "appeals" USING btree ("instead_decision_id");
--> statement-breakpoint
-- Where a decision belongs: to independent moderators, to those of its room, or to operators.
CREATE FUNCTION viewer_decides_there(kind text, community uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN kind = 'recommendation' THEN viewer_moderates_recommendations() WHEN community IS NULL THEN viewer_is_operator() ELSE viewer_moderates(community) END
$$;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON appeals FROM parley_app;
--> statement-breakpoint
ALTER TABLE appeals ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON appeals FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL
  OR EXISTS (SELECT 1 FROM decisions d WHERE d.id = decision_id AND viewer_decides_there(d.subject_kind, d.community_id)));
--> statement-breakpoint
-- Whom it concerns contests what was taken from them, whoever flagged it what was left as it is; for as long as the decision says.
CREATE POLICY written ON appeals FOR INSERT TO parley_app WITH CHECK (person_id = viewer_person() AND viewer_owns_handle(handle_id) AND outcome IS NULL
  AND EXISTS (SELECT 1 FROM decisions d WHERE d.id = decision_id AND d.appeal_until >= now() AND CASE standing
    WHEN 'target' THEN d.target_handle_id = handle_id AND d.act NOT IN ('restore', 'unlock', 'unsuspend', 'keep')
    ELSE d.act = 'keep' AND EXISTS (SELECT 1 FROM flags f WHERE f.settled_by_decision_id = d.id AND f.state = 'declined' AND f.flagged_by = appeals.handle_id) END));
--> statement-breakpoint
CREATE POLICY decided ON appeals FOR UPDATE TO parley_app USING (EXISTS (SELECT 1 FROM decisions d WHERE d.id = decision_id AND viewer_decides_there(d.subject_kind, d.community_id)));
--> statement-breakpoint
-- Decided once, by a person: not by who decided before, nor by anybody whose case it is.
CREATE FUNCTION appeals_are_decided_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d decisions;
  instead text;
BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF OLD.outcome IS NOT NULL OR NEW.outcome IS NULL OR (to_jsonb(NEW) - '{outcome,reasons,decided_by,decided_at,instead_decision_id}'::text[])
      IS DISTINCT FROM (to_jsonb(OLD) - '{outcome,reasons,decided_by,decided_at,instead_decision_id}'::text[])
    THEN RAISE EXCEPTION 'an appeal is decided once, and never edited' USING ERRCODE = '42501'; END IF;
  SELECT * INTO d FROM decisions WHERE id = NEW.decision_id;
  IF NEW.decided_by IS DISTINCT FROM viewer_person() OR NEW.decided_by IS NOT DISTINCT FROM d.decided_by OR NEW.decided_by = NEW.person_id
      OR NOT viewer_decides_there(d.subject_kind, d.community_id) OR viewer_owns_handle(d.target_handle_id)
      OR EXISTS (SELECT 1 FROM flags f WHERE f.subject_kind = d.subject_kind AND f.subject_id = d.subject_id AND viewer_owns_handle(f.flagged_by))
    THEN RAISE EXCEPTION 'an appeal is decided by somebody else than who decided, and whose case it is not' USING ERRCODE = '42501'; END IF;
  instead := CASE d.act WHEN 'hide' THEN 'restore' WHEN 'lock' THEN 'unlock' WHEN 'suspend' THEN 'unsuspend' WHEN 'keep' THEN 'hide' END;
  IF NEW.instead_decision_id IS NULL THEN
    IF NEW.outcome = 'overturned' AND NOT EXISTS (SELECT 1 FROM decisions n WHERE n.subject_kind = d.subject_kind AND n.subject_id = d.subject_id
        AND n.community_id IS NOT DISTINCT FROM d.community_id AND n.nth > d.nth AND n.act IN (d.act, instead))
      THEN RAISE EXCEPTION 'what is overturned is lifted' USING ERRCODE = '42501'; END IF;
  ELSIF NOT EXISTS (SELECT 1 FROM decisions n WHERE n.id = NEW.instead_decision_id AND n.decided_by = viewer_person() AND n.subject_kind = d.subject_kind
      AND n.subject_id = d.subject_id AND n.community_id IS NOT DISTINCT FROM d.community_id AND n.act = instead AND n.nth > d.nth)
    THEN RAISE EXCEPTION 'what is decided instead is about the same, by the same person' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER appeals_are_decided_by_others BEFORE UPDATE ON appeals FOR EACH ROW EXECUTE FUNCTION appeals_are_decided_by_others();
--> statement-breakpoint
-- What became of a decision is public, with the decision; who appealed, and how, is not.
CREATE FUNCTION appealed_as(decision uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT outcome FROM appeals WHERE decision_id = decision AND outcome IS NOT NULL ORDER BY outcome = 'overturned' DESC LIMIT 1
$$;

--> statement-breakpoint
CREATE TABLE "moderation_chain" (
	"nth" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"row_id" uuid NOT NULL,
	"content" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"linked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "moderation_chain_row" ON "moderation_chain" USING btree ("row_id","kind");
--> statement-breakpoint
-- Canonical words of a row: what was decided, as it stands, without a word that a person wrote; of those the hash alone, so that the chain stays
-- true where words are erased by law.
CREATE FUNCTION sealed_words(words text) RETURNS text LANGUAGE sql STABLE AS $$ SELECT encode(sha256(convert_to(coalesce(words, ''), 'UTF8')), 'hex') $$;
--> statement-breakpoint
CREATE FUNCTION sealed_moment(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$ SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') $$;
--> statement-breakpoint
CREATE FUNCTION sealed_decision(d decisions) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('decision', d.id, 'nth', d.nth, 'act', d.act, 'kind', d.subject_kind, 'subject', d.subject_id, 'community', d.community_id, 'vendor', d.vendor_id,
    'target', d.target_handle_id, 'by', d.decided_by, 'scope', d.scope, 'duration', d.duration, 'until', sealed_moment(d.until), 'source', d.source,
    'detected', d.detected_automatically, 'decided', d.decided_automatically, 'rule', d.rule, 'clause', sealed_words(d.clause), 'facts', sealed_words(d.facts),
    'why', sealed_words(d.why), 'appeal_until', sealed_moment(d.appeal_until), 'at', sealed_moment(d.decided_at))::text
$$;
--> statement-breakpoint
CREATE FUNCTION sealed_appeal(a appeals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('appeal', a.id, 'decision', a.decision_id, 'person', a.person_id, 'handle', a.handle_id, 'standing', a.standing, 'words', sealed_words(a.words),
    'due', sealed_moment(a.due_at), 'at', sealed_moment(a.created_at))::text
$$;
--> statement-breakpoint
CREATE FUNCTION sealed_outcome(a appeals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('appeal', a.id, 'outcome', a.outcome, 'reasons', sealed_words(a.reasons), 'by', a.decided_by, 'instead', a.instead_decision_id,
    'at', sealed_moment(a.decided_at))::text
$$;
--> statement-breakpoint
CREATE FUNCTION sealed_refusal(happened_id uuid, happened_at timestamptz, actor uuid, facts jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('refusal', happened_id, 'at', sealed_moment(happened_at), 'actor', actor, 'facts', facts)::text
$$;
--> statement-breakpoint
-- One at a time, at the very end of a transaction: nobody holds the chain while they still work. Without a gap, so that a link that is cut out is missed.
CREATE FUNCTION link_to_moderation_chain(new_kind text, new_row uuid, new_content text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE last moderation_chain;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('moderation_chain'));
  SELECT * INTO last FROM moderation_chain ORDER BY nth DESC LIMIT 1;
  INSERT INTO moderation_chain (nth, kind, row_id, content, previous_hash, hash, linked_at)
    VALUES (coalesce(last.nth, 0) + 1, new_kind, new_row, new_content, coalesce(last.hash, ''),
      encode(sha256(convert_to(coalesce(last.hash, '') || new_content, 'UTF8')), 'hex'), clock_timestamp());
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION link_to_moderation_chain(text, uuid, text) FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION moderation_is_chained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF TG_TABLE_NAME = 'decisions' THEN PERFORM link_to_moderation_chain('decision', NEW.id, sealed_decision(NEW));
  ELSIF TG_TABLE_NAME = 'appeals' AND TG_OP = 'INSERT' THEN PERFORM link_to_moderation_chain('appeal', NEW.id, sealed_appeal(NEW));
  ELSIF TG_TABLE_NAME = 'appeals' THEN PERFORM link_to_moderation_chain('outcome', NEW.id, sealed_outcome(NEW));
  ELSE PERFORM link_to_moderation_chain('refusal', NEW.id, sealed_refusal(NEW.id, NEW.occurred_at, NEW.actor_handle_id, NEW.payload));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- What there was before stands first, in its order.
DO $$ DECLARE d decisions; a appeals; r record;
BEGIN
  FOR d IN SELECT * FROM decisions ORDER BY nth LOOP PERFORM link_to_moderation_chain('decision', d.id, sealed_decision(d)); END LOOP;
  FOR a IN SELECT * FROM appeals ORDER BY created_at, id LOOP
    PERFORM link_to_moderation_chain('appeal', a.id, sealed_appeal(a));
    IF a.outcome IS NOT NULL THEN PERFORM link_to_moderation_chain('outcome', a.id, sealed_outcome(a)); END IF;
  END LOOP;
  FOR r IN SELECT id, occurred_at, actor_handle_id, payload FROM interactions WHERE kind = 'moderation.refused' ORDER BY occurred_at, id LOOP
    PERFORM link_to_moderation_chain('refusal', r.id, sealed_refusal(r.id, r.occurred_at, r.actor_handle_id, r.payload));
  END LOOP;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER decisions_are_chained AFTER INSERT ON decisions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION moderation_is_chained();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER appeals_are_chained AFTER INSERT OR UPDATE ON appeals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION moderation_is_chained();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER refusals_are_chained AFTER INSERT ON interactions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'moderation.refused') EXECUTE FUNCTION moderation_is_chained();
--> statement-breakpoint
-- Written by its function alone, and read by the doctor.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON moderation_chain FROM parley_app;
--> statement-breakpoint
ALTER TABLE moderation_chain ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON moderation_chain FOR SELECT TO parley_app USING (viewer_system() IS NOT NULL);
--> statement-breakpoint
-- The first link that does not hold, and how; nothing where all hold.
CREATE FUNCTION broken_moderation_link() RETURNS TABLE (link bigint, what text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.nth, CASE
      WHEN c.nth <> c.place THEN 'links before it are missing'
      WHEN c.previous_hash <> c.before THEN 'it does not follow the one before it'
      WHEN c.hash <> encode(sha256(convert_to(c.before || c.content, 'UTF8')), 'hex') THEN 'its content was changed'
      ELSE 'what it seals (' || c.kind || ' ' || c.row_id || ') was changed or removed' END
  FROM (SELECT m.*, row_number() OVER (ORDER BY m.nth) AS place, coalesce(lag(m.hash) OVER (ORDER BY m.nth), '') AS before,
      CASE m.kind WHEN 'decision' THEN (SELECT sealed_decision(d) FROM decisions d WHERE d.id = m.row_id)
        WHEN 'appeal' THEN (SELECT sealed_appeal(a) FROM appeals a WHERE a.id = m.row_id)
        WHEN 'outcome' THEN (SELECT sealed_outcome(a) FROM appeals a WHERE a.id = m.row_id)
        ELSE (SELECT sealed_refusal(i.id, i.occurred_at, i.actor_handle_id, i.payload) FROM interactions i
          WHERE i.id = m.row_id AND i.occurred_at = ((m.content::jsonb ->> 'at')::timestamp AT TIME ZONE 'UTC')) END AS now_says
    FROM moderation_chain m) c
  WHERE c.nth <> c.place OR c.previous_hash <> c.before OR c.hash <> encode(sha256(convert_to(c.before || c.content, 'UTF8')), 'hex')
    OR c.content IS DISTINCT FROM c.now_says
  ORDER BY c.nth LIMIT 1
$$;
--> statement-breakpoint
-- What was written beside the chain, or whose link was cut off its end, is sealed by none.
CREATE FUNCTION unchained_moderation() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (SELECT count(*) FROM decisions d WHERE NOT EXISTS (SELECT 1 FROM moderation_chain m WHERE m.row_id = d.id AND m.kind = 'decision'))
    + (SELECT count(*) FROM appeals a WHERE NOT EXISTS (SELECT 1 FROM moderation_chain m WHERE m.row_id = a.id AND m.kind = 'appeal'))
    + (SELECT count(*) FROM appeals a WHERE a.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM moderation_chain m WHERE m.row_id = a.id AND m.kind = 'outcome'))
$$;
--> statement-breakpoint
CREATE FUNCTION moderation_links() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT count(*) FROM moderation_chain $$;
