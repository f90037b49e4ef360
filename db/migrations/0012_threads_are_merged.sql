CREATE TABLE "thread_merges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thread_id" uuid NOT NULL,
	"into_thread_id" uuid NOT NULL,
	"community_id" uuid NOT NULL,
	"state" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"proposed_by" uuid NOT NULL,
	"decided_by" uuid,
	"merged_at" timestamp with time zone,
	"undone_by" uuid,
	"undone_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "home_thread_id" uuid;--> statement-breakpoint
ALTER TABLE "thread_follows" ADD COLUMN "by_merge" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "stands_in_id" uuid;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "by_merge" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "thread_merges" ADD CONSTRAINT "thread_merges_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_merges" ADD CONSTRAINT "thread_merges_into_thread_id_threads_id_fk" FOREIGN KEY ("into_thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_merges" ADD CONSTRAINT "thread_merges_community_id_communities_id_fk" FOREIGN KEY ("community_id") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_merges" ADD CONSTRAINT "thread_merges_proposed_by_handles_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_merges" ADD CONSTRAINT "thread_merges_decided_by_handles_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_merges" ADD CONSTRAINT "thread_merges_undone_by_handles_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."handles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "thread_merges_live" ON "thread_merges" USING btree ("thread_id") WHERE "thread_merges"."state" in ('proposed', 'merged');--> statement-breakpoint
CREATE INDEX "thread_merges_proposed" ON "thread_merges" USING btree ("community_id","created_at") WHERE "thread_merges"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "thread_merges_made" ON "thread_merges" USING btree ("community_id","merged_at" DESC) WHERE "thread_merges"."state" = 'merged';--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_home_thread_id_threads_id_fk" FOREIGN KEY ("home_thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "posts_home" ON "posts" USING btree ("home_thread_id") WHERE "posts"."home_thread_id" is not null;--> statement-breakpoint
CREATE INDEX "threads_merged_into" ON "threads" USING btree ("merged_into_id") WHERE "threads"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "threads_stand_in" ON "threads" USING btree ("stands_in_id") WHERE "threads"."stands_in_id" is not null;