CREATE TABLE "account_tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"what" text DEFAULT '' NOT NULL,
	"owner_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_by" uuid,
	"done_at" timestamp with time zone,
	CONSTRAINT "account_tasks_known" CHECK ("account_tasks"."kind" in ('by-hand', 'new-champion') and char_length("account_tasks"."what") <= 200 and ("account_tasks"."kind" <> 'by-hand' or char_length(btrim("account_tasks"."what")) >= 1)),
	CONSTRAINT "account_tasks_begun" CHECK (("account_tasks"."kind" = 'by-hand') = ("account_tasks"."created_by" is not null)),
	CONSTRAINT "account_tasks_done" CHECK (("account_tasks"."done_at" is null) = ("account_tasks"."done_by" is null))
);
--> statement-breakpoint
CREATE TABLE "health_snapshots" (
	"vendor_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"day" date NOT NULL,
	"formula" smallint NOT NULL,
	"score" smallint,
	"coverage" numeric(4, 3) NOT NULL,
	"measures" jsonb NOT NULL,
	"reasons" jsonb NOT NULL,
	"weighed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "health_snapshots_account_id_day_pk" PRIMARY KEY("account_id","day"),
	CONSTRAINT "health_snapshots_bounds" CHECK ("health_snapshots"."score" between 0 and 100 and "health_snapshots"."coverage" between 0 and 1),
	CONSTRAINT "health_snapshots_evidenced" CHECK ("health_snapshots"."score" is null or "health_snapshots"."coverage" >= 0.5)
);
--> statement-breakpoint
ALTER TABLE "account_tasks" ADD CONSTRAINT "account_tasks_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_tasks" ADD CONSTRAINT "account_tasks_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_tasks" ADD CONSTRAINT "account_tasks_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_tasks" ADD CONSTRAINT "account_tasks_done_by_people_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_tasks" ADD CONSTRAINT "account_tasks_account" FOREIGN KEY ("vendor_id","account_id") REFERENCES "public"."accounts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_snapshots" ADD CONSTRAINT "health_snapshots_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_snapshots" ADD CONSTRAINT "health_snapshots_account" FOREIGN KEY ("vendor_id","account_id") REFERENCES "public"."accounts"("vendor_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_tasks_asked_once" ON "account_tasks" USING btree ("account_id","kind") WHERE "account_tasks"."kind" <> 'by-hand' and "account_tasks"."done_at" is null;--> statement-breakpoint
CREATE INDEX "account_tasks_of" ON "account_tasks" USING btree ("account_id","due_on");--> statement-breakpoint
CREATE INDEX "account_tasks_owner" ON "account_tasks" USING btree ("owner_id","due_on") WHERE "account_tasks"."done_at" is null;--> statement-breakpoint
CREATE INDEX "health_snapshots_of_vendor" ON "health_snapshots" USING btree ("vendor_id","day","score");--> statement-breakpoint
CREATE INDEX "health_snapshots_day" ON "health_snapshots" USING btree ("day");
--> statement-breakpoint
-- Nobody writes down how an account stood but the weighing, once a day; and nobody changes it.
ALTER TABLE health_snapshots ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE UPDATE, TRUNCATE ON health_snapshots FROM parley_app;
--> statement-breakpoint
CREATE POLICY kept ON health_snapshots FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY weighed ON health_snapshots FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'weigh-health');
--> statement-breakpoint
CREATE POLICY forgotten ON health_snapshots FOR DELETE TO parley_app USING (viewer_system() = 'weigh-health');
--> statement-breakpoint
ALTER TABLE account_tasks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON account_tasks FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (done_by, done_at) ON account_tasks TO parley_app;
--> statement-breakpoint
CREATE POLICY kept ON account_tasks FOR SELECT TO parley_app USING (vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY begun ON account_tasks FOR INSERT TO parley_app WITH CHECK (done_at IS NULL
  AND ((kind = 'by-hand' AND vendor_id = ANY ((SELECT viewer_vendors())::uuid[]) AND created_by = viewer_person()) OR (kind <> 'by-hand' AND viewer_system() = 'weigh-health')));
--> statement-breakpoint
CREATE POLICY done ON account_tasks FOR UPDATE TO parley_app USING (done_at IS NULL AND vendor_id = ANY ((SELECT viewer_vendors())::uuid[]))
  WITH CHECK (done_by = viewer_person() AND vendor_id = ANY ((SELECT viewer_vendors())::uuid[]));
--> statement-breakpoint
CREATE FUNCTION account_tasks_of_staff() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.vendor_id = NEW.vendor_id AND s.person_id = NEW.owner_id)
    THEN RAISE EXCEPTION 'a task is for staff of its vendor' USING ERRCODE = '23514', CONSTRAINT = 'account_tasks_of_staff'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION account_tasks_of_staff() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER account_tasks_of_staff AFTER INSERT ON account_tasks FOR EACH ROW EXECUTE FUNCTION account_tasks_of_staff();
--> statement-breakpoint
-- The records of those who work for a company, who said that they are who its vendor keeps, and who grant it the relationship; and as whom it keeps
-- them. Asked by the routines below alone, each of which says who may.
CREATE FUNCTION members_of_account(account uuid) RETURNS TABLE (relationship_id uuid, contact_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE ours(id) AS (
    SELECT a.organization_id FROM accounts a WHERE a.id = account
    UNION ALL SELECT o.id FROM vendor_organizations o JOIN ours b ON o.merged_into = b.id),
  theirs AS (SELECT DISTINCT CASE WHEN c.merged_into IS NULL THEN c.id ELSE standing_contact(c.id) END AS id
    FROM ours b JOIN vendor_affiliations f ON f.organization_id = b.id AND f.ended_on IS NULL JOIN contacts c ON c.id = f.contact_id LIMIT 200),
  family(id, root) AS (SELECT t.id, t.id FROM theirs t UNION ALL SELECT c.id, b.root FROM contacts c JOIN family b ON c.merged_into = b.id)
  SELECT DISTINCT ON (r.id) r.id, b.root FROM family b
    CROSS JOIN LATERAL (SELECT l.vendor_id, l.handle_id FROM contact_links l WHERE l.contact_id = b.id AND l.ended_at IS NULL LIMIT 1) l
    CROSS JOIN LATERAL (SELECT h.person_id FROM handles h WHERE h.id = l.handle_id LIMIT 1) h
    CROSS JOIN LATERAL (SELECT g.id FROM grants g WHERE g.vendor_id = l.vendor_id AND g.person_id = h.person_id AND g.purpose = 'relationship'
      AND g.revoked_at IS NULL AND g.starts_at <= now() AND g.ends_at > now() LIMIT 1) g
    CROSS JOIN LATERAL (SELECT r.id FROM relationships r WHERE r.vendor_id = l.vendor_id AND r.handle_id = l.handle_id LIMIT 1) r
  ORDER BY r.id, b.root
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION members_of_account(uuid) FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION account_people(account uuid) RETURNS TABLE (relationship_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.relationship_id FROM members_of_account(account) m WHERE (SELECT a.vendor_id = ANY (viewer_vendors()) FROM accounts a WHERE a.id = account)
$$;
--> statement-breakpoint
-- Each row that the health of an account is weighed from: acts of its people and commitments of theirs. What people do with their own data, such as
-- granting, refusing, contesting and leaving, counts for nothing and against nothing.
CREATE FUNCTION health_rows(account uuid, moment timestamptz)
  RETURNS TABLE (measure text, relationship_id uuid, contact_id uuid, object_id uuid, part text, at timestamptz, due date, n integer, before integer, good boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE companies(id) AS (SELECT a.organization_id FROM accounts a WHERE a.id = account
    UNION ALL SELECT o.id FROM vendor_organizations o JOIN companies b ON o.merged_into = b.id),
  ours AS MATERIALIZED (SELECT a.id, a.vendor_id FROM accounts a JOIN companies c ON c.id = a.organization_id),
  members AS MATERIALIZED (SELECT m.relationship_id, m.contact_id, r.handle_id, r.vendor_id FROM members_of_account(account) m JOIN relationships r ON r.id = m.relationship_id),
  seen AS MATERIALIZED (SELECT m.relationship_id, m.contact_id, t.last_at, t.now_days, t.before_days FROM members m CROSS JOIN LATERAL (
    SELECT max(e.occurred_at) AS last_at, count(DISTINCT (e.occurred_at AT TIME ZONE 'UTC')::date) FILTER (WHERE e.occurred_at > moment - interval '30 days') AS now_days,
      count(DISTINCT (e.occurred_at AT TIME ZONE 'UTC')::date) FILTER (WHERE e.occurred_at <= moment - interval '30 days' AND e.occurred_at > moment - interval '60 days') AS before_days
    FROM timeline_entries e WHERE e.relationship_id = m.relationship_id AND e.side = 'theirs' AND e.occurred_at > moment - interval '90 days' AND e.occurred_at <= moment
      AND e.kind !~ '^(grant|vault|terms|relationship|field|objection|deletion|correction)\.' AND e.kind NOT IN ('community.left', 'community.unfollowed')
      AND (e.object_kind IS DISTINCT FROM 'recommendation' OR NOT recommendation_is_unnamed(e.object_id))) t),
  works AS MATERIALIZED (SELECT DISTINCT standing_contact(f.contact_id) AS id FROM vendor_affiliations f JOIN companies c ON c.id = f.organization_id WHERE f.ended_on IS NULL)
  SELECT 'active', s.relationship_id, s.contact_id, NULL::uuid, NULL::text, s.last_at, NULL::date, s.now_days::int, s.before_days::int, s.now_days > 0 FROM seen s
  UNION ALL (SELECT 'roles', s.relationship_id, p.who, p.id, p.role, s.last_at, coalesce(p.ended_on, CASE WHEN NOT p.there THEN p.left_on END), NULL, NULL, p.ended_on IS NULL AND p.there
    FROM (SELECT b.id, b.role, standing_contact(b.contact_id) AS who, b.ended_on, standing_contact(b.contact_id) IN (SELECT w.id FROM works w) AS there,
        (SELECT max(f.ended_on) FROM vendor_affiliations f WHERE f.contact_id = b.contact_id AND f.organization_id IN (SELECT c.id FROM companies c)) AS left_on
      FROM buying_roles b JOIN ours a ON a.id = b.account_id WHERE b.role IN ('champion', 'economic-buyer') ORDER BY b.ended_on IS NOT NULL, b.ended_on DESC LIMIT 50) p
    LEFT JOIN seen s ON s.contact_id = p.who)
  UNION ALL (SELECT 'commitments', NULL, NULL, s.id, NULL, s.done_at, s.due_on, NULL, NULL, s.done_at IS NOT NULL AND (s.done_at AT TIME ZONE 'UTC')::date <= s.due_on
    FROM ours a JOIN opportunities o ON o.account_id = a.id JOIN plan_steps s ON s.opportunity_id = o.id
    WHERE buying_is_on(a.vendor_id) AND s.side = 'theirs' AND s.due_on > (moment AT TIME ZONE 'UTC')::date - 365 AND s.created_at <= moment
      AND (s.done_at IS NOT NULL OR (s.due_on < (moment AT TIME ZONE 'UTC')::date AND NOT EXISTS (SELECT 1 FROM outcomes x WHERE x.opportunity_id = o.id)))
    ORDER BY s.due_on DESC LIMIT 200)
  -- A question of this week may still be answered: it counts once it is, or once the week is over.
  UNION ALL (SELECT 'questions', m.relationship_id, m.contact_id, t.id, NULL, t.created_at, NULL, NULL, NULL, t.accepted_post_id IS NOT NULL
    FROM members m JOIN timeline_entries e ON e.relationship_id = m.relationship_id AND e.kind = 'question.asked' AND e.side = 'theirs'
      AND e.occurred_at > moment - interval '365 days' AND e.occurred_at <= moment
    JOIN threads t ON t.id = e.object_id WHERE t.hidden_by_decision_id IS NULL AND (t.accepted_post_id IS NOT NULL OR t.created_at < moment - interval '7 days')
    ORDER BY t.created_at DESC LIMIT 200)
  UNION ALL (SELECT 'recommendations', m.relationship_id, m.contact_id, r.id, NULL, r.confirmed_at, NULL, r.verdict::int, NULL, r.verdict > 3
    FROM members m JOIN recommendations r ON r.handle_id = m.handle_id AND r.vendor_id = m.vendor_id
    WHERE r.withdrawn_at IS NULL AND r.hidden_by_decision_id IS NULL AND r.named AND r.incentive = 'none' AND r.created_at <= moment
    ORDER BY r.confirmed_at DESC LIMIT 200)
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION health_rows(uuid, timestamptz) FROM PUBLIC;
--> statement-breakpoint
-- To the vendor’s staff, and to the nightly weighing.
CREATE FUNCTION account_health_rows(account uuid, moment timestamptz)
  RETURNS TABLE (measure text, relationship_id uuid, contact_id uuid, object_id uuid, part text, at timestamptz, due date, n integer, before integer, good boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT h.* FROM health_rows(account, moment) h
    WHERE (SELECT a.vendor_id = ANY (viewer_vendors()) OR viewer_system() = 'weigh-health' FROM accounts a WHERE a.id = account)
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION account_health_rows(uuid, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION account_health_rows(uuid, timestamptz) TO parley_app;
--> statement-breakpoint
-- To the person themselves: which rows of theirs count for a company that a vendor weighs, and as what it calls that company.
CREATE FUNCTION my_health_rows(relationship uuid, moment timestamptz)
  RETURNS TABLE (company text, measure text, object_id uuid, part text, at timestamptz, n integer, good boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE mine AS (SELECT r.id, l.contact_id FROM relationships r JOIN handles h ON h.id = r.handle_id
      JOIN contact_links l ON l.vendor_id = r.vendor_id AND l.handle_id = r.handle_id AND l.ended_at IS NULL
    WHERE r.id = relationship AND h.person_id = viewer_person()),
  companies(id, into_id) AS (SELECT o.id, o.merged_into FROM mine m JOIN vendor_affiliations f ON f.contact_id IN (m.contact_id, standing_contact(m.contact_id)) AND f.ended_on IS NULL
      JOIN vendor_organizations o ON o.id = f.organization_id
    UNION SELECT o.id, o.merged_into FROM vendor_organizations o JOIN companies c ON o.id = c.into_id)
  SELECT o.name, h.measure, h.object_id, h.part, h.at, h.n, h.good FROM companies c JOIN vendor_organizations o ON o.id = c.id AND o.merged_into IS NULL
    JOIN accounts a ON a.organization_id = o.id CROSS JOIN LATERAL health_rows(a.id, moment) h
  WHERE h.relationship_id = relationship LIMIT 100
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION my_health_rows(uuid, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION my_health_rows(uuid, timestamptz) TO parley_app;
