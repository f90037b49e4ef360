CREATE TABLE "thread_claims" (
	"thread_id" uuid PRIMARY KEY NOT NULL,
	"handle_id" uuid NOT NULL,
	"claimed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "communities" ADD COLUMN "response_target_hours" integer;--> statement-breakpoint
ALTER TABLE "thread_claims" ADD CONSTRAINT "thread_claims_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_claims" ADD CONSTRAINT "thread_claims_handle_id_handles_id_fk" FOREIGN KEY ("handle_id") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "threads_for_vendor" ON "threads" USING btree ("community_id",coalesce("asker_said_at", "created_at"),"id") WHERE "threads"."accepted_post_id" is null and "threads"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "threads_for_asker" ON "threads" USING btree ("community_id","answered_at","id") WHERE "threads"."accepted_post_id" is null and "threads"."answered_at" is not null;--> statement-breakpoint
CREATE INDEX "threads_unaccepted" ON "threads" USING btree ("community_id","created_at","id") WHERE "threads"."accepted_post_id" is null and "threads"."answer_count" > 0;