-- Text as its words: small letters without accents, parted by single spaces, a character of Chinese or Japanese a word. server/search/words.ts says the same.
CREATE FUNCTION search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  btrim(regexp_replace(regexp_replace(regexp_replace(normalize(lower(given), NFKD), '[\u0300-\u036f''\u2019]', '', 'g'),
    '([\u3040-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff])', ' \1 ', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f]+', ' ', 'g'));--> statement-breakpoint
-- English stems for those who write English, the words as they stand for everybody else.
CREATE FUNCTION search_lexemes(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  to_tsvector('english'::regconfig, search_text(given)) || to_tsvector('simple'::regconfig, search_text(given));--> statement-breakpoint
-- The word, and the word without each of its letters; of words that nobody would mistype, only themselves.
CREATE FUNCTION search_keys(word text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  CASE WHEN length(word) NOT BETWEEN 4 AND 24 OR word ~ '\d' THEN ARRAY[word]
    ELSE (SELECT array_agg(DISTINCT overlay(word placing '' from i for 1)) || word FROM generate_series(1, length(word)) i) END;--> statement-breakpoint
-- The same of each word of a name, and what each begins with.
CREATE FUNCTION search_name_keys(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  ARRAY(SELECT DISTINCT unnest(search_keys(left(word, 24)) || ARRAY(SELECT left(word, i) FROM generate_series(2, least(length(word), 24)) i))
    FROM string_to_array(search_text(name), ' ') AS parts(words), unnest(words) AS word WHERE word <> '');--> statement-breakpoint
CREATE TABLE "search_words" (
	"community_id" uuid NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"threads" integer DEFAULT 1 NOT NULL,
	"titles" integer DEFAULT 0 NOT NULL,
	"keys" text[] GENERATED ALWAYS AS (search_keys(word)) STORED,
	CONSTRAINT "search_words_word_community_id_pk" PRIMARY KEY("word","community_id")
);
--> statement-breakpoint
CREATE INDEX "search_words_keys" ON "search_words" USING gin ("keys");--> statement-breakpoint
CREATE INDEX "search_words_community" ON "search_words" USING btree ("community_id");--> statement-breakpoint
CREATE INDEX "handles_name_keys" ON "handles" USING gin (search_name_keys("display_name" || ' ' || coalesce("handle", ''))) WHERE "handles"."handle" is not null;--> statement-breakpoint
CREATE INDEX "communities_name_keys" ON "communities" USING gin (search_name_keys("name"));--> statement-breakpoint
CREATE INDEX "search_documents_community" ON "search_documents" USING btree ("community_id","thread_id");--> statement-breakpoint
CREATE INDEX "products_name_keys" ON "products" USING gin (search_name_keys("name"));--> statement-breakpoint
CREATE INDEX "vendors_name_keys" ON "vendors" USING gin (search_name_keys("name"));--> statement-breakpoint
ALTER TABLE "search_documents" DROP COLUMN "number";--> statement-breakpoint
ALTER TABLE "search_documents" DROP COLUMN "tag_names";