CREATE TABLE "suggested_edits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"post_id" uuid NOT NULL,
	"suggested_by" uuid NOT NULL,
	"title" text,
	"markdown" text NOT NULL,
	"reason" text NOT NULL,
	"of_version" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"answer" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_duplicates" (
	"thread_id" uuid PRIMARY KEY NOT NULL,
	"of_thread_id" uuid NOT NULL,
	"marked_by" uuid NOT NULL,
	"marked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "suggested_edits" ADD CONSTRAINT "suggested_edits_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggested_edits" ADD CONSTRAINT "suggested_edits_suggested_by_handles_id_fk" FOREIGN KEY ("suggested_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggested_edits" ADD CONSTRAINT "suggested_edits_decided_by_handles_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_duplicates" ADD CONSTRAINT "thread_duplicates_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_duplicates" ADD CONSTRAINT "thread_duplicates_of_thread_id_threads_id_fk" FOREIGN KEY ("of_thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_duplicates" ADD CONSTRAINT "thread_duplicates_marked_by_handles_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "suggested_edits_waiting" ON "suggested_edits" USING btree ("post_id","suggested_by") WHERE "suggested_edits"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "thread_duplicates_of" ON "thread_duplicates" USING btree ("of_thread_id");