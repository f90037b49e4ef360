CREATE TABLE "address_troubles" (
	"address_norm" text PRIMARY KEY NOT NULL,
	"score" smallint DEFAULT 0 NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"suppressed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"person_id" uuid NOT NULL,
	"period" text NOT NULL,
	"mail_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "digests_person_id_period_pk" PRIMARY KEY("person_id","period")
);
--> statement-breakpoint
CREATE TABLE "inbound_mails" (
	"message_hash" text PRIMARY KEY NOT NULL,
	"outcome" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_choices" (
	"person_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"channel" text NOT NULL,
	"wanted" boolean NOT NULL,
	CONSTRAINT "notification_choices_person_id_topic_channel_pk" PRIMARY KEY("person_id","topic","channel")
);
--> statement-breakpoint
CREATE TABLE "notification_settings" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"mode" text DEFAULT 'chosen' NOT NULL,
	"digest" text DEFAULT 'never' NOT NULL,
	"digest_since" timestamp with time zone,
	"quiet_from" smallint,
	"quiet_until" smallint,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications_waiting" (
	"notification_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"person_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notifications_waiting_notification_id_channel_pk" PRIMARY KEY("notification_id","channel")
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"device" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_subscriptions_endpoint_unique" UNIQUE("endpoint")
);
--> statement-breakpoint
CREATE TABLE "thread_reads" (
	"person_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "thread_reads_person_id_thread_id_pk" PRIMARY KEY("person_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "portal_secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "seen_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "thread_mutes" ADD COLUMN "mail_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD COLUMN "html_body" text;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD COLUMN "headers" jsonb;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD COLUMN "writer" text;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD COLUMN "about" jsonb;--> statement-breakpoint
ALTER TABLE "outgoing_mails" ADD COLUMN "dropped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_reads" ADD CONSTRAINT "thread_reads_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_reads" ADD CONSTRAINT "thread_reads_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_waiting_due" ON "notifications_waiting" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "push_subscriptions_person" ON "push_subscriptions" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE notification_settings ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own ON notification_settings TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL) WITH CHECK (person_id = viewer_person() OR viewer_system() IS NOT NULL);--> statement-breakpoint
ALTER TABLE notification_choices ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own ON notification_choices TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL) WITH CHECK (person_id = viewer_person() OR viewer_system() IS NOT NULL);--> statement-breakpoint
ALTER TABLE thread_reads ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own ON thread_reads TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL) WITH CHECK (person_id = viewer_person() OR viewer_system() IS NOT NULL);--> statement-breakpoint
ALTER TABLE push_subscriptions ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own ON push_subscriptions TO parley_app USING (person_id = viewer_person() OR viewer_system() IS NOT NULL) WITH CHECK (person_id = viewer_person() OR viewer_system() IS NOT NULL);
