-- Carries out one erasure that was asked for and is due, whole or not at all. What outlives it is said in server/erasure/tables.ts; the tests compare.
-- Returns what is left to do outside of the database, or null where there is nothing to carry out.
CREATE OR REPLACE FUNCTION erase_person(asked uuid, gone_words text, former_words text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  it erasures; hs uuid[]; names text[]; addresses text[]; gone_threads uuid[] := '{}'; gone_posts uuid[] := '{}'; own_posts uuid[]; again uuid[]; rooms uuid[];
  files jsonb; name text; spoken text; gone_html text := '<p>' || gone_words || '</p>';
BEGIN
  IF viewer_system() IS DISTINCT FROM 'erase' THEN RAISE EXCEPTION 'nobody is erased by hand' USING ERRCODE = '42501'; END IF;
  SELECT * INTO it FROM erasures WHERE id = asked AND due_at <= now() AND carried_out_at IS NULL AND called_back_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM 1 FROM people WHERE id = it.person_id FOR UPDATE;
  SELECT array_agg(id), array_agg(lower(handle)) FILTER (WHERE handle IS NOT NULL) INTO hs, names FROM handles WHERE person_id = it.person_id;
  hs := coalesce(hs, '{}'); names := coalesce(names, '{}');
  addresses := array(SELECT address_norm FROM account_emails WHERE person_id = it.person_id UNION SELECT address_norm FROM email_changes WHERE person_id = it.person_id
    UNION SELECT old_address_norm FROM email_changes WHERE person_id = it.person_id);
  files := (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'id', f.id)), '[]') FROM (
    SELECT 'export' AS kind, id FROM exports WHERE person_id = it.person_id UNION ALL SELECT 'brought', id FROM brought_archives WHERE person_id = it.person_id) f);

  -- What goes where nobody replied: whole threads of theirs alone, then single answers and comments.
  IF it.posts = 'removed' THEN
    gone_threads := array(SELECT t.id FROM threads t WHERE t.handle_id = ANY (hs) AND t.stands_in_id IS NULL AND t.merged_into_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.thread_id = t.id AND p.handle_id <> ALL (hs))
      AND NOT EXISTS (SELECT 1 FROM threads o WHERE o.stands_in_id = t.id OR o.merged_into_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.thread_id = t.id OR c.idea_thread_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM thread_merges m WHERE t.id IN (m.thread_id, m.into_thread_id))
      AND NOT EXISTS (SELECT 1 FROM thread_duplicates d WHERE t.id IN (d.thread_id, d.of_thread_id))
      AND NOT EXISTS (SELECT 1 FROM idea_votes_on_behalf v WHERE v.thread_id = t.id)
      AND NOT (t.kind = 'idea' AND EXISTS (SELECT 1 FROM votes v JOIN posts p ON p.id = v.post_id WHERE p.thread_id = t.id AND v.handle_id <> ALL (hs)))
      AND NOT EXISTS (SELECT 1 FROM posts p JOIN credited_posts c ON c.post_id = p.id WHERE p.thread_id = t.id));
    gone_posts := array(SELECT p.id FROM posts p WHERE p.thread_id = ANY (gone_threads) OR (p.handle_id = ANY (hs) AND p.kind IN ('answer', 'comment') AND NOT p.from_case
      AND NOT EXISTS (SELECT 1 FROM posts r WHERE r.handle_id <> ALL (hs) AND r.thread_id = p.thread_id
        AND (r.parent_id = p.id OR (p.kind = 'comment' AND r.parent_id = p.parent_id AND r.created_at > p.created_at)))
      AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.accepted_post_id = p.id) AND NOT EXISTS (SELECT 1 FROM answer_acceptances a WHERE a.answer_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM answer_confirmations a WHERE a.answer_id = p.id) AND NOT EXISTS (SELECT 1 FROM credited_posts c WHERE c.post_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM case_answers c WHERE c.post_id = p.id) AND NOT EXISTS (SELECT 1 FROM flags f WHERE f.subject_id = p.id AND f.state = 'open')));
  END IF;
  again := array(SELECT DISTINCT thread_id FROM posts WHERE id = ANY (gone_posts) AND thread_id <> ALL (gone_threads));
  rooms := array(SELECT DISTINCT community_id FROM threads WHERE id = ANY (gone_threads || again));
  UPDATE threads t SET answer_count = t.answer_count - n.count FROM (SELECT thread_id, count(*)::int AS count FROM posts
    WHERE id = ANY (gone_posts) AND kind = 'answer' AND thread_id <> ALL (gone_threads) AND hidden_by_decision_id IS NULL GROUP BY 1) n WHERE t.id = n.thread_id;
  UPDATE communities c SET thread_count = greatest(0, c.thread_count - n.count) FROM (SELECT community_id, count(*)::int AS count FROM threads WHERE id = ANY (gone_threads) GROUP BY 1) n WHERE c.id = n.community_id;
  UPDATE tags g SET thread_count = greatest(0, g.thread_count - n.count) FROM (SELECT tag_id, count(*)::int AS count FROM thread_tags WHERE thread_id = ANY (gone_threads) GROUP BY 1) n WHERE g.id = n.tag_id;
  DELETE FROM votes WHERE post_id = ANY (gone_posts);
  DELETE FROM post_mentions WHERE post_id = ANY (gone_posts);
  DELETE FROM suggested_edits WHERE post_id = ANY (gone_posts) OR suggested_by = ANY (hs);
  DELETE FROM held_posts WHERE post_id = ANY (gone_posts);
  DELETE FROM named_vendors WHERE post_id = ANY (gone_posts);
  DELETE FROM post_revisions WHERE post_id = ANY (gone_posts);
  DELETE FROM attachments WHERE post_id = ANY (gone_posts);
  DELETE FROM flags WHERE subject_id = ANY (gone_posts || gone_threads);
  DELETE FROM queue_items WHERE subject_id = ANY (gone_posts || gone_threads);
  DELETE FROM posts WHERE id = ANY (gone_posts);
  DELETE FROM idea_steps WHERE thread_id = ANY (gone_threads);
  DELETE FROM idea_whys WHERE thread_id = ANY (gone_threads);
  DELETE FROM ideas WHERE thread_id = ANY (gone_threads);
  DELETE FROM poll_ballots WHERE thread_id = ANY (gone_threads);
  DELETE FROM poll_choices WHERE thread_id = ANY (gone_threads);
  DELETE FROM polls WHERE thread_id = ANY (gone_threads);
  DELETE FROM recommendation_requests WHERE thread_id = ANY (gone_threads);
  DELETE FROM search_documents WHERE thread_id = ANY (gone_threads);
  DELETE FROM thread_claims WHERE thread_id = ANY (gone_threads);
  DELETE FROM thread_follows WHERE thread_id = ANY (gone_threads);
  DELETE FROM thread_mutes WHERE thread_id = ANY (gone_threads);
  DELETE FROM thread_reads WHERE thread_id = ANY (gone_threads);
  DELETE FROM thread_tags WHERE thread_id = ANY (gone_threads);
  DELETE FROM notifications_waiting WHERE notification_id IN (SELECT id FROM notifications WHERE thread_id = ANY (gone_threads) OR object_id = ANY (gone_posts || gone_threads));
  DELETE FROM notifications WHERE thread_id = ANY (gone_threads) OR object_id = ANY (gone_posts || gone_threads);
  DELETE FROM threads WHERE id = ANY (gone_threads);

  -- What stays says what it says today, and nothing that it said before.
  own_posts := array(SELECT id FROM posts WHERE handle_id = ANY (hs));
  DELETE FROM post_revisions WHERE post_id = ANY (own_posts);
  DELETE FROM recommendation_versions WHERE recommendation_id IN (SELECT id FROM recommendations WHERE handle_id = ANY (hs));
  UPDATE recommendations SET withdrawn_at = now() WHERE it.posts = 'removed' AND handle_id = ANY (hs) AND withdrawn_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM recommendation_replies r WHERE r.recommendation_id = recommendations.id);
  UPDATE recommendations SET headline = gone_words, use_case = gone_words, what_is_good = gone_words, what_is_not = gone_words, for_whom = gone_words WHERE handle_id = ANY (hs) AND withdrawn_at IS NOT NULL;
  DELETE FROM recommendation_versions WHERE recommendation_id IN (SELECT id FROM recommendations WHERE handle_id = ANY (hs));
  DELETE FROM idea_whys WHERE handle_id = ANY (hs) AND it.posts = 'removed';

  -- Where others named them.
  FOREACH name IN ARRAY names LOOP
    again := again || array(SELECT DISTINCT thread_id FROM posts WHERE markdown ILIKE '%@' || name || '%');
    FOREACH spoken IN ARRAY ARRAY['posts', 'post_revisions', 'case_messages', 'case_answers', 'idea_steps', 'recommendation_replies'] LOOP
      EXECUTE format('UPDATE %I SET markdown = regexp_replace(markdown, $1, $3, ''gi''), html = regexp_replace(regexp_replace(html, $2, $3, ''gi''), $1, $3, ''gi'') WHERE markdown ILIKE $4', spoken)
        USING '@' || name || '(?![\w-])', '<a[^>]*href="/people/' || name || '"[^>]*>[^<]*</a>', former_words, '%@' || name || '%';
    END LOOP;
    INSERT INTO retired_handles (hash) VALUES (encode(sha256(convert_to(name, 'UTF8')), 'hex')) ON CONFLICT DO NOTHING;
  END LOOP;
  DELETE FROM post_mentions WHERE handle_id = ANY (hs);

  -- What remains by law or by somebody's claim, and until when.
  INSERT INTO erasure_residues (erasure_id, kind, ground, rows, until)
  SELECT it.id, found.kind, found.ground, found.rows, found.until FROM (
    SELECT 'customer-states' AS kind, 'A17-3-b' AS ground, count(*)::int AS rows, (now() + interval '10 years')::date AS until FROM relationship_states s
      JOIN relationships r ON r.id = s.relationship_id WHERE r.handle_id = ANY (hs) AND s.vendor_confirmed_at IS NOT NULL AND s.person_confirmed_at IS NOT NULL
    UNION ALL SELECT 'agreements', 'A17-3-e', count(*)::int, (now() + interval '3 years')::date FROM negotiations WHERE person_id = it.person_id AND agreed IS NOT NULL
    UNION ALL SELECT 'receipts', 'A17-3-e', count(DISTINCT c.grant_id)::int, (now() + interval '3 years')::date FROM receipt_copies c JOIN grants g ON g.id = c.grant_id WHERE g.person_id = it.person_id AND c.side = 'vendor'
    UNION ALL SELECT 'vendor-notes', 'A17-3-e', count(*)::int, (now() + interval '30 days')::date FROM (SELECT relationship_id FROM relationship_notes UNION ALL SELECT relationship_id FROM relationship_meetings) n
      JOIN relationships r ON r.id = n.relationship_id WHERE r.handle_id = ANY (hs)
    UNION ALL SELECT 'open-cases', 'A17-3-e', count(*)::int, (now() + interval '1 year')::date FROM cases WHERE handle_id = ANY (hs) AND state <> 'closed'
    UNION ALL SELECT 'open-disputes', 'A17-3-e', count(*)::int, (now() + interval '1 year')::date FROM disputes d JOIN recommendations r ON r.id = d.recommendation_id WHERE r.handle_id = ANY (hs) AND d.outcome IS NULL
    UNION ALL SELECT 'open-contests', 'A17-3-e', count(*)::int, (now() + interval '1 year')::date FROM relationship_contests x JOIN relationships r ON r.id = x.relationship_id WHERE r.handle_id = ANY (hs) AND x.answered_at IS NULL
    UNION ALL SELECT 'open-appeals', 'A17-3-b', count(*)::int, (now() + interval '1 year')::date FROM appeals WHERE person_id = it.person_id AND outcome IS NULL
    UNION ALL SELECT 'decisions', 'A17-3-b', count(*)::int, (now() + interval '5 years')::date FROM decisions WHERE target_handle_id = ANY (hs)
    UNION ALL SELECT 'posts', 'A17-3-a', count(*)::int, (now() + interval '100 years')::date FROM posts WHERE handle_id = ANY (hs)) found
  WHERE found.rows > 0;
  INSERT INTO erasure_notices (id, erasure_id, vendor_id, relationship_id, created_at, due_at)
  SELECT gen_random_uuid(), it.id, v.vendor_id, (SELECT r.id FROM relationships r WHERE r.vendor_id = v.vendor_id AND r.handle_id = ANY (hs) ORDER BY r.since LIMIT 1), now(), now() + interval '30 days'
  FROM (SELECT vendor_id FROM grants WHERE person_id = it.person_id UNION SELECT vendor_id FROM relationships WHERE handle_id = ANY (hs)) v;

  -- Words of theirs that nothing keeps.
  UPDATE case_messages m SET markdown = gone_words, html = gone_html FROM cases c WHERE c.id = m.case_id AND c.state = 'closed' AND m.handle_id = ANY (hs) AND m.side = 'asker';
  UPDATE dispute_words w SET words = gone_words FROM disputes d JOIN recommendations r ON r.id = d.recommendation_id WHERE d.id = w.dispute_id AND w.side = 'author' AND r.handle_id = ANY (hs) AND d.outcome IS NOT NULL;
  DELETE FROM relationship_contests x USING relationships r WHERE r.id = x.relationship_id AND r.handle_id = ANY (hs) AND x.answered_at IS NOT NULL;
  DELETE FROM audit_values v USING audit_events e, relationships r WHERE v.vendor_id = e.vendor_id AND v.nth = e.nth AND r.id = e.relationship_id AND r.handle_id = ANY (hs);
  UPDATE plan_steps SET evidence = gone_words, link = '' WHERE done_by = it.person_id AND side = 'theirs';
  UPDATE outcomes SET reason = gone_words WHERE said_by = it.person_id AND side = 'theirs';
  DELETE FROM plan_people WHERE person_id = it.person_id;
  DELETE FROM field_values v USING relationships r WHERE r.id = v.relationship_id AND r.handle_id = ANY (hs);
  UPDATE appeals SET words_hash = sealed_words(words), words = '' WHERE person_id = it.person_id AND outcome IS NOT NULL AND words_hash IS NULL;
  DELETE FROM appeal_addresses WHERE appeal_id IN (SELECT id FROM appeals WHERE person_id = it.person_id);
  UPDATE flags SET note = '' WHERE flagged_by = ANY (hs) AND state <> 'open';
  UPDATE reports SET email = NULL, note = '' WHERE lower(email) = ANY (addresses);

  -- Grants end, what was read of them goes, and with the key everything that was sealed.
  UPDATE grants SET revoked_at = now() WHERE person_id = it.person_id AND revoked_at IS NULL AND ends_at > now();
  DELETE FROM access_records WHERE person_id = it.person_id;
  DELETE FROM access_refusals WHERE person_id = it.person_id;
  DELETE FROM deletion_tasks WHERE person_id = it.person_id;
  DELETE FROM grant_endings WHERE person_id = it.person_id;
  DELETE FROM vault_reminders WHERE person_id = it.person_id;
  DELETE FROM alert_rules WHERE person_id = it.person_id;
  DELETE FROM alerts WHERE person_id = it.person_id;
  DELETE FROM grant_request_fields WHERE request_id IN (SELECT id FROM grant_requests WHERE person_id = it.person_id);
  DELETE FROM grant_requests WHERE person_id = it.person_id;
  DELETE FROM corrections WHERE person_id = it.person_id;
  DELETE FROM never_asked WHERE person_id = it.person_id;
  DELETE FROM contact_budgets WHERE person_id = it.person_id;
  DELETE FROM contact_uses WHERE person_id = it.person_id;
  DELETE FROM receipt_copies WHERE side = 'person' AND grant_id IN (SELECT id FROM grants WHERE person_id = it.person_id);
  DELETE FROM agreement_copies WHERE side = 'person' AND negotiation_id IN (SELECT id FROM negotiations WHERE person_id = it.person_id);
  UPDATE negotiations SET person_id = NULL WHERE person_id = it.person_id;
  DELETE FROM term_preferences WHERE person_id = it.person_id;
  DELETE FROM standing_objections WHERE person_id = it.person_id;
  DELETE FROM shown_attestations WHERE handle_id = ANY (hs) OR attestation_id IN (SELECT id FROM attestations WHERE person_id = it.person_id);
  DELETE FROM attestations WHERE person_id = it.person_id;
  DELETE FROM signing_secrets WHERE person_id = it.person_id;
  DELETE FROM vault_attributes WHERE person_id = it.person_id;
  DELETE FROM vault_history WHERE person_id = it.person_id;
  DELETE FROM person_keys WHERE person_id = it.person_id;
  DELETE FROM delegate_uses WHERE person_id = it.person_id;
  DELETE FROM delegate_wishes WHERE person_id = it.person_id;
  DELETE FROM delegates WHERE person_id = it.person_id;
  DELETE FROM contact_links WHERE handle_id = ANY (hs);
  DELETE FROM exports WHERE person_id = it.person_id;
  DELETE FROM brought_archives WHERE person_id = it.person_id;

  -- Files: those in posts that stay are part of them.
  DELETE FROM attachments WHERE person_id = it.person_id AND (post_id IS NULL OR post_id <> ALL (own_posts));
  UPDATE shown_evidence SET words = gone_words WHERE handle_id = ANY (hs) AND words <> '';
  DELETE FROM recommendation_authors WHERE handle_id = ANY (hs);
  DELETE FROM reference_contacts WHERE handle_id = ANY (hs) OR request_id IN (SELECT id FROM reference_requests WHERE asked_by = ANY (hs) OR asked_of = ANY (hs));
  DELETE FROM reference_requests WHERE asked_by = ANY (hs) OR asked_of = ANY (hs);
  UPDATE authorship_words SET words = gone_words WHERE request_id IN (SELECT id FROM authorship_requests WHERE person_id = it.person_id);
  DELETE FROM drawn_customers WHERE handle_id = ANY (hs);

  -- What they follow, read, chose and were told.
  UPDATE communities c SET member_count = greatest(0, c.member_count - 1) FROM memberships m WHERE m.community_id = c.id AND m.person_id = it.person_id;
  DELETE FROM memberships WHERE person_id = it.person_id;
  DELETE FROM affiliations WHERE person_id = it.person_id;
  DELETE FROM membership_requests WHERE person_id = it.person_id;
  DELETE FROM invitations WHERE address_norm = ANY (addresses) AND accepted_at IS NULL;
  UPDATE invitations SET accepted_by = NULL, address_norm = '' WHERE accepted_by = it.person_id OR address_norm = ANY (addresses);
  UPDATE threads t SET follower_count = greatest(0, t.follower_count - 1) FROM thread_follows f WHERE f.thread_id = t.id AND f.handle_id = ANY (hs);
  DELETE FROM thread_follows WHERE handle_id = ANY (hs);
  DELETE FROM member_levels WHERE handle_id = ANY (hs);
  DELETE FROM community_follows WHERE handle_id = ANY (hs);
  DELETE FROM tag_follows WHERE handle_id = ANY (hs);
  DELETE FROM thread_claims WHERE handle_id = ANY (hs);
  DELETE FROM queue_claims WHERE handle_id = ANY (hs);
  DELETE FROM blocks WHERE person_id = it.person_id OR blocked_handle_id = ANY (hs);
  DELETE FROM unseen_people WHERE person_id = it.person_id;
  DELETE FROM thread_mutes WHERE person_id = it.person_id;
  DELETE FROM thread_reads WHERE person_id = it.person_id;
  DELETE FROM reading_days WHERE person_id = it.person_id;
  DELETE FROM drafts WHERE person_id = it.person_id;
  DELETE FROM poll_ballots WHERE person_id = it.person_id;
  DELETE FROM products_in_mind WHERE person_id = it.person_id;
  DELETE FROM welcome_steps WHERE person_id = it.person_id;
  DELETE FROM notifications_waiting WHERE person_id = it.person_id;
  DELETE FROM notifications WHERE person_id = it.person_id;
  DELETE FROM notification_choices WHERE person_id = it.person_id;
  DELETE FROM notification_settings WHERE person_id = it.person_id;
  DELETE FROM digests WHERE person_id = it.person_id;
  DELETE FROM push_devices WHERE person_id = it.person_id;
  DELETE FROM outgoing_mails WHERE person_id = it.person_id OR lower(to_address) = ANY (addresses);
  DELETE FROM address_troubles WHERE address_norm = ANY (addresses);
  DELETE FROM reputation_entries WHERE handle_id = ANY (hs);
  DELETE FROM reputation_sums WHERE handle_id = ANY (hs);
  DELETE FROM unranked_handles WHERE handle_id = ANY (hs);
  DELETE FROM unnamed_contributors WHERE handle_id = ANY (hs);
  DELETE FROM trust_levels WHERE person_id = it.person_id;
  DELETE FROM voting_signals WHERE handle_id = ANY (hs);
  DELETE FROM duty_offers WHERE person_id = it.person_id;
  DELETE FROM vendor_claims WHERE person_id = it.person_id;
  DELETE FROM limit_counters WHERE key = it.person_id::text OR key = ANY (addresses);

  -- Every way in.
  DELETE FROM sessions WHERE person_id = it.person_id;
  DELETE FROM half_sign_ins WHERE person_id = it.person_id;
  DELETE FROM passkey_challenges WHERE person_id = it.person_id;
  DELETE FROM passkeys WHERE person_id = it.person_id;
  DELETE FROM provider_identities WHERE person_id = it.person_id;
  DELETE FROM totp_secrets WHERE person_id = it.person_id;
  DELETE FROM recovery_codes WHERE person_id = it.person_id;
  DELETE FROM passwords WHERE person_id = it.person_id;
  DELETE FROM known_browsers WHERE person_id = it.person_id;
  DELETE FROM account_tokens WHERE person_id = it.person_id;
  DELETE FROM email_changes WHERE person_id = it.person_id;
  DELETE FROM account_emails WHERE person_id = it.person_id;

  -- Seats end; who held them when stays said of the former member.
  UPDATE vendor_staff SET ended_at = now(), ask_about = '' WHERE person_id = it.person_id AND ended_at IS NULL;
  UPDATE community_moderators SET ended_at = now() WHERE person_id = it.person_id AND ended_at IS NULL;
  UPDATE portal_moderators SET ended_at = now() WHERE person_id = it.person_id AND ended_at IS NULL;
  UPDATE vendors SET default_owner_id = NULL WHERE default_owner_id = it.person_id;
  UPDATE relationships SET owner_id = NULL WHERE owner_id = it.person_id;

  UPDATE handles SET person_id = NULL, handle = NULL, kind = 'former', display_name = it.shown_as, about = '', about_html = '' WHERE id = ANY (hs) AND kind <> 'unnamed';
  UPDATE handles SET person_id = NULL, about = '', about_html = '' WHERE id = ANY (hs);
  UPDATE people SET status = 'erased', is_operator = false, time_zone = 'UTC', theme = NULL, seen_at = date_trunc('month', now()), created_at = date_trunc('month', created_at) WHERE id = it.person_id;
  UPDATE erasures SET carried_out_at = now() WHERE id = it.id;
  RETURN jsonb_build_object('files', files, 'threads', to_jsonb(again), 'rooms', to_jsonb(rooms));
END $$;

REVOKE EXECUTE ON FUNCTION erase_person(uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_person(uuid, text, text) TO parley_app;

-- What remained, once its time is over: words and papers go, counted facts without a name stay.
CREATE OR REPLACE FUNCTION end_residue(of_erasure uuid, of_kind text, gone_words text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE it erasures; left_from timestamptz;
BEGIN
  IF viewer_system() IS DISTINCT FROM 'erase' THEN RAISE EXCEPTION 'nobody is erased by hand' USING ERRCODE = '42501'; END IF;
  SELECT * INTO it FROM erasures WHERE id = of_erasure AND carried_out_at IS NOT NULL FOR UPDATE;
  IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM erasure_residues WHERE erasure_id = of_erasure AND kind = of_kind AND ended_at IS NULL AND until <= now()::date) THEN RETURN false; END IF;
  IF of_kind = 'receipts' THEN DELETE FROM receipt_copies WHERE grant_id IN (SELECT id FROM grants WHERE person_id = it.person_id);
  ELSIF of_kind = 'agreements' THEN DELETE FROM agreement_copies WHERE negotiation_id IN (SELECT agreement_id FROM grants WHERE person_id = it.person_id);
  ELSIF of_kind = 'vendor-notes' THEN
    DELETE FROM relationship_notes WHERE relationship_id IN (SELECT relationship_id FROM erasure_notices WHERE erasure_id = it.id);
    DELETE FROM relationship_meetings WHERE relationship_id IN (SELECT relationship_id FROM erasure_notices WHERE erasure_id = it.id);
    DELETE FROM hand_offs WHERE relationship_id IN (SELECT relationship_id FROM erasure_notices WHERE erasure_id = it.id);
  ELSIF of_kind = 'open-contests' THEN DELETE FROM relationship_contests WHERE relationship_id IN (SELECT relationship_id FROM erasure_notices WHERE erasure_id = it.id);
  ELSIF of_kind = 'open-appeals' THEN UPDATE appeals SET words_hash = sealed_words(words), words = '' WHERE person_id = it.person_id AND words_hash IS NULL;
  ELSIF of_kind = 'open-cases' THEN UPDATE case_messages m SET markdown = gone_words, html = '<p>' || gone_words || '</p>' FROM cases c
    JOIN relationships r ON r.handle_id = c.handle_id JOIN erasure_notices n ON n.relationship_id = r.id WHERE n.erasure_id = it.id AND m.case_id = c.id AND m.side = 'asker';
  ELSIF of_kind = 'open-disputes' THEN UPDATE dispute_words w SET words = gone_words FROM disputes d JOIN recommendations r ON r.id = d.recommendation_id
    JOIN relationships l ON l.handle_id = r.handle_id JOIN erasure_notices n ON n.relationship_id = l.id WHERE n.erasure_id = it.id AND w.dispute_id = d.id AND w.side = 'author';
  END IF;
  UPDATE erasure_residues SET ended_at = now() WHERE erasure_id = of_erasure AND kind = of_kind;
  RETURN true;
END $$;

REVOKE EXECUTE ON FUNCTION end_residue(uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_residue(uuid, text, text) TO parley_app;
