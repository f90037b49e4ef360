CREATE TABLE "crm_import_files" (
	"import_id" uuid NOT NULL,
	"nth" smallint NOT NULL,
	"name" text NOT NULL,
	"content" "bytea" NOT NULL,
	"found" jsonb NOT NULL,
	CONSTRAINT "crm_import_files_import_id_nth_pk" PRIMARY KEY("import_id","nth"),
	CONSTRAINT "crm_import_files_bounds" CHECK ("crm_import_files"."nth" between 1 and 12 and octet_length("crm_import_files"."content") <= 10000000 and char_length("crm_import_files"."name") between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "crm_import_made" (
	"import_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"row_id" uuid NOT NULL,
	"was" boolean,
	"print" text,
	CONSTRAINT "crm_import_made_import_id_kind_row_id_pk" PRIMARY KEY("import_id","kind","row_id"),
	CONSTRAINT "crm_import_made_known" CHECK ("crm_import_made"."kind" in ('consent', 'work', 'edge', 'key', 'contact', 'account', 'organization'))
);
--> statement-breakpoint
CREATE TABLE "crm_import_rows" (
	"import_id" uuid NOT NULL,
	"file_nth" smallint NOT NULL,
	"row" integer NOT NULL,
	"kind" text,
	"fate" text NOT NULL,
	"because" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"of" jsonb,
	"perhaps" jsonb,
	"ended" text,
	"record_id" uuid,
	CONSTRAINT "crm_import_rows_import_id_file_nth_row_pk" PRIMARY KEY("import_id","file_nth","row"),
	CONSTRAINT "crm_import_rows_known" CHECK (coalesce("crm_import_rows"."ended", 'made') in ('made', 'known', 'joined', 'left'))
);
--> statement-breakpoint
CREATE TABLE "crm_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"basis" text,
	"ask_by" date NOT NULL,
	"owner_id" uuid NOT NULL,
	"state" text DEFAULT 'checked' NOT NULL,
	"started_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"brought_at" timestamp with time zone,
	"undone_by" uuid,
	"undone_at" timestamp with time zone,
	"forgotten_at" timestamp with time zone,
	CONSTRAINT "crm_imports_known" CHECK ("crm_imports"."state" in ('checked', 'running', 'done', 'undone')),
	CONSTRAINT "crm_imports_undone" CHECK (("crm_imports"."state" = 'undone') = ("crm_imports"."undone_at" is not null) and ("crm_imports"."undone_at" is null) = ("crm_imports"."undone_by" is null))
);
--> statement-breakpoint
ALTER TABLE "contacts" DROP CONSTRAINT "contacts_basis";--> statement-breakpoint
ALTER TABLE "crm_import_files" ADD CONSTRAINT "crm_import_files_import_id_crm_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."crm_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_import_made" ADD CONSTRAINT "crm_import_made_import_id_crm_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."crm_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_import_rows" ADD CONSTRAINT "crm_import_rows_import_id_crm_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."crm_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_imports" ADD CONSTRAINT "crm_imports_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_imports" ADD CONSTRAINT "crm_imports_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_imports" ADD CONSTRAINT "crm_imports_started_by_people_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crm_imports" ADD CONSTRAINT "crm_imports_undone_by_people_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "crm_import_rows_of_fate" ON "crm_import_rows" USING btree ("import_id","fate","file_nth","row");--> statement-breakpoint
CREATE INDEX "crm_imports_of" ON "crm_imports" USING btree ("vendor_id","created_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "crm_imports_to_forget" ON "crm_imports" USING btree ("created_at") WHERE "crm_imports"."forgotten_at" is null;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_basis" CHECK ("contacts"."basis" in ('consent', 'contract', 'legitimate-interest', 'legal-obligation', 'vital-interest', 'public-task'));
--> statement-breakpoint
ALTER TABLE crm_imports ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON crm_imports TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL)
  WITH CHECK ((vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND undone_at IS NULL) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE UPDATE, TRUNCATE ON crm_imports FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (state, brought_at, forgotten_at) ON crm_imports TO parley_app;
--> statement-breakpoint
ALTER TABLE crm_import_files ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON crm_import_files TO parley_app USING (EXISTS (SELECT 1 FROM crm_imports i WHERE i.id = import_id));
--> statement-breakpoint
ALTER TABLE crm_import_rows ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON crm_import_rows TO parley_app USING (EXISTS (SELECT 1 FROM crm_imports i WHERE i.id = import_id));
--> statement-breakpoint
ALTER TABLE crm_import_made ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON crm_import_made FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM crm_imports i WHERE i.id = import_id));
--> statement-breakpoint
CREATE POLICY made ON crm_import_made FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'import' AND EXISTS (SELECT 1 FROM crm_imports i WHERE i.id = import_id AND i.state = 'running'));
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON crm_import_made FROM parley_app;
--> statement-breakpoint
-- A record as it stands, but for when it was last dealt with.
CREATE FUNCTION import_print(of_kind text, of_id uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found_print text;
BEGIN
  EXECUTE format('SELECT md5((to_jsonb(t) - ''last_at'')::text) FROM %I t WHERE %I = $1',
    (ARRAY['vendor_organizations', 'accounts', 'contacts', 'identity_keys', 'organization_edges', 'vendor_affiliations', 'contact_consents'])
      [array_position(ARRAY['organization', 'account', 'contact', 'key', 'edge', 'work', 'consent'], of_kind)],
    CASE of_kind WHEN 'consent' THEN 'contact_id' ELSE 'id' END) || CASE of_kind WHEN 'consent' THEN ' AND channel = ''email''' ELSE '' END INTO found_print USING of_id;
  RETURN found_print;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION import_print(text, uuid) FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION print_import(run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF viewer_system() IS DISTINCT FROM 'import' THEN RAISE EXCEPTION 'what was made is marked by whoever makes it' USING ERRCODE = '42501'; END IF;
  UPDATE crm_import_made m SET print = import_print(m.kind, m.row_id) WHERE m.import_id = run AND m.print IS NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION print_import(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION print_import(uuid) TO parley_app;
--> statement-breakpoint
-- What stands in the way of undoing an import: what it made and somebody changed, used or tied to something since.
CREATE FUNCTION import_touched(run uuid) RETURNS TABLE (kind text, row_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH made AS (SELECT m.kind, m.row_id, m.print FROM crm_import_made m JOIN crm_imports i ON i.id = m.import_id
    WHERE m.import_id = run AND (i.vendor_id = ANY (viewer_vendors()) OR viewer_system() IS NOT NULL)),
  ours AS (SELECT m.row_id FROM made m)
  SELECT m.kind, m.row_id FROM made m WHERE m.print IS NOT NULL AND import_print(m.kind, m.row_id) <> m.print
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
REVOKE EXECUTE ON FUNCTION import_touched(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION import_touched(uuid) TO parley_app;
--> statement-breakpoint
-- Takes away all that an import made, or nothing. What was removed by hand since is gone already.
CREATE FUNCTION undo_import(run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM 1 FROM crm_imports i WHERE i.id = run AND i.state = 'done' AND i.vendor_id = ANY (viewer_vendors()) FOR UPDATE;
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
REVOKE EXECUTE ON FUNCTION undo_import(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION undo_import(uuid) TO parley_app;
