CREATE TABLE "exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"made_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"bytes" bigint,
	"pieces" integer DEFAULT 0 NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "exports_bounded" CHECK ("exports"."ends_at" <= "exports"."created_at" + interval '25 hours' and ("exports"."made_at" is null or "exports"."bytes" > 0))
);
--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exports_person" ON "exports" USING btree ("person_id","created_at" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "exports_one_waits" ON "exports" USING btree ("person_id") WHERE "exports"."made_at" is null and "exports"."failed_at" is null;--> statement-breakpoint
CREATE INDEX "exports_ended" ON "exports" USING btree ("ends_at");
--> statement-breakpoint
ALTER TABLE exports ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON exports TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY forgotten ON exports TO parley_app USING (viewer_system() = 'forget-exports') WITH CHECK (false);
