CREATE TABLE "agreement_copies" (
	"negotiation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"side" text NOT NULL,
	"file" text NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agreement_copies_negotiation_id_version_side_pk" PRIMARY KEY("negotiation_id","version","side")
);
--> statement-breakpoint
CREATE TABLE "negotiation_steps" (
	"negotiation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"status" text NOT NULL,
	"by" text NOT NULL,
	"terms" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "negotiation_steps_negotiation_id_seq_pk" PRIMARY KEY("negotiation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "negotiations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid,
	"handle_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"policy_id" uuid,
	"status" text NOT NULL,
	"proffered" text NOT NULL,
	"countered" text,
	"agreed" text,
	"expires_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"superseded_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "negotiations_status" CHECK ("negotiations"."status" in ('AgreementNegotiationRequested', 'AgreementNegotiationInitiated', 'AgreementNegotiationPendingResponse', 'AgreementNegotiationClarificationRequired', 'AgreementNegotiationConfirmationRequired', 'AgreementNegotiationCounterOfferMade', 'AgreementAccepted', 'AgreementRefused', 'AgreementNegotiationRefused', 'AgreementNegotiationExpired', 'AgreementNegotiationTerminated', 'AgreementNegotiationInvalid', 'AgreementNegotiationPaused', 'AgreementNegotiationUnknown')),
	CONSTRAINT "negotiations_from_the_roster" CHECK ("negotiations"."proffered" in ('SD-BASE', 'SD-BASE-DP', 'SD-BASE-A', 'SD-BASE-A-DP', 'SD-BASE-AT', 'SD-BASE-AT-DP', 'SD-BASE-ATP', 'SD-BASE-ATP-DP', 'SD-BASE-ATP-S3P', 'SD-BASE-ATP-S3P-DP', 'PDC-INTENT', 'PDC-AI', 'PDC-GOOD') and ("negotiations"."countered" is null or "negotiations"."countered" in ('SD-BASE', 'SD-BASE-DP', 'SD-BASE-A', 'SD-BASE-A-DP', 'SD-BASE-AT', 'SD-BASE-AT-DP', 'SD-BASE-ATP', 'SD-BASE-ATP-DP', 'SD-BASE-ATP-S3P', 'SD-BASE-ATP-S3P-DP', 'PDC-INTENT', 'PDC-AI', 'PDC-GOOD')) and ("negotiations"."agreed" is null or "negotiations"."agreed" in ("negotiations"."proffered", "negotiations"."countered"))),
	CONSTRAINT "negotiations_agreed" CHECK (("negotiations"."agreed" is not null) = ("negotiations"."status" in ('AgreementAccepted', 'AgreementNegotiationTerminated')))
);
--> statement-breakpoint
CREATE TABLE "term_preferences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"vendor_id" uuid,
	"proffered" text NOT NULL,
	"furthest" text NOT NULL,
	"agent_accepts" boolean NOT NULL,
	"beyond" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "term_preferences_listed" CHECK ("term_preferences"."proffered" in ('SD-BASE', 'SD-BASE-DP', 'SD-BASE-A', 'SD-BASE-A-DP', 'SD-BASE-AT', 'SD-BASE-AT-DP', 'SD-BASE-ATP', 'SD-BASE-ATP-DP', 'SD-BASE-ATP-S3P', 'SD-BASE-ATP-S3P-DP', 'PDC-INTENT', 'PDC-AI', 'PDC-GOOD') and "term_preferences"."furthest" in ('SD-BASE', 'SD-BASE-DP', 'SD-BASE-A', 'SD-BASE-A-DP', 'SD-BASE-AT', 'SD-BASE-AT-DP', 'SD-BASE-ATP', 'SD-BASE-ATP-DP', 'SD-BASE-ATP-S3P', 'SD-BASE-ATP-S3P-DP', 'PDC-INTENT', 'PDC-AI', 'PDC-GOOD'))
);
--> statement-breakpoint
CREATE TABLE "vendor_policies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"accepts" text[] NOT NULL,
	"counter" text,
	"staff_answer" boolean NOT NULL,
	"published_by" uuid NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_policies_listed" CHECK ("vendor_policies"."accepts" <@ array['SD-BASE', 'SD-BASE-DP', 'SD-BASE-A', 'SD-BASE-A-DP', 'SD-BASE-AT', 'SD-BASE-AT-DP', 'SD-BASE-ATP', 'SD-BASE-ATP-DP', 'SD-BASE-ATP-S3P', 'SD-BASE-ATP-S3P-DP', 'PDC-INTENT', 'PDC-AI', 'PDC-GOOD'] and ("vendor_policies"."counter" is null or "vendor_policies"."counter" = any("vendor_policies"."accepts")))
);
--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "agreement_id" uuid;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "terms" text DEFAULT 'BEFORE-TERMS' NOT NULL;--> statement-breakpoint
ALTER TABLE "agreement_copies" ADD CONSTRAINT "agreement_copies_negotiation_id_negotiations_id_fk" FOREIGN KEY ("negotiation_id") REFERENCES "public"."negotiations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "negotiation_steps" ADD CONSTRAINT "negotiation_steps_negotiation_id_negotiations_id_fk" FOREIGN KEY ("negotiation_id") REFERENCES "public"."negotiations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "negotiations" ADD CONSTRAINT "negotiations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "negotiations" ADD CONSTRAINT "negotiations_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "negotiations" ADD CONSTRAINT "negotiations_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "negotiations" ADD CONSTRAINT "negotiations_policy_id_vendor_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."vendor_policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "negotiations" ADD CONSTRAINT "negotiations_superseded" FOREIGN KEY ("superseded_by") REFERENCES "public"."negotiations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "term_preferences" ADD CONSTRAINT "term_preferences_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "term_preferences" ADD CONSTRAINT "term_preferences_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_policies" ADD CONSTRAINT "vendor_policies_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_policies" ADD CONSTRAINT "vendor_policies_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "negotiations_open" ON "negotiations" USING btree ("person_id","vendor_id") WHERE "negotiations"."status" in ('AgreementNegotiationPendingResponse', 'AgreementNegotiationConfirmationRequired', 'AgreementNegotiationCounterOfferMade');--> statement-breakpoint
CREATE UNIQUE INDEX "negotiations_live" ON "negotiations" USING btree ("person_id","vendor_id") WHERE "negotiations"."status" = 'AgreementAccepted' and "negotiations"."superseded_by" is null;--> statement-breakpoint
CREATE INDEX "negotiations_person" ON "negotiations" USING btree ("person_id","created_at" DESC);--> statement-breakpoint
CREATE INDEX "negotiations_vendor" ON "negotiations" USING btree ("vendor_id","status","created_at");--> statement-breakpoint
CREATE INDEX "negotiations_expiry" ON "negotiations" USING btree ("expires_at") WHERE "negotiations"."status" in ('AgreementNegotiationPendingResponse', 'AgreementNegotiationConfirmationRequired', 'AgreementNegotiationCounterOfferMade');--> statement-breakpoint
CREATE UNIQUE INDEX "vendor_policies_version" ON "vendor_policies" USING btree ("vendor_id","version" DESC);--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_agreement_id_negotiations_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."negotiations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grants_agreement" ON "grants" USING btree ("agreement_id");--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_terms" CHECK (("grants"."agreement_id" is null) = ("grants"."terms" = 'BEFORE-TERMS'));--> statement-breakpoint
CREATE UNIQUE INDEX term_preferences_one ON term_preferences (person_id, vendor_id) NULLS NOT DISTINCT;
--> statement-breakpoint
ALTER TABLE term_preferences ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY owner ON term_preferences TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY agent ON term_preferences TO parley_app USING (viewer_system() IS NOT NULL) WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
-- What a vendor accepts is public, and what it once accepted stays.
ALTER TABLE vendor_policies ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON vendor_policies FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY published ON vendor_policies FOR INSERT TO parley_app WITH CHECK (viewer_is_staff_of(vendor_id) AND published_by = viewer_person());
--> statement-breakpoint
REVOKE UPDATE, DELETE ON vendor_policies FROM parley_app;
--> statement-breakpoint
ALTER TABLE negotiations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON negotiations FOR SELECT TO parley_app USING (person_id = viewer_person() OR viewer_is_staff_of(vendor_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY proffered ON negotiations FOR INSERT TO parley_app WITH CHECK (person_id = viewer_person() AND viewer_owns_handle(handle_id));
--> statement-breakpoint
CREATE POLICY settled ON negotiations FOR UPDATE TO parley_app USING (person_id = viewer_person() OR viewer_is_staff_of(vendor_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE UPDATE, DELETE ON negotiations FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (status, countered, agreed, expires_at, settled_at, superseded_by, person_id) ON negotiations TO parley_app;
--> statement-breakpoint
-- One counter-offer and no second; what is settled stays settled, but for an agreement that is ended; no person but none at all.
CREATE FUNCTION negotiations_move_on() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.countered IS NOT NULL AND NEW.countered IS DISTINCT FROM OLD.countered THEN RAISE EXCEPTION 'a counter-offer was made already' USING ERRCODE = '23514'; END IF;
  IF OLD.agreed IS NOT NULL AND NEW.agreed IS DISTINCT FROM OLD.agreed THEN RAISE EXCEPTION 'agreed terms stay' USING ERRCODE = '23514'; END IF;
  IF OLD.settled_at IS NOT NULL AND NEW.status <> OLD.status AND NOT (OLD.status = 'AgreementAccepted' AND NEW.status = 'AgreementNegotiationTerminated')
    THEN RAISE EXCEPTION 'this is settled' USING ERRCODE = '23514'; END IF;
  IF NEW.person_id IS DISTINCT FROM OLD.person_id AND (NEW.person_id IS NOT NULL OR viewer_system() IS NULL)
    THEN RAISE EXCEPTION 'an offer stays with its person' USING ERRCODE = '42501'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER negotiations_move_on BEFORE UPDATE ON negotiations FOR EACH ROW EXECUTE FUNCTION negotiations_move_on();
--> statement-breakpoint
ALTER TABLE negotiation_steps ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON negotiation_steps FOR SELECT TO parley_app USING (EXISTS (SELECT 1 FROM negotiations n WHERE n.id = negotiation_id));
--> statement-breakpoint
CREATE POLICY added ON negotiation_steps FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM negotiations n WHERE n.id = negotiation_id));
--> statement-breakpoint
REVOKE UPDATE, DELETE ON negotiation_steps FROM parley_app;
--> statement-breakpoint
ALTER TABLE agreement_copies ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON agreement_copies FOR SELECT TO parley_app USING (viewer_system() IS NOT NULL OR EXISTS (SELECT 1 FROM negotiations n WHERE n.id = negotiation_id
  AND CASE side WHEN 'person' THEN n.person_id = viewer_person() ELSE viewer_is_staff_of(n.vendor_id) END));
--> statement-breakpoint
CREATE POLICY kept ON agreement_copies FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM negotiations n WHERE n.id = negotiation_id));
--> statement-breakpoint
-- The person's copies go with the person; the vendor's stay, and name nobody.
CREATE POLICY erased ON agreement_copies FOR DELETE TO parley_app USING (side = 'person' AND viewer_system() IS NOT NULL);
--> statement-breakpoint
REVOKE UPDATE ON agreement_copies FROM parley_app;
--> statement-breakpoint
-- What anybody may know of how a vendor answers: numbers, and no person.
CREATE FUNCTION terms_answered(vendor uuid) RETURNS TABLE (accepted int, countered int, refused int, ended int) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FILTER (WHERE n.agreed IS NOT NULL)::int, count(*) FILTER (WHERE n.countered IS NOT NULL)::int,
    count(*) FILTER (WHERE n.status = 'AgreementRefused')::int, count(*) FILTER (WHERE n.status = 'AgreementNegotiationTerminated')::int
  FROM negotiations n WHERE n.vendor_id = vendor
$$;
--> statement-breakpoint
-- Nothing is granted but under terms that both sides have accepted. What was given before there were terms says so.
CREATE FUNCTION grants_stand_under_terms() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user = 'parley_app' AND NOT EXISTS (SELECT 1 FROM negotiations n WHERE n.id = NEW.agreement_id AND n.person_id = NEW.person_id
    AND n.vendor_id = NEW.vendor_id AND n.status = 'AgreementAccepted' AND n.agreed = NEW.terms)
    THEN RAISE EXCEPTION 'a grant needs accepted terms' USING ERRCODE = '42501'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER grants_stand_under_terms AFTER INSERT ON grants FOR EACH ROW EXECUTE FUNCTION grants_stand_under_terms();
--> statement-breakpoint
CREATE FUNCTION grants_keep_their_terms() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'a grant keeps its terms' USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
CREATE TRIGGER grants_keep_their_terms BEFORE UPDATE OF agreement_id, terms ON grants FOR EACH ROW
  WHEN (NEW.agreement_id IS DISTINCT FROM OLD.agreement_id OR NEW.terms IS DISTINCT FROM OLD.terms) EXECUTE FUNCTION grants_keep_their_terms();
--> statement-breakpoint
-- What stands under an agreement ends with it.
CREATE FUNCTION grants_end_with_their_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  UPDATE grants SET revoked_at = now() WHERE agreement_id = NEW.id AND revoked_at IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION grants_end_with_their_terms() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER grants_end_with_their_terms AFTER UPDATE OF status ON negotiations FOR EACH ROW
  WHEN (NEW.status = 'AgreementNegotiationTerminated' AND OLD.status <> NEW.status) EXECUTE FUNCTION grants_end_with_their_terms();
