CREATE TABLE "named_vendors" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"handle_id" uuid NOT NULL,
	"vendor_id" uuid,
	"product_id" uuid,
	"named" text NOT NULL,
	"relation" text NOT NULL,
	"incentive" text NOT NULL,
	"invited_by" text NOT NULL,
	"organisation_size" text,
	"industry" text,
	"evidence" text DEFAULT 'self-declared' NOT NULL,
	"tie" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "named_vendors_choices" CHECK ("named_vendors"."relation" in ('customer', 'former-customer', 'trial', 'partner', 'other') and "named_vendors"."incentive" in ('none', 'gift', 'discount', 'payment') and "named_vendors"."invited_by" in ('nobody', 'vendor', 'peer')
        and ("named_vendors"."organisation_size" is null or "named_vendors"."organisation_size" in ('1-10', '11-50', '51-250', '251-1000', 'over-1000')) and ("named_vendors"."industry" is null or "named_vendors"."industry" in ('software', 'making', 'trade', 'health', 'education', 'public', 'finance', 'services', 'media', 'other')))
);
--> statement-breakpoint
CREATE TABLE "recommendation_requests" (
	"thread_id" uuid PRIMARY KEY NOT NULL,
	"organisation_size" text,
	"industry" text,
	"must_haves" text DEFAULT '' NOT NULL,
	"budget" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recommendation_requests_choices" CHECK (("recommendation_requests"."organisation_size" is null or "recommendation_requests"."organisation_size" in ('1-10', '11-50', '51-250', '251-1000', 'over-1000')) and ("recommendation_requests"."industry" is null or "recommendation_requests"."industry" in ('software', 'making', 'trade', 'health', 'education', 'public', 'finance', 'services', 'media', 'other')))
);
--> statement-breakpoint
ALTER TABLE "named_vendors" ADD CONSTRAINT "named_vendors_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "named_vendors" ADD CONSTRAINT "named_vendors_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "named_vendors" ADD CONSTRAINT "named_vendors_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "named_vendors" ADD CONSTRAINT "named_vendors_product" FOREIGN KEY ("product_id","vendor_id") REFERENCES "public"."products"("id","vendor_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendation_requests" ADD CONSTRAINT "recommendation_requests_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recommendation_requests_newest" ON "recommendation_requests" USING btree ("created_at" DESC,"thread_id" DESC);--> statement-breakpoint
-- Whoever names a vendor does so under their own answer, and what ties them to it is looked up, whatever was sent along.
CREATE FUNCTION named_vendors_are_computed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_user <> 'parley_app' THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT 1 FROM posts p WHERE p.id = NEW.post_id AND p.kind = 'answer' AND p.handle_id = NEW.handle_id)
    THEN RAISE EXCEPTION 'a vendor is named under an answer of one''s own' USING ERRCODE = '42501'; END IF;
  NEW.tie := conflict_with(viewer_person(), NEW.vendor_id);
  NEW.evidence := CASE WHEN NEW.vendor_id IS NULL OR confirmed_state_id(NEW.handle_id, NEW.vendor_id, 'customer') IS NULL THEN 'self-declared' ELSE 'relationship' END;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER named_vendors_are_computed BEFORE INSERT ON named_vendors FOR EACH ROW EXECUTE FUNCTION named_vendors_are_computed();
--> statement-breakpoint
ALTER TABLE recommendation_requests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON recommendation_requests FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY made ON recommendation_requests FOR INSERT TO parley_app WITH CHECK (EXISTS (SELECT 1 FROM threads t WHERE t.id = thread_id AND viewer_owns_handle(t.handle_id)));
--> statement-breakpoint
ALTER TABLE named_vendors ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON named_vendors FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY named ON named_vendors FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(handle_id));
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON recommendation_requests, named_vendors FROM parley_app;
