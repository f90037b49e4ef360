CREATE TABLE "access_chain" (
	"nth" bigint PRIMARY KEY NOT NULL,
	"row_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"content" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"linked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_roots" (
	"day" date PRIMARY KEY NOT NULL,
	"first_nth" bigint NOT NULL,
	"links" integer NOT NULL,
	"root" text NOT NULL,
	"signed" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "access_chain" ADD CONSTRAINT "access_chain_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_chain_row" ON "access_chain" USING btree ("row_id");--> statement-breakpoint
CREATE INDEX "access_chain_day" ON "access_chain" USING btree ("linked_at");
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_chain, access_roots FROM parley_app;
--> statement-breakpoint
ALTER TABLE access_chain ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Ids, enumerations and hashes alone, so that the chain stays true when a person is erased. Whoever sees the row sees its link; roots are public.
CREATE POLICY seen ON access_chain FOR SELECT TO parley_app USING (viewer_system() IS NOT NULL OR viewer_is_staff_of(vendor_id)
  OR EXISTS (SELECT 1 FROM access_records r WHERE r.id = row_id AND r.person_id = viewer_person())
  OR EXISTS (SELECT 1 FROM access_refusals r WHERE r.id = row_id AND r.person_id = viewer_person()));
--> statement-breakpoint
CREATE FUNCTION sealed_access(r access_records) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('read', r.id, 'vendor', r.vendor_id, 'grant', r.grant_id, 'field', r.key, 'purpose', r.purpose, 'reader', r.reader_handle_id, 'hour', sealed_moment(r.hour))::text
$$;
--> statement-breakpoint
CREATE FUNCTION sealed_access_refusal(r access_refusals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('refused', r.id, 'vendor', r.vendor_id, 'purpose', r.purpose, 'reader', r.asker_handle_id, 'hour', sealed_moment(r.hour))::text
$$;
--> statement-breakpoint
-- One at a time, at the very end of a transaction. Without a gap, so that a link that is cut out is missed.
CREATE FUNCTION access_is_chained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ DECLARE last access_chain; words text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('access_chain', 0));
  SELECT * INTO last FROM access_chain ORDER BY nth DESC LIMIT 1;
  IF TG_TABLE_NAME = 'access_records' THEN words := sealed_access(NEW); ELSE words := sealed_access_refusal(NEW); END IF;
  INSERT INTO access_chain (nth, row_id, vendor_id, content, previous_hash, hash, linked_at)
    VALUES (coalesce(last.nth, 0) + 1, NEW.id, NEW.vendor_id, words, coalesce(last.hash, ''),
      encode(sha256(convert_to(coalesce(last.hash, '') || words, 'UTF8')), 'hex'), clock_timestamp());
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION access_is_chained() FROM PUBLIC;
--> statement-breakpoint
-- What there was before stands first, in its order.
DO $$ DECLARE it record; last text := ''; place bigint := 0; BEGIN
  FOR it IN SELECT id, vendor_id, hour AS moment, sealed_access(r) AS words FROM access_records r
    UNION ALL SELECT id, vendor_id, hour, sealed_access_refusal(r) FROM access_refusals r ORDER BY 3, 1 LOOP
    place := place + 1;
    INSERT INTO access_chain (nth, row_id, vendor_id, content, previous_hash, hash, linked_at)
      VALUES (place, it.id, it.vendor_id, it.words, last, encode(sha256(convert_to(last || it.words, 'UTF8')), 'hex'), now());
    last := encode(sha256(convert_to(last || it.words, 'UTF8')), 'hex');
  END LOOP;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER access_is_chained AFTER INSERT ON access_records DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_is_chained();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER access_is_chained AFTER INSERT ON access_refusals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_is_chained();
--> statement-breakpoint
-- The first link that does not hold, and why. A row that went with its person is no break: its link stays.
CREATE FUNCTION broken_access_link() RETURNS TABLE (nth bigint, row_id uuid, why text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.nth, c.row_id, CASE WHEN c.nth <> c.place THEN 'links before it are missing' WHEN c.previous_hash <> c.before THEN 'it does not follow the one before it'
      WHEN c.hash <> encode(sha256(convert_to(c.before || c.content, 'UTF8')), 'hex') THEN 'its content was changed' ELSE 'the row that it seals was changed' END
  FROM (SELECT m.*, row_number() OVER (ORDER BY m.nth) AS place, coalesce(lag(m.hash) OVER (ORDER BY m.nth), '') AS before,
      coalesce((SELECT sealed_access(r) FROM access_records r WHERE r.id = m.row_id), (SELECT sealed_access_refusal(r) FROM access_refusals r WHERE r.id = m.row_id)) AS says
    FROM access_chain m) c
  WHERE c.nth <> c.place OR c.previous_hash <> c.before OR c.hash <> encode(sha256(convert_to(c.before || c.content, 'UTF8')), 'hex') OR c.content <> c.says
  ORDER BY c.nth LIMIT 1
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION broken_access_link() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION broken_access_link() TO parley_app;
--> statement-breakpoint
ALTER TABLE access_roots ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON access_roots FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
-- A root is made once for a day that is over, by the job, over what was linked on it.
CREATE POLICY made ON access_roots FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'root-access');
--> statement-breakpoint
GRANT INSERT ON access_roots TO parley_app;
