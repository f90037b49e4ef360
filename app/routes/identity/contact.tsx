import { redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ConsentsForm, KeyForm, WorkForm } from '~/app/components/identity'
import { Unfold } from '~/app/components/relationships'
import { Button, ButtonLink, Confirm, Crumbs, Facts, PostForm, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { contactPage } from '~/server/identity'
import { say } from '~/words'
import { sayPlace } from '~/words/countries'
import { sayChosenDay, sayDate } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.contact.name ?? say('contact.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params }) => {
  const page = await contactPage(personOf(viewer), params.slug, params.id)
  if (page.elsewhere) throw redirect(paths.contactPage(params.slug, page.contact.id))
  return page
})

type Page = Awaited<ReturnType<typeof loader>>

export default function ContactScreen() {
  const page = useLoaderData<typeof loader>()
  const { contact, vendor, may } = page
  return (
    <Wrap>
      <Crumbs items={[{ to: paths.contacts(vendor.slug), label: say('contact.title') }]} />
      <header className="flex flex-wrap items-end justify-between gap-6 py-5">
        <h1 className="title min-w-0">
          <bdi className="wrap-anywhere">{contact.name}</bdi>
        </h1>
        {may.merge ? <ButtonLink to={paths.layBeside(vendor.slug, contact.id)}>{say('duplicates.beside')}</ButtonLink> : null}
      </header>
      {contact.member ? (
        <p className="mb-6">
          {say('contact.member')}{' '}
          <b>
            {contact.record ? (
              <Link to={paths.relationship(contact.record)}>{contact.member.displayName}</Link>
            ) : (
              contact.member.displayName
            )}
          </b>
        </p>
      ) : null}
      {contact.corrections.length > 0 ? (
        <div className="soft mb-6">
          {say('contact.corrected')}
          <ul>
            {contact.corrections.map(({ field, became, at }) => (
              <li key={`${field}${at}`}>
                <bdi>{say('contact.correctedLine', { field: say(`kept.field.${field}`), became, date: sayDate(new Date(at)) })}</bdi>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {contact.merged > 0 ? (
        <p className="soft mb-6">
          {say('contact.merged', { count: contact.merged })} <Link to={paths.recordMerges(vendor.slug)}>{say('merges.short')}</Link>
        </p>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-11 gap-y-8 md:grid-cols-2">
        <Works page={page} />
        <Reached page={page} />
        <Consents page={page} />
        <Why contact={contact} />
      </div>
      {may.keep ? (
        <div className="mt-10">
          <Confirm
            label={say('contact.delete')}
            title={say('contact.delete.title', { name: contact.name })}
            action={paths.deleteContact(vendor.slug, contact.id)}
            confirmLabel={say('contact.delete')}
          >
            {say('contact.delete.what')}
          </Confirm>
        </div>
      ) : null}
    </Wrap>
  )
}

function Reached({ page: { contact, vendor, may } }: { page: Page }) {
  return (
    <Section title={say('contact.reached')} id="reached" side="vendor" className="[&_h2]:text-prose">
      {contact.keys.length === 0 ? <p className="soft">{say('contact.reached.none')}</p> : null}
      <ul>
        {contact.keys.map((key) => (
          <li key={key.id} className="border-t border-hairline py-2 first:border-0">
            <bdi className="wrap-anywhere">{key.value}</bdi>
            <span className="meta block">
              {say(`contact.key.${key.kind}`)}
              {key.kind === 'email' && !key.identifies ? `, ${say('contact.key.shared')}` : null}
            </span>
            {may.keep ? (
              <PostForm action={paths.removeKey(vendor.slug, contact.id, key.id)} className="mt-1">
                <Button size="sm" variant="quiet" aria-label={`${say('contact.key.remove')}: ${key.value}`}>
                  {say('contact.key.remove')}
                </Button>
              </PostForm>
            ) : null}
          </li>
        ))}
      </ul>
      {may.keep ? (
        <Unfold label={say('contact.key.add')}>
          <KeyForm vendorSlug={vendor.slug} contactId={contact.id} />
        </Unfold>
      ) : null}
    </Section>
  )
}

function Works({ page: { contact, vendor, may, today } }: { page: Page }) {
  return (
    <Section title={say('contact.work')} id="work" side="vendor" className="[&_h2]:text-prose">
      {contact.work.length === 0 ? <p className="soft">{say('contact.work.none')}</p> : null}
      <ul>
        {contact.work.map((work) => (
          <li key={work.id} className="border-t border-hairline py-2 first:border-0">
            <b>
              <bdi className="wrap-anywhere">
                {work.account ? <Link to={paths.accountPage(work.account)}>{work.company}</Link> : work.company}
              </bdi>
            </b>{' '}
            {work.suffix ? <span className="faint">{work.suffix}</span> : null}
            <span className="meta block">
              <bdi>{[work.title, work.department].filter(Boolean).join(', ')}</bdi>{' '}
              {work.until
                ? say('account.tree.between', { from: sayChosenDay(work.since), to: sayChosenDay(work.until) })
                : say('account.people.since', { date: sayChosenDay(work.since) })}
              {work.main ? `, ${say('contact.work.isMain')}` : null}
            </span>
            {may.keep && !work.until ? (
              <ButtonLink
                size="sm"
                variant="quiet"
                to={paths.endWork(vendor.slug, contact.id, work.id)}
                aria-label={`${say('contact.work.end')}: ${work.company}`}
              >
                {say('contact.work.end')}
              </ButtonLink>
            ) : null}
          </li>
        ))}
      </ul>
      {may.keep ? (
        <Unfold label={say('contact.work.add')}>
          <WorkForm vendorSlug={vendor.slug} contactId={contact.id} today={today} />
        </Unfold>
      ) : null}
    </Section>
  )
}

function Consents({ page: { contact, vendor, may } }: { page: Page }) {
  return (
    <Section title={say('contact.consent')} id="consents" side="vendor" className="[&_h2]:text-prose">
      {contact.consents.length === 0 ? <p className="soft">{say('contact.consent.none')}</p> : null}
      <ul>
        {contact.consents.map(({ channel, allowed, on }) => (
          <li key={channel} className="border-t border-hairline py-2 first:border-0">
            {say(`contact.consent.${channel}`)}: <b>{say(allowed ? 'contact.consent.is.yes' : 'contact.consent.is.no')}</b>
            <span className="meta block">{say('contact.consent.on', { date: sayChosenDay(on) })}</span>
          </li>
        ))}
      </ul>
      {may.keep ? (
        <Unfold label={say('contact.consent.change')}>
          <ConsentsForm vendorSlug={vendor.slug} contactId={contact.id} consents={contact.consents} />
        </Unfold>
      ) : null}
    </Section>
  )
}

function Why({ contact }: Pick<Page, 'contact'>) {
  return (
    <Section title={say('contact.why')} id="why" side="vendor" className="[&_h2]:text-prose">
      <Facts
        facts={[
          { label: say('contact.cameFrom'), value: say(`contact.cameFrom.${contact.cameFrom}`) },
          { label: say('contact.cameFromWords'), value: contact.cameFromWords },
          { label: say('contact.basis'), value: say(`contact.basis.${contact.basis}`) },
          { label: say('contact.askBy'), value: contact.askBy ? sayChosenDay(contact.askBy) : null },
          { label: say('account.city'), value: sayPlace(contact) },
          { label: say('account.since'), value: sayDate(contact.since) },
        ]}
      />
    </Section>
  )
}
