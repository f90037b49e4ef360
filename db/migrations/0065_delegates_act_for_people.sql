CREATE TABLE "delegate_uses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"delegate_id" uuid NOT NULL,
	"tool" text NOT NULL,
	"fields" text[] NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delegate_wishes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"delegate_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"wanted" jsonb NOT NULL,
	"why" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delegate_wishes_decided" CHECK (("delegate_wishes"."outcome" is null) = ("delegate_wishes"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "delegates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"parent_id" uuid,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"fields" text[] NOT NULL,
	"preapproved" text[] NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delegates_bounded" CHECK ("delegates"."expires_at" > "delegates"."created_at" and "delegates"."expires_at" <= "delegates"."created_at" + interval '91 days' and cardinality("delegates"."scopes") > 0 and char_length("delegates"."name") between 1 and 80 and "delegates"."preapproved" <@ "delegates"."scopes")
);
--> statement-breakpoint
ALTER TABLE "delegate_uses" ADD CONSTRAINT "delegate_uses_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegate_uses" ADD CONSTRAINT "delegate_uses_delegate_id_delegates_id_fk" FOREIGN KEY ("delegate_id") REFERENCES "public"."delegates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegate_wishes" ADD CONSTRAINT "delegate_wishes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegate_wishes" ADD CONSTRAINT "delegate_wishes_delegate_id_delegates_id_fk" FOREIGN KEY ("delegate_id") REFERENCES "public"."delegates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegates" ADD CONSTRAINT "delegates_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegates" ADD CONSTRAINT "delegates_parent_id_delegates_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."delegates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delegate_uses_person" ON "delegate_uses" USING btree ("person_id","at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "delegate_wishes_open" ON "delegate_wishes" USING btree ("person_id","created_at" DESC) WHERE "delegate_wishes"."outcome" is null;--> statement-breakpoint
CREATE INDEX "delegate_wishes_over" ON "delegate_wishes" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "delegates_token" ON "delegates" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "delegates_person" ON "delegates" USING btree ("person_id","created_at" DESC);--> statement-breakpoint
CREATE INDEX "delegates_parent" ON "delegates" USING btree ("parent_id");
--> statement-breakpoint
ALTER TABLE delegates ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE delegate_uses ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE delegate_wishes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON delegates TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
-- Whoever shows a token is not known yet; the job that asks reads by its hash, and can do nothing but look.
CREATE POLICY shown ON delegates FOR SELECT TO parley_app USING (viewer_system() = 'know-delegate');
--> statement-breakpoint
CREATE POLICY own ON delegate_uses TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY own ON delegate_wishes TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
--> statement-breakpoint
CREATE POLICY forgotten ON delegate_wishes TO parley_app USING (viewer_system() = 'forget-wishes') WITH CHECK (false);
--> statement-breakpoint
-- What was done in somebody's name stays as it was written, and a delegate is given no more than it was at first.
REVOKE UPDATE, DELETE ON delegate_uses FROM parley_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON delegates FROM parley_app;
--> statement-breakpoint
GRANT UPDATE (ended_at, last_used_at) ON delegates TO parley_app;
