import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { can, mustBeFound } from '~/server/policy'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { STEPS, type IdeaStatus } from './rules'

const MOST_WHYS = 50
const MOST_STEPS = 50

type Step = { status: IdeaStatus; before: IdeaStatus; html: string; by: string | null; vendor: string | null; at: string }
type Why = { handle_id: string; why: string; shown: boolean; at: string }
type OnBehalf = { said: string; entered_by: string; vendor: string; vendor_slug: string; at: string; withdrawn: boolean }
type Row = {
  status: IdeaStatus
  status_at: string
  community_id: string
  access: 'open' | 'request' | 'invitation'
  handle_id: string
  hidden: boolean
  locked: boolean
  vendor_id: string | null
  vendor: string | null
  hosted: boolean
  steps: Step[]
  whys: Why[]
  mine: { why: string; shown: boolean } | null
  on_behalf: OnBehalf | null
  contributors: { id: string; named: boolean }[]
}

export type StepShown = { status: IdeaStatus; before: IdeaStatus; html: string; by: HandleInfo | null; vendor: string | null; at: Date }
export type WhyShown = { who: HandleInfo; why: string; shown: boolean; at: Date }

/**
 * What stands on an idea's page above and beside its thread: how it stands and what was said to it, why people want it (row-level
 * security leaves out what the viewer may not read), what staff entered for the viewer, and who is credited.
 */
export async function ideaPage(viewer: Viewer, threadId: string) {
  const me = viewer.kind === 'person' ? viewer.handleId : null
  const [row] = await transaction(viewer, (tx) =>
    tx.execute<Row>(sql`
      with all_of as materialized (select id, handle_id, created_at, hidden_by_decision_id is not null as hidden from threads where id = ${threadId}::uuid or stands_in_id = ${threadId}::uuid),
        voted as materialized (select v.handle_id from votes v join posts o on o.id = v.post_id where o.thread_id = ${threadId}::uuid and o.kind = 'opening' and v.value > 0),
        said as materialized (select distinct on (w.handle_id) w.handle_id, w.why, w.shown, w.created_at as at
          from idea_whys w join all_of a on a.id = w.thread_id where w.handle_id in (select handle_id from voted) order by w.handle_id, w.created_at desc)
      select i.status, i.status_at, t.community_id, c.access, t.handle_id, t.hidden_by_decision_id is not null as hidden,
        t.locked_by_decision_id is not null or t.imported_locked as locked, idea_concerns(t.id) as vendor_id,
        (select name from vendors where id = idea_concerns(t.id)) as vendor, c.host_vendor_id is not null as hosted,
        (select coalesce(json_agg(s order by s.at desc), '[]') from (select s.status, s.before, s.html, s.by, v.name as vendor, s.created_at as at
          from idea_steps s left join vendors v on v.id = s.vendor_id where s.thread_id = t.id order by s.created_at desc limit ${MOST_STEPS}) s) as steps,
        (select coalesce(json_agg(s), '[]') from (select * from said where handle_id is distinct from ${me}::uuid order by at desc limit ${MOST_WHYS}) s) as whys,
        (select json_build_object('why', why, 'shown', shown) from said where handle_id = ${me}::uuid) as mine,
        (select json_build_object('said', b.said, 'entered_by', b.entered_by, 'vendor', v.name, 'vendor_slug', v.slug, 'at', b.created_at, 'withdrawn', b.withdrawn_at is not null)
          from idea_votes_on_behalf b join vendors v on v.id = b.vendor_id where b.thread_id in (select id from all_of) and b.handle_id = ${me}::uuid
          order by b.withdrawn_at is null desc, b.created_at desc limit 1) as on_behalf,
        (select coalesce(json_agg(json_build_object('id', handle_id, 'named', named) order by at), '[]') from (select a.handle_id, min(a.created_at) as at,
          not exists (select 1 from unnamed_contributors u where u.handle_id = a.handle_id) as named from all_of a where not a.hidden group by a.handle_id) a) as contributors
      from ideas i join threads t on t.id = i.thread_id join communities c on c.id = t.community_id where i.thread_id = ${threadId}::uuid`),
  )
  if (!row) throw new NotFound()
  const facts = {
    ...{ communityId: row.community_id, access: row.access, handleId: row.handle_id, hidden: row.hidden, locked: row.locked },
    ...{ vendorId: row.vendor_id, hosted: row.hosted },
  }
  mustBeFound(viewer, 'thread.view', facts)
  const names = await handlesShown(
    [
      ...row.steps.map((step) => step.by),
      ...row.whys.map((why) => why.handle_id),
      ...(row.status === 'shipped' ? row.contributors.map((one) => one.id) : []),
      row.on_behalf?.entered_by,
    ],
    { communityId: row.community_id },
  )
  const named = (id: string | null | undefined) => names.get(id ?? '') ?? null
  const { on_behalf: entered } = row
  return {
    status: row.status,
    statusAt: new Date(row.status_at),
    /** Whose word it waits for; null in a room of nobody’s. */
    vendor: row.vendor,
    steps: row.steps.map(({ by, at, ...step }): StepShown => ({ ...step, by: named(by), at: new Date(at) })),
    whys: row.whys.flatMap(({ handle_id, why, shown, at }): WhyShown[] => {
      const who = named(handle_id)
      return who ? [{ who, why, shown, at: new Date(at) }] : []
    }),
    myWhy: row.mine,
    onBehalf:
      entered && !entered.withdrawn
        ? { said: entered.said, vendor: entered.vendor, by: named(entered.entered_by), at: new Date(entered.at) }
        : null,
    /** Who is thanked once it has shipped: whoever proposed it, or what was merged into it, unless they do not want to be named. */
    credited: row.status === 'shipped' ? row.contributors.flatMap(({ id, named: wants }) => (wants ? (named(id) ?? []) : [])) : [],
    next: STEPS[row.status],
    may: {
      move: can(viewer, 'idea.move', facts),
      voteOnBehalf: can(viewer, 'idea.vote-on-behalf', facts),
      readWhys: can(viewer, 'idea.read-whys', facts),
      seeAccounts: can(viewer, 'idea.see-accounts', facts),
    },
  }
}
