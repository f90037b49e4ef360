CREATE TABLE "idea_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thread_id" uuid NOT NULL,
	"status" text NOT NULL,
	"before" text NOT NULL,
	"markdown" text DEFAULT '' NOT NULL,
	"html" text DEFAULT '' NOT NULL,
	"by" uuid,
	"vendor_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idea_votes_on_behalf" (
	"thread_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"relationship_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"entered_by" uuid NOT NULL,
	"said" text NOT NULL,
	"counts" boolean NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idea_votes_on_behalf_thread_id_handle_id_pk" PRIMARY KEY("thread_id","handle_id")
);
--> statement-breakpoint
CREATE TABLE "idea_whys" (
	"thread_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"why" text NOT NULL,
	"shown" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idea_whys_thread_id_handle_id_pk" PRIMARY KEY("thread_id","handle_id")
);
--> statement-breakpoint
CREATE TABLE "ideas" (
	"thread_id" uuid PRIMARY KEY NOT NULL,
	"community_id" uuid NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"status_at" timestamp with time zone NOT NULL,
	"trend" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unnamed_contributors" (
	"handle_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "idea_steps" ADD CONSTRAINT "idea_steps_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_steps" ADD CONSTRAINT "idea_steps_by_handles_id_fk" FOREIGN KEY ("by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_steps" ADD CONSTRAINT "idea_steps_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_votes_on_behalf" ADD CONSTRAINT "idea_votes_on_behalf_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_votes_on_behalf" ADD CONSTRAINT "idea_votes_on_behalf_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_votes_on_behalf" ADD CONSTRAINT "idea_votes_on_behalf_relationship_id_relationships_id_fk" FOREIGN KEY ("relationship_id") REFERENCES "public"."relationships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_votes_on_behalf" ADD CONSTRAINT "idea_votes_on_behalf_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_votes_on_behalf" ADD CONSTRAINT "idea_votes_on_behalf_entered_by_handles_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_whys" ADD CONSTRAINT "idea_whys_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idea_whys" ADD CONSTRAINT "idea_whys_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unnamed_contributors" ADD CONSTRAINT "unnamed_contributors_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idea_steps_thread" ON "idea_steps" USING btree ("thread_id","created_at" DESC);--> statement-breakpoint
CREATE INDEX "ideas_trending" ON "ideas" USING btree ("community_id","trend" DESC,"thread_id" DESC);--> statement-breakpoint
CREATE INDEX "ideas_status" ON "ideas" USING btree ("community_id","status","status_at" DESC,"thread_id" DESC);--> statement-breakpoint
CREATE INDEX "ideas_lately" ON "ideas" USING btree ("trend") WHERE "ideas"."trend" > 0;--> statement-breakpoint
CREATE INDEX "threads_ideas_new" ON "threads" USING btree ("community_id","created_at" DESC,"id" DESC) WHERE "threads"."kind" = 'idea';--> statement-breakpoint
CREATE INDEX "threads_ideas_top" ON "threads" USING btree ("community_id","score" DESC,"id" DESC) WHERE "threads"."kind" = 'idea';
--> statement-breakpoint
-- Whose word an idea waits for: the host's, else the maker's of its product, else that of the maker of the room's.
CREATE FUNCTION idea_concerns(thread uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT coalesce(c.host_vendor_id, tp.vendor_id, cp.vendor_id) FROM threads t JOIN communities c ON c.id = t.community_id
    LEFT JOIN products tp ON tp.id = t.product_id LEFT JOIN products cp ON cp.id = c.product_id WHERE t.id = thread
$$;
--> statement-breakpoint
ALTER TABLE idea_whys ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY read ON idea_whys FOR SELECT TO parley_app USING (shown OR viewer_owns_handle(handle_id) OR viewer_system() IS NOT NULL
  OR viewer_is_staff_of(idea_concerns(thread_id)) OR viewer_moderates((SELECT community_id FROM threads WHERE id = thread_id)));
--> statement-breakpoint
CREATE POLICY given ON idea_whys FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(handle_id));
--> statement-breakpoint
CREATE POLICY changed ON idea_whys FOR UPDATE TO parley_app USING (viewer_owns_handle(handle_id)) WITH CHECK (viewer_owns_handle(handle_id));
--> statement-breakpoint
CREATE POLICY taken_back ON idea_whys FOR DELETE TO parley_app USING (viewer_owns_handle(handle_id));
--> statement-breakpoint
ALTER TABLE idea_votes_on_behalf ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY read ON idea_votes_on_behalf FOR SELECT TO parley_app USING (viewer_owns_handle(handle_id) OR viewer_is_staff_of(vendor_id) OR viewer_system() IS NOT NULL);
--> statement-breakpoint
CREATE POLICY entered ON idea_votes_on_behalf FOR INSERT TO parley_app WITH CHECK (viewer_is_staff_of(vendor_id) AND viewer_owns_handle(entered_by));
--> statement-breakpoint
CREATE POLICY ended ON idea_votes_on_behalf FOR UPDATE TO parley_app USING (viewer_owns_handle(handle_id)) WITH CHECK (viewer_owns_handle(handle_id));
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON idea_votes_on_behalf FROM parley_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON idea_steps FROM parley_app;
