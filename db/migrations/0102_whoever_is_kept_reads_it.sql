CREATE TABLE "contact_corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"field" text NOT NULL,
	"was" text NOT NULL,
	"was_from" text NOT NULL,
	"became" text NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_corrections_known" CHECK ("contact_corrections"."field" in ('name', 'city', 'title') and "contact_corrections"."became" <> '')
);
--> statement-breakpoint
CREATE TABLE "contact_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "contact_corrections" ADD CONSTRAINT "contact_corrections_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_corrections" ADD CONSTRAINT "contact_corrections_contact" FOREIGN KEY ("vendor_id","contact_id") REFERENCES "public"."contacts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_links" ADD CONSTRAINT "contact_links_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_links" ADD CONSTRAINT "contact_links_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_links" ADD CONSTRAINT "contact_links_contact" FOREIGN KEY ("vendor_id","contact_id") REFERENCES "public"."contacts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_corrections_of" ON "contact_corrections" USING btree ("contact_id","said_at" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "contact_links_one_person" ON "contact_links" USING btree ("contact_id") WHERE "contact_links"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "contact_links_of" ON "contact_links" USING btree ("vendor_id","handle_id");--> statement-breakpoint
CREATE INDEX "identity_keys_mailbox" ON "identity_keys" USING btree ("value_norm") WHERE "identity_keys"."kind" = 'email' and "identity_keys"."identifies";
--> statement-breakpoint
-- Which contacts the viewer is: those that bear an address which they have confirmed. A mailbox that several answer is nobody's.
CREATE FUNCTION contacts_of_viewer() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT standing_contact(k.contact_id)), '{}') FROM account_emails e
    JOIN identity_keys k ON k.kind = 'email' AND k.identifies AND k.value_norm = e.address_norm
  WHERE e.person_id = viewer_person() AND e.confirmed_at IS NOT NULL
$$;
--> statement-breakpoint
-- All that their vendors keep of them by themselves, for whoever they are alone.
CREATE FUNCTION kept_about_viewer() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
      EXISTS (SELECT 1 FROM contact_links l JOIN handles h ON h.id = l.handle_id AND h.person_id = viewer_person() WHERE l.contact_id = c.id AND l.ended_at IS NULL) AS linked
    FROM contacts c JOIN vendors v ON v.id = c.vendor_id
      CROSS JOIN LATERAL (WITH RECURSIVE b(id) AS (SELECT c.id UNION ALL SELECT m.id FROM contacts m JOIN b ON m.merged_into = b.id) SELECT array_agg(b.id) AS ids FROM b) all_of
    WHERE c.id = ANY (contacts_of_viewer())) x
$$;
--> statement-breakpoint
ALTER TABLE contact_corrections ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON contact_corrections FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY said ON contact_corrections FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'correct-own');
--> statement-breakpoint
ALTER TABLE contact_links ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON contact_links FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL
  OR EXISTS (SELECT 1 FROM handles h WHERE h.id = handle_id AND h.person_id = viewer_person()));
--> statement-breakpoint
-- Nobody is linked but by themself, and by an address of theirs.
CREATE POLICY said ON contact_links FOR INSERT TO parley_app WITH CHECK (contact_id = ANY ((SELECT contacts_of_viewer())::uuid[])
  AND EXISTS (SELECT 1 FROM handles h WHERE h.id = handle_id AND h.person_id = viewer_person() AND h.kind = 'member'));
--> statement-breakpoint
CREATE POLICY ended ON contact_links FOR UPDATE TO parley_app USING (EXISTS (SELECT 1 FROM handles h WHERE h.id = handle_id AND h.person_id = viewer_person()));
--> statement-breakpoint
REVOKE UPDATE, DELETE ON contact_corrections, contact_links FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (ended_at) ON contact_links TO parley_app;
--> statement-breakpoint
GRANT UPDATE (source) ON vendor_affiliations TO parley_app;
--> statement-breakpoint
-- What somebody said of themself is written over by nobody else: not by staff, not by an import, not by what was guessed.
CREATE FUNCTION own_word_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF viewer_system() = 'correct-own' THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'contacts' THEN
    IF (NEW.name <> OLD.name AND EXISTS (SELECT 1 FROM contact_corrections WHERE contact_id = OLD.id AND field = 'name'))
      OR (NEW.city <> OLD.city AND EXISTS (SELECT 1 FROM contact_corrections WHERE contact_id = OLD.id AND field = 'city')) THEN
      RAISE EXCEPTION 'they said so themself' USING ERRCODE = '23514', CONSTRAINT = 'own_word_stands';
    END IF;
  ELSIF NEW.title <> OLD.title AND OLD.source = 'self' THEN
    RAISE EXCEPTION 'they said so themself' USING ERRCODE = '23514', CONSTRAINT = 'own_word_stands';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION own_word_stands() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER own_word_stands BEFORE UPDATE OF name, city ON contacts FOR EACH ROW EXECUTE FUNCTION own_word_stands();
--> statement-breakpoint
CREATE TRIGGER own_word_stands BEFORE UPDATE OF title ON vendor_affiliations FOR EACH ROW EXECUTE FUNCTION own_word_stands();
