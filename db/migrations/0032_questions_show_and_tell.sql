CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"post_id" uuid,
	"storage_key" text NOT NULL,
	"name" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"small" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attachments_storage_key_unique" UNIQUE("storage_key"),
	CONSTRAINT "attachments_picture" CHECK (("attachments"."width" is null) = ("attachments"."height" is null))
);
--> statement-breakpoint
CREATE TABLE "leftover_files" (
	"storage_key" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "poll_ballots" (
	"thread_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"choice_ids" uuid[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "poll_ballots_thread_id_person_id_pk" PRIMARY KEY("thread_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "poll_choices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thread_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"label" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "polls" (
	"thread_id" uuid PRIMARY KEY NOT NULL,
	"question" text NOT NULL,
	"most" smallint NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ask_fields" (
	"id" uuid PRIMARY KEY NOT NULL,
	"product_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"help" text DEFAULT '' NOT NULL,
	"choices" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"required" boolean DEFAULT false NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "post_revisions" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "poll_ballots" ADD CONSTRAINT "poll_ballots_thread_id_polls_thread_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."polls"("thread_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "poll_ballots" ADD CONSTRAINT "poll_ballots_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "poll_choices" ADD CONSTRAINT "poll_choices_thread_id_polls_thread_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."polls"("thread_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "polls" ADD CONSTRAINT "polls_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_fields" ADD CONSTRAINT "ask_fields_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachments_place" ON "attachments" USING btree ("person_id","kind","subject_id") WHERE "attachments"."post_id" is null;--> statement-breakpoint
CREATE INDEX "attachments_post" ON "attachments" USING btree ("post_id") WHERE "attachments"."post_id" is not null;--> statement-breakpoint
CREATE INDEX "attachments_unused" ON "attachments" USING btree ("created_at") WHERE "attachments"."post_id" is null;--> statement-breakpoint
CREATE INDEX "poll_choices_thread" ON "poll_choices" USING btree ("thread_id","position");--> statement-breakpoint
CREATE INDEX "ask_fields_product" ON "ask_fields" USING btree ("product_id","position") WHERE "ask_fields"."retired_at" is null;
--> statement-breakpoint
ALTER TABLE attachments ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Until it is posted a file is its uploader's alone; afterwards whoever may read the post may read it, which the policy decides.
CREATE POLICY seen ON attachments FOR SELECT TO parley_app USING (post_id IS NOT NULL OR person_id = viewer_person() OR viewer_system() = 'sweep-files');
--> statement-breakpoint
CREATE POLICY kept ON attachments FOR INSERT TO parley_app WITH CHECK (person_id = viewer_person() AND post_id IS NULL);
--> statement-breakpoint
CREATE POLICY posted ON attachments FOR UPDATE TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY removed ON attachments FOR DELETE TO parley_app USING (person_id = viewer_person() OR viewer_system() = 'sweep-files');
--> statement-breakpoint
-- Whatever removes the row, also an account that goes, leaves the file to the sweeper.
CREATE FUNCTION leave_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO leftover_files (storage_key) VALUES (OLD.storage_key) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER leave_file AFTER DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION leave_file();
--> statement-breakpoint
-- The sweeper learns whether a draft waits there, and nothing of what it says; nobody else learns anything.
CREATE FUNCTION draft_waits(person uuid, of_kind text, subject uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT viewer_system() = 'sweep-files' AND EXISTS (
    SELECT 1 FROM drafts WHERE person_id = person AND kind = of_kind AND subject_id = subject AND discarded_at IS NULL)
$$;
--> statement-breakpoint
ALTER TABLE poll_ballots ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- What somebody chose is theirs alone: no moderator, no staff, no operator.
CREATE POLICY own ON poll_ballots TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE FUNCTION poll_voters(poll uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM poll_ballots WHERE thread_id = poll
$$;
--> statement-breakpoint
-- Counts without names, for whoever has voted, and for everybody once it is closed.
CREATE FUNCTION poll_counts(poll uuid) RETURNS TABLE (choice_id uuid, votes bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT chosen, count(*) FROM poll_ballots b CROSS JOIN LATERAL unnest(b.choice_ids) chosen
  WHERE b.thread_id = poll AND (EXISTS (SELECT 1 FROM polls p WHERE p.thread_id = poll AND p.closes_at <= now())
    OR EXISTS (SELECT 1 FROM poll_ballots m WHERE m.thread_id = poll AND m.person_id = viewer_person()))
  GROUP BY chosen
$$;
