CREATE TABLE "audit_events" (
	"vendor_id" uuid NOT NULL,
	"nth" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act" text NOT NULL,
	"object" text NOT NULL,
	"object_id" uuid NOT NULL,
	"relationship_id" uuid,
	"field" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_handle_id" uuid,
	"job" text NOT NULL,
	"old_hash" text,
	"new_hash" text,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_events_vendor_id_nth_pk" PRIMARY KEY("vendor_id","nth")
);
--> statement-breakpoint
CREATE TABLE "audit_values" (
	"vendor_id" uuid NOT NULL,
	"nth" bigint NOT NULL,
	"salt" text NOT NULL,
	"old_value" text,
	"new_value" text,
	CONSTRAINT "audit_values_vendor_id_nth_pk" PRIMARY KEY("vendor_id","nth")
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_actor_handle_id_handles_id_fk" FOREIGN KEY ("actor_handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_values" ADD CONSTRAINT "audit_values_event" FOREIGN KEY ("vendor_id","nth") REFERENCES "public"."audit_events"("vendor_id","nth") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_of" ON "audit_events" USING btree ("vendor_id","object_id","nth" DESC);--> statement-breakpoint
CREATE INDEX "audit_events_kind" ON "audit_events" USING btree ("vendor_id","object","nth" DESC);--> statement-breakpoint
CREATE INDEX "audit_events_about" ON "audit_events" USING btree ("relationship_id","nth" DESC) WHERE "audit_events"."relationship_id" is not null;
--> statement-breakpoint
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON audit_events FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL
  OR (relationship_id IS NOT NULL AND viewer_sees_relationship(relationship_id)));
--> statement-breakpoint
ALTER TABLE audit_values ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Whoever sees the row sees what it changed.
CREATE POLICY seen ON audit_values FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM audit_events e WHERE e.vendor_id = audit_values.vendor_id AND e.nth = audit_values.nth));
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_events, audit_values FROM parley_app;
--> statement-breakpoint
-- Not even for whoever owns the table. Of the values, whole rows go with their person; none is rewritten.
CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'what was audited stands' USING ERRCODE = '42501', CONSTRAINT = 'audit_stands';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION audit_stands();
--> statement-breakpoint
CREATE TRIGGER audit_stands BEFORE UPDATE OR TRUNCATE ON audit_values FOR EACH STATEMENT EXECUTE FUNCTION audit_stands();
--> statement-breakpoint
CREATE FUNCTION sealed_audit(a audit_events) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('vendor', a.vendor_id, 'nth', a.nth, 'at', sealed_moment(a.at), 'act', a.act, 'object', a.object, 'id', a.object_id, 'about', a.relationship_id,
    'field', a.field, 'kind', a.actor_kind, 'by', a.actor_handle_id, 'job', a.job, 'old', a.old_hash, 'new', a.new_hash)::text
$$;
--> statement-breakpoint
-- A value cannot be guessed from its hash without the salt, which goes with the value.
CREATE FUNCTION salted_hash(salt text, side text, value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value IS NOT NULL THEN encode(sha256(convert_to(salt || side || value, 'UTF8')), 'hex') END
$$;
--> statement-breakpoint
-- One at a time for a vendor, at the very end of a transaction, without a gap: a row that is cut out is missed.
CREATE FUNCTION audit(vendor uuid, act text, object text, object_id uuid, about uuid, field text, old_value text, new_value text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last audit_events;
  it audit_events;
  salt text := gen_random_uuid()::text || gen_random_uuid()::text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || vendor, 0));
  SELECT * INTO last FROM audit_events e WHERE e.vendor_id = vendor ORDER BY e.nth DESC LIMIT 1;
  it.vendor_id := vendor; it.nth := coalesce(last.nth, 0) + 1; it.at := clock_timestamp(); it.act := act; it.object := object; it.object_id := object_id;
  it.relationship_id := about; it.field := field; it.job := coalesce(viewer_system(), '');
  it.actor_kind := CASE WHEN viewer_person() IS NOT NULL THEN 'person' WHEN viewer_system() IS NOT NULL THEN 'job' ELSE 'database' END;
  it.actor_handle_id := (SELECT h.id FROM handles h WHERE h.person_id = viewer_person() ORDER BY h.created_at LIMIT 1);
  it.old_hash := salted_hash(salt, 'old', old_value); it.new_hash := salted_hash(salt, 'new', new_value);
  it.previous_hash := coalesce(last.hash, ''); it.hash := encode(sha256(convert_to(it.previous_hash || sealed_audit(it), 'UTF8')), 'hex');
  INSERT INTO audit_events SELECT it.*;
  IF old_value IS NOT NULL OR new_value IS NOT NULL THEN
    INSERT INTO audit_values (vendor_id, nth, salt, old_value, new_value) VALUES (vendor, it.nth, salt, old_value, new_value);
  END IF;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audit(uuid, text, text, uuid, uuid, text, text, text) FROM PUBLIC;
--> statement-breakpoint
-- The kind of thing, then the columns of it that are audited. People are written down as handles: ids of persons stand nowhere in it.
CREATE FUNCTION audited() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END;
  now_is jsonb := to_jsonb(NEW);
  about uuid := CASE WHEN TG_ARGV[0] = 'relationship' THEN (now_is->>'id')::uuid END;
  col text;
  was text;
  becomes text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM audit((now_is->>'vendor_id')::uuid, 'created', TG_ARGV[0], (now_is->>'id')::uuid, about, '', NULL, NULL);
    RETURN NULL;
  END IF;
  FOREACH col IN ARRAY TG_ARGV[1:] LOOP
    was := before->>col; becomes := now_is->>col;
    IF was IS DISTINCT FROM becomes THEN
      IF col = 'owner_id' OR col = 'person_id' THEN
        was := (SELECT h.id FROM handles h WHERE h.person_id = was::uuid ORDER BY h.created_at LIMIT 1);
        becomes := (SELECT h.id FROM handles h WHERE h.person_id = becomes::uuid ORDER BY h.created_at LIMIT 1);
      END IF;
      PERFORM audit((now_is->>'vendor_id')::uuid, 'changed', TG_ARGV[0], (now_is->>'id')::uuid, about, col, was, becomes);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audited() FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION audited_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  vendor uuid := (SELECT r.vendor_id FROM relationships r WHERE r.id = NEW.relationship_id);
BEGIN
  IF TG_OP = 'INSERT' THEN PERFORM audit(vendor, 'changed', 'relationship', NEW.relationship_id, NEW.relationship_id, 'state', NULL, NEW.state); RETURN NULL; END IF;
  IF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN
    PERFORM audit(vendor, 'ended', 'relationship', NEW.relationship_id, NEW.relationship_id, 'state', NEW.state, NULL);
  ELSIF (OLD.vendor_confirmed_at, OLD.person_confirmed_at) IS DISTINCT FROM (NEW.vendor_confirmed_at, NEW.person_confirmed_at) THEN
    PERFORM audit(vendor, 'confirmed', 'relationship', NEW.relationship_id, NEW.relationship_id, 'state', NULL, NEW.state);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audited_state() FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION audited_value() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  PERFORM audit(NEW.vendor_id, CASE WHEN NEW.restores IS NULL THEN 'changed' ELSE 'restored' END, CASE WHEN NEW.account_id IS NULL THEN 'relationship' ELSE 'account' END,
    coalesce(NEW.account_id, NEW.relationship_id), NEW.relationship_id, NEW.field_id::text,
    (SELECT v.value FROM field_values v WHERE v.field_id = NEW.field_id AND v.nth = NEW.nth - 1 AND (v.account_id = NEW.account_id OR v.relationship_id = NEW.relationship_id)), NEW.value);
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audited_value() FROM PUBLIC;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OF owner_id, segment, use_case, urgency, constraints ON accounts DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audited('account', 'owner_id', 'segment', 'use_case', 'urgency', 'constraints');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER UPDATE OF name, legal_suffix, city, country, merged_into ON vendor_organizations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audited('organization', 'name', 'legal_suffix', 'city', 'country', 'merged_into');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER UPDATE OF owner_id ON relationships DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audited('relationship', 'owner_id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OF vendor_confirmed_at, person_confirmed_at, ended_at ON relationship_states DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audited_state();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON vendor_fields DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audited('field', 'name', 'field_group', 'owner_id', 'decision', 'choices', 'sources', 'retired_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON field_values DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audited_value();
--> statement-breakpoint
-- The first row of a vendor's that does not hold, and why. Values that went with their person are no break.
CREATE FUNCTION broken_audit(vendor uuid) RETURNS TABLE (nth bigint, why text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.nth, CASE WHEN c.nth <> c.place THEN 'missing' WHEN c.previous_hash <> c.before THEN 'order' WHEN c.hash <> c.recount THEN 'row' ELSE 'value' END
  FROM (SELECT e.nth, e.previous_hash, e.hash, row_number() OVER w AS place, coalesce(lag(e.hash) OVER w, '') AS before,
      encode(sha256(convert_to(e.previous_hash || sealed_audit(e), 'UTF8')), 'hex') AS recount,
      v.salt IS NULL OR (e.old_hash IS NOT DISTINCT FROM salted_hash(v.salt, 'old', v.old_value) AND e.new_hash IS NOT DISTINCT FROM salted_hash(v.salt, 'new', v.new_value)) AS fits
    FROM audit_events e LEFT JOIN audit_values v ON v.vendor_id = e.vendor_id AND v.nth = e.nth WHERE e.vendor_id = vendor WINDOW w AS (ORDER BY e.nth)) c
  WHERE c.nth <> c.place OR c.previous_hash <> c.before OR c.hash <> c.recount OR NOT c.fits ORDER BY c.nth LIMIT 1
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION broken_audit(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION broken_audit(uuid) TO parley_app;
