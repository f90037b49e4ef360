ALTER TABLE "vault_attributes" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "vault_attributes" ADD COLUMN "sealed_label" text;--> statement-breakpoint
ALTER TABLE "vault_attributes" ADD COLUMN "sensitive" boolean;--> statement-breakpoint
ALTER TABLE "vault_attributes" ADD CONSTRAINT "vault_attributes_own" CHECK (num_nonnulls("vault_attributes"."kind", "vault_attributes"."sealed_label", "vault_attributes"."sensitive") = case when "vault_attributes"."key" like 'own-%' then 3 else 0 end and ("vault_attributes"."kind" is null or "vault_attributes"."kind" in ('text', 'number', 'date', 'url')));--> statement-breakpoint
CREATE FUNCTION own_fields_are_bounded() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('own-fields:' || NEW.person_id, 0));
  IF (SELECT count(*) FROM vault_attributes WHERE person_id = NEW.person_id AND kind IS NOT NULL) >= 30 THEN
    RAISE EXCEPTION 'A person keeps 30 fields of their own at most.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bounded BEFORE INSERT ON vault_attributes FOR EACH ROW WHEN (NEW.kind IS NOT NULL) EXECUTE FUNCTION own_fields_are_bounded();
--> statement-breakpoint
-- Its name and its kind stay: grants were given under them.
CREATE FUNCTION own_fields_keep_their_name() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'A field of one’s own keeps its name, its kind and how it may be granted.' USING ERRCODE = 'check_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER named BEFORE UPDATE ON vault_attributes FOR EACH ROW
  WHEN (num_nonnulls(OLD.kind, NEW.kind) > 0 AND (NEW.kind, NEW.sealed_label, NEW.sensitive, NEW.key) IS DISTINCT FROM (OLD.kind, OLD.sealed_label, OLD.sensitive, OLD.key)) EXECUTE FUNCTION own_fields_keep_their_name();
