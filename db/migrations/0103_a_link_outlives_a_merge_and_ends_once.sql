CREATE OR REPLACE FUNCTION kept_about_viewer() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(x ORDER BY x.since), '[]') FROM (
    SELECT c.id, c.vendor_id AS "vendorId", v.slug AS "vendorSlug", v.name AS "vendorName", c.name, c.city, c.country, c.came_from AS "cameFrom", c.came_from_words AS "cameFromWords",
      c.basis, c.ask_by AS "askBy", c.created_at AS since, c.provenance,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'value', k.value_raw, 'from', k.source, 'at', k.created_at) ORDER BY k.kind, k.created_at), '[]')
        FROM identity_keys k WHERE k.contact_id = ANY (all_of.ids)) AS keys,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('company', o.name, 'title', f.title, 'department', f.department, 'since', f.started_on, 'until', f.ended_on, 'from', f.source,
          'at', f.created_at) ORDER BY f.ended_on DESC NULLS FIRST, f.is_primary DESC, f.started_on DESC), '[]')
        FROM vendor_affiliations f JOIN vendor_organizations o ON o.id = f.organization_id WHERE f.contact_id = ANY (all_of.ids)) AS work,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('company', o.name, 'role', r.role, 'since', r.started_on) ORDER BY r.started_on), '[]')
        FROM buying_roles r JOIN accounts a ON a.id = r.account_id JOIN vendor_organizations o ON o.id = a.organization_id
        WHERE r.contact_id = ANY (all_of.ids) AND r.ended_on IS NULL) AS parts,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('channel', s.channel, 'allowed', s.allowed, 'on', s.said_on) ORDER BY s.channel, s.said_on), '[]')
        FROM contact_consents s WHERE s.contact_id = ANY (all_of.ids)) AS consents,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('field', t.field, 'was', t.was, 'from', t.was_from, 'became', t.became, 'at', t.said_at) ORDER BY t.said_at DESC), '[]')
        FROM contact_corrections t WHERE t.contact_id = ANY (all_of.ids)) AS corrections,
      EXISTS (SELECT 1 FROM contact_links l JOIN handles h ON h.id = l.handle_id AND h.person_id = viewer_person() WHERE l.contact_id = ANY (all_of.ids) AND l.ended_at IS NULL) AS linked
    FROM contacts c JOIN vendors v ON v.id = c.vendor_id
      CROSS JOIN LATERAL (WITH RECURSIVE b(id) AS (SELECT c.id UNION ALL SELECT m.id FROM contacts m JOIN b ON m.merged_into = b.id) SELECT array_agg(b.id) AS ids FROM b) all_of
    WHERE c.id = ANY (contacts_of_viewer())) x
$$;
--> statement-breakpoint
-- What ended is said anew, and not taken up again.
DROP POLICY ended ON contact_links;
--> statement-breakpoint
CREATE POLICY ended ON contact_links FOR UPDATE TO parley_app USING (ended_at IS NULL AND EXISTS (SELECT 1 FROM handles h WHERE h.id = handle_id AND h.person_id = viewer_person()))
  WITH CHECK (ended_at IS NOT NULL);
