CREATE TABLE "case_answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"markdown" text NOT NULL,
	"html" text NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"decided_at" timestamp with time zone,
	"post_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "case_answers_posted" CHECK (("case_answers"."state" = 'published') = ("case_answers"."post_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "case_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"side" text NOT NULL,
	"markdown" text NOT NULL,
	"html" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thread_id" uuid NOT NULL,
	"vendor_id" uuid NOT NULL,
	"handle_id" uuid NOT NULL,
	"opened_by" uuid NOT NULL,
	"state" text NOT NULL,
	"waiting_since" timestamp with time zone NOT NULL,
	"continued_at" timestamp with time zone,
	"closed_by" uuid,
	"assigned_to" uuid,
	"idea_thread_id" uuid,
	"last_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cases_closed_by" CHECK (("cases"."state" = 'closed') = ("cases"."closed_by" is not null))
);
--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "from_case" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "case_answers" ADD CONSTRAINT "case_answers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_answers" ADD CONSTRAINT "case_answers_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_answers" ADD CONSTRAINT "case_answers_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_messages" ADD CONSTRAINT "case_messages_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_messages" ADD CONSTRAINT "case_messages_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_opened_by_handles_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_closed_by_handles_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_assigned_to_handles_id_fk" FOREIGN KEY ("assigned_to") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_idea_thread_id_threads_id_fk" FOREIGN KEY ("idea_thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "case_answers_proposed" ON "case_answers" USING btree ("case_id") WHERE "case_answers"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "case_answers_of" ON "case_answers" USING btree ("case_id","created_at" DESC);--> statement-breakpoint
CREATE INDEX "case_messages_of" ON "case_messages" USING btree ("case_id","created_at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "case_notes_of" ON "case_notes" USING btree ("case_id","created_at" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "cases_once" ON "cases" USING btree ("thread_id","vendor_id");--> statement-breakpoint
CREATE INDEX "cases_of_vendor" ON "cases" USING btree ("vendor_id","state","waiting_since","id");--> statement-breakpoint
CREATE INDEX "cases_of_asker" ON "cases" USING btree ("handle_id","last_at" DESC,"id" DESC);
--> statement-breakpoint
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Its asker and who serves its vendor today: no moderator, no operator. Who is told about it asks which colleague has it.
CREATE POLICY seen ON cases FOR SELECT TO parley_app USING (viewer_is_staff_of(vendor_id) OR viewer_owns_handle(handle_id) OR viewer_system() = 'notifications');
--> statement-breakpoint
CREATE POLICY opened ON cases FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(opened_by) AND (viewer_is_staff_of(vendor_id) OR viewer_owns_handle(handle_id))
  AND handle_id = (SELECT t.handle_id FROM threads t WHERE t.id = thread_id));
--> statement-breakpoint
CREATE POLICY changed ON cases FOR UPDATE TO parley_app USING (viewer_is_staff_of(vendor_id) OR viewer_owns_handle(handle_id));
--> statement-breakpoint
-- Whose case it is never changes, and nothing of it is taken away.
REVOKE UPDATE, DELETE, TRUNCATE ON cases, case_messages, case_notes, case_answers FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (state, waiting_since, continued_at, closed_by, assigned_to, idea_thread_id, last_at) ON cases TO parley_app;
--> statement-breakpoint
GRANT UPDATE (state, decided_at, post_id) ON case_answers TO parley_app;
--> statement-breakpoint
CREATE FUNCTION viewer_asks_case(one uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = one AND viewer_owns_handle(c.handle_id))
$$;
--> statement-breakpoint
CREATE FUNCTION viewer_serves_case(one uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = one AND viewer_is_staff_of(c.vendor_id))
$$;
--> statement-breakpoint
ALTER TABLE case_messages ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON case_messages FOR SELECT TO parley_app USING (viewer_asks_case(case_id) OR viewer_serves_case(case_id));
--> statement-breakpoint
CREATE POLICY written ON case_messages FOR INSERT TO parley_app WITH CHECK (viewer_owns_handle(handle_id)
  AND ((side = 'asker' AND viewer_asks_case(case_id)) OR (side = 'vendor' AND viewer_serves_case(case_id))));
--> statement-breakpoint
ALTER TABLE case_notes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY staff_only ON case_notes TO parley_app USING (viewer_serves_case(case_id) AND NOT viewer_asks_case(case_id))
  WITH CHECK (viewer_owns_handle(handle_id) AND viewer_serves_case(case_id) AND NOT viewer_asks_case(case_id));
--> statement-breakpoint
-- The asker sees that there are internal notes, not what they say.
CREATE FUNCTION case_note_count(one uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM case_notes n WHERE n.case_id = one AND (viewer_asks_case(one) OR viewer_serves_case(one))
$$;
--> statement-breakpoint
ALTER TABLE case_answers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen ON case_answers FOR SELECT TO parley_app USING (viewer_asks_case(case_id) OR viewer_serves_case(case_id));
--> statement-breakpoint
CREATE POLICY proposed ON case_answers FOR INSERT TO parley_app WITH CHECK (state = 'proposed' AND viewer_owns_handle(handle_id) AND viewer_serves_case(case_id));
--> statement-breakpoint
-- Staff take back what they proposed; the asker alone lets it out.
CREATE POLICY decided ON case_answers FOR UPDATE TO parley_app USING (viewer_asks_case(case_id) OR viewer_serves_case(case_id))
  WITH CHECK ((state IN ('published', 'declined') AND viewer_asks_case(case_id)) OR (state = 'withdrawn' AND viewer_serves_case(case_id)));
--> statement-breakpoint
-- What everybody may know who reads the question: with whom it goes on, since when, and that an answer came back. Nothing else of it.
CREATE FUNCTION private_since(question uuid) RETURNS TABLE (vendor text, offered_at timestamptz, continued_at timestamptz, came_back_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT v.name, c.created_at, c.continued_at,
    (SELECT max(a.decided_at) FROM case_answers a WHERE a.case_id = c.id AND a.state = 'published')
  FROM cases c JOIN vendors v ON v.id = c.vendor_id
  WHERE c.thread_id = question AND (c.continued_at IS NOT NULL OR c.state <> 'closed')
  ORDER BY c.created_at
$$;
