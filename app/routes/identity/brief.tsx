import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Part, RecordTimeline, Tasks } from '~/app/components/relationships'
import { nameOfField } from '~/app/components/vault'
import { Facts, Icon, Label, Lock, PageHead, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { accountBrief } from '~/server/identity'
import { say } from '~/words'
import { sayChosenDay, sayDate, sayDay } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('brief.title', { company: data.account.name }) : say('brief.short') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params }) => {
  const page = await accountBrief(personOf(viewer), params.id)
  if (page.elsewhere) throw redirect(paths.accountBrief(page.elsewhere))
  return page
})

type Page = Awaited<ReturnType<typeof loader>>
type Person = Page['people'][number]

export default function BriefScreen() {
  const { account, vendor, people, more } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.accountPage(account.id), label: account.name }]}
        title={say('brief.title', { company: account.name })}
        lede={say('brief.lede')}
      />
      <Section title={say('brief.aims')} id="aims" side="vendor" className="max-w-[56rem] [&_h2]:text-prose">
        <Facts
          facts={[
            { label: say('account.useCase'), value: account.useCase },
            { label: say('account.urgency'), value: say(`account.urgency.${account.urgency}`) },
            { label: say('account.constraints'), value: account.constraints },
            { label: say('account.segment'), value: account.segment },
            { label: say('account.owner'), value: account.owner?.displayName ?? say('relationships.nobody') },
          ]}
        />
      </Section>
      {people.length === 0 ? <p className="soft mt-8">{say('account.people.none')}</p> : null}
      <div className="mt-10 grid max-w-[56rem] gap-10">
        {people.map((person) => (
          <OnePerson key={person.contact} person={person} vendor={vendor} />
        ))}
      </div>
      {more ? (
        <p className="soft mt-6">
          <Link to={paths.accountPage(account.id)}>{say('brief.more')}</Link>
        </p>
      ) : null}
    </Wrap>
  )
}

function OnePerson({ person, vendor }: { person: Person; vendor: Page['vendor'] }) {
  const { record } = person
  return (
    <Section title={person.name} id={`person-${person.contact}`} className="[&_h2]:text-prose">
      <p className="meta">
        <bdi>{[person.title, person.department].filter(Boolean).join(', ')}</bdi>{' '}
        {say('account.people.since', { date: sayChosenDay(person.since) })}
      </p>
      <p className="mt-1 flex flex-wrap gap-3">
        {person.roles.map(({ id, role }) => (
          <Label key={id}>{say(`account.part.${role}`)}</Label>
        ))}
        {record?.states.map((state) => (
          <Label key={state}>{say(`relationships.state.${state}`)}</Label>
        ))}
      </p>
      {record ? (
        <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-x-11 gap-y-6 md:grid-cols-2">
          <Shared record={record} />
          <div>
            <Part title={say('relationships.tasks')} count={record.open.length}>
              <Tasks tasks={record.open} />
            </Part>
            <Part title={say('brief.last')}>
              {record.lastMeeting ? (
                <p className="mb-2 whitespace-pre-line">
                  <bdi className="wrap-anywhere">{record.lastMeeting.outcome}</bdi>
                  <span className="meta block">{sayChosenDay(record.lastMeeting.heldOn)}</span>
                </p>
              ) : null}
              <RecordTimeline
                entries={record.acts}
                member={record.member?.displayName ?? ''}
                vendor={record.vendor}
                us={say('relationships.us')}
              />
            </Part>
            <Part title={say('brief.beliefs')}>
              {record.notes.length === 0 ? <p className="meta">{say('brief.beliefs.none')}</p> : null}
              {record.notes.map((note) => (
                <p key={note.id} className="mb-2 whitespace-pre-line">
                  <bdi className="wrap-anywhere">{note.body}</bdi>
                  <span className="meta block">
                    {say('brief.beliefs.by', { who: note.author?.displayName ?? say('relationships.nobody'), date: sayDate(note.at) })}
                  </span>
                </p>
              ))}
            </Part>
          </div>
        </div>
      ) : (
        <p className="soft mt-2">
          {say('brief.notMember')} <Link to={paths.contactPage(vendor.slug, person.contact)}>{say('brief.contact')}</Link>
        </p>
      )}
    </Section>
  )
}

function Shared({ record }: { record: NonNullable<Person['record']> }) {
  const name = record.member?.displayName ?? ''
  return (
    <div>
      <Part title={say('relationships.theirs', { name })}>
        {record.values.length > 0 ? (
          <Facts
            facts={record.values.map(({ key, label, value, confirmedAt }) => ({
              label: nameOfField(key, label),
              value,
              said: say('relationships.confirmed', { date: sayDay(confirmedAt) }),
            }))}
          />
        ) : (
          <p className="meta">{say('relationships.theirs.none')}</p>
        )}
      </Part>
      <Part title={say('brief.withheld')}>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-faint">
          {record.withheld.map((key) => (
            <li key={key}>
              <Icon of={Lock} size="sm" className="inline" /> {nameOfField(key)}
            </li>
          ))}
        </ul>
        <p className="meta mt-2">
          {record.asked ? (
            say(`vault.asking.${record.asked.state}`, { date: sayDay(record.asked.at) })
          ) : (
            <Link to={paths.askForFields(record.id)}>{say('vault.asking.link')}</Link>
          )}
        </p>
      </Part>
      <p className="meta mt-3">
        <Link to={paths.relationship(record.id)}>{say('brief.record')}</Link>
      </p>
    </div>
  )
}
