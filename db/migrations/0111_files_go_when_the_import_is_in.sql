-- What an import was made of is needed until it is in, or taken out; whoever stays in quarantine does not stay in its files.
CREATE FUNCTION crm_imports_let_go() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  UPDATE crm_import_files SET content = '' WHERE import_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION crm_imports_let_go() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER crm_imports_let_go AFTER UPDATE OF state ON crm_imports FOR EACH ROW WHEN (NEW.state IN ('done', 'undone')) EXECUTE FUNCTION crm_imports_let_go();
--> statement-breakpoint
UPDATE crm_import_files SET content = '' WHERE import_id IN (SELECT id FROM crm_imports WHERE state IN ('done', 'undone'));
--> statement-breakpoint
-- An import is begun in one's own name, and is not deleted.
DROP POLICY kept ON crm_imports;
--> statement-breakpoint
CREATE POLICY kept ON crm_imports FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY begun ON crm_imports FOR INSERT TO parley_app
  WITH CHECK (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND started_by = viewer_person() AND state = 'checked');
--> statement-breakpoint
CREATE POLICY moved ON crm_imports FOR UPDATE TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL)
  WITH CHECK (viewer_system() IS NOT NULL OR (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND state IN ('checked', 'running')));
--> statement-breakpoint
REVOKE DELETE ON crm_imports FROM parley_app;
--> statement-breakpoint
-- A record is handed over between two who serve its vendor, or did: nobody else is named as the one whose it was.
CREATE OR REPLACE FUNCTION hand_offs_to_staff() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = NEW.to_id AND s.ended_at IS NULL)
    THEN RAISE EXCEPTION 'a record is handed to staff of its vendor' USING ERRCODE = '23514', CONSTRAINT = 'hand_offs_to_staff'; END IF;
  IF TG_OP = 'INSERT' AND NEW.from_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = NEW.from_id)
    THEN RAISE EXCEPTION 'a record is handed over by staff of its vendor' USING ERRCODE = '23514', CONSTRAINT = 'hand_offs_from_staff'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- How often somebody may be reached is said to a vendor that knows them, and to no other.
CREATE OR REPLACE FUNCTION contacts_left(vendor uuid, person uuid) RETURNS TABLE (most integer, used integer, more_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT contact_budget(person, vendor), (SELECT count(*)::int FROM contact_uses u WHERE u.person_id = person AND u.vendor_id = vendor AND u.at > now() - interval '30 days'),
    (SELECT min(u.at) + interval '30 days' FROM contact_uses u WHERE u.person_id = person AND u.vendor_id = vendor AND u.at > now() - interval '30 days')
  WHERE person = viewer_person() OR (vendor = ANY (viewer_vendors())
    AND EXISTS (SELECT 1 FROM relationships r JOIN handles h ON h.id = r.handle_id WHERE r.vendor_id = vendor AND h.person_id = person))
$$;
