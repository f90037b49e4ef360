-- Whether somebody reads for a purpose: a read may name several, each of which is asked of the grant that it stands on.
CREATE FUNCTION viewer_reads_for(purpose text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(purpose = ANY (string_to_array(current_setting('parley.purpose', true), ',')), false)
$$;
--> statement-breakpoint
ALTER POLICY granted ON vault_attributes USING (EXISTS (
  SELECT 1 FROM grants g JOIN grant_attributes a ON a.grant_id = g.id
  WHERE g.person_id = vault_attributes.person_id AND a.key = vault_attributes.key AND viewer_reads_for(g.purpose)
    AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now() AND viewer_is_staff_of(g.vendor_id)));
--> statement-breakpoint
ALTER POLICY granted ON person_keys USING (EXISTS (
  SELECT 1 FROM grants g WHERE g.person_id = person_keys.person_id AND viewer_reads_for(g.purpose)
    AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now() AND viewer_is_staff_of(g.vendor_id)));
--> statement-breakpoint
DROP FUNCTION viewer_purpose();
