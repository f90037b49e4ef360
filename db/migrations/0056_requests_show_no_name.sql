ALTER TABLE "named_vendors" DROP CONSTRAINT "named_vendors_choices";--> statement-breakpoint
ALTER TABLE "named_vendors" ADD COLUMN "author_role" text;--> statement-breakpoint
ALTER TABLE "named_vendors" ADD CONSTRAINT "named_vendors_choices" CHECK ("named_vendors"."relation" in ('customer', 'former-customer', 'trial', 'partner', 'other', 'tied') and "named_vendors"."incentive" in ('none', 'gift', 'discount', 'payment') and "named_vendors"."invited_by" in ('nobody', 'vendor', 'peer')
        and ("named_vendors"."organisation_size" is null or "named_vendors"."organisation_size" in ('1-10', '11-50', '51-250', '251-1000', 'over-1000')) and ("named_vendors"."industry" is null or "named_vendors"."industry" in ('software', 'making', 'trade', 'health', 'education', 'public', 'finance', 'services', 'media', 'other')) and ("named_vendors"."author_role" is null or "named_vendors"."author_role" in ('uses', 'runs', 'leads', 'decides', 'advises')));
--> statement-breakpoint
-- Who asks without a name does so for themselves, under a handle that nobody finds and that stays as it is.
CREATE FUNCTION unnamed_handles_are_ones_own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF 'unnamed' IN (OLD.kind, NEW.kind) THEN RAISE EXCEPTION 'a handle without a name stays as it is' USING ERRCODE = '42501'; END IF;
  ELSIF NEW.kind = 'unnamed' AND (NEW.handle IS NOT NULL OR NEW.person_id IS NULL OR NEW.person_id IS DISTINCT FROM viewer_person()
    OR EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = NEW.person_id AND s.ended_at IS NULL))
    THEN RAISE EXCEPTION 'nobody asks in the name of another, and staff of a vendor say who they are' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER unnamed_handles_are_ones_own BEFORE INSERT OR UPDATE ON handles FOR EACH ROW EXECUTE FUNCTION unnamed_handles_are_ones_own();
--> statement-breakpoint
-- Where somebody asked without a name they write without one: what would show it beside their question is refused, whichever way it came.
CREATE FUNCTION unnamed_askers_stay_unnamed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND EXISTS (SELECT 1 FROM threads t JOIN handles u ON u.id = t.handle_id AND u.kind = 'unnamed' JOIN handles h ON h.person_id = u.person_id
    WHERE t.id = NEW.thread_id AND h.id = NEW.handle_id AND h.id <> u.id)
    THEN RAISE EXCEPTION 'whoever asked without a name answers without one' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER unnamed_askers_stay_unnamed BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION unnamed_askers_stay_unnamed();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION decisions_name_whom_they_concern() RETURNS trigger LANGUAGE plpgsql AS $$
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
    OR NEW.target_handle_id IS DISTINCT FROM (SELECT id FROM handles WHERE id = it.handle_id AND kind <> 'placeholder')
  THEN RAISE EXCEPTION 'a decision is about what it says, and about whom it concerns' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
