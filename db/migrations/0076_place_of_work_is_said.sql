-- What stands in a vault is weighed for its owner alone, and only what they share with somebody now. It is sealed, so that the portal opens it and says it for the transaction.
CREATE OR REPLACE FUNCTION conflict_with(person uuid, vendor uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  them vendors;
  host text;
  -- A name without a letter or digit names nobody.
  called text;
BEGIN
  IF person IS NULL OR (viewer_person() IS DISTINCT FROM person AND viewer_system() IS DISTINCT FROM 'find-conflicts') THEN RETURN NULL; END IF;
  SELECT * INTO them FROM vendors WHERE id = vendor;
  called := nullif(organisation_name(them.name), '');
  host := web_domain(them.website);
  IF is_mail_host(host) THEN host := ''; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.vendor_id = vendor AND s.ended_at IS NULL) THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.vendor_id = vendor) THEN RETURN 'former-employer'; END IF;
  IF EXISTS (SELECT 1 FROM affiliations a JOIN organizations o ON o.id = a.organization_id WHERE a.person_id = person AND a.ended_at IS NULL
      AND (is_under_domain(o.domain, host) OR organisation_name(o.name) = called)) THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM recommendation_authors a JOIN handles h ON h.id = a.handle_id WHERE h.person_id = person AND organisation_name(a.organisation) = called)
    OR (viewer_person() = person AND EXISTS (SELECT 1 FROM vault_attributes v WHERE v.person_id = person AND v.key = 'organisation' AND organisation_name(coalesce(v.value, current_setting('parley.place_of_work', true))) = called
      AND EXISTS (SELECT 1 FROM grants g JOIN grant_attributes a ON a.grant_id = g.id WHERE g.person_id = person AND a.key = 'organisation' AND g.revoked_at IS NULL AND g.ends_at > now())))
    THEN RETURN 'employer'; END IF;
  IF EXISTS (SELECT 1 FROM affiliations a JOIN organizations o ON o.id = a.organization_id WHERE a.person_id = person
      AND (is_under_domain(o.domain, host) OR organisation_name(o.name) = called)) THEN RETURN 'former-employer'; END IF;
  IF EXISTS (SELECT 1 FROM account_emails e WHERE e.person_id = person AND e.confirmed_at IS NOT NULL AND is_under_domain(split_part(e.address_norm, '@', 2), host))
    OR EXISTS (SELECT 1 FROM provider_identities i JOIN sign_in_providers p ON p.id = i.provider_id CROSS JOIN LATERAL unnest(p.domains) d WHERE i.person_id = person AND is_under_domain(d, host))
    THEN RETURN 'address'; END IF;
  IF EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = person AND s.ended_at IS NULL) THEN RETURN 'competitor'; END IF;
  RETURN NULL;
END $$;
