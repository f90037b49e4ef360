-- An address belongs to whoever confirms it; until then it is only claimed, by as many as like.
DROP INDEX "account_emails_norm";--> statement-breakpoint
CREATE UNIQUE INDEX "account_emails_confirmed" ON "account_emails" USING btree ("address_norm") WHERE "account_emails"."confirmed_at" is not null;--> statement-breakpoint
CREATE INDEX "account_emails_norm" ON "account_emails" USING btree ("address_norm");