import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { PartForm, PlaceForm } from '~/app/components/identity'
import { Running } from '~/app/components/hand-offs'
import { OwnFields } from '~/app/components/governance'
import { sayHealth } from '~/app/components/insight'
import { Part, RecordTimeline, Strip, TaskForm, Tasks, Unfold } from '~/app/components/relationships'
import { ActionButton, Button, ButtonLink, Crumbs, Facts, Label, Pager, PostForm, RelativeTime, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { opportunitiesOn } from '~/server/buying'
import { fieldsOn } from '~/server/governance'
import { runningOn } from '~/server/hand-offs'
import { accountPage, accountTimeline, tasksOfAccount } from '~/server/identity'
import { healthAtAGlance } from '~/server/insight'
import { say } from '~/words'
import { sayPlace } from '~/words/countries'
import { sayChosenDay, sayDate } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.account.name ?? say('account.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const me = personOf(viewer)
  const before = url.searchParams.get('before')
  const [page, own, buying, handOff, happened, todo, health] = await Promise.all([
    accountPage(me, params.id),
    fieldsOn(me, 'account', params.id),
    opportunitiesOn(me, params.id),
    runningOn(me, { accountId: params.id }),
    accountTimeline(me, params.id, before),
    tasksOfAccount(me, params.id),
    healthAtAGlance(me, params.id),
  ])
  if (page.elsewhere) throw redirect(paths.accountPage(page.elsewhere))
  return { ...page, own, buying, handOff, happened, todo, health, first: before === null }
})

type Page = Awaited<ReturnType<typeof loader>>

export default function AccountScreen() {
  const page = useLoaderData<typeof loader>()
  const { account, vendor, may } = page
  return (
    <Wrap>
      <Crumbs items={[{ to: paths.accounts(vendor.slug), label: say('account.title') }]} />
      <header className="flex flex-wrap items-end justify-between gap-6 py-5">
        <h1 className="title min-w-0">
          <bdi className="wrap-anywhere">{account.name}</bdi> {account.suffix ? <span className="faint">{account.suffix}</span> : null}
        </h1>
        <span className="btns">
          <ButtonLink to={paths.accountBrief(account.id)}>{say('brief.open')}</ButtonLink>
          {may.keep && !page.handOff ? <ButtonLink to={paths.handOverAccount(account.id)}>{say('handOff.begin')}</ButtonLink> : null}
          {may.keep ? <ButtonLink to={paths.changeAccount(account.id)}>{say('account.change')}</ButtonLink> : null}
        </span>
      </header>
      <Strip
        items={[
          { label: say('account.lastTouch'), value: <RelativeTime at={account.lastAt} /> },
          { label: say('account.owner'), value: account.owner?.displayName ?? say('relationships.nobody') },
          { label: say('account.urgency'), value: say(`account.urgency.${account.urgency}`) },
          { label: say('health.title'), value: <HealthLink page={page} /> },
        ]}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-11 gap-y-8 md:grid-cols-2 xl:grid-cols-[264px_minmax(0,1fr)_288px]">
        <div className="grid gap-8">
          <People page={page} />
          <Tree page={page} />
        </div>
        <Happened page={page} />
        <div className="grid gap-8">
          <Todo page={page} />
          <Known account={account} />
          {page.handOff ? (
            <Section title={say('handOff.title')} id="hand-off" side="vendor" className="[&_h2]:text-prose">
              <Running handOff={page.handOff} />
            </Section>
          ) : null}
          {page.buying ? <Opportunities account={account} buying={page.buying} /> : null}
          <Section title={say('field.own')} id="own-fields" side="vendor" className="[&_h2]:text-prose">
            {page.own.fields.length === 0 ? <p className="soft">{say('field.ownNone')}</p> : null}
            <OwnFields fields={page.own.fields} meanings={page.own.meanings} of={page.own.may.fill ? page.own.of : undefined} />
            <p className="meta mt-3">
              <Link to={paths.fields(vendor.slug)}>{say('field.list.title', { vendor: vendor.name })}</Link>
            </p>
            <p className="meta mt-1">
              <Link to={paths.audit(vendor.slug, { of: account.id })}>{say('audit.ofThis')}</Link>
            </p>
          </Section>
        </div>
      </div>
    </Wrap>
  )
}

function HealthLink({ page: { account, health } }: { page: Page }) {
  return <Link to={paths.accountHealth(account.id)}>{sayHealth(health)}</Link>
}

function Todo({ page: { account, todo, may } }: { page: Page }) {
  const tasks = todo.tasks.map((task) => ({ ...task, what: task.kind === 'by-hand' ? task.what : say(`account.task.${task.kind}`) }))
  return (
    <Section title={say('relationships.tasks')} id="tasks" side="vendor" className="[&_h2]:text-prose">
      <Tasks
        tasks={tasks}
        act={(task) =>
          task.kind === 'new-champion' ? (
            <ButtonLink size="sm" variant="quiet" to={`${paths.accountHealth(account.id)}#candidates`}>
              {say('account.task.look')}
            </ButtonLink>
          ) : may.keep ? (
            <ActionButton
              action={paths.accountTaskDone(account.id, task.id)}
              label={say('relationships.tasks.done')}
              spoken={say('relationships.tasks.markDone', { what: task.what })}
              size="sm"
            />
          ) : null
        }
      />
      {may.keep ? (
        <Unfold label={say('relationships.tasks.add')}>
          <TaskForm action={paths.accountTasks(account.id)} staff={todo.colleagues} me={todo.me} />
        </Unfold>
      ) : null}
    </Section>
  )
}

function Happened({ page: { account, vendor, happened, first } }: { page: Page }) {
  const here = paths.accountPage(account.id)
  return (
    <div className="max-xl:order-first md:max-xl:col-span-full">
      <Section title={say('relationships.happened')} id="happened" className="[&_h2]:text-prose">
        <p className="meta mb-3">
          {say('account.happened.help', { count: happened.people })}{' '}
          {happened.answered > 0 ? say('account.answered', { count: happened.answered }) : null}
        </p>
        <RecordTimeline entries={happened.entries} member={account.name} vendor={vendor.name} us={vendor.name} ofMany />
        <Pager newer={first ? null : here} older={happened.older ? `${here}?before=${encodeURIComponent(happened.older)}` : null} />
      </Section>
    </div>
  )
}

function People({ page: { account, vendor, people, may } }: { page: Page }) {
  const now = people.filter(({ until }) => !until)
  const former = people.filter(({ until }) => until)
  const list = (some: typeof people) => (
    <ul>
      {some.map((one) => (
        <li key={`${one.contact}-${one.since}`} className="border-t border-hairline py-2 first:border-0">
          <b>
            <Link to={paths.contactPage(vendor.slug, one.contact)}>
              <bdi className="wrap-anywhere">{one.name}</bdi>
            </Link>
          </b>
          <span className="meta block">
            <bdi>{[one.title, one.department].filter(Boolean).join(', ')}</bdi>{' '}
            {one.until
              ? say('account.people.until', { date: sayChosenDay(one.until) })
              : say('account.people.since', { date: sayChosenDay(one.since) })}
          </span>
          {one.roles.map(({ id, role }) => (
            <PostForm key={id} action={paths.endPart(account.id, id)} className="mt-1 flex flex-wrap items-center gap-2">
              <Label>{say(`account.part.${role}`)}</Label>
              {may.keep ? (
                <Button size="sm" variant="quiet" aria-label={`${say('account.part.end')}: ${one.name}, ${say(`account.part.${role}`)}`}>
                  {say('account.part.end')}
                </Button>
              ) : null}
            </PostForm>
          ))}
        </li>
      ))}
    </ul>
  )
  return (
    <Section title={say('account.people')} id="people" className="[&_h2]:text-prose">
      {now.length > 0 ? list(now) : <p className="soft">{say('account.people.none')}</p>}
      {former.length > 0 ? <Part title={say('account.people.former')}>{list(former)}</Part> : null}
      {may.keep && now.length > 0 ? (
        <Unfold label={say('account.part.add')}>
          <PartForm accountId={account.id} people={now} />
        </Unfold>
      ) : null}
    </Section>
  )
}

function Opportunities({ account, buying }: { account: Page['account']; buying: NonNullable<Page['buying']> }) {
  return (
    <Section title={say('buying.title')} id="opportunities" side="vendor" className="[&_h2]:text-prose">
      {buying.opportunities.length === 0 ? <p className="soft">{say('opportunity.none')}</p> : null}
      <ul>
        {buying.opportunities.map((one) => (
          <li key={one.id} className="border-t border-hairline py-2 first:border-0">
            <Link to={paths.opportunity(one.id)}>
              <bdi className="wrap-anywhere">{one.name}</bdi>
            </Link>{' '}
            <span className="meta">{say(`buying.motion.${one.motion}`)}</span>
            {one.outcome ? <span className="meta block">{say(`outcome.${one.outcome}`)}</span> : null}
            {one.until && one.notice ? (
              <span className="meta block">
                {say('contract.standsUntil', { until: sayChosenDay(one.until), notice: sayChosenDay(one.notice) })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {buying.may.keep ? (
        <ButtonLink size="sm" className="mt-2" to={paths.openOpportunity(account.id)}>
          {say('opportunity.open')}
        </ButtonLink>
      ) : null}
    </Section>
  )
}

function Known({ account }: Pick<Page, 'account'>) {
  return (
    <Section title={say('account.facts')} id="facts" side="vendor" className="[&_h2]:text-prose">
      <Facts
        facts={[
          { label: say('account.domains'), value: account.domains.join(', ') },
          { label: say('account.city'), value: sayPlace(account) },
          { label: say('account.segment'), value: account.segment },
          { label: say('account.useCase'), value: account.useCase },
          { label: say('account.constraints'), value: account.constraints },
          { label: say('account.externals'), value: account.externals.join(', ') },
          { label: say('account.since'), value: sayDate(account.since) },
        ]}
      />
    </Section>
  )
}

function Tree({ page: { account, above, below, descendants, may, today } }: { page: Page }) {
  const line = (edge: Page['above'][number], ends: boolean) => (
    <li key={edge.id} className="border-t border-hairline py-2 first:border-0">
      <b>
        <bdi className="wrap-anywhere">{edge.account ? <Link to={paths.accountPage(edge.account)}>{edge.name}</Link> : edge.name}</bdi>
      </b>{' '}
      <span className="meta block">
        {say(`account.tree.${edge.kind}`)}{' '}
        {edge.until
          ? say('account.tree.between', { from: sayChosenDay(edge.since), to: sayChosenDay(edge.until) })
          : say('account.tree.since', { date: sayChosenDay(edge.since) })}
      </span>
      {ends && may.keep && !edge.until ? (
        <PostForm action={paths.endPlace(account.id, edge.id)} className="mt-1">
          <Button size="sm" variant="quiet" aria-label={`${say('account.tree.end')}: ${edge.name}`}>
            {say('account.tree.end')}
          </Button>
        </PostForm>
      ) : null}
    </li>
  )
  return (
    <Section title={say('account.tree')} id="tree" className="[&_h2]:text-prose">
      {above.length + below.length === 0 ? <p className="soft">{say('account.tree.none')}</p> : null}
      {above.length > 0 ? (
        <Part title={say('account.tree.above')}>
          <ul>{above.map((edge) => line(edge, true))}</ul>
        </Part>
      ) : null}
      {below.length > 0 ? (
        <Part title={say('account.tree.below')} count={below.length}>
          {descendants > below.length ? <p className="meta mb-2">{say('account.below.count', { count: descendants })}</p> : null}
          <ul>{below.map((edge) => line(edge, false))}</ul>
        </Part>
      ) : null}
      {may.keep ? (
        <Unfold label={say('account.tree.add')}>
          <PlaceForm accountId={account.id} today={today} />
        </Unfold>
      ) : null}
    </Section>
  )
}
