CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"segment" text DEFAULT '' NOT NULL,
	"use_case" text DEFAULT '' NOT NULL,
	"urgency" text DEFAULT 'none' NOT NULL,
	"constraints" text DEFAULT '' NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_of_vendor" UNIQUE("vendor_id","id"),
	CONSTRAINT "accounts_of_organization" UNIQUE("vendor_id","organization_id"),
	CONSTRAINT "accounts_urgency" CHECK ("accounts"."urgency" in ('none', 'this-year', 'this-quarter', 'now'))
);
--> statement-breakpoint
CREATE TABLE "buying_roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"role" text NOT NULL,
	"started_on" date NOT NULL,
	"ended_on" date,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "buying_roles_forward" CHECK ("buying_roles"."ended_on" >= "buying_roles"."started_on"),
	CONSTRAINT "buying_roles_known" CHECK ("buying_roles"."role" in ('champion', 'economic-buyer', 'user', 'legal', 'security', 'influencer', 'blocker'))
);
--> statement-breakpoint
CREATE TABLE "contact_consents" (
	"vendor_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"allowed" boolean NOT NULL,
	"source" text NOT NULL,
	"said_on" date NOT NULL,
	CONSTRAINT "contact_consents_contact_id_channel_pk" PRIMARY KEY("contact_id","channel"),
	CONSTRAINT "contact_consents_channel" CHECK ("contact_consents"."channel" in ('email', 'phone', 'post'))
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"name" text NOT NULL,
	"family_name" text DEFAULT '' NOT NULL,
	"name_norm" text NOT NULL,
	"city" text DEFAULT '' NOT NULL,
	"country" text DEFAULT '' NOT NULL,
	"came_from" text NOT NULL,
	"came_from_words" text DEFAULT '' NOT NULL,
	"basis" text NOT NULL,
	"ask_by" date,
	"provenance" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"merged_into" uuid,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contacts_of_vendor" UNIQUE("vendor_id","id"),
	CONSTRAINT "contacts_not_into_itself" CHECK ("contacts"."merged_into" <> "contacts"."id"),
	CONSTRAINT "contacts_named" CHECK ("contacts"."name" <> '' and "contacts"."name_norm" <> '' and "contacts"."country" ~ '^([A-Z]{2})?$'),
	CONSTRAINT "contacts_came_from" CHECK ("contacts"."came_from" in ('event', 'form', 'referral', 'message', 'import', 'purchase', 'other')),
	CONSTRAINT "contacts_basis" CHECK ("contacts"."basis" in ('consent', 'contract', 'legitimate-interest')),
	CONSTRAINT "contacts_asked_or_deleted" CHECK ("contacts"."basis" = 'contract' or "contacts"."ask_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "identity_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"contact_id" uuid,
	"organization_id" uuid,
	"kind" text NOT NULL,
	"value_norm" text NOT NULL,
	"value_raw" text NOT NULL,
	"identifies" boolean NOT NULL,
	"source" text NOT NULL,
	"verified_at" timestamp with time zone,
	"opt_out_at" timestamp with time zone,
	"invalid_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identity_keys_one_owner" CHECK (num_nonnulls("identity_keys"."contact_id", "identity_keys"."organization_id") = 1),
	CONSTRAINT "identity_keys_owner_fits" CHECK (case "identity_keys"."kind" when 'domain' then "identity_keys"."organization_id" is not null when 'external' then true else "identity_keys"."contact_id" is not null end),
	CONSTRAINT "identity_keys_known" CHECK ("identity_keys"."kind" in ('email', 'phone', 'domain', 'external') and "identity_keys"."value_norm" <> ''),
	CONSTRAINT "identity_keys_of_one_person" CHECK (not ("identity_keys"."identifies" and ("identity_keys"."kind" = 'phone' or ("identity_keys"."kind" = 'email' and split_part(split_part("identity_keys"."value_norm", '@', 1), '+', 1) = any (array['abuse', 'accounting', 'accounts', 'admin', 'administration', 'billing', 'bookings', 'buero', 'careers', 'commercial', 'compras', 'contact', 'contacto', 'customerservice', 'einkauf', 'enquiries', 'finance', 'hello', 'help', 'helpdesk', 'hostmaster', 'hr', 'info', 'inquiries', 'invoices', 'it', 'jobs', 'kontakt', 'legal', 'mail', 'marketing', 'media', 'no-reply', 'noreply', 'office', 'orders', 'post', 'postmaster', 'press', 'privacy', 'procurement', 'purchasing', 'reception', 'sales', 'secretary', 'security', 'service', 'services', 'support', 'team', 'ventas', 'verkauf', 'verwaltung', 'vertrieb', 'webmaster'])))))
);
--> statement-breakpoint
CREATE TABLE "organization_closure" (
	"vendor_id" uuid NOT NULL,
	"ancestor_id" uuid NOT NULL,
	"descendant_id" uuid NOT NULL,
	"depth" integer NOT NULL,
	CONSTRAINT "organization_closure_ancestor_id_descendant_id_pk" PRIMARY KEY("ancestor_id","descendant_id"),
	CONSTRAINT "organization_closure_deep" CHECK ("organization_closure"."depth" between 1 and 20)
);
--> statement-breakpoint
CREATE TABLE "organization_edges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"parent_id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"started_on" date NOT NULL,
	"ended_on" date,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_edges_forward" CHECK ("organization_edges"."ended_on" >= "organization_edges"."started_on"),
	CONSTRAINT "organization_edges_known" CHECK ("organization_edges"."kind" in ('owns', 'division', 'franchise'))
);
--> statement-breakpoint
CREATE TABLE "vendor_affiliations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"department" text DEFAULT '' NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	"started_on" date NOT NULL,
	"ended_on" date,
	"source" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_affiliations_forward" CHECK ("vendor_affiliations"."ended_on" >= "vendor_affiliations"."started_on")
);
--> statement-breakpoint
CREATE TABLE "vendor_organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"name" text NOT NULL,
	"legal_suffix" text DEFAULT '' NOT NULL,
	"name_norm" text NOT NULL,
	"city" text DEFAULT '' NOT NULL,
	"country" text DEFAULT '' NOT NULL,
	"provenance" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"merged_into" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_organizations_of_vendor" UNIQUE("vendor_id","id"),
	CONSTRAINT "vendor_organizations_not_into_itself" CHECK ("vendor_organizations"."merged_into" <> "vendor_organizations"."id"),
	CONSTRAINT "vendor_organizations_named" CHECK ("vendor_organizations"."name" <> '' and "vendor_organizations"."name_norm" <> '' and "vendor_organizations"."country" ~ '^([A-Z]{2})?$')
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_organization" FOREIGN KEY ("vendor_id","organization_id") REFERENCES "public"."vendor_organizations"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buying_roles" ADD CONSTRAINT "buying_roles_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buying_roles" ADD CONSTRAINT "buying_roles_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buying_roles" ADD CONSTRAINT "buying_roles_account" FOREIGN KEY ("vendor_id","account_id") REFERENCES "public"."accounts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buying_roles" ADD CONSTRAINT "buying_roles_contact" FOREIGN KEY ("vendor_id","contact_id") REFERENCES "public"."contacts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_consents" ADD CONSTRAINT "contact_consents_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_consents" ADD CONSTRAINT "contact_consents_contact" FOREIGN KEY ("vendor_id","contact_id") REFERENCES "public"."contacts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_merged_into" FOREIGN KEY ("vendor_id","merged_into") REFERENCES "public"."contacts"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_keys" ADD CONSTRAINT "identity_keys_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_keys" ADD CONSTRAINT "identity_keys_contact" FOREIGN KEY ("vendor_id","contact_id") REFERENCES "public"."contacts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_keys" ADD CONSTRAINT "identity_keys_organization" FOREIGN KEY ("vendor_id","organization_id") REFERENCES "public"."vendor_organizations"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_closure" ADD CONSTRAINT "organization_closure_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_closure" ADD CONSTRAINT "organization_closure_ancestor" FOREIGN KEY ("vendor_id","ancestor_id") REFERENCES "public"."vendor_organizations"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_closure" ADD CONSTRAINT "organization_closure_descendant" FOREIGN KEY ("vendor_id","descendant_id") REFERENCES "public"."vendor_organizations"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_edges" ADD CONSTRAINT "organization_edges_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_edges" ADD CONSTRAINT "organization_edges_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_edges" ADD CONSTRAINT "organization_edges_parent" FOREIGN KEY ("vendor_id","parent_id") REFERENCES "public"."vendor_organizations"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_edges" ADD CONSTRAINT "organization_edges_child" FOREIGN KEY ("vendor_id","child_id") REFERENCES "public"."vendor_organizations"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_affiliations" ADD CONSTRAINT "vendor_affiliations_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_affiliations" ADD CONSTRAINT "vendor_affiliations_contact" FOREIGN KEY ("vendor_id","contact_id") REFERENCES "public"."contacts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_affiliations" ADD CONSTRAINT "vendor_affiliations_organization" FOREIGN KEY ("vendor_id","organization_id") REFERENCES "public"."vendor_organizations"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_organizations" ADD CONSTRAINT "vendor_organizations_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_organizations" ADD CONSTRAINT "vendor_organizations_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_organizations" ADD CONSTRAINT "vendor_organizations_merged_into" FOREIGN KEY ("vendor_id","merged_into") REFERENCES "public"."vendor_organizations"("vendor_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_recent" ON "accounts" USING btree ("vendor_id","last_at" DESC,"id" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "buying_roles_held" ON "buying_roles" USING btree ("account_id","contact_id","role") WHERE "buying_roles"."ended_on" is null;--> statement-breakpoint
CREATE INDEX "buying_roles_of" ON "buying_roles" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contacts_recent" ON "contacts" USING btree ("vendor_id","last_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "contacts_name" ON "contacts" USING btree ("vendor_id","name_norm");--> statement-breakpoint
CREATE INDEX "contacts_due" ON "contacts" USING btree ("ask_by") WHERE "contacts"."ask_by" is not null;--> statement-breakpoint
CREATE INDEX "contacts_merged" ON "contacts" USING btree ("merged_into") WHERE "contacts"."merged_into" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "identity_keys_one_record" ON "identity_keys" USING btree ("vendor_id","kind","value_norm") WHERE "identity_keys"."identifies";--> statement-breakpoint
CREATE INDEX "identity_keys_value" ON "identity_keys" USING btree ("vendor_id","kind","value_norm");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_keys_of_contact" ON "identity_keys" USING btree ("contact_id","kind","value_norm");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_keys_of_organization" ON "identity_keys" USING btree ("organization_id","kind","value_norm");--> statement-breakpoint
CREATE INDEX "organization_closure_up" ON "organization_closure" USING btree ("descendant_id");--> statement-breakpoint
CREATE INDEX "organization_edges_below" ON "organization_edges" USING btree ("parent_id","ended_on");--> statement-breakpoint
CREATE INDEX "organization_edges_above" ON "organization_edges" USING btree ("child_id","ended_on");--> statement-breakpoint
CREATE UNIQUE INDEX "vendor_affiliations_one_primary" ON "vendor_affiliations" USING btree ("contact_id") WHERE "vendor_affiliations"."is_primary" and "vendor_affiliations"."ended_on" is null;--> statement-breakpoint
CREATE INDEX "vendor_affiliations_of" ON "vendor_affiliations" USING btree ("contact_id","started_on" DESC);--> statement-breakpoint
CREATE INDEX "vendor_affiliations_people" ON "vendor_affiliations" USING btree ("organization_id","ended_on");--> statement-breakpoint
CREATE INDEX "vendor_organizations_name" ON "vendor_organizations" USING btree ("vendor_id","name_norm");--> statement-breakpoint
CREATE INDEX "vendor_organizations_merged" ON "vendor_organizations" USING btree ("merged_into") WHERE "vendor_organizations"."merged_into" is not null;
--> statement-breakpoint
-- A range of one uuid lets an exclusion compare for equality without an extension.
CREATE TYPE uuid_range AS RANGE (subtype = uuid);
--> statement-breakpoint
ALTER TABLE organization_edges ADD CONSTRAINT organization_edges_no_overlap EXCLUDE USING gist (
  uuid_range(parent_id, parent_id, '[]') WITH &&, uuid_range(child_id, child_id, '[]') WITH &&, daterange(started_on, ended_on) WITH &&);
--> statement-breakpoint
ALTER TABLE vendor_affiliations ADD CONSTRAINT vendor_affiliations_no_overlap EXCLUDE USING gist (
  uuid_range(contact_id, contact_id, '[]') WITH &&, uuid_range(organization_id, organization_id, '[]') WITH &&, daterange(started_on, ended_on) WITH &&);
--> statement-breakpoint
ALTER TABLE vendor_organizations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON vendor_organizations TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE organization_edges ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON organization_edges TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE organization_closure ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON organization_closure FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON accounts TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE contacts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON contacts TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE identity_keys ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON identity_keys TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE vendor_affiliations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON vendor_affiliations TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE buying_roles ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON buying_roles TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
ALTER TABLE contact_consents ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON contact_consents TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
-- No row changes its vendor or whom it is about, and no history is rewritten: a company, an edge, a place of work ends, it does not vanish.
REVOKE UPDATE, DELETE ON vendor_organizations, organization_edges, accounts, vendor_affiliations, buying_roles FROM parley_app;
--> statement-breakpoint
REVOKE UPDATE ON contacts, identity_keys FROM parley_app;
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON organization_closure FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (name, legal_suffix, name_norm, city, country, provenance, merged_into) ON vendor_organizations TO parley_app;
--> statement-breakpoint
GRANT UPDATE (ended_on) ON organization_edges, buying_roles TO parley_app;
--> statement-breakpoint
GRANT UPDATE (owner_id, segment, use_case, urgency, constraints, last_at) ON accounts TO parley_app;
--> statement-breakpoint
GRANT UPDATE (name, family_name, name_norm, city, country, came_from, came_from_words, basis, ask_by, provenance, merged_into, last_at) ON contacts TO parley_app;
--> statement-breakpoint
GRANT UPDATE (value_raw, verified_at, opt_out_at, invalid_at) ON identity_keys TO parley_app;
--> statement-breakpoint
GRANT UPDATE (title, department, is_primary, ended_on) ON vendor_affiliations TO parley_app;
--> statement-breakpoint
-- An account is owned by somebody who serves its vendor.
CREATE FUNCTION accounts_owned_by_staff() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = NEW.owner_id AND s.ended_at IS NULL)
    THEN RAISE EXCEPTION 'an account is owned by staff of its vendor' USING ERRCODE = '23514', CONSTRAINT = 'accounts_owned_by_staff'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION accounts_owned_by_staff() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER accounts_owned_by_staff AFTER INSERT OR UPDATE OF owner_id ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_owned_by_staff();
--> statement-breakpoint
-- What was merged away takes nothing in: whoever would merge into it merges into what it became.
CREATE FUNCTION merged_into_one_that_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone uuid;
BEGIN
  IF NEW.merged_into IS NULL THEN RETURN NEW; END IF;
  EXECUTE format('SELECT merged_into FROM %I WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_NAME) INTO gone USING NEW.merged_into;
  IF gone IS NOT NULL THEN RAISE EXCEPTION 'it was merged away itself' USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_into_one_that_stands'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION merged_into_one_that_stands() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER merged_into_one_that_stands BEFORE INSERT OR UPDATE OF merged_into ON vendor_organizations FOR EACH ROW EXECUTE FUNCTION merged_into_one_that_stands();
--> statement-breakpoint
CREATE TRIGGER merged_into_one_that_stands BEFORE INSERT OR UPDATE OF merged_into ON contacts FOR EACH ROW EXECUTE FUNCTION merged_into_one_that_stands();
--> statement-breakpoint
-- Edges of one vendor are drawn one at a time. Whoever would stand above itself at any time is refused; the closure follows what holds today.
CREATE FUNCTION organization_edges_form_no_ring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('hierarchy:' || NEW.vendor_id, 0));
  IF NEW.parent_id = NEW.child_id OR EXISTS (
    WITH RECURSIVE above(id) AS (
      SELECT NEW.parent_id UNION
      SELECT e.parent_id FROM organization_edges e JOIN above a ON e.child_id = a.id
      WHERE e.id <> NEW.id AND daterange(e.started_on, e.ended_on) && daterange(NEW.started_on, NEW.ended_on))
    SELECT 1 FROM above WHERE id = NEW.child_id)
    THEN RAISE EXCEPTION 'no company stands above itself' USING ERRCODE = '23514', CONSTRAINT = 'organization_edges_no_ring'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION organization_edges_form_no_ring() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER organization_edges_form_no_ring BEFORE INSERT OR UPDATE ON organization_edges FOR EACH ROW EXECUTE FUNCTION organization_edges_form_no_ring();
--> statement-breakpoint
CREATE FUNCTION organization_closure_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  edge organization_edges := coalesce(NEW, OLD);
  below uuid[];
BEGIN
  SELECT array_agg(descendant_id) || edge.child_id INTO below FROM organization_closure WHERE ancestor_id = edge.child_id;
  DELETE FROM organization_closure WHERE descendant_id = ANY (below);
  INSERT INTO organization_closure (vendor_id, ancestor_id, descendant_id, depth)
    WITH RECURSIVE up(descendant_id, ancestor_id, depth) AS (
      SELECT child_id, parent_id, 1 FROM organization_edges WHERE child_id = ANY (below) AND ended_on IS NULL
      UNION SELECT u.descendant_id, e.parent_id, u.depth + 1 FROM up u JOIN organization_edges e ON e.child_id = u.ancestor_id AND e.ended_on IS NULL)
    SELECT edge.vendor_id, ancestor_id, descendant_id, min(depth) FROM up GROUP BY ancestor_id, descendant_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION organization_closure_follows() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER organization_closure_follows AFTER INSERT OR UPDATE OR DELETE ON organization_edges FOR EACH ROW EXECUTE FUNCTION organization_closure_follows();
