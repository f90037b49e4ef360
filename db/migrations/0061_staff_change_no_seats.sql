-- Who holds a seat gives no seats, takes none away and does not leave their own by the back door: operators and the portal’s own jobs do. Whoever proves that
-- a vendor which nobody looks after is theirs takes its first seat for themselves, and no other.
CREATE FUNCTION seats_are_given_by_operators() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' OR viewer_person() IS NULL OR viewer_is_operator() THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'vendor_staff' AND (to_jsonb(NEW) ->> 'person_id')::uuid = viewer_person()
    AND NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = (to_jsonb(NEW) ->> 'vendor_id')::uuid AND s.ended_at IS NULL) THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'people' AND NOT (to_jsonb(NEW) ->> 'is_operator')::boolean THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'seats are given by operators' USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE TRIGGER seats_are_given_by_operators BEFORE INSERT OR UPDATE OR DELETE ON vendor_staff FOR EACH ROW EXECUTE FUNCTION seats_are_given_by_operators();
--> statement-breakpoint
CREATE TRIGGER seats_are_given_by_operators BEFORE INSERT OR UPDATE OR DELETE ON portal_moderators FOR EACH ROW EXECUTE FUNCTION seats_are_given_by_operators();
--> statement-breakpoint
CREATE TRIGGER seats_are_given_by_operators BEFORE INSERT OR DELETE OR UPDATE OF id, is_operator, status, merged_into, created_at ON people FOR EACH ROW EXECUTE FUNCTION seats_are_given_by_operators();
--> statement-breakpoint
-- Staff change nothing by which somebody else is tied to a vendor, nor what vendors and products are called, nor whose they are.
CREATE FUNCTION staff_leave_it_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND viewer_is_staff_anywhere() AND NOT viewer_is_operator()
    THEN RAISE EXCEPTION 'staff of a vendor leave this as it is' USING ERRCODE = '42501'; END IF;
  RETURN coalesce(NEW, OLD);
END $$;
--> statement-breakpoint
CREATE TRIGGER staff_leave_it_as_it_is BEFORE INSERT OR DELETE OR UPDATE OF id, slug, name, website, created_at ON vendors FOR EACH ROW EXECUTE FUNCTION staff_leave_it_as_it_is();
--> statement-breakpoint
CREATE TRIGGER staff_leave_it_as_it_is BEFORE INSERT OR DELETE OR UPDATE OF id, vendor_id, slug, name, created_at ON products FOR EACH ROW EXECUTE FUNCTION staff_leave_it_as_it_is();
--> statement-breakpoint
CREATE TRIGGER staff_leave_it_as_it_is BEFORE INSERT OR UPDATE OR DELETE ON organizations FOR EACH ROW EXECUTE FUNCTION staff_leave_it_as_it_is();
--> statement-breakpoint
CREATE TRIGGER staff_leave_it_as_it_is BEFORE INSERT OR UPDATE OR DELETE ON affiliations FOR EACH ROW EXECUTE FUNCTION staff_leave_it_as_it_is();
--> statement-breakpoint
CREATE TRIGGER staff_leave_it_as_it_is BEFORE INSERT OR UPDATE OR DELETE ON sign_in_providers FOR EACH ROW EXECUTE FUNCTION staff_leave_it_as_it_is();
--> statement-breakpoint
-- An address is confirmed, changed and forgotten by whoever holds its mail or by the portal, never by somebody who is signed in as another.
CREATE FUNCTION addresses_are_their_owners() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND viewer_person() IS NOT NULL AND ((TG_OP <> 'INSERT' AND OLD.person_id <> viewer_person()) OR (TG_OP <> 'DELETE' AND NEW.person_id <> viewer_person()))
    AND viewer_is_staff_anywhere() THEN RAISE EXCEPTION 'an address is its owner’s' USING ERRCODE = '42501'; END IF;
  RETURN coalesce(NEW, OLD);
END $$;
--> statement-breakpoint
CREATE TRIGGER addresses_are_their_owners BEFORE INSERT OR UPDATE OR DELETE ON account_emails FOR EACH ROW EXECUTE FUNCTION addresses_are_their_owners();
--> statement-breakpoint
-- A handle is somebody’s for good, and what is shown of it is theirs to say: who takes it over would have all that was written under it.
CREATE OR REPLACE FUNCTION unnamed_handles_are_ones_own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.kind = 'unnamed' AND (NEW.handle IS NOT NULL OR NEW.person_id IS NULL OR NEW.person_id IS DISTINCT FROM viewer_person()
      OR EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = NEW.person_id AND s.ended_at IS NULL))
      THEN RAISE EXCEPTION 'nobody asks in the name of another, and staff of a vendor say who they are' USING ERRCODE = '42501'; END IF;
    RETURN NEW;
  END IF;
  IF viewer_person() IS NOT NULL AND NOT viewer_is_operator() AND (TG_OP = 'DELETE' OR OLD.person_id IS DISTINCT FROM viewer_person())
    THEN RAISE EXCEPTION 'a handle is its owner’s' USING ERRCODE = '42501'; END IF;
  IF TG_OP = 'UPDATE' AND ('unnamed' IN (OLD.kind, NEW.kind)
      OR (OLD.person_id IS NOT NULL AND viewer_person() IS NOT NULL AND (NEW.id, NEW.kind, NEW.person_id, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.person_id, OLD.created_at)))
    THEN RAISE EXCEPTION 'a handle stays whose it is' USING ERRCODE = '42501'; END IF;
  RETURN coalesce(NEW, OLD);
END $$;
--> statement-breakpoint
DROP TRIGGER unnamed_handles_are_ones_own ON handles;
--> statement-breakpoint
CREATE TRIGGER unnamed_handles_are_ones_own BEFORE INSERT OR UPDATE OR DELETE ON handles FOR EACH ROW EXECUTE FUNCTION unnamed_handles_are_ones_own();
