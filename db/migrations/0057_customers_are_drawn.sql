CREATE TABLE "drawn_customers" (
	"draw_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"invited_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drawn_customers_draw_id_handle_id_pk" PRIMARY KEY("draw_id","handle_id")
);
--> statement-breakpoint
CREATE TABLE "draws" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"among" integer NOT NULL,
	"drawn" integer NOT NULL,
	"incentive" text NOT NULL,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draws_of_enough" CHECK ("draws"."drawn" between 5 and "draws"."among" and ("draws"."kind" = 'sample') = ("draws"."drawn" < "draws"."among"))
);
--> statement-breakpoint
ALTER TABLE "drawn_customers" ADD CONSTRAINT "drawn_customers_draw_id_draws_id_fk" FOREIGN KEY ("draw_id") REFERENCES "public"."draws"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drawn_customers" ADD CONSTRAINT "drawn_customers_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draws" ADD CONSTRAINT "draws_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draws" ADD CONSTRAINT "draws_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drawn_customers_handle" ON "drawn_customers" USING btree ("handle_id","invited_at" DESC);--> statement-breakpoint
CREATE INDEX "draws_vendor" ON "draws" USING btree ("vendor_id","created_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "draws_product" ON "draws" USING btree ("product_id","created_at");--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON draws FROM parley_app;
--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON drawn_customers FROM parley_app;
--> statement-breakpoint
ALTER TABLE drawn_customers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON drawn_customers FOR SELECT TO parley_app USING (viewer_owns_handle(handle_id) OR viewer_system() = 'notifications');
--> statement-breakpoint
-- Customers by both sides' word who can write a recommendation of it and may be told: not what they said, nor how active they are, nor what anybody thinks of them.
CREATE FUNCTION customers_to_draw(product uuid) RETURNS TABLE (handle_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT ON (h.person_id) h.id FROM products p
    JOIN relationships r ON r.vendor_id = p.vendor_id
    JOIN relationship_states t ON t.relationship_id = r.id AND t.state = 'customer' AND t.ended_at IS NULL AND t.vendor_confirmed_at IS NOT NULL AND t.person_confirmed_at IS NOT NULL
    JOIN handles h ON h.id = r.handle_id AND h.kind = 'member'
    JOIN people q ON q.id = h.person_id AND q.status = 'member'
  WHERE p.id = product
    AND EXISTS (SELECT 1 FROM account_emails e WHERE e.person_id = h.person_id AND e.confirmed_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x.person_id = h.person_id AND x.community_id IS NULL AND x.lifted_by_decision_id IS NULL AND (x.until IS NULL OR x.until > now()))
    AND NOT EXISTS (SELECT 1 FROM vendor_staff s WHERE s.person_id = h.person_id AND (s.ended_at IS NULL OR s.vendor_id = p.vendor_id))
    AND NOT EXISTS (SELECT 1 FROM blocks b JOIN handles bh ON bh.id = b.blocked_handle_id JOIN vendor_staff s ON s.person_id = bh.person_id AND s.vendor_id = p.vendor_id AND s.ended_at IS NULL
      WHERE b.person_id = h.person_id)
    AND NOT EXISTS (SELECT 1 FROM notification_choices c WHERE c.person_id = h.person_id AND c.topic = 'invitations' AND c.channel IN ('inbox', 'mail') AND NOT c.wanted)
    AND NOT EXISTS (SELECT 1 FROM notification_settings n WHERE n.person_id = h.person_id AND n.mode = 'nothing')
    AND NOT EXISTS (SELECT 1 FROM handles o JOIN recommendations x ON x.handle_id = o.id AND x.product_id = p.id WHERE o.person_id = h.person_id
      AND (x.withdrawn_at IS NULL OR x.hidden_by_decision_id IS NOT NULL OR x.created_at > now() - interval '1 year'))
    AND NOT EXISTS (SELECT 1 FROM handles o JOIN drawn_customers d ON d.handle_id = o.id WHERE o.person_id = h.person_id AND d.vendor_id = p.vendor_id AND d.invited_at > now() - interval '30 days')
  ORDER BY h.person_id, h.id
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION customers_to_draw(uuid) FROM PUBLIC;
--> statement-breakpoint
-- The portal draws, for the vendor's staff: everybody, or so many at random (each order is equally likely; gen_random_uuid is cryptographic). Who it was is not told.
CREATE FUNCTION draw_customers(draw uuid, product uuid, wanted integer, given text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sold products;
  pool uuid[];
  taken uuid[];
BEGIN
  -- One at a time for a product.
  SELECT * INTO sold FROM products p WHERE p.id = product FOR NO KEY UPDATE;
  IF NOT FOUND OR NOT viewer_is_staff_of(sold.vendor_id) THEN RAISE EXCEPTION 'customers are drawn for the staff of their vendor' USING ERRCODE = '42501'; END IF;
  IF EXISTS (SELECT 1 FROM draws d WHERE d.product_id = product AND d.created_at > now() - interval '90 days') THEN RETURN 'early'; END IF;
  SELECT array_agg(c.handle_id ORDER BY gen_random_uuid()) INTO pool FROM customers_to_draw(product) c;
  IF coalesce(cardinality(pool), 0) < 5 THEN RETURN 'few'; END IF;
  taken := pool[1:greatest(5, coalesce(wanted, cardinality(pool)))];
  INSERT INTO draws (id, vendor_id, product_id, kind, among, drawn, incentive, created_at)
    VALUES (draw, sold.vendor_id, product, CASE WHEN cardinality(taken) < cardinality(pool) THEN 'sample' ELSE 'everybody' END, cardinality(pool), cardinality(taken), given, now());
  INSERT INTO drawn_customers (draw_id, handle_id, vendor_id, product_id, invited_at) SELECT draw, handle, sold.vendor_id, product, now() FROM unnest(taken) handle;
  RETURN 'drawn';
END $$;
--> statement-breakpoint
-- Whoever has not answered is not asked any more. Another draw comes no sooner for it.
CREATE FUNCTION end_draw(draw uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE draws SET ended_at = now() WHERE id = draw AND ended_at IS NULL AND viewer_is_staff_of(vendor_id);
  RETURN FOUND;
END $$;
--> statement-breakpoint
-- How many of those drawn have answered, for the vendor's staff: never who, and nothing of fewer than five.
CREATE FUNCTION draws_answered(vendor uuid) RETURNS TABLE (draw_id uuid, answered integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.draw_id, count(DISTINCT h.person_id)::int FROM drawn_customers d JOIN handles h ON h.id = d.handle_id JOIN handles o ON o.person_id = h.person_id
    JOIN recommendations r ON r.handle_id = o.id AND r.product_id = d.product_id AND r.created_at BETWEEN d.invited_at AND d.invited_at + interval '30 days'
  WHERE d.vendor_id = vendor AND viewer_is_staff_of(vendor) GROUP BY d.draw_id HAVING count(DISTINCT h.person_id) >= 5
$$;
--> statement-breakpoint
-- By which way its author was drawn when they wrote it, for that author alone; null where they were not. It holds for 30 days.
CREATE FUNCTION drawn_source(author uuid, product uuid, written timestamptz) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN w.incentive <> 'none' THEN 'incentivised' WHEN w.kind = 'sample' THEN 'portal-sample' ELSE 'whole-list' END
  FROM handles h JOIN handles o ON o.person_id = h.person_id JOIN drawn_customers d ON d.handle_id = o.id AND d.product_id = product JOIN draws w ON w.id = d.draw_id
  WHERE h.id = author AND viewer_owns_handle(author) AND written BETWEEN d.invited_at AND d.invited_at + interval '30 days'
  ORDER BY d.invited_at DESC LIMIT 1
$$;
--> statement-breakpoint
-- What its author disclosed, and whether the portal drew them: of the two, what weighs less.
CREATE OR REPLACE FUNCTION recommendation_source(r recommendations) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT lighter_source(disclosed, coalesce(drawn_source(r.handle_id, r.product_id, r.created_at), disclosed))
  FROM (SELECT CASE WHEN r.invited_by = 'vendor' THEN 'hand-picked' WHEN r.incentive <> 'none' THEN 'incentivised' ELSE 'organic' END AS disclosed) said
$$;
