CREATE TABLE "live_events" (
	"room" text NOT NULL,
	"seq" bigint NOT NULL,
	"event" text NOT NULL,
	"interaction_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "live_events_room_seq_pk" PRIMARY KEY("room","seq")
);
--> statement-breakpoint
CREATE TABLE "live_rooms" (
	"room" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "live_events_once" ON "live_events" USING btree ("room","interaction_id","event");--> statement-breakpoint
CREATE INDEX "live_events_age" ON "live_events" USING btree ("created_at");