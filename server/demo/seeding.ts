import { sql } from 'drizzle-orm'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { db } from '~/db/client'
import { vendors } from '~/db/schema'
import * as world from '~/db/seed/world'
import { endSession, startSession, viewerFromCookies } from '~/server/accounts'
import { importCommunity, readStackExchange, readThunderbird, type ImportSet } from '~/server/imports'
import { addImportFile, beginImport } from '~/server/crm-imports'
import { ImportInput } from '~/server/crm-imports/input'
import { defineField, defineTerm, fillField, keepIntegration, nameSteward } from '~/server/governance'
import { FieldInput, IntegrationInput } from '~/server/governance/input'
import {
  addStep,
  answerPlan,
  completeStep,
  defineStage,
  inviteToPlan,
  openOpportunity,
  opportunityPage,
  switchBuying,
} from '~/server/buying'
import { OpportunityInput } from '~/server/buying/input'
import { setRule, startHandOff } from '~/server/hand-offs'
import { HandOffInput, RuleInput } from '~/server/hand-offs/input'
import { addAccountTask, keepAccount, keepContact, keepWork, namePart, placeUnder, sayThisIsMe } from '~/server/identity'
import { AccountInput, AccountTaskInput, ContactInput, WorkInput } from '~/server/identity/input'
import { moveIdea, proposeIdea, voteForIdea } from '~/server/ideas'
import { countCommunities, weighHealth } from '~/server/insight'
import { decide, flag } from '~/server/moderation'
import { setClock } from '~/server/platform/clock'
import { drain } from '~/server/platform/outbox'
import { projectRoot } from '~/server/platform/root'
import { reactor } from '~/server/reactions'
import { nameVendor, requestRecommendations } from '~/server/peers'
import { replyToRecommendation, weighRecommendations, writeRecommendation } from '~/server/recommendations'
import { answerState, peopleOf, proposeState } from '~/server/relationships'
import { indexImported } from '~/server/search'
import { acceptAnswer, answerQuestion, askQuestion, commentOn, voteOn } from '~/server/threads'
import { giveGrant, keepAttribute, readGranted } from '~/server/vault'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { hearTheCrowd } from './crowd'
import { makePeople, makePlaces, type Cast } from './places'

const DAY = 86_400_000
type Act = { daysAgo: number; perform: () => Promise<unknown> }

/** Fills an empty database: the invented world, a week of it, and two real communities. Does nothing where anybody lives already. */
export async function seedDemoWorld(tell: (line: string) => void): Promise<void> {
  const [someone] = await db.execute(sql`select 1 from people limit 1`)
  if (!someone) {
    tell('Making the demo world …')
    await db.execute(sql`select make_interaction_month(now() - interval '10 days')`)
    await liveAWeek()
  }
  await bringIn(
    'thunderbird',
    'Thunderbird support',
    'Questions about Thunderbird, as they were asked at support.mozilla.org in March 2024.',
    'thunderbird-support-2024-03',
    readThunderbird,
    tell,
  )
  await bringIn(
    'quantum',
    'Quantum computing',
    'The first months of Quantum Computing Stack Exchange, 2018.',
    'quantumcomputing-2018',
    readStackExchange,
    tell,
  )
}

async function bringIn(
  slug: string,
  name: string,
  summary: string,
  folder: string,
  read: (folder: string) => Promise<ImportSet>,
  tell: (line: string) => void,
) {
  const [done] = await db.execute(
    sql`select 1 from import_runs r join communities c on c.id = r.community_id where c.slug = ${slug} and r.state = 'done'`,
  )
  if (done) return
  tell(`Bringing in ${name} …`)
  const set = await read(join(projectRoot, 'db/seed/data', folder))
  await importCommunity(systemViewer('import'), set, { slug, name, summary })
  const [community] = await db.execute<{ id: string }>(sql`select id from communities where slug = ${slug}`)
  if (community) await indexImported(community.id)
}

async function liveAWeek(): Promise<void> {
  const start = Date.now()
  try {
    setClock(new Date(start - 8 * DAY))
    const cast = await makePeople()
    await makePlaces(cast)
    const viewers = await seated(cast)
    const as = (key: string) => viewers.get(key) as PersonViewer
    await hearTheCrowd(start, as('bo'), seated)
    const agreed: Act = { daysAgo: 1.5, perform: () => drain(reactor).then(agreeOnCustomers) }
    const kept: Act = { daysAgo: 1.4, perform: () => keepCompanies(as) }
    const acts = [...threadActs(as), ...ideaActs(as), ...recommendationActs(as), ...requestActs(as), ...vaultActs(as), agreed, kept].sort(
      (one, other) => other.daysAgo - one.daysAgo,
    )
    for (const { daysAgo, perform } of acts) {
      setClock(new Date(start - daysAgo * DAY))
      await perform()
    }
  } finally {
    setClock(null)
  }
  await drain(reactor)
  await weighRecommendations()
  await weighHealth()
  await countCommunities()
}

async function seated(cast: Cast): Promise<Map<string, PersonViewer>> {
  const viewers = new Map<string, PersonViewer>()
  for (const [key, { personId }] of cast) {
    const cookie = await startSession(personId, '')
    const { viewer } = await viewerFromCookies(cookie.split(';')[0])
    if (viewer.kind !== 'person') throw new Error(`${key} has no seat`)
    await endSession(viewer.sessionId)
    viewers.set(key, viewer)
  }
  return viewers
}

function threadActs(as: (key: string) => PersonViewer): Act[] {
  return world.threads.flatMap((thread) => {
    let asked: { threadId: string; postId: string } | undefined
    const opening = () => asked as { threadId: string; postId: string }
    const answers: string[] = []
    const comments = (list: { by: string; daysAgo: number; text: string }[] = [], parent: () => string): Act[] =>
      list.map(({ by, daysAgo, text }) => ({ daysAgo, perform: () => commentOn(as(by), parent(), { body: text }) }))
    // A vote follows the post it is for; nobody remembers the minute.
    const votes = (list: string[] = [], daysAgo: number, post: () => string): Act[] =>
      list.map((by, index) => ({ daysAgo: daysAgo - 0.003 * (index + 1), perform: () => voteOn(as(by), post(), 1) }))
    return [
      {
        daysAgo: thread.daysAgo,
        perform: async () => {
          asked = await askQuestion(as(thread.by), thread.community, { title: thread.title, body: thread.text, tags: thread.tags })
        },
      },
      ...comments(thread.comments, () => opening().postId),
      ...votes(thread.votes, thread.daysAgo, () => opening().postId),
      ...(thread.answers ?? []).flatMap((answer, index) => [
        {
          daysAgo: answer.daysAgo,
          perform: async () => {
            answers[index] = (await answerQuestion(as(answer.by), opening().threadId, { body: answer.text })).postId
          },
        },
        ...comments(answer.comments, () => answers[index] ?? ''),
        ...votes(answer.votes, answer.daysAgo, () => answers[index] ?? ''),
      ]),
      ...(thread.accepted
        ? [{ daysAgo: thread.accepted.daysAgo, perform: () => acceptAnswer(as(thread.by), answers[thread.accepted?.answer ?? 0] ?? '') }]
        : []),
      ...(thread.removed
        ? [
            {
              daysAgo: thread.removed.daysAgo,
              // As all decisions, today.
              perform: () => {
                setClock(null)
                return decide(as('bo'), 'post', answers[thread.removed?.answer ?? 0] ?? '', {
                  act: 'hide',
                  rule: 'advertising',
                  facts: thread.removed?.facts ?? '',
                  why: thread.removed?.why ?? '',
                })
              },
            },
          ]
        : []),
      ...(thread.flags ?? []).map(({ by, answer, reason, note }, index) => ({
        daysAgo: 0.9 - 0.2 * index,
        perform: () => flag(as(by), 'post', answer === undefined ? opening().postId : (answers[answer] ?? ''), { reason, note }),
      })),
    ]
  })
}

function ideaActs(as: (key: string) => PersonViewer): Act[] {
  return world.ideas.flatMap(({ by, community, daysAgo, title, text: body, tags, votes = [], replies = [], steps = [] }) => {
    let threadId = ''
    return [
      {
        daysAgo,
        perform: async () => {
          threadId = (await proposeIdea(as(by), community, { title, body, tags })).threadId
        },
      },
      ...votes.map(({ by: voter, why, shown = false }, index) => ({
        daysAgo: daysAgo - 0.1 * (index + 1),
        perform: () => voteForIdea(as(voter), threadId, { why, asked: true, shown }),
      })),
      ...replies.map((reply) => ({ daysAgo: reply.daysAgo, perform: () => answerQuestion(as(reply.by), threadId, { body: reply.text }) })),
      ...steps.map(({ by: mover, daysAgo: at, status, text }, index) => ({
        daysAgo: at,
        perform: () => moveIdea(as(mover), threadId, { from: steps[index - 1]?.status ?? 'open', status, response: text }),
      })),
    ]
  })
}

function recommendationActs(as: (key: string) => PersonViewer): Act[] {
  return world.recommendations.flatMap(({ by, vendor, daysAgo, reply, flags, ...verdict }) => {
    let id = ''
    return [
      {
        daysAgo,
        perform: async () => {
          id = (
            await writeRecommendation(as(by), vendor, { organisation: undefined, organisationSize: null, shownAs: 'handle', ...verdict })
          ).recommendationId
        },
      },
      ...(reply ? [{ daysAgo: reply.daysAgo, perform: () => replyToRecommendation(as(reply.by), id, { body: reply.text }) }] : []),
      ...(flags ?? []).map((one) => ({
        daysAgo: 0.6,
        perform: () => flag(as(one.by), 'recommendation', id, { reason: one.reason, note: one.note }),
      })),
    ]
  })
}

function requestActs(as: (key: string) => PersonViewer): Act[] {
  return world.requests.flatMap(({ by, community, daysAgo, names, ...wanted }) => {
    let number = ''
    return [
      {
        daysAgo,
        perform: async () => {
          number = String((await requestRecommendations(as(by), community, { ...wanted, tags: [...wanted.tags] })).number)
        },
      },
      ...names.map(({ by: peer, daysAgo: at, ...named }) => ({ daysAgo: at, perform: () => nameVendor(as(peer), number, named) })),
    ]
  })
}

function vaultActs(as: (key: string) => PersonViewer): Act[] {
  return [
    ...Object.entries(world.vault).flatMap(([by, fields]) =>
      Object.entries(fields).map(([key, value]) => ({ daysAgo: 5.9, perform: () => keepAttribute(as(by), key, { value }) })),
    ),
    // Grants are judged by the database's own clock, so they are given today.
    ...world.grants.map(({ by, vendor, purpose, keys, days }) => ({
      daysAgo: 0.01,
      perform: async () => {
        setClock(null)
        await giveGrant(as(by), {
          vendor,
          purpose,
          attributes: [...keys],
          until: new Date(Date.now() + days * DAY).toISOString().slice(0, 10),
        })
      },
    })),
    {
      daysAgo: 0,
      perform: async () => {
        const [tern] = await db
          .select({ id: vendors.id })
          .from(vendors)
          .where(sql`slug = 'tern-works'`)
        if (tern) await readGranted(as('dara'), as('amina').personId, tern.id, 'answer')
      },
    },
  ]
}

/** What Tern Works knows of companies by itself. */
async function keepCompanies(as: (key: string) => PersonViewer): Promise<void> {
  const dara = as('dara')
  const kept = new Map<string, string>()
  for (const { under, ownedBy = dara.handle, ...facts } of world.companies) {
    const id = await keepAccount(dara, 'tern-works', AccountInput.parse({ ...facts, owner: ownedBy }))
    kept.set(facts.name, id)
    if (under) await placeUnder(dara, id, { ...under, since: '2019-04-01' })
  }
  for (const { facts, work, part, member } of world.contacts) {
    const contact = await keepContact(dara, 'tern-works', ContactInput.parse(facts))
    if (work) await keepWork(dara, 'tern-works', contact, WorkInput.parse(work))
    const account = kept.get(work?.company ?? '')
    if (part && account) await namePart(dara, account, { contact, role: part })
    if (member) await sayThisIsMe(as(member), contact)
  }
  await keepFields(dara, kept.get('Norrhavn Shipping AB') ?? '')
  await beginPlan(as, kept.get(world.buying.on) ?? '')
  // What is due is counted from today.
  setClock(null)
  const { basis, files } = world.broughtAlong
  const askBy = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10)
  const brought = await beginImport(dara, 'tern-works', ImportInput.parse({ basis, askBy, owner: dara.handle }))
  for (const { name, content } of files) await addImportFile(dara, brought, name, Readable.from([Buffer.from(content)]))
  await setRule(dara, 'tern-works', 'first-contract', RuleInput.parse(world.handOffRule))
  for (const { on, by, ...handing } of world.handOffs)
    await startHandOff(as(by), { accountId: kept.get(on) ?? '' }, HandOffInput.parse(handing))
  for (const { on, inDays, ...task } of world.accountTasks) {
    const due = new Date(Date.now() + inDays * DAY).toISOString().slice(0, 10)
    await addAccountTask(dara, kept.get(on) ?? '', AccountTaskInput.parse({ ...task, due }))
  }
}

/** One plan, on which Amina has entered the first stage. */
async function beginPlan(as: (key: string) => PersonViewer, account: string): Promise<void> {
  const { reason, stages, opportunity, steps, speaks } = world.buying
  const [dara, customer, day] = [as('dara'), as(speaks), (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10)]
  await switchBuying(as('lien'), 'tern-works', { turn: 'on', reason })
  for (const stage of stages) await defineStage(dara, 'tern-works', stage)
  const id = await openOpportunity(dara, account, OpportunityInput.parse({ ...opportunity, expected: day(60) }))
  for (const { inDays, ...step } of steps) await addStep(dara, id, { ...step, due: day(inDays) })
  await inviteToPlan(dara, id, { handle: customer.handle })
  await answerPlan(customer, id, { answer: 'accept' })
  const [first] = (await opportunityPage(dara, id)).plan.commitments
  if (first)
    await completeStep(customer, first.id, { evidence: 'Six of us moved last week’s mail on Monday. All of it is there.', link: '' })
}

async function keepFields(dara: PersonViewer, account: string): Promise<void> {
  for (const { says, ...said } of world.ownFields) {
    const facts = { ...said, object: 'account', class: 'business', sources: ['staff'], owner: dara.handle }
    const field = await defineField(dara, 'tern-works', FieldInput.parse(facts))
    for (const value of says) await fillField(dara, field, 'account', account, { value })
    if (said.name === 'Mailboxes')
      await keepIntegration(
        dara,
        'tern-works',
        null,
        IntegrationInput.parse({ ...world.system, owner: dara.handle, fields: [field], trueFor: [field] }),
      )
  }
  for (const [term, sentence] of Object.entries(world.glossary)) await defineTerm(dara, 'tern-works', { term, sentence })
  await nameSteward(dara, 'tern-works', { object: 'accounts', owner: dara.handle })
}

/** Both sides say so: the vendor proposes, the person confirms. */
async function agreeOnCustomers(): Promise<void> {
  await agreeWith('tern-works', 'dara')
  await agreeWith('ledgerly', 'ravi')
}

async function agreeWith(vendor: keyof typeof world.customers, proposedBy: string): Promise<void> {
  const names = [...world.customers[vendor]]
  const people = await db.execute<{ handle: string; person_id: string }>(
    sql`select handle, person_id from handles where handle in ${[proposedBy, ...names]}`,
  )
  const cast: Cast = new Map(people.map(({ handle, person_id }) => [handle, { personId: person_id, handleId: '' }]))
  const viewers = await seated(cast)
  const staff = viewers.get(proposedBy) as PersonViewer
  for (const name of names) {
    const { people: found } = await peopleOf(staff, vendor, { search: name, before: null })
    const relationship = found[0]
    if (!relationship) continue
    await proposeState(staff, relationship.id, { state: 'customer' })
    const [state] = await db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('parley.person_id', ${staff.personId}, true)`)
      return tx.execute<{ id: string }>(
        sql`select id from relationship_states where relationship_id = ${relationship.id}::uuid and ended_at is null`,
      )
    })
    if (state) await answerState(viewers.get(name) as PersonViewer, vendor, { stateId: state.id, answer: 'confirm' })
  }
}
