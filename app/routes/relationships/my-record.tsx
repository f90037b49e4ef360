import { Link, useLoaderData } from '@remix-run/react'
import { ComingOwners } from '~/app/components/hand-offs'
import { CountedOfMine } from '~/app/components/insight'
import { OwnFields } from '~/app/components/governance'
import { ContestForm, Contests, Meetings, Part, PassedOnList, RecordTimeline, Strip, Tasks, Unfold } from '~/app/components/relationships'
import {
  AskedCard,
  ConsentSentence,
  CorrectionLine,
  fieldInWords,
  fieldsInWords,
  nameOfField,
  purposeInWords,
} from '~/app/components/vault'
import { ActionButton, Button, ButtonLink, Eye, Icon, PageHead, Pager, PostForm, RelativeTime, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { fieldsAboutMe } from '~/server/governance'
import { handOffsOfMine } from '~/server/hand-offs'
import { countedOfMe } from '~/server/insight'
import { ownRecordPage, passedOnBy } from '~/server/relationships'
import { askedOfMe, correctionsTold } from '~/server/vault'
import { say } from '~/words'
import { sayDate, sayDay } from '~/words/dates'

export const meta = ({ data }: { data: Awaited<ReturnType<typeof loader>> | undefined }) => [
  {
    title: say('ui.pageTitle', {
      title: data ? say('relationships.mine.recordTitle', { vendor: data.record.vendor.name }) : say('relationships.mine.title'),
    }),
  },
]

export const loader = load(async ({ viewer, params, url }) => {
  const me = personOf(viewer)
  const before = url.searchParams.get('before')
  const [page, asked, passed, corrected, noted, coming, counted] = await Promise.all([
    ownRecordPage(me, params.vendor ?? '', before),
    askedOfMe(me),
    passedOnBy(me, params.vendor ?? ''),
    correctionsTold(me, params.vendor ?? ''),
    fieldsAboutMe(me, params.vendor ?? ''),
    handOffsOfMine(me, params.vendor ?? ''),
    countedOfMe(me, params.vendor ?? ''),
  ])
  return {
    ...page,
    passed,
    corrected,
    noted,
    coming,
    counted,
    asked: asked.filter((one) => one.vendor.slug === params.vendor),
    personId: me.personId,
    first: before === null,
  }
})

type Page = Awaited<ReturnType<typeof loader>>

export default function MyRecordScreen() {
  const page = useLoaderData<typeof loader>()
  const { record, me, timeline, tasks, personId, first } = page
  const { vendor } = record
  useLive([`relationship:${record.id}`, `person:${personId}`])
  const open = tasks.filter((task) => !task.doneAt)
  const here = paths.myRelationship(vendor.slug)
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.myRelationships(), label: say('relationships.mine.title') }]}
        title={say('relationships.mine.recordTitle', { vendor: vendor.name })}
        lede={say('relationships.mine.recordLede')}
        end={
          <ButtonLink to={paths.seenBy(vendor.slug)}>
            <Icon of={Eye} />
            {say('relationships.mine.seeAs', { vendor: vendor.name })}
          </ButtonLink>
        }
      />
      {page.asked.map((request) => (
        <div key={request.id} className="pb-5">
          <AskedCard request={request} />
        </div>
      ))}
      <Strip
        items={[
          { label: say('relationships.lastTouch'), value: <RelativeTime at={record.lastAt} /> },
          { label: say('relationships.since'), value: sayDate(record.since) },
          {
            label: say('relationships.openTasks'),
            value: say('relationships.openTasksCount', { open: open.length, late: open.filter((task) => task.late).length }),
          },
          { label: say('relationships.owner'), value: record.owner?.displayName ?? say('relationships.nobody') },
        ]}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-11 gap-y-8 md:grid-cols-2 xl:grid-cols-[264px_minmax(0,1fr)_288px]">
        <MySide page={page} />
        <div className="max-xl:order-first md:max-xl:col-span-full">
          <States page={page} />
          <ComingOwners coming={page.coming} vendor={vendor.name} />
          <CountedOfMine counted={page.counted} vendor={vendor.name} />
          <Section title={say('relationships.happened')} id="happened" className="[&_h2]:text-prose">
            <RecordTimeline entries={timeline.entries} member={me?.displayName ?? ''} vendor={vendor.name} us={vendor.name} />
            <Pager newer={first ? null : here} older={timeline.older ? `${here}?before=${encodeURIComponent(timeline.older)}` : null} />
          </Section>
        </div>
        <TheirSide page={page} />
      </div>
    </Wrap>
  )
}

function MySide({ page: { record, mayRead, ownFields, didRead, passed, corrected } }: { page: Page }) {
  const { vendor } = record
  return (
    <Section side="member" title={say('relationships.mine.mayRead')} id="may-read" className="[&_h2]:text-prose">
      {mayRead.length === 0 ? <p className="soft">{say('relationships.mine.mayReadNone')}</p> : null}
      {mayRead.map((grant) => (
        <div key={grant.id} className="border-t border-hairline py-3 first-of-type:border-0 first-of-type:pt-0">
          <ConsentSentence
            who={vendor.name}
            what={fieldsInWords(grant.keys, ownFields)}
            why={purposeInWords(grant.purpose)}
            until={grant.endsAt}
          />
          <p className="meta mt-1">
            <Link to={paths.grant(grant.id)}>{say('vault.grantPage')}</Link>
          </p>
        </div>
      ))}
      {mayRead.length > 0 ? (
        <Unfold label={say('relationships.why.fields')}>
          <ul>
            {[...new Set(mayRead.flatMap(({ keys }) => keys))].map((key) => (
              <li key={key} className="flex flex-wrap items-center justify-between gap-2 border-t border-hairline py-1.5 first:border-0">
                {nameOfField(key, ownFields[key])}
                <ActionButton
                  action={paths.askWhy(vendor.slug)}
                  fields={{ field: key }}
                  label={say('relationships.why.ask')}
                  spoken={say('relationships.why.askSpoken', { vendor: vendor.name, field: fieldInWords(key, ownFields[key]) })}
                  size="sm"
                />
              </li>
            ))}
          </ul>
        </Unfold>
      ) : null}
      <p className="mt-2">
        <ButtonLink size="sm" to={paths.newGrant(vendor.slug)}>
          {say('relationships.mine.give')}
        </ButtonLink>
      </p>
      {corrected.length > 0 ? (
        <Part title={say('vault.corrections')}>
          <ul>
            {corrected.map((correction) => (
              <li key={correction.id} className="border-t border-hairline py-1.5 first:border-0">
                <CorrectionLine correction={correction} own={ownFields[correction.key]} />
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      <Part title={say('relationships.passed')}>
        <PassedOnList passed={passed} names={ownFields} />
      </Part>
      <Part title={say('relationships.mine.didRead')}>
        {didRead.length === 0 ? <p className="meta">{say('relationships.mine.didReadNone')}</p> : null}
        <ul>
          {didRead.map((reading) => (
            <li key={reading.id} className="border-t border-hairline py-1.5 first:border-0">
              {say('relationships.mine.readLine', {
                who: reading.reader?.displayName ?? vendor.name,
                fields: fieldInWords(reading.key, reading.label),
                date: sayDay(reading.at),
              })}
            </li>
          ))}
        </ul>
      </Part>
    </Section>
  )
}

function States({ page: { record, states } }: { page: Page }) {
  const { vendor } = record
  const answer = (stateId: string, given: 'confirm' | 'decline', label: string) => (
    <PostForm action={paths.confirmState(vendor.slug)} fields={{ stateId, answer: given }}>
      <Button size="sm">{label}</Button>
    </PostForm>
  )
  return states.map((it) => {
    const said = { vendor: vendor.name, state: say(`relationships.state.named.${it.state}`) }
    return it.confirmedAt ? (
      <div key={it.id} className="mb-6 flex flex-wrap items-center justify-between gap-3 border-y border-hairline py-3">
        <p className="soft">{say('relationships.state.standing', { ...said, date: sayDate(it.confirmedAt) })}</p>
        {answer(it.id, 'decline', say('relationships.state.end'))}
      </div>
    ) : (
      <div key={it.id} className="card mb-6">
        <p className="consent">{say('relationships.state.asked', said)}</p>
        <p className="meta mt-1">{say('relationships.state.askedWhy')}</p>
        <div className="btns mt-3">
          {answer(it.id, 'confirm', say('relationships.state.yes'))}
          {answer(it.id, 'decline', say('relationships.state.no'))}
        </div>
      </div>
    )
  })
}

function TheirSide({ page: { record, tasks, meetings, noteCount, contests, ownFields, noted } }: { page: Page }) {
  const { vendor } = record
  return (
    <Section side="vendor" title={say('relationships.mine.theirSide')} id="they-hold" className="[&_h2]:text-prose">
      <dl className="facts">
        <div>
          <dt>{say('relationships.owner')}</dt>
          <dd>{record.owner?.displayName ?? say('relationships.nobody')}</dd>
        </div>
      </dl>
      <OwnFields fields={noted.fields} meanings={noted.meanings} />
      <p className="meta mt-2">
        <Link to={paths.myChanges(vendor.slug)}>{say('audit.mine')}</Link>
      </p>
      <Part title={say('relationships.tasks')} count={tasks.filter((task) => !task.doneAt).length}>
        <Tasks tasks={tasks} />
      </Part>
      <Part title={say('relationships.meetings')} count={meetings.length}>
        <Meetings meetings={meetings} />
      </Part>
      <Part title={say('relationships.mine.notes')} count={noteCount}>
        <p className="soft">{say('relationships.mine.notesCount', { count: noteCount })}</p>
      </Part>
      <div id="contested">
        <Part title={say('relationships.contested')}>
          <Contests
            contests={contests}
            names={ownFields}
            waiting={() => <p className="meta mt-1">{say('relationships.contested.waiting', { vendor: vendor.name })}</p>}
          />
          <Unfold label={say('relationships.mine.contest')}>
            <ContestForm vendorSlug={vendor.slug} />
          </Unfold>
        </Part>
      </div>
    </Section>
  )
}
