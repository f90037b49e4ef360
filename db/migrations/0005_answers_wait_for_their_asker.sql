CREATE TABLE "answer_confirmations" (
	"answer_id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" uuid NOT NULL,
	"confirmed_by" uuid NOT NULL,
	"confirmed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answer_acceptances" ADD COLUMN "accepted_as" text DEFAULT 'asker' NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "asker_said_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "answered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "reminders" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "marking_reversed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "answer_confirmations" ADD CONSTRAINT "answer_confirmations_answer_id_posts_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."posts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_confirmations" ADD CONSTRAINT "answer_confirmations_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_confirmations" ADD CONSTRAINT "answer_confirmations_confirmed_by_handles_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "threads_to_remind" ON "threads" USING btree ("answered_at") WHERE "threads"."answered_at" is not null and "threads"."accepted_post_id" is null and "threads"."reminders" < 3;--> statement-breakpoint
UPDATE threads t SET asker_said_at = said.at FROM (SELECT p.thread_id, max(p.created_at) AS at FROM posts p JOIN threads x ON x.id = p.thread_id
  WHERE p.kind <> 'opening' AND p.handle_id = x.handle_id AND x.source IS NULL GROUP BY p.thread_id) said WHERE said.thread_id = t.id;
--> statement-breakpoint
UPDATE threads t SET answered_at = answered.at FROM (SELECT p.thread_id, min(p.created_at) AS at FROM posts p JOIN threads x ON x.id = p.thread_id
  WHERE p.kind = 'answer' AND p.handle_id <> x.handle_id AND x.source IS NULL AND p.created_at > coalesce(x.asker_said_at, x.created_at)
  GROUP BY p.thread_id) answered WHERE answered.thread_id = t.id;
--> statement-breakpoint
UPDATE threads SET reminders = 3 WHERE asker_said_at IS NOT NULL AND answer_count > 0;
