ALTER TABLE "push_subscriptions" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "push_subscriptions" CASCADE;--> statement-breakpoint
ALTER TABLE "notifications_waiting" DROP CONSTRAINT "notifications_waiting_notification_id_channel_pk";--> statement-breakpoint
ALTER TABLE "notifications_waiting" ADD PRIMARY KEY ("notification_id");--> statement-breakpoint
ALTER TABLE "notifications_waiting" DROP COLUMN "channel";