CREATE TABLE "welcome_steps" (
	"person_id" uuid NOT NULL,
	"step" text NOT NULL,
	"passed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "welcome_steps_person_id_step_pk" PRIMARY KEY("person_id","step")
);
--> statement-breakpoint
CREATE TABLE "products_in_mind" (
	"person_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"stance" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_in_mind_person_id_product_id_pk" PRIMARY KEY("person_id","product_id")
);
--> statement-breakpoint
ALTER TABLE "welcome_steps" ADD CONSTRAINT "welcome_steps_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products_in_mind" ADD CONSTRAINT "products_in_mind_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products_in_mind" ADD CONSTRAINT "products_in_mind_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE products_in_mind ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own ON products_in_mind TO parley_app USING (person_id = viewer_person()) WITH CHECK (person_id = viewer_person());
