CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "reports_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"note" text NOT NULL,
	"email" text,
	"confirmed_at" timestamp with time zone,
	"flag_id" uuid,
	"told_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reports_confirmed_are_flags" CHECK (("reports"."confirmed_at" is null) = ("reports"."flag_id" is null))
);
--> statement-breakpoint
ALTER TABLE "flags" ALTER COLUMN "flagged_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_flag_id_flags_id_fk" FOREIGN KEY ("flag_id") REFERENCES "public"."flags"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "reports_number" ON "reports" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_once" ON "reports" USING btree ("subject_kind","subject_id","email") WHERE confirmed_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "reports_flag" ON "reports" USING btree ("flag_id");--> statement-breakpoint
CREATE INDEX "reports_unconfirmed" ON "reports" USING btree ("created_at") WHERE confirmed_at is null;--> statement-breakpoint
CREATE INDEX "reports_told" ON "reports" USING btree ("told_at") WHERE email is not null;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_without_account_weigh_little" CHECK ("flags"."flagged_by" is not null or ("flags"."weight" <= 0.5 and "flags"."stake" is null));
--> statement-breakpoint
-- Whose address it is, is for nobody: moderators read the flag alone.
ALTER TABLE reports ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY kept ON reports TO parley_app USING (viewer_system() IS NOT NULL) WITH CHECK (viewer_system() IS NOT NULL);
--> statement-breakpoint
DROP POLICY written ON flags;
--> statement-breakpoint
CREATE POLICY written ON flags FOR INSERT TO parley_app WITH CHECK (state = 'open' AND settled_by_decision_id IS NULL AND thanked_for_decision_id IS NULL
  AND CASE WHEN flagged_by IS NULL THEN viewer_system() IS NOT NULL
    ELSE viewer_owns_handle(flagged_by) AND stake IS NOT DISTINCT FROM stake_in(viewer_person(), subject_kind, subject_id) END);
