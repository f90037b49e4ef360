CREATE TABLE "quoted_authors" (
	"source" text NOT NULL,
	"source_id" text NOT NULL,
	"handle_id" uuid NOT NULL,
	CONSTRAINT "quoted_authors_source_source_id_pk" PRIMARY KEY("source","source_id")
);
--> statement-breakpoint
CREATE TABLE "quoted_recommendations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"source" text NOT NULL,
	"source_id" text NOT NULL,
	"source_url" text,
	"licence" text NOT NULL,
	"evidence" text DEFAULT 'none' NOT NULL,
	"rating" double precision NOT NULL,
	"rating_scale" double precision NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"what_is_good" text DEFAULT '' NOT NULL,
	"what_is_not" text DEFAULT '' NOT NULL,
	"advice" text DEFAULT '' NOT NULL,
	"reply" text DEFAULT '' NOT NULL,
	"about" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"source_meta" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"dated_by" text DEFAULT 'day' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quoted_recommendations_rating" CHECK ("quoted_recommendations"."rating" between 0 and "quoted_recommendations"."rating_scale"),
	CONSTRAINT "quoted_recommendations_evidence" CHECK ("quoted_recommendations"."evidence" = 'none')
);
--> statement-breakpoint
ALTER TABLE "quoted_authors" ADD CONSTRAINT "quoted_authors_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quoted_recommendations" ADD CONSTRAINT "quoted_recommendations_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quoted_recommendations" ADD CONSTRAINT "quoted_recommendations_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quoted_recommendations" ADD CONSTRAINT "quoted_recommendations_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "quoted_recommendations_source" ON "quoted_recommendations" USING btree ("source","source_id");--> statement-breakpoint
CREATE INDEX "quoted_recommendations_vendor" ON "quoted_recommendations" USING btree ("vendor_id","written_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "vendors_names" ON "vendors" USING btree ("name","id");--> statement-breakpoint
ALTER TABLE quoted_recommendations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON quoted_recommendations FOR SELECT TO parley_app USING (true);
--> statement-breakpoint
CREATE POLICY quoted ON quoted_recommendations FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'import');
--> statement-breakpoint
ALTER TABLE quoted_authors ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY imported ON quoted_authors TO parley_app USING (viewer_system() = 'import') WITH CHECK (viewer_system() = 'import');
--> statement-breakpoint
-- Nobody judges their own case, nor anybody else’s here: what is quoted stays as it was said.
REVOKE UPDATE, DELETE, TRUNCATE ON quoted_recommendations, quoted_authors FROM parley_app;
