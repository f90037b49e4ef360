ALTER TABLE "named_vendors" DROP CONSTRAINT "named_vendors_choices";--> statement-breakpoint
-- What was found and not said labels nobody: the answer stays, and names nothing that is counted.
DELETE FROM named_vendors WHERE tie IS NOT NULL;--> statement-breakpoint
ALTER TABLE "named_vendors" DROP COLUMN "tie";--> statement-breakpoint
ALTER TABLE "named_vendors" ADD CONSTRAINT "named_vendors_choices" CHECK ("named_vendors"."relation" in ('customer', 'former-customer', 'trial', 'partner', 'other', 'tied') and "named_vendors"."incentive" in ('none', 'gift', 'discount', 'payment') and "named_vendors"."invited_by" in ('nobody', 'vendor', 'peer')
        and ("named_vendors"."organisation_size" is null or "named_vendors"."organisation_size" in ('1-10', '11-50', '51-250', '251-1000', 'over-1000')) and ("named_vendors"."industry" is null or "named_vendors"."industry" in ('software', 'making', 'trade', 'health', 'education', 'public', 'finance', 'services', 'media', 'other')));
--> statement-breakpoint
-- Whoever is tied to it says so; what shows it (a place of work, an address, a vault) is told to nobody else.
CREATE OR REPLACE FUNCTION named_vendors_are_computed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT 1 FROM posts p WHERE p.id = NEW.post_id AND p.kind = 'answer' AND p.handle_id = NEW.handle_id)
    THEN RAISE EXCEPTION 'a vendor is named under an answer of one''s own' USING ERRCODE = '42501'; END IF;
  IF NEW.relation <> 'tied' AND conflict_with(viewer_person(), NEW.vendor_id) IS NOT NULL
    THEN RAISE EXCEPTION 'whoever is tied to a vendor says so' USING ERRCODE = '42501'; END IF;
  NEW.evidence := CASE WHEN NEW.vendor_id IS NULL OR confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'customer') IS NULL THEN 'self-declared' ELSE 'relationship' END;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- What an author shows is for those who may decide about it: whoever is tied to the vendor, or has a verdict on it of their own, reads it no more than the vendor does.
CREATE FUNCTION viewer_is_tied_to(vendor uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT conflict_with(viewer_person(), vendor) IS NOT NULL
    OR EXISTS (SELECT 1 FROM recommendations r WHERE r.vendor_id = vendor AND r.withdrawn_at IS NULL AND viewer_owns_handle(r.handle_id))
$$;
--> statement-breakpoint
ALTER POLICY seen ON dispute_words USING (EXISTS (SELECT 1 FROM disputes s JOIN recommendations r ON r.id = s.recommendation_id
    WHERE s.id = dispute_id AND (viewer_owns_handle(r.handle_id) OR (viewer_moderates_recommendations() AND (side = 'vendor' OR NOT viewer_is_tied_to(s.vendor_id)))))
  OR (side = 'vendor' AND EXISTS (SELECT 1 FROM disputes s WHERE s.id = dispute_id AND viewer_is_staff_of(s.vendor_id))));
--> statement-breakpoint
CREATE OR REPLACE FUNCTION disputes_end_by_the_right_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF OLD.outcome IS NOT NULL THEN RAISE EXCEPTION 'a dispute ends once' USING ERRCODE = '42501'; END IF;
  IF NEW.outcome = 'dropped' AND viewer_is_staff_of(OLD.vendor_id) THEN RETURN NEW; END IF;
  IF NEW.outcome IN ('upheld', 'declined') AND viewer_moderates_recommendations() AND NOT viewer_is_tied_to(OLD.vendor_id)
    AND EXISTS (SELECT 1 FROM decisions d WHERE d.id = NEW.decision_id AND d.subject_kind = 'recommendation' AND d.subject_id = OLD.recommendation_id
      AND d.decided_by = viewer_person() AND d.act = CASE NEW.outcome WHEN 'upheld' THEN 'hide' ELSE 'keep' END)
    THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a dispute is decided by an independent moderator' USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION disputed_is_hidden_by_the_untied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND NEW.hidden_by_decision_id IS NOT NULL AND OLD.hidden_by_decision_id IS NULL
    AND EXISTS (SELECT 1 FROM disputes s WHERE s.recommendation_id = NEW.id AND s.outcome IS NULL) AND viewer_is_tied_to(NEW.vendor_id)
    THEN RAISE EXCEPTION 'whoever is tied to the vendor does not decide' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Upheld is what is hidden still: given back, on appeal or without one, it counts as declined.
CREATE OR REPLACE FUNCTION disputes_counted(vendor uuid) RETURNS TABLE (waiting bigint, upheld bigint, declined bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FILTER (WHERE s.outcome IS NULL), count(*) FILTER (WHERE s.outcome = 'upheld' AND NOT s.given_back),
    count(*) FILTER (WHERE s.outcome = 'declined' OR (s.outcome = 'upheld' AND s.given_back))
  FROM (SELECT d.outcome, EXISTS (SELECT 1 FROM decisions hid JOIN decisions n ON n.subject_kind = hid.subject_kind AND n.subject_id = hid.subject_id AND n.act = 'restore' AND n.nth > hid.nth
    WHERE hid.id = d.decision_id) AS given_back FROM disputes d WHERE d.vendor_id = vendor) s
$$;
