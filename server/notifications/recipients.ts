import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { unblocked } from '~/server/accounts'
import type { EventKind, Happened, Payload } from '~/server/events'

/** Why somebody is told; the first that holds is the one given. */
export type Why =
  'mentioned' | 'asker' | 'follower' | 'author' | 'answerer' | 'target' | 'person' | 'voter' | 'staff' | 'reporter' | 'room' | 'moderator'
export type Told = { personId: string; why: Why }
export type Telling = {
  objectKind:
    | 'post'
    | 'decision'
    | 'recommendation'
    | 'vendor'
    | 'community'
    | 'imported'
    | 'case'
    | 'invitation'
    | 'claimed'
    | 'account'
    | 'delegate'
    | 'duty'
    | 'grant'
    | 'owed'
    | 'contact'
    | 'hand-off'
    | 'health'
    | 'plan'
    | 'readings'
    | 'vault'
  objectId: string
  kind: string
  told: SQL
  readers?: SQL
}

/** Members behind handles; placeholders have nobody behind them. */
const behind = (handles: SQL, why: Why) => sql`select h.person_id, ${why}::text as why from handles h where h.id in (${handles})`
const askerOf = (threadId: string) => behind(sql`select handle_id from threads where id = ${threadId}`, 'asker')
const followersOf = (threadId: string) => behind(sql`select handle_id from thread_follows where thread_id = ${threadId}`, 'follower')
/** Those who follow the room of a thread, or one of its tags. */
const roomFollowersOf = (threadId: string) =>
  behind(
    sql`select f.handle_id from community_follows f join threads t on t.community_id = f.community_id where t.id = ${threadId}
      union select f.handle_id from tag_follows f join thread_tags x on x.tag_id = f.tag_id where x.thread_id = ${threadId}`,
    'room',
  )
/** Whoever proposed an idea, or one that was merged into it. */
const proposersOf = (threadId: string) =>
  behind(sql`select handle_id from threads where id = ${threadId} or stands_in_id = ${threadId}`, 'asker')
const votersOf = (postId: string) => behind(sql`select handle_id from votes where post_id = ${postId} and value > 0`, 'voter')
const authorOf = (postId: string, why: Why) => behind(sql`select handle_id from posts where id = ${postId}`, why)
const suggesterOf = (suggestionId: string) => behind(sql`select suggested_by from suggested_edits where id = ${suggestionId}`, 'person')
const itself = (personId: string) => sql`select ${personId}::uuid as person_id, 'person'::text as why`

/** Who may still read a thread: the rule thread.view, asked of everybody at once. */
const readersOf = (threadId: string) => sql`exists (select 1 from threads t join communities c on c.id = t.community_id
  where t.id = ${threadId} and t.hidden_by_decision_id is null and (c.access = 'open'
    or exists (select 1 from memberships m where m.community_id = c.id and m.person_id = told.person_id)
    or exists (select 1 from community_moderators m where m.community_id = c.id and m.person_id = told.person_id and m.ended_at is null)
    or exists (select 1 from people o where o.id = told.person_id and o.is_operator)))`

/** Who has muted a thread hears nothing of it. */
const unmuted = (threadId: string) =>
  sql`not exists (select 1 from thread_mutes m where m.thread_id = ${threadId} and m.person_id = told.person_id and not m.mail_only)`

const aboutRecommendation = ({ recommendationId }: { recommendationId: string }) => ({
  objectKind: 'recommendation' as const,
  objectId: recommendationId,
  told: behind(sql`select handle_id from recommendations where id = ${recommendationId}`, 'author'),
})
/** Whoever is asked to be a reference, or asked for one. */
const aboutReference = ({ recommendationId, handleId }: { recommendationId: string; handleId: string }, why: Why) => ({
  objectKind: 'recommendation' as const,
  objectId: recommendationId,
  told: behind(sql`${handleId}::uuid`, why),
})
const aboutPost = ({ postId, threadId }: { postId: string; threadId: string }, ...told: SQL[]) => ({
  objectKind: 'post' as const,
  objectId: postId,
  told: sql.join(told, sql` union all `),
  readers: sql`${readersOf(threadId)} and ${unmuted(threadId)} and exists (select 1 from posts p where p.id = ${postId} and p.hidden_by_decision_id is null)`,
})
/** Whoever is called by name in a post hears of that, and not of the post as well; unless they want to hear of no such calls. */
const unlessMentioned = <T extends { readers: SQL }>(postId: string, telling: T): T => ({
  ...telling,
  readers: sql`${telling.readers} and not exists (select 1 from post_mentions x join handles h on h.id = x.handle_id
    where x.post_id = ${postId} and h.person_id = told.person_id and not exists (select 1 from notification_choices n
      where n.person_id = h.person_id and n.topic = 'mentions' and n.channel = 'inbox' and not n.wanted))`,
})
/** Whoever let an answer out of a private case knows of it. */
const unlessPublisher = <T extends { readers: SQL }>({ publisherId }: { publisherId?: string }, telling: T): T =>
  publisherId
    ? {
        ...telling,
        readers: sql`${telling.readers} and told.person_id is distinct from (select person_id from handles where id = ${publisherId}::uuid)`,
      }
    : telling
const aboutDecision = (decisionId: string) => ({
  objectKind: 'decision' as const,
  objectId: decisionId,
  // What was decided instead on somebody's own appeal is told with that.
  told: behind(
    sql`select target_handle_id from decisions d where id = ${decisionId} and not exists (select 1 from appeals a where a.instead_decision_id = d.id and a.handle_id = d.target_handle_id)`,
    'target',
  ),
})
/** Who appealed, and who had decided; whom it concerns hears of what is decided instead. */
const aboutAppeal = (appealId: string, decisionId: string) => ({
  objectKind: 'decision' as const,
  objectId: decisionId,
  told: sql`select person_id, case standing when 'target' then 'target' else 'person' end as why from appeals where id = ${appealId} and person_id is not null
    union all select decided_by, 'moderator' from decisions where id = ${decisionId}`,
})
const aboutRelationship = ({ vendorId, handleId }: { vendorId: string; handleId: string }) => ({
  objectKind: 'vendor' as const,
  objectId: vendorId,
  told: behind(sql`${handleId}::uuid`, 'person'),
})

/** Of the vendor’s staff whoever has the case; while nobody has, whoever owns the relationship; failing that, all of them. */
const servesCase = ({ caseId, vendorId }: { caseId: string; vendorId: string }) => sql`
  select x.person_id, 'staff' as why from (
    select s.person_id, case when s.person_id = a.person_id then 1 when s.person_id = coalesce(r.owner_id, v.default_owner_id) then 2 else 3 end as turn
    from cases c join vendor_staff s on s.vendor_id = c.vendor_id and s.ended_at is null join vendors v on v.id = c.vendor_id
      left join handles a on a.id = c.assigned_to
      left join relationships r on r.vendor_id = c.vendor_id and r.handle_id = c.handle_id
    where c.id = ${caseId}::uuid and c.vendor_id = ${vendorId}::uuid) x
  order by x.turn fetch first 1 rows with ties`

/** The asker, and whoever of the vendor’s staff serves it. */
const aboutCase = ({ caseId, vendorId, handleId }: { caseId: string; vendorId: string; handleId: string }) => ({
  objectKind: 'case' as const,
  objectId: caseId,
  told: sql`${behind(sql`${handleId}::uuid`, 'asker')} union all (${servesCase({ caseId, vendorId })})`,
})
/** What was promised in it is for those who promised it. */
const aboutPromise = (it: { caseId: string; vendorId: string }) => ({
  objectKind: 'case' as const,
  objectId: it.caseId,
  told: servesCase(it),
})

/** Whose grant it is or was: its page says the rest. */
const aboutGrant = ({ grantId, handleId }: { grantId: string; handleId: string }) => ({
  objectKind: 'grant' as const,
  objectId: grantId,
  told: behind(sql`${handleId}::uuid`, 'person'),
})
/** What the vendor owes somebody, for whoever owns the record with them; failing that, for all of its staff. */
const owed = ({ vendorId, handleId }: { vendorId: string; handleId: string }) => ({
  objectKind: 'owed' as const,
  objectId: vendorId,
  told: sql`select x.person_id, 'staff' as why from (
    select s.person_id, case when s.person_id = coalesce(r.owner_id, v.default_owner_id) then 1 else 2 end as turn
    from vendor_staff s join vendors v on v.id = s.vendor_id left join relationships r on r.vendor_id = s.vendor_id and r.handle_id = ${handleId}::uuid
    where s.vendor_id = ${vendorId}::uuid and s.ended_at is null order by turn fetch first 1 rows with ties) x`,
})

/** Whoever owns the account where they mainly work; else who owns what nobody owns; else all staff. */
const aboutContact = ({ vendorId, contactId }: { vendorId: string; contactId: string }) => ({
  objectKind: 'contact' as const,
  objectId: contactId,
  told: sql`select x.person_id, 'staff' as why from (
    select s.person_id, case s.person_id when (select a.owner_id from vendor_affiliations f join accounts a on a.organization_id = f.organization_id
        where f.contact_id = ${contactId}::uuid and f.ended_on is null order by f.is_primary desc, f.started_on desc limit 1) then 1 when v.default_owner_id then 2 else 3 end as turn
    from vendor_staff s join vendors v on v.id = s.vendor_id
    where s.vendor_id = ${vendorId}::uuid and s.ended_at is null order by turn fetch first 1 rows with ties) x`,
})

/** Of those who hand a record over, take it, began it or lead them, whoever serves the vendor. */
const aboutHandOff = (handOffId: string, ...whom: ('from_id' | 'to_id' | 'started_by' | 'lead')[]) => ({
  objectKind: 'hand-off' as const,
  objectId: handOffId,
  told: sql`select distinct s.person_id, 'staff' as why from hand_offs x join vendors v on v.id = x.vendor_id
    join vendor_staff s on s.vendor_id = x.vendor_id and s.ended_at is null and s.person_id in (${sql.join(
      whom.map((one) => (one === 'lead' ? sql`v.default_owner_id` : sql`x.${sql.identifier(one)}`)),
      sql`, `,
    )}) where x.id = ${handOffId}::uuid`,
})

/** Whoever has the task, while they serve the vendor. */
const aboutTask = ({ taskId, accountId }: { taskId: string; accountId: string }) => ({
  objectKind: 'health' as const,
  objectId: accountId,
  told: sql`select s.person_id, 'staff' as why from account_tasks t join vendor_staff s on s.vendor_id = t.vendor_id and s.person_id = t.owner_id and s.ended_at is null
    where t.id = ${taskId}::uuid`,
})

/** Who is told about what. */
const tellings: { [K in EventKind]?: (payload: Payload<K>) => (Omit<Telling, 'kind'> & { kind?: string }) | null } = {
  'question.asked':              (it) => unlessMentioned(it.postId, aboutPost(it, roomFollowersOf(it.threadId))),
  'idea.proposed':               (it) => unlessMentioned(it.postId, aboutPost(it, roomFollowersOf(it.threadId))),
  'question.answered':           (it) => unlessMentioned(it.postId, unlessPublisher(it, aboutPost(it, askerOf(it.threadId), followersOf(it.threadId)))),
  'idea.replied':                (it) => unlessMentioned(it.postId, aboutPost(it, askerOf(it.threadId), followersOf(it.threadId))),
  'idea.moved':                  (it) => ({ ...aboutPost(it, proposersOf(it.threadId), votersOf(it.postId), followersOf(it.threadId)), kind: `idea.${it.statusKind}` }),
  'idea.voted-on-behalf':        (it) => aboutPost(it, behind(sql`${it.handleId}::uuid`, 'person')),
  'post.commented':              (it) => unlessMentioned(it.postId, aboutPost(it, authorOf(it.parentId, 'author'))),
  'person.mentioned':            (it) => aboutPost(it, behind(sql`select unnest(${sql.param(`{${it.handleIds.join(',')}}`)}::uuid[])`, 'mentioned')),
  'edit.suggested':              (it) => aboutPost(it, authorOf(it.postId, 'author')),
  'edit.accepted':               (it) => aboutPost(it, suggesterOf(it.suggestionId)),
  'edit.refused':                (it) => aboutPost(it, suggesterOf(it.suggestionId)),
  'thread.merged':               (it) => aboutPost({ postId: it.postId, threadId: it.intoThreadId }, authorOf(it.postId, 'asker')),
  'thread.unmerged':             (it) => aboutPost(it, authorOf(it.postId, 'asker')),
  'thread.marked-duplicate':     (it) => aboutPost(it, askerOf(it.threadId)),
  'answer.accepted':             (it) => aboutPost(it, authorOf(it.postId, 'answerer')),
  'answer.marked':               (it) => aboutPost(it, authorOf(it.postId, 'answerer'), askerOf(it.threadId)),
  'answer.confirmed':            (it) => aboutPost(it, authorOf(it.postId, 'answerer'), askerOf(it.threadId)),
  'asker.reminded':              (it) => aboutPost(it, askerOf(it.threadId)),
  'vendor.claimed':              (it) => ({ objectKind: 'claimed', objectId: it.vendorId, told: sql`select id as person_id, 'person'::text as why from people where is_operator` }),
  'browser.met':                 (it) => ({ objectKind: 'account', objectId: it.personId, told: itself(it.personId) }),
  'duty.offered':                (it) => ({ objectKind: 'duty', objectId: it.personId, told: itself(it.personId) }),
  'wish.made':                   (it) => ({ objectKind: 'delegate', objectId: it.delegateId, told: itself(it.personId) }),
  'content.decided':             (it) => aboutDecision(it.decisionId),
  'post.held':                   (it) => aboutDecision(it.decisionId),
  'flags.settled':               (it) => ({
    objectKind: 'decision', objectId: it.decisionId,
    told: behind(sql`select flagged_by from flags where thanked_for_decision_id = ${it.decisionId} and flagged_by is not null`, 'reporter'),
  }),
  'appeal.decided':              (it) => ({ ...aboutAppeal(it.appealId, it.decisionId), kind: `appeal.${it.outcomeKind}` }),
  'person.warned':               (it) => aboutDecision(it.decisionId),
  'person.unwarned':             (it) => aboutDecision(it.decisionId),
  'person.silenced':             (it) => aboutDecision(it.decisionId),
  'person.unsilenced':           (it) => aboutDecision(it.decisionId),
  'person.suspended':            (it) => aboutDecision(it.decisionId),
  'person.unsuspended':          (it) => aboutDecision(it.decisionId),
  'reporter.warned':             (it) => aboutDecision(it.decisionId),
  'reporter.discounted':         (it) => aboutDecision(it.decisionId),
  'reporter.trusted':            (it) => aboutDecision(it.decisionId),
  'recommendation.replied':      (it) => aboutRecommendation(it),
  'recommendation.asked-again':  (it) => aboutRecommendation(it),
  'recommendation.tie-found':    (it) => aboutRecommendation(it),
  'recommendation.disputed':     (it) => aboutRecommendation(it),
  'evidence.decided':            (it) => ({ ...aboutRecommendation(it), kind: `evidence.${it.outcomeKind}` }),
  // Its author hears of the decision itself.
  'dispute.ended':               (it) => it.decisionId
    ? { objectKind: 'decision', objectId: it.decisionId, told: behind(sql`select handle_id from disputes where id = ${it.disputeId}`, 'person'), kind: `dispute.${it.outcomeKind}` }
    : { ...aboutRecommendation(it), kind: 'dispute.dropped' },
  'reference.asked':             (it) => aboutReference(it, 'author'),
  'reference.accepted':          (it) => aboutReference(it, 'person'),
  'reference.declined':          (it) => aboutReference(it, 'person'),
  // Told without the name of whoever had them drawn: the portal asks.
  'customers.drawn':             (it) => ({
    objectKind: 'invitation', objectId: it.drawId,
    told: behind(sql`select handle_id from drawn_customers where draw_id = ${it.drawId}::uuid`, 'person'),
    readers: sql`exists (select 1 from draws d where d.id = ${it.drawId}::uuid and d.ended_at is null)`,
  }),
  'case.opened':                 (it) => aboutCase(it),
  'case.continued':              (it) => aboutCase(it),
  'case.messaged':               (it) => aboutCase(it),
  // Whose answer was let out hears of that.
  'case.closed':                 (it) => (it.answerId ? null : aboutCase(it)),
  'case.reopened':               (it) => aboutCase(it),
  'case.answer-proposed':        (it) => aboutCase(it),
  'case.answer-declined':        (it) => aboutCase(it),
  'case.answer-published':       (it) => aboutCase(it),
  'clock.warned':                (it) => aboutPromise(it),
  'clock.missed':                (it) => aboutPromise(it),
  'hand-off.started':            (it) => aboutHandOff(it.handOffId, 'from_id', 'to_id'),
  'hand-off.accepted':           (it) => aboutHandOff(it.handOffId, 'from_id', 'started_by'),
  'hand-off.returned':           (it) => aboutHandOff(it.handOffId, 'from_id', 'started_by', 'lead'),
  'hand-off.withdrawn':          (it) => aboutHandOff(it.handOffId, 'from_id', 'to_id'),
  'hand-off.warned':             (it) => aboutHandOff(it.handOffId, 'from_id', 'to_id', 'lead'),
  'hand-off.missed':             (it) => aboutHandOff(it.handOffId, 'from_id', 'to_id', 'lead'),
  'account.task-asked':          (it) => aboutTask(it),
  'level.fell':                  (it) => ({ objectKind: 'community', objectId: it.communityId, told: behind(sql`${it.handleId}::uuid`, 'person') }),
  'plan.invited':                (it) => ({ objectKind: 'plan', objectId: it.vendorId, told: behind(sql`${it.handleId}::uuid`, 'person') }),
  'contact.corrected':           (it) => aboutContact(it),
  'contact.linked':              (it) => aboutContact(it),
  'relationship.contested':      (it) => owed(it),
  'field.questioned':            (it) => owed(it),
  'relationship.answered':       (it) => aboutRelationship(it),
  'field.passed-on':             (it) => aboutRelationship(it),
  'grant.asked':                 (it) => aboutRelationship(it),
  'grant.revoked':               (it) => ({ ...owed(it), kind: 'deletion.asked' }),
  'grant.expired':               (it) => ({ ...owed(it), kind: 'deletion.asked' }),
  'field.corrected':             (it) => owed(it),
  'correction.recorded':         (it) => aboutRelationship(it),
  'reading.alerted':             (it) => ({ objectKind: 'readings', objectId: it.vendorId, told: itself(it.personId), kind: `reading.${it.reasonKind}` }),
  'vault.grown-old':             (it) => ({ objectKind: 'vault', objectId: it.personId, told: itself(it.personId) }),
  'deletion.recorded':           (it) => aboutGrant(it),
  'meeting.logged':              (it) => aboutRelationship(it),
  'relationship.state-proposed': (it) => aboutRelationship(it),
  'membership.decided':          (it) => ({
    objectKind: 'community', objectId: it.communityId, told: itself(it.personId),
    kind: it.accepted ? 'membership.accepted' : 'membership.refused',
  }),
  'authorship.decided':          (it) => ({
    objectKind: 'imported', objectId: it.importedId, told: itself(it.personId),
    kind: it.accepted ? 'authorship.accepted' : 'authorship.refused',
  }),
  'authorship.undone':           (it) => ({ objectKind: 'imported', objectId: it.importedId, told: itself(it.personId) }),
} // prettier-ignore

export function tellingOf(event: Happened): Telling | null {
  const telling = tellings[event.kind]?.(event.payload as never)
  return telling ? { kind: event.kind, ...telling } : null
}

/** One row a person. Never the one who did it, nor whoever has blocked them (but a decision reaches whom it concerns), nor whoever may no longer read it, nor an imported name. */
export async function whoIsTold(tx: Tx, event: Happened, { objectKind, told, readers }: Telling): Promise<Told[]> {
  const rows = await tx.execute<{ person_id: string; why: Why }>(sql`
    select distinct on (told.person_id) told.person_id, told.why
    from (${told}) told join people p on p.id = told.person_id and p.status = 'member'
    where told.person_id is distinct from (select person_id from handles where id = ${event.actorHandleId}::uuid) and ${readers ?? sql`true`}
      and ${objectKind === 'decision' ? sql`true` : unblocked(sql`told.person_id`, sql`${event.actorHandleId}::uuid`)}
    order by told.person_id, array_position(array['mentioned', 'asker', 'author', 'answerer', 'target', 'person', 'voter', 'staff', 'reporter', 'follower', 'room', 'moderator'], told.why)`)
  return rows.map((row) => ({ personId: row.person_id, why: row.why }))
}
