CREATE TABLE "authorship_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"community_id" uuid NOT NULL,
	"imported_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"proof" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authorship_words" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"words" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credited_posts" (
	"request_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	CONSTRAINT "credited_posts_request_id_post_id_pk" PRIMARY KEY("request_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "imported_addresses" (
	"imported_id" uuid PRIMARY KEY NOT NULL,
	"address_mac" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "authorship_requests" ADD CONSTRAINT "authorship_requests_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorship_requests" ADD CONSTRAINT "authorship_requests_imported_id_handles_id_fk" FOREIGN KEY ("imported_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorship_requests" ADD CONSTRAINT "authorship_requests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorship_requests" ADD CONSTRAINT "authorship_requests_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorship_requests" ADD CONSTRAINT "authorship_requests_decided_by_handles_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorship_words" ADD CONSTRAINT "authorship_words_request_id_authorship_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."authorship_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credited_posts" ADD CONSTRAINT "credited_posts_request_id_authorship_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."authorship_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credited_posts" ADD CONSTRAINT "credited_posts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_addresses" ADD CONSTRAINT "imported_addresses_imported_id_handles_id_fk" FOREIGN KEY ("imported_id") REFERENCES "public"."handles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "authorship_requests_author" ON "authorship_requests" USING btree ("imported_id") WHERE "authorship_requests"."state" = 'accepted';--> statement-breakpoint
CREATE UNIQUE INDEX "authorship_requests_asked" ON "authorship_requests" USING btree ("imported_id","person_id") WHERE "authorship_requests"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "authorship_requests_waiting" ON "authorship_requests" USING btree ("community_id","created_at") WHERE "authorship_requests"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "authorship_requests_decided" ON "authorship_requests" USING btree ("community_id","decided_at" DESC) WHERE "authorship_requests"."state" in ('accepted', 'refused');--> statement-breakpoint
CREATE INDEX "authorship_requests_person" ON "authorship_requests" USING btree ("imported_id","person_id","created_at" DESC);--> statement-breakpoint
CREATE INDEX "import_keys_author" ON "import_keys" USING btree ("row_id") WHERE "import_keys"."kind" = 'author';--> statement-breakpoint
-- Who was recognised is public. That somebody asked, and what they wrote, they and the moderators of the room know.
ALTER TABLE authorship_requests ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY seen ON authorship_requests FOR SELECT TO parley_app
  USING (state = 'accepted' OR person_id = viewer_person() OR viewer_moderates(community_id) OR viewer_system() IS NOT NULL);--> statement-breakpoint
CREATE POLICY asked ON authorship_requests FOR INSERT TO parley_app WITH CHECK (person_id = viewer_person() AND state = 'waiting');--> statement-breakpoint
CREATE POLICY decided ON authorship_requests FOR UPDATE TO parley_app
  USING (person_id = viewer_person() OR viewer_moderates(community_id) OR viewer_system() IS NOT NULL);--> statement-breakpoint
ALTER TABLE authorship_words ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY seen ON authorship_words TO parley_app
  USING (EXISTS (SELECT 1 FROM authorship_requests r WHERE r.id = request_id AND (r.person_id = viewer_person() OR viewer_moderates(r.community_id))))
  WITH CHECK (EXISTS (SELECT 1 FROM authorship_requests r WHERE r.id = request_id AND r.person_id = viewer_person()));--> statement-breakpoint
CREATE FUNCTION authorship_waiting(community uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::integer FROM authorship_requests WHERE community_id = community AND state = 'waiting'
$$;
