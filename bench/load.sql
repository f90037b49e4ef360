-- :posts posts: threads of one question and four answers, and one thread of fifty answers. Run as the owner.
-- An id of the shape that the portal takes, from a name.
create function bench_id(name text) returns uuid language sql immutable parallel safe
  return overlay(overlay(md5(name) placing '7' from 13) placing '8' from 17)::uuid;
insert into people (id, is_operator) select bench_id('person' || i), false from generate_series(1, 2000) i;
insert into handles (id, kind, person_id, handle, display_name) select bench_id('handle' || i), 'member', bench_id('person' || i), 'member-' || i, 'Member ' || i from generate_series(1, 2000) i;
insert into account_emails (id, person_id, address, address_norm, confirmed_at) values (bench_id('mail1'), bench_id('person1'), 'm1@people.example', 'm1@people.example', now());
insert into communities (id, slug, name, access, thread_count) values (bench_id('room'), 'bench', 'Bench', 'open', :threads);
insert into tags (id, community_id, name, thread_count) select bench_id('tag' || i), bench_id('room'), 'tag-' || i, :threads / 50 from generate_series(1, 50) i;
insert into threads (id, community_id, kind, title, handle_id, answer_count, score, created_at, active_at)
  select bench_id('thread' || i), bench_id('room'), 'question', 'Question ' || i || ' about word' || (i % 5000) || ' and folders', bench_id('handle' || (i % 2000 + 1)),
    case when i = 1 then 50 else 4 end, i % 40, now() - i * interval '1 minute', now() - i * interval '1 minute' from generate_series(1, :threads) i;
insert into posts (id, thread_id, kind, handle_id, markdown, html, score, created_at)
  select bench_id('opening' || i), bench_id('thread' || i), 'opening', bench_id('handle' || (i % 2000 + 1)), repeat('When I compact the folder, half of the messages are back. ', 6),
    '<p>' || repeat('When I compact the folder, half of the messages are back. ', 6) || '</p>', i % 40, now() - i * interval '1 minute' from generate_series(1, :threads) i;
insert into posts (id, thread_id, kind, handle_id, markdown, html, score, created_at)
  select bench_id('answer' || i || '-' || j), bench_id('thread' || i), 'answer', bench_id('handle' || ((i * 7 + j) % 2000 + 1)), repeat('Quit the program, repair the folder and only then compact. ', 6),
    '<p>' || repeat('Quit the program, repair the folder and only then compact. ', 6) || '</p>', j, now() - i * interval '1 minute' + j * interval '5 seconds'
  from generate_series(1, :threads) i, generate_series(1, 50) j where j <= case when i = 1 then 50 else 4 end;
insert into thread_tags (thread_id, tag_id, thread_created_at) select bench_id('thread' || i), bench_id('tag' || (i % 50 + 1)), now() - i * interval '1 minute' from generate_series(1, :threads) i;
insert into search_documents (thread_id, community_id, number, lexemes, created_at)
  select t.id, t.community_id, t.number, setweight(to_tsvector('simple', t.title), 'A') || setweight(to_tsvector('english', t.title), 'A')
    || to_tsvector('simple', 'When I compact the folder, half of the messages are back'), t.created_at from threads t;
analyze;
