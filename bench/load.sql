-- :threads threads of one question and four answers, one of them of fifty, and :people people with all that follows from their acts. Run as the owner.
-- An id of the shape that the portal takes, from a name.
create function bench_id(name text) returns uuid language sql immutable parallel safe
  return overlay(overlay(md5(name) placing '7' from 13) placing '8' from 17)::uuid;
insert into people (id, is_operator) select bench_id('person' || i), false from generate_series(1, :people) i;
insert into handles (id, kind, person_id, handle, display_name) select bench_id('handle' || i), 'member', bench_id('person' || i), 'member-' || i, 'Member ' || i from generate_series(1, :people) i;
insert into account_emails (id, person_id, address, address_norm, confirmed_at) select bench_id('mail' || i), bench_id('person' || i), 'm' || i || '@people.example', 'm' || i || '@people.example', now() from generate_series(1, :people) i;
insert into vendors (id, slug, name, default_owner_id) select bench_id('vendor' || i), case when i = 1 then 'bench-works' else 'vendor-' || i end, 'Vendor ' || i, bench_id('person1') from generate_series(1, 300) i;
insert into products (id, vendor_id, slug, name) select bench_id('product' || i), bench_id('vendor' || i), 'product', 'Product ' || i from generate_series(1, 300) i;
insert into vendor_staff (id, vendor_id, person_id, role) select bench_id('staff' || i), bench_id('vendor' || i), bench_id('person' || i), 'advisor' from generate_series(1, 300) i;
insert into communities (id, slug, name, access, host_vendor_id, thread_count, member_count) select bench_id('room'), 'bench', 'Bench', 'open', bench_id('vendor1'), :threads, :people;
insert into communities (id, slug, name, access) select bench_id('room' || i), 'room-' || i, 'Room ' || i, case i % 10 when 0 then 'invitation' else 'open' end from generate_series(1, 300) i;
insert into memberships (community_id, person_id, handle_id) select bench_id('room'), bench_id('person' || i), bench_id('handle' || i) from generate_series(1, :people) i;
insert into memberships (community_id, person_id, handle_id) select bench_id('room' || (i % 300 + 1)), bench_id('person' || i), bench_id('handle' || i) from generate_series(1, :people) i;
insert into community_moderators (community_id, person_id) select bench_id('room' || i), bench_id('person' || i) from generate_series(1, 300) i;
insert into community_moderators (community_id, person_id) values (bench_id('room'), bench_id('person2'));
insert into portal_moderators (person_id) select bench_id('person' || i) from generate_series(400, 420) i;
insert into tags (id, community_id, name, thread_count) select bench_id('tag' || i), bench_id('room'), 'tag-' || i, :threads / 50 from generate_series(1, 50) i;
insert into threads (id, community_id, kind, title, handle_id, answer_count, score, created_at, active_at)
  select bench_id('thread' || i), bench_id('room'), 'question', 'Question ' || i || ' about word' || (i % 5000) || ' and folders', bench_id('handle' || (i % :people + 1)),
    case when i = 1 then 50 else 4 end, i % 40, now() - i * interval '1 minute', now() - i * interval '1 minute' from generate_series(1, :threads) i;
insert into posts (id, thread_id, kind, handle_id, markdown, html, score, created_at)
  select bench_id('opening' || i), bench_id('thread' || i), 'opening', bench_id('handle' || (i % :people + 1)), repeat('When I compact the folder, half of the messages are back. ', 6),
    '<p>' || repeat('When I compact the folder, half of the messages are back. ', 6) || '</p>', i % 40, now() - i * interval '1 minute' from generate_series(1, :threads) i;
insert into posts (id, thread_id, kind, handle_id, markdown, html, score, created_at)
  select bench_id('answer' || i || '-' || j), bench_id('thread' || i), 'answer', bench_id('handle' || ((i * 7 + j) % :people + 1)), repeat('Quit the program, repair the folder and only then compact. ', 6),
    '<p>' || repeat('Quit the program, repair the folder and only then compact. ', 6) || '</p>', j, now() - i * interval '1 minute' + j * interval '5 seconds'
  from generate_series(1, :threads) i, generate_series(1, 50) j where j <= case when i = 1 then 50 else 4 end;
insert into thread_tags (thread_id, tag_id, thread_created_at) select bench_id('thread' || i), bench_id('tag' || (i % 50 + 1)), now() - i * interval '1 minute' from generate_series(1, :threads) i;
insert into search_documents (thread_id, community_id, lexemes, created_at)
  select t.id, t.community_id, setweight(search_lexemes(t.title), 'A') || setweight(search_lexemes('When I compact the folder, half of the messages are back'), 'C')
    || array_to_tsvector(array(select '^' || word from unnest(tsvector_to_array(search_lexemes(t.title))) word) || array['=title:' || md5(search_text(t.title)), '=in:' || t.community_id, '=kind:question']), t.created_at from threads t;
insert into search_words (word, community_id, threads, titles)
  select w.lexeme, d.community_id, count(*), count(*) filter (where 'A' = any(w.weights)) from search_documents d, unnest(ts_filter(d.lexemes, '{a,b,c}')) w group by 1, 2;
insert into votes (post_id, handle_id, value, created_at) select bench_id('opening' || i), bench_id('handle' || ((i * 3) % :people + 1)), 1, now() from generate_series(1, :threads) i;
insert into votes (post_id, handle_id, value, created_at) select bench_id('answer' || i || '-' || j), bench_id('handle' || ((i * 3 + j) % :people + 1)), 1, now() from generate_series(1, :threads) i, generate_series(1, 4) j;
insert into answer_acceptances (thread_id, answer_id, accepted_by) select bench_id('thread' || i), bench_id('answer' || i || '-2'), bench_id('handle' || (i % :people + 1)) from generate_series(1, :threads, 3) i;
update threads set accepted_post_id = a.answer_id from answer_acceptances a where a.thread_id = threads.id;
insert into thread_follows (thread_id, handle_id) select bench_id('thread' || i), bench_id('handle' || (i % :people + 1)) from generate_series(1, :threads) i;
insert into flags (id, subject_kind, subject_id, community_id, flagged_by, reason, created_at)
  select bench_id('flag' || i || '-' || j), 'post', bench_id('answer' || i || '-1'), bench_id('room'), bench_id('handle' || (100 + i % 500 + j)), 'off-topic', now() - i * interval '1 hour' from generate_series(2, :threads / 100) i, generate_series(1, 2) j;
insert into recommendations (id, vendor_id, product_id, handle_id, headline, use_case, what_is_good, what_is_not, verdict, time_used, choose_again, relation, incentive, invited_by, created_at)
  select bench_id('verdict' || v || '-' || i), bench_id('vendor' || v), bench_id('product' || v), bench_id('handle' || ((i * 17 + v) % :people + 1)), 'It holds what it says', 'Mail of a small office, forty people.', 'Search.', 'Forwarding.',
    i % 5 + 1, '1-to-3-years', 'yes', 'customer', 'none', 'nobody', now() - (i * 300 + v) * interval '10 minutes'
  from generate_series(1, 300) v, generate_series(1, case when v = 1 then :people / 20 else 5 end) i on conflict do nothing;
insert into relationships (id, vendor_id, handle_id, since, last_at) select bench_id('relationship' || i), bench_id('vendor1'), bench_id('handle' || i), now() - interval '1 year', now() - i * interval '1 minute' from generate_series(1, :people) i;
insert into relationships (id, vendor_id, handle_id, since, last_at) select bench_id('relationship' || v || '-' || i), bench_id('vendor' || v), bench_id('handle' || i), now() - interval '1 year', now() - i * interval '1 minute' from generate_series(2, 20) v, generate_series(1, 100) i;
insert into timeline_entries (relationship_id, occurred_at, interaction_id, kind, side, actor_handle_id, object_kind, object_id)
  select bench_id('relationship' || (i % :people + 1)), now() - i * interval '1 minute', bench_id('interaction' || i), 'question.asked', 'theirs', bench_id('handle' || (i % :people + 1)), 'thread', bench_id('thread' || i) from generate_series(1, :threads) i;
insert into timeline_entries (relationship_id, occurred_at, interaction_id, kind, side, actor_handle_id, object_kind, object_id)
  select bench_id('relationship1'), now() - i * interval '1 hour', bench_id('interaction-1-' || i), 'question.answered', 'theirs', bench_id('handle1'), 'post', bench_id('answer' || (i % :threads + 1) || '-1') from generate_series(1, 3000) i;
insert into relationship_notes (id, relationship_id, author_id, author_handle_id, body) select bench_id('note' || i), bench_id('relationship' || (i % :people + 1)), bench_id('person1'), bench_id('handle1'), 'Asked about forwarding.' from generate_series(1, :people) i;
insert into relationship_tasks (id, relationship_id, what, owner_id, due_at, created_by) select bench_id('task' || i), bench_id('relationship' || (i % :people + 1)), 'Answer about forwarding', bench_id('person1'), now() + i * interval '1 minute', bench_id('person1') from generate_series(1, :people) i;
insert into notifications (id, group_id, thread_id, person_id, interaction_id, kind, why, actor_handle_id, object_kind, object_id, created_at)
  select bench_id('notice' || i), bench_id('notice' || i), bench_id('thread' || i), bench_id('person' || (i % :people + 1)), bench_id('interaction' || i), 'question.answered', 'follows', bench_id('handle' || ((i * 7 + 1) % :people + 1)), 'post', bench_id('answer' || i || '-1'), now() - i * interval '1 minute' from generate_series(1, :threads) i;
insert into notifications (id, group_id, thread_id, person_id, interaction_id, kind, why, actor_handle_id, object_kind, object_id, created_at)
  select bench_id('notice-1-' || i), bench_id('notice-1-' || i), bench_id('thread' || i), bench_id('person1'), bench_id('interaction-of-1-' || i), 'question.answered', 'follows', bench_id('handle' || (i % :people + 1)), 'post', bench_id('answer' || i || '-2'), now() - i * interval '1 minute' from generate_series(1, 2000) i;
select make_interaction_month(now() - interval '1 month'), make_interaction_month(now());
insert into interactions (id, occurred_at, kind, actor_kind, actor_handle_id, community_id, payload)
  select bench_id('interaction' || i), now() - (i % 20000) * interval '1 minute', 'question.asked', 'person', bench_id('handle' || (i % :people + 1)), bench_id('room'), '{}' from generate_series(1, :threads) i;
insert into vault_attributes (id, person_id, key, value) select bench_id('value' || key || i), bench_id('person' || i), key, 'Office lead' from generate_series(1, :people) i, unnest(array['role', 'industry']) key;
insert into grants (id, person_id, handle_id, vendor_id, purpose, ends_at) select bench_id('grant' || i), bench_id('person' || i), bench_id('handle' || i), bench_id('vendor1'), 'answer', now() + interval '30 days' from generate_series(2, :people) i;
insert into grant_attributes (grant_id, key) select bench_id('grant' || i), 'role' from generate_series(2, :people) i;
insert into access_records (id, person_id, vendor_id, grant_id, key, purpose, read_by, reader_handle_id, hour)
  select bench_id('reading' || i), bench_id('person' || i), bench_id('vendor1'), bench_id('grant' || i), 'role', 'answer', bench_id('person1'), bench_id('handle1'), date_trunc('hour', now()) from generate_series(2, :people) i;
insert into access_records (id, person_id, vendor_id, grant_id, key, purpose, read_by, reader_handle_id, hour)
  select bench_id('reading-2-' || i), bench_id('person2'), bench_id('vendor1'), bench_id('grant2'), 'role', 'answer', bench_id('person1'), bench_id('handle1'), date_trunc('hour', now()) - i * interval '1 hour' from generate_series(1, 2000) i;
analyze;
