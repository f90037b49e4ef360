CREATE TABLE "thread_mutes" (
	"person_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "thread_mutes_person_id_thread_id_pk" PRIMARY KEY("person_id","thread_id")
);
--> statement-breakpoint
DROP INDEX "notifications_inbox";--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "thread_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "group_id" uuid;--> statement-breakpoint
UPDATE "notifications" SET "group_id" = "id", "thread_id" = (SELECT "thread_id" FROM "posts" WHERE "posts"."id" = "notifications"."object_id" AND "notifications"."object_kind" = 'post');--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "group_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "leads" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "shown" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "thread_mutes" ADD CONSTRAINT "thread_mutes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_mutes" ADD CONSTRAINT "thread_mutes_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("person_id") WHERE "notifications"."leads" and "notifications"."shown" and "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_thread" ON "notifications" USING btree ("person_id","thread_id") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_group" ON "notifications" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "notifications_inbox" ON "notifications" USING btree ("person_id","created_at" DESC,"id" DESC) WHERE "notifications"."leads" and "notifications"."shown";--> statement-breakpoint
ALTER TABLE thread_mutes ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own ON thread_mutes TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL) WITH CHECK (person_id = viewer_person() OR viewer_system() IS NOT NULL);
