ALTER TABLE "crm_imports" DROP CONSTRAINT "crm_imports_known";--> statement-breakpoint
CREATE INDEX "contact_uses_to_forget" ON "contact_uses" USING btree ("at");--> statement-breakpoint
ALTER TABLE "crm_imports" ADD CONSTRAINT "crm_imports_known" CHECK ("crm_imports"."state" in ('checked', 'running', 'broken', 'done', 'undone'));
--> statement-breakpoint
-- What is counted no more is kept no more.
CREATE POLICY forgotten ON contact_uses FOR DELETE TO parley_app USING (viewer_system() = 'forget-contacts' AND at < now() - interval '30 days');
--> statement-breakpoint
CREATE POLICY forgetting ON contact_uses FOR SELECT TO parley_app USING (viewer_system() = 'forget-contacts');
--> statement-breakpoint
GRANT DELETE ON contact_uses TO parley_app;
--> statement-breakpoint
-- Staff end a hand-off, and leave its clock to the portal.
DROP POLICY ended ON hand_offs;
--> statement-breakpoint
CREATE POLICY ended ON hand_offs FOR UPDATE TO parley_app
  USING (ended_at IS NULL AND (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL))
  WITH CHECK (CASE WHEN outcome IS NULL THEN viewer_system() IS NOT NULL
    ELSE ended_by = viewer_person() AND vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND (outcome = 'withdrawn' OR to_id = viewer_person()) END);
--> statement-breakpoint
-- All that an import made as it stands now, but for when it was last dealt with: one look at each table, however much it made.
CREATE FUNCTION import_prints(run uuid) RETURNS TABLE (kind text, row_id uuid, print text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.kind, m.row_id, md5((to_jsonb(t) - 'last_at')::text) FROM crm_import_made m JOIN vendor_organizations t ON t.id = m.row_id WHERE m.import_id = run AND m.kind = 'organization'
  UNION ALL SELECT m.kind, m.row_id, md5((to_jsonb(t) - 'last_at')::text) FROM crm_import_made m JOIN accounts t ON t.id = m.row_id WHERE m.import_id = run AND m.kind = 'account'
  UNION ALL SELECT m.kind, m.row_id, md5((to_jsonb(t) - 'last_at')::text) FROM crm_import_made m JOIN contacts t ON t.id = m.row_id WHERE m.import_id = run AND m.kind = 'contact'
  UNION ALL SELECT m.kind, m.row_id, md5((to_jsonb(t) - 'last_at')::text) FROM crm_import_made m JOIN identity_keys t ON t.id = m.row_id WHERE m.import_id = run AND m.kind = 'key'
  UNION ALL SELECT m.kind, m.row_id, md5((to_jsonb(t) - 'last_at')::text) FROM crm_import_made m JOIN organization_edges t ON t.id = m.row_id WHERE m.import_id = run AND m.kind = 'edge'
  UNION ALL SELECT m.kind, m.row_id, md5((to_jsonb(t) - 'last_at')::text) FROM crm_import_made m JOIN vendor_affiliations t ON t.id = m.row_id WHERE m.import_id = run AND m.kind = 'work'
  UNION ALL SELECT m.kind, m.row_id, md5((to_jsonb(t) - 'last_at')::text) FROM crm_import_made m JOIN contact_consents t ON t.contact_id = m.row_id AND t.channel = 'email' WHERE m.import_id = run AND m.kind = 'consent'
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION import_prints(uuid) FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION print_import(run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF viewer_system() IS DISTINCT FROM 'import' THEN RAISE EXCEPTION 'what was made is marked by whoever makes it' USING ERRCODE = '42501'; END IF;
  UPDATE crm_import_made m SET print = p.print FROM import_prints(run) p WHERE m.import_id = run AND m.print IS NULL AND p.kind = m.kind AND p.row_id = m.row_id;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION import_touched(run uuid) RETURNS TABLE (kind text, row_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH made AS (SELECT m.kind, m.row_id, m.print FROM crm_import_made m JOIN crm_imports i ON i.id = m.import_id
    WHERE m.import_id = run AND (i.vendor_id = ANY (viewer_vendors()) OR viewer_system() IS NOT NULL)),
  ours AS (SELECT m.row_id FROM made m)
  SELECT m.kind, m.row_id FROM made m JOIN import_prints(run) p ON p.kind = m.kind AND p.row_id = m.row_id WHERE p.print <> m.print
  UNION SELECT m.kind, m.row_id FROM made m WHERE m.kind = 'contact' AND (
    EXISTS (SELECT 1 FROM identity_keys k WHERE k.contact_id = m.row_id AND k.id NOT IN (SELECT row_id FROM ours))
    OR EXISTS (SELECT 1 FROM vendor_affiliations f WHERE f.contact_id = m.row_id AND f.id NOT IN (SELECT row_id FROM ours))
    OR EXISTS (SELECT 1 FROM contact_consents c WHERE c.contact_id = m.row_id AND (c.channel <> 'email' OR NOT EXISTS (SELECT 1 FROM made x WHERE x.kind = 'consent' AND x.row_id = m.row_id)))
    OR EXISTS (SELECT 1 FROM buying_roles r WHERE r.contact_id = m.row_id)
    OR EXISTS (SELECT 1 FROM contact_links l WHERE l.contact_id = m.row_id)
    OR EXISTS (SELECT 1 FROM contact_corrections c WHERE c.contact_id = m.row_id)
    OR EXISTS (SELECT 1 FROM contacts c WHERE c.merged_into = m.row_id))
  UNION SELECT m.kind, m.row_id FROM made m WHERE m.kind = 'organization' AND (
    EXISTS (SELECT 1 FROM identity_keys k WHERE k.organization_id = m.row_id AND k.id NOT IN (SELECT row_id FROM ours))
    OR EXISTS (SELECT 1 FROM vendor_affiliations f WHERE f.organization_id = m.row_id AND f.id NOT IN (SELECT row_id FROM ours))
    OR EXISTS (SELECT 1 FROM organization_edges e WHERE m.row_id IN (e.parent_id, e.child_id) AND e.id NOT IN (SELECT row_id FROM ours))
    OR EXISTS (SELECT 1 FROM vendor_organizations o WHERE o.merged_into = m.row_id))
  UNION SELECT m.kind, m.row_id FROM made m WHERE m.kind = 'account' AND (
    EXISTS (SELECT 1 FROM opportunities o WHERE o.account_id = m.row_id)
    OR EXISTS (SELECT 1 FROM hand_offs h WHERE h.account_id = m.row_id)
    OR EXISTS (SELECT 1 FROM field_values v WHERE v.account_id = m.row_id)
    OR EXISTS (SELECT 1 FROM buying_roles r WHERE r.account_id = m.row_id))
$$;
--> statement-breakpoint
DROP FUNCTION import_print(text, uuid);
--> statement-breakpoint
-- Also of what broke off: what it made until then is taken away as one.
CREATE OR REPLACE FUNCTION undo_import(run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM 1 FROM crm_imports i WHERE i.id = run AND i.state IN ('done', 'broken') AND i.vendor_id = ANY (viewer_vendors()) FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'there is nothing to undo' USING ERRCODE = '42501', CONSTRAINT = 'crm_imports_undo'; END IF;
  IF EXISTS (SELECT 1 FROM import_touched(run)) THEN RAISE EXCEPTION 'somebody has gone on with it' USING ERRCODE = '23514', CONSTRAINT = 'crm_imports_touched'; END IF;
  UPDATE contact_consents c SET allowed = true FROM crm_import_made m WHERE m.import_id = run AND m.kind = 'consent' AND m.was AND c.contact_id = m.row_id AND c.channel = 'email';
  DELETE FROM contact_consents c USING crm_import_made m WHERE m.import_id = run AND m.kind = 'consent' AND m.was IS NULL AND c.contact_id = m.row_id AND c.channel = 'email';
  DELETE FROM vendor_affiliations f USING crm_import_made m WHERE m.import_id = run AND m.kind = 'work' AND f.id = m.row_id;
  DELETE FROM organization_edges e USING crm_import_made m WHERE m.import_id = run AND m.kind = 'edge' AND e.id = m.row_id;
  DELETE FROM identity_keys k USING crm_import_made m WHERE m.import_id = run AND m.kind = 'key' AND k.id = m.row_id;
  DELETE FROM contacts c USING crm_import_made m WHERE m.import_id = run AND m.kind = 'contact' AND c.id = m.row_id;
  DELETE FROM accounts a USING crm_import_made m WHERE m.import_id = run AND m.kind = 'account' AND a.id = m.row_id;
  DELETE FROM vendor_organizations o USING crm_import_made m WHERE m.import_id = run AND m.kind = 'organization' AND o.id = m.row_id;
  DELETE FROM crm_import_made m WHERE m.import_id = run;
  UPDATE crm_import_rows r SET ended = NULL, record_id = NULL WHERE r.import_id = run;
  UPDATE crm_imports i SET state = 'undone', undone_by = viewer_person(), undone_at = now() WHERE i.id = run;
END $$;
--> statement-breakpoint
-- Whose acts a vendor's staff read on an account: those of its people who said that they are who the vendor keeps, and who grant it the
-- relationship now. Found once and by their grants, so that no row of a timeline is asked for its policy: it is asked here, of the account.
CREATE FUNCTION account_people(account uuid) RETURNS TABLE (relationship_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE ours(id) AS (
    SELECT a.organization_id FROM accounts a WHERE a.id = account AND a.vendor_id = ANY (viewer_vendors())
    UNION ALL SELECT o.id FROM vendor_organizations o JOIN ours b ON o.merged_into = b.id),
  theirs AS (SELECT DISTINCT CASE WHEN c.merged_into IS NULL THEN c.id ELSE standing_contact(c.id) END AS id
    FROM ours b JOIN vendor_affiliations f ON f.organization_id = b.id AND f.ended_on IS NULL JOIN contacts c ON c.id = f.contact_id LIMIT 200),
  family(id) AS (SELECT t.id FROM theirs t UNION ALL SELECT c.id FROM contacts c JOIN family b ON c.merged_into = b.id)
  SELECT DISTINCT r.id FROM family b
    CROSS JOIN LATERAL (SELECT l.vendor_id, l.handle_id FROM contact_links l WHERE l.contact_id = b.id AND l.ended_at IS NULL LIMIT 1) l
    CROSS JOIN LATERAL (SELECT h.person_id FROM handles h WHERE h.id = l.handle_id LIMIT 1) h
    CROSS JOIN LATERAL (SELECT g.id FROM grants g WHERE g.vendor_id = l.vendor_id AND g.person_id = h.person_id AND g.purpose = 'relationship'
      AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now() LIMIT 1) g
    CROSS JOIN LATERAL (SELECT r.id FROM relationships r WHERE r.vendor_id = l.vendor_id AND r.handle_id = l.handle_id LIMIT 1) r
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION account_people(uuid) FROM PUBLIC;
--> statement-breakpoint
-- The newest of what they did and of what was done for them, older than a moment. What was written without a name is tied to nobody; what
-- staff looked up and noted is no part of what happened between the two.
CREATE FUNCTION account_acts(account uuid, before_at timestamptz, before_id uuid, most integer) RETURNS SETOF timeline_entries
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.* FROM account_people(account) m CROSS JOIN LATERAL (SELECT * FROM timeline_entries t WHERE t.relationship_id = m.relationship_id
      AND (t.occurred_at, t.interaction_id) < (coalesce(before_at, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      AND t.kind NOT IN ('vault.read', 'vault.refused', 'relationship.noted', 'case.noted')
      AND (t.object_kind IS DISTINCT FROM 'recommendation' OR NOT recommendation_is_unnamed(t.object_id))
    ORDER BY t.occurred_at DESC, t.interaction_id DESC LIMIT most) e
  ORDER BY e.occurred_at DESC, e.interaction_id DESC LIMIT most
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION account_acts(uuid, timestamptz, uuid, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION account_acts(uuid, timestamptz, uuid, integer) TO parley_app;
--> statement-breakpoint
-- How many they are, and how many of their answers were accepted of late.
CREATE FUNCTION account_answers(account uuid, since timestamptz) RETURNS TABLE (people integer, answered integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::int, coalesce(sum(e.answered), 0)::int FROM account_people(account) m CROSS JOIN LATERAL (SELECT count(*) AS answered FROM timeline_entries t
    WHERE t.relationship_id = m.relationship_id AND t.occurred_at > since AND t.kind = 'answer.accepted' AND t.side <> 'theirs') e
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION account_answers(uuid, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION account_answers(uuid, timestamptz) TO parley_app;
