CREATE TABLE "dispute_words" (
	"dispute_id" uuid NOT NULL,
	"side" text NOT NULL,
	"words" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dispute_words_dispute_id_side_pk" PRIMARY KEY("dispute_id","side")
);
--> statement-breakpoint
CREATE TABLE "disputes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recommendation_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"decision_id" uuid,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "disputes_end_whole" CHECK (("disputes"."outcome" is null) = ("disputes"."ended_at" is null) and ("disputes"."decision_id" is not null) = coalesce("disputes"."outcome" in ('upheld', 'declined'), false))
);
--> statement-breakpoint
ALTER TABLE "dispute_words" ADD CONSTRAINT "dispute_words_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "disputes_open" ON "disputes" USING btree ("recommendation_id") WHERE "disputes"."outcome" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "disputes_once" ON "disputes" USING btree ("recommendation_id","rule");--> statement-breakpoint
CREATE INDEX "disputes_waiting" ON "disputes" USING btree ("due_at","id") WHERE "disputes"."outcome" is null;--> statement-breakpoint
CREATE INDEX "disputes_vendor" ON "disputes" USING btree ("vendor_id","outcome");--> statement-breakpoint
CREATE INDEX "disputes_decision" ON "disputes" USING btree ("decision_id");--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON disputes, dispute_words FROM parley_app;
--> statement-breakpoint
REVOKE UPDATE ON disputes, dispute_words FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (outcome, decision_id, ended_at) ON disputes TO parley_app;
--> statement-breakpoint
GRANT UPDATE (words, created_at) ON dispute_words TO parley_app;
--> statement-breakpoint
-- That there is one, since when and by which rule stands beside the recommendation, for whoever may read that.
ALTER TABLE disputes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON disputes FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id) OR viewer_is_staff_of(vendor_id));
--> statement-breakpoint
CREATE POLICY written ON disputes FOR INSERT TO parley_app WITH CHECK (viewer_is_staff_of(vendor_id) AND viewer_owns_handle(handle_id) AND outcome IS NULL
  AND due_at <= now() + interval '9 days' AND created_at BETWEEN now() - interval '1 minute' AND now() + interval '1 minute'
  AND EXISTS (SELECT 1 FROM recommendations r WHERE r.id = recommendation_id AND r.vendor_id = disputes.vendor_id AND r.hidden_by_decision_id IS NULL AND r.withdrawn_at IS NULL));
--> statement-breakpoint
CREATE POLICY ended ON disputes FOR UPDATE TO parley_app USING (viewer_is_staff_of(vendor_id) OR viewer_moderates_recommendations());
--> statement-breakpoint
-- A vendor takes back what it said; everything else is decided by somebody without ties, and by a decision that gives its reasons.
CREATE FUNCTION disputes_end_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF OLD.outcome IS NOT NULL THEN RAISE EXCEPTION 'a dispute ends once' USING ERRCODE = '42501'; END IF;
  IF NEW.outcome = 'dropped' AND viewer_is_staff_of(OLD.vendor_id) THEN RETURN NEW; END IF;
  IF NEW.outcome IN ('upheld', 'declined') AND viewer_moderates_recommendations() AND conflict_with(viewer_person(), OLD.vendor_id) IS NULL
    AND NOT EXISTS (SELECT 1 FROM recommendations r WHERE r.vendor_id = OLD.vendor_id AND r.withdrawn_at IS NULL AND viewer_owns_handle(r.handle_id))
    AND EXISTS (SELECT 1 FROM decisions d WHERE d.id = NEW.decision_id AND d.subject_kind = 'recommendation' AND d.subject_id = OLD.recommendation_id
      AND d.decided_by = viewer_person() AND d.act = CASE NEW.outcome WHEN 'upheld' THEN 'hide' ELSE 'keep' END)
    THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a dispute is decided by an independent moderator' USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE TRIGGER disputes_end_by_the_right_hand BEFORE UPDATE ON disputes FOR EACH ROW EXECUTE FUNCTION disputes_end_by_the_right_hand();
--> statement-breakpoint
-- While it waits, nothing is hidden beside it: whoever is tied to the vendor does not decide by another door.
CREATE FUNCTION disputed_is_hidden_by_the_untied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND NEW.hidden_by_decision_id IS NOT NULL AND OLD.hidden_by_decision_id IS NULL
    AND EXISTS (SELECT 1 FROM disputes s WHERE s.recommendation_id = NEW.id AND s.outcome IS NULL) AND conflict_with(viewer_person(), NEW.vendor_id) IS NOT NULL
    THEN RAISE EXCEPTION 'whoever is tied to the vendor does not decide' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER disputed_is_hidden_by_the_untied BEFORE UPDATE OF hidden_by_decision_id ON recommendations FOR EACH ROW EXECUTE FUNCTION disputed_is_hidden_by_the_untied();
--> statement-breakpoint
-- What its author takes back is disputed no longer.
CREATE FUNCTION disputes_end_with_what_is_disputed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  UPDATE disputes SET outcome = 'withdrawn', ended_at = NEW.withdrawn_at WHERE recommendation_id = NEW.id AND outcome IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION disputes_end_with_what_is_disputed() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER disputes_end_with_what_is_disputed AFTER UPDATE OF withdrawn_at ON recommendations FOR EACH ROW
  WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION disputes_end_with_what_is_disputed();
--> statement-breakpoint
ALTER TABLE dispute_words ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON dispute_words FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM disputes s JOIN recommendations r ON r.id = s.recommendation_id
    WHERE s.id = dispute_id AND (viewer_moderates_recommendations() OR viewer_owns_handle(r.handle_id)))
  OR (side = 'vendor' AND EXISTS (SELECT 1 FROM disputes s WHERE s.id = dispute_id AND viewer_is_staff_of(s.vendor_id))));
--> statement-breakpoint
CREATE POLICY written ON dispute_words FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM disputes s LEFT JOIN recommendations r ON r.id = s.recommendation_id
  WHERE s.id = dispute_id AND s.outcome IS NULL AND CASE side WHEN 'vendor' THEN viewer_owns_handle(s.handle_id) ELSE viewer_owns_handle(r.handle_id) END));
--> statement-breakpoint
CREATE POLICY put_better ON dispute_words FOR UPDATE TO parley_app USING (side = 'author' AND EXISTS (SELECT 1 FROM disputes s JOIN recommendations r ON r.id = s.recommendation_id
  WHERE s.id = dispute_id AND s.outcome IS NULL AND viewer_owns_handle(r.handle_id)));
--> statement-breakpoint
-- Counted in public, also where the recommendation is hidden: what an appeal took back counts as declined.
CREATE FUNCTION disputes_counted(vendor uuid) RETURNS TABLE (waiting bigint, upheld bigint, declined bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FILTER (WHERE outcome IS NULL), count(*) FILTER (WHERE outcome = 'upheld' AND appealed_as(decision_id) IS DISTINCT FROM 'overturned'),
    count(*) FILTER (WHERE outcome = 'declined' OR (outcome = 'upheld' AND appealed_as(decision_id) = 'overturned'))
  FROM disputes WHERE vendor_id = vendor
$$;
