import { Link, useLoaderData } from '@remix-run/react'
import {
  ContestAnswerForm,
  Contests,
  MeetingForm,
  Meetings,
  NoteForm,
  Part,
  RecordTimeline,
  StateForm,
  Strip,
  TaskForm,
  Tasks,
  Unfold,
} from '~/app/components/relationships'
import { Meaning, OwnFields } from '~/app/components/governance'
import { Running } from '~/app/components/hand-offs'
import { DeletionTask } from '~/app/components/revocations'
import { nameOfField } from '~/app/components/vault'
import { Portrait, Seat } from '~/app/components/people'
import {
  ActionButton,
  Banner,
  ButtonLink,
  Check,
  Crumbs,
  Hourglass,
  Icon,
  Lock,
  Pager,
  RelativeTime,
  Section,
  State,
  Wrap,
} from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { useUntil } from '~/app/live/use-until'
import { paths } from '~/app/paths'
import { attestedOn } from '~/server/attestations'
import { fieldsOn } from '~/server/governance'
import { runningOn } from '~/server/hand-offs'
import { contactOnRecord } from '~/server/identity'
import { leftFor } from '~/server/reaching'
import { deletionsOn } from '~/server/revocations'
import { staffRecordPage } from '~/server/relationships'
import { say } from '~/words'
import { sayChosenDay, sayDate, sayDay } from '~/words/dates'

export const meta = ({ data }: { data: Awaited<ReturnType<typeof loader>> | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.member?.displayName ?? say('relationships.people') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const me = personOf(viewer)
  const before = url.searchParams.get('before')
  const [page, attestation, deletions, own, contact, handOff, left] = await Promise.all([
    staffRecordPage(me, params.id ?? '', { before, purpose: url.searchParams.get('purpose') }),
    attestedOn(me, params.id ?? ''),
    deletionsOn(me, params.id ?? ''),
    fieldsOn(me, 'relationship', params.id ?? ''),
    contactOnRecord(me, params.id ?? ''),
    runningOn(me, { relationshipId: params.id ?? '' }),
    leftFor(me, params.id ?? ''),
  ])
  return {
    ...page,
    own,
    contact,
    handOff,
    left,
    deletions,
    attestation,
    me: me.handle,
    first: before === null,
  }
})

type Page = Awaited<ReturnType<typeof loader>>

export default function RecordScreen() {
  const page = useLoaderData<typeof loader>()
  const { record, member, theirs, refused, timeline, tasks, first } = page
  useLive([`relationship:${record.id}`])
  useUntil(theirs.grants.map((grant) => grant.endsAt))
  const handle = member?.displayName ?? ''
  const open = tasks.filter((task) => !task.doneAt)
  const here = paths.relationship(record.id)
  const doing = [theirs.values.find(({ key }) => key === 'role')?.value, theirs.organisation].filter(Boolean).join(', ')
  return (
    <Wrap>
      <Crumbs items={[{ to: paths.relationships(record.vendor.slug), label: say('relationships.people') }]} />
      <header className="grid grid-cols-[56px_minmax(0,1fr)] items-center gap-x-4 gap-y-1 py-5">
        <Portrait name={theirs.name ?? handle} size="lg" />
        <div className="min-w-0">
          <h1 className="title flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <bdi className="wrap-anywhere">{theirs.name ?? handle}</bdi> {member ? <Seat seat={member.seat} /> : null}
          </h1>
          <p className="soft">
            {doing ? <bdi>{doing}</bdi> : null}
            <span className="meta block">@{member?.handle}</span>
          </p>
        </div>
      </header>
      {refused ? (
        <div className="pb-5">
          <Banner kind="danger" role="status" end={<Link to={here}>{say('relationships.refusedBack')}</Link>}>
            {page.refusedFor
              ? say('relationships.refusedFor', { purpose: say(`relationships.purpose.${page.refusedFor}`) })
              : say('relationships.refused')}
          </Banner>
        </div>
      ) : null}
      <Strip
        items={[
          { label: say('relationships.lastTouch'), value: <RelativeTime at={record.lastAt} /> },
          { label: say('relationships.since'), value: sayDate(record.since) },
          {
            label: say('relationships.openTasks'),
            value: say('relationships.openTasksCount', { open: open.length, late: open.filter((task) => task.late).length }),
          },
          { label: say('relationships.granted'), value: say('relationships.grantedCount', { count: theirs.values.length }) },
        ]}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-11 gap-y-8 md:grid-cols-2 xl:grid-cols-[264px_minmax(0,1fr)_288px]">
        <Theirs page={page} />
        <div className="max-xl:order-first md:max-xl:col-span-full">
          <Section title={say('relationships.happened')} id="happened" className="[&_h2]:text-prose">
            <RecordTimeline entries={timeline.entries} member={handle} vendor={record.vendor.name} us={say('relationships.us')} />
            <Pager newer={first ? null : here} older={timeline.older ? `${here}?before=${encodeURIComponent(timeline.older)}` : null} />
          </Section>
        </div>
        <Ours page={page} />
      </div>
    </Wrap>
  )
}

function Theirs({ page: { record, theirs, member } }: { page: Page }) {
  const name = member?.displayName ?? ''
  return (
    <Section side="member" title={say('relationships.theirs', { name })} id="theirs" className="[&_h2]:text-prose">
      {theirs.objects ? <p className="meta mb-2">{say('agreement.gpc.told')}</p> : null}
      {theirs.grants.length === 0 ? <p className="meta">{say('relationships.theirs.none')}</p> : null}
      {lastOfEach(theirs.grants).map((grant) => (
        <p key={grant.id} className="meta mb-1">
          {say('relationships.theirs.with', { purpose: say(`relationships.purpose.${grant.purpose}`), date: sayChosenDay(grant.endsAt) })}
        </p>
      ))}
      {theirs.values.length > 0 ? (
        <>
          <dl className="facts mt-2.5">
            {theirs.values.map((value) => (
              <div key={value.key}>
                <dt>{nameOfField(value.key, value.label)}</dt>
                <dd className="wrap-anywhere whitespace-pre-line">
                  <bdi>{breakable(value.value)}</bdi>
                  <span className="meta">{say('relationships.confirmed', { date: sayDay(value.confirmedAt) })}</span>
                </dd>
              </div>
            ))}
          </dl>
          <p className="meta mt-2">{say('relationships.theirs.recorded', { name })}</p>
        </>
      ) : null}
      {theirs.values.length > 0 ? <p className="meta mt-2">{say('vault.asking.onlyThese')}</p> : null}
      {theirs.dark.length > 0 ? (
        <Part title={say('vault.asking.dark')}>
          <ul>
            {theirs.dark.map((key) => (
              <li key={key} className="text-ink-faint">
                <Icon of={Lock} size="sm" className="inline" /> {nameOfField(key)}
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {theirs.asked ? (
        <p className="meta mt-3">{say(`vault.asking.${theirs.asked.state}`, { date: sayDay(theirs.asked.at) })}</p>
      ) : (
        <p className="mt-3">
          <Link to={paths.askForFields(record.id)}>{say('vault.asking.link')}</Link>
        </p>
      )}
      <p className="mt-1">
        <Link to={paths.passOn(record.id)}>{say('relationships.passed')}</Link>
      </p>
    </Section>
  )
}

/** Grants come with the longest first: of several for one purpose, that is the one that counts. */
function lastOfEach(grants: Page['theirs']['grants']) {
  return grants.filter((grant, at) => grants.findIndex((other) => other.purpose === grant.purpose) === at)
}

/** An address may break after its @. */
function breakable(value: string) {
  const [name, host] = value.split('@')
  return host === undefined ? (
    value
  ) : (
    <>
      {name}@<wbr />
      {host}
    </>
  )
}

function Attestation({ page: { record, member, states, attestation } }: { page: Page }) {
  const name = member?.displayName ?? ''
  const both = states.some((state) => state.state === 'customer' && state.confirmedAt)
  if (attestation.attested)
    return (
      <div className="mb-3 grid gap-2">
        <p className="meta">{say('attestation.attested', { date: sayDay(attestation.attested.at), name })}</p>
        {attestation.may ? (
          <ActionButton
            action={paths.revokeAttestation(attestation.attested.id)}
            fields={{ record: record.id }}
            label={say('attestation.takeBack')}
            size="sm"
          />
        ) : null}
      </div>
    )
  if (!both || !attestation.may) return null
  return (
    <div className="mb-3 grid gap-2">
      <ActionButton action={paths.attest(record.id)} label={say('attestation.attest', { name })} size="sm" />
      <p className="meta">{say('attestation.attest.why', { name })}</p>
    </div>
  )
}

function Ours({ page }: { page: Page }) {
  const { record, member, notes, tasks, meetings, states, contests, staff, me } = page
  const name = member?.displayName ?? ''
  return (
    <Section side="vendor" title={say('relationships.ours')} id="ours" className="[&_h2]:text-prose">
      <p className="meta">{say('relationships.ours.help', { name })}</p>
      <dl className="facts mt-2.5">
        <div>
          <dt>{say('relationships.owner')}</dt>
          <dd>{record.owner?.displayName ?? say('relationships.nobody')}</dd>
        </div>
        {page.contact ? (
          <div>
            <dt>{say('contact.asContact')}</dt>
            <dd>
              <Link to={paths.contactPage(record.vendor.slug, page.contact.id)}>
                <bdi className="wrap-anywhere">{page.contact.name}</bdi>
              </Link>
            </dd>
          </div>
        ) : null}
        {states.map((state) => (
          <div key={state.id}>
            <dt>{say(`relationships.state.${state.state}`)}</dt>
            <dd>
              <State kind={state.confirmedAt ? 'ok' : 'wait'} icon={state.confirmedAt ? Check : Hourglass}>
                {say(state.confirmedAt ? 'relationships.state.confirmed' : 'relationships.state.proposed')}
              </State>
              <span className="meta">
                {state.confirmedAt
                  ? say('relationships.state.both', { date: sayDay(state.confirmedAt) })
                  : say('relationships.state.waiting', { name, date: sayDay(state.proposedAt) })}
              </span>
              <Meaning of={say(`relationships.state.${state.state}`)} among={page.own.meanings} />
            </dd>
          </div>
        ))}
      </dl>
      <Attestation page={page} />
      <OwnFields fields={page.own.fields} meanings={page.own.meanings} of={page.own.may.fill ? page.own.of : undefined} />
      <div className="mt-1 mb-2">
        {page.handOff ? (
          <Running handOff={page.handOff} />
        ) : (
          <ButtonLink size="sm" variant="quiet" to={paths.handOverRecord(record.id)}>
            {say('handOff.begin')}
          </ButtonLink>
        )}
      </div>
      {page.left ? (
        <p className="meta mb-2">
          {say('reach.left', { name, most: page.left.most, used: page.left.used })}{' '}
          {page.left.moreAt && page.left.used >= page.left.most ? say('reach.more', { day: sayDate(page.left.moreAt) }) : null}
        </p>
      ) : null}
      {states.length === 0 ? <p className="meta mb-2">{say('relationships.states.none')}</p> : null}
      {states.length < 2 ? <StateForm relationshipId={record.id} standing={states.map((state) => state.state)} /> : null}
      <div id="deletions">
        {page.deletions.length > 0 ? (
          <Part title={say('revocation.tasks')} count={page.deletions.filter((task) => !task.doneAt).length}>
            <ul>
              {page.deletions.map((task) => (
                <li key={task.grantId} className="border-t border-hairline py-2.5 first:border-0 first:pt-0">
                  <DeletionTask task={task} relationshipId={record.id} />
                </li>
              ))}
            </ul>
          </Part>
        ) : null}
      </div>
      <Part id="tasks" title={say('relationships.tasks')} count={tasks.filter((task) => !task.doneAt).length}>
        <Tasks
          tasks={tasks}
          act={(task) => (
            <ActionButton
              action={paths.taskDone(record.id, task.id)}
              label={say('relationships.tasks.done')}
              spoken={say('relationships.tasks.markDone', { what: task.what })}
              size="sm"
              icon={Check}
            />
          )}
        />
        <Unfold label={say('relationships.tasks.add')}>
          <TaskForm action={paths.addTask(record.id)} staff={staff} me={me} />
        </Unfold>
      </Part>
      <Part id="meetings" title={say('relationships.meetings')} count={meetings.length}>
        <Meetings meetings={meetings} />
        <Unfold label={say('relationships.meetings.add')}>
          <MeetingForm relationshipId={record.id} about={name} />
        </Unfold>
      </Part>
      <Part title={say('relationships.notes')} count={notes.length}>
        <p className="meta">{say('relationships.notes.help', { name })}</p>
        {notes.map((note) => (
          <div key={note.id} className="border-t border-hairline py-2 first-of-type:border-0">
            <p className="wrap-anywhere whitespace-pre-line">
              <bdi>{note.body}</bdi>
            </p>
            <p className="meta">
              {say('relationships.notes.by', { who: note.author?.displayName ?? say('relationships.somebody'), date: sayDay(note.at) })}
            </p>
          </div>
        ))}
        <Unfold label={say('relationships.notes.add')}>
          <NoteForm relationshipId={record.id} />
        </Unfold>
      </Part>
      <Part id="contests" title={say('relationships.contested')}>
        <Contests contests={contests} waiting={(contest) => <ContestAnswerForm relationshipId={record.id} contestId={contest.id} />} />
      </Part>
    </Section>
  )
}
