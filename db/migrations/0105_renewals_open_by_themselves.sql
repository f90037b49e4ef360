ALTER TABLE "opportunities" ADD COLUMN "renews_id" uuid;--> statement-breakpoint
ALTER TABLE "opportunities" ADD COLUMN "renews_term" date;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_renews" FOREIGN KEY ("vendor_id","account_id","renews_id") REFERENCES "public"."opportunities"("vendor_id","account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "opportunities_renew_once" ON "opportunities" USING btree ("renews_id","renews_term") WHERE "opportunities"."renews_id" is not null;--> statement-breakpoint
CREATE INDEX "contracts_by_notice" ON "contracts" USING btree ("notice_on");--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_renew" CHECK (("opportunities"."renews_id" is null) = ("opportunities"."renews_term" is null) and ("opportunities"."renews_id" is null or "opportunities"."motion" = 'renewal'));
--> statement-breakpoint
-- Nobody says these by hand: the job that opens a renewal does, in the name of the account's owner.
CREATE POLICY renewed ON close_dates FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'open-renewals');
--> statement-breakpoint
CREATE POLICY renewed ON plan_steps FOR INSERT TO parley_app WITH CHECK (viewer_system() = 'open-renewals' AND done_at IS NULL);
