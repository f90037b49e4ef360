-- Each side accepts what the other offered: the vendor's staff the person's terms, the person the vendor's counter-offer. What a published policy or the person's own agent answers,
-- the portal does as a job.
CREATE OR REPLACE FUNCTION negotiations_move_on() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.countered IS NOT NULL AND NEW.countered IS DISTINCT FROM OLD.countered THEN RAISE EXCEPTION 'a counter-offer was made already' USING ERRCODE = '23514'; END IF;
  IF OLD.agreed IS NOT NULL AND NEW.agreed IS DISTINCT FROM OLD.agreed THEN RAISE EXCEPTION 'agreed terms stay' USING ERRCODE = '23514'; END IF;
  IF OLD.settled_at IS NOT NULL AND NEW.status <> OLD.status AND NOT (OLD.status = 'AgreementAccepted' AND NEW.status = 'AgreementNegotiationTerminated')
    THEN RAISE EXCEPTION 'this is settled' USING ERRCODE = '23514'; END IF;
  IF NEW.person_id IS DISTINCT FROM OLD.person_id AND (NEW.person_id IS NOT NULL OR viewer_system() IS NULL)
    THEN RAISE EXCEPTION 'an offer stays with its person' USING ERRCODE = '42501'; END IF;
  IF current_user = 'parley_app' AND viewer_system() IS NULL THEN
    IF NEW.agreed IS DISTINCT FROM OLD.agreed AND NEW.agreed IS DISTINCT FROM (CASE WHEN OLD.person_id = viewer_person() THEN OLD.countered ELSE OLD.proffered END)
      THEN RAISE EXCEPTION 'each side accepts what the other offered' USING ERRCODE = '42501'; END IF;
    IF NEW.countered IS DISTINCT FROM OLD.countered AND OLD.person_id = viewer_person()
      THEN RAISE EXCEPTION 'a counter-offer is for the vendor to make' USING ERRCODE = '42501'; END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
ALTER POLICY proffered ON negotiations WITH CHECK (person_id = viewer_person() AND viewer_owns_handle(handle_id) AND status = 'AgreementNegotiationRequested' AND countered IS NULL AND agreed IS NULL);
--> statement-breakpoint
-- Nobody writes down what the other side said.
ALTER POLICY added ON negotiation_steps WITH CHECK (EXISTS (SELECT 1 FROM negotiations n WHERE n.id = negotiation_id
  AND (viewer_system() IS NOT NULL OR CASE "by" WHEN 'person' THEN n.person_id = viewer_person() WHEN 'vendor' THEN viewer_is_staff_of(n.vendor_id) ELSE false END)));
--> statement-breakpoint
-- Copies are signed, and so made, by the portal alone.
ALTER POLICY kept ON agreement_copies WITH CHECK (viewer_system() IS NOT NULL AND EXISTS (SELECT 1 FROM negotiations n WHERE n.id = negotiation_id));
