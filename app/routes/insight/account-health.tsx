import { useLoaderData } from '@remix-run/react'
import { Evidence, Reasons } from '~/app/components/insight'
import { Unfold } from '~/app/components/relationships'
import { ActionButton, PageHead, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { accountHealth } from '~/server/insight'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('health.of', { company: data.account.name }) : say('health.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => accountHealth(personOf(viewer), params.id))

type Page = Awaited<ReturnType<typeof loader>>

export default function AccountHealthScreen() {
  const page = useLoaderData<typeof loader>()
  const { account, vendor, reasons } = page
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendorHealth(vendor.slug), label: say('health.title') },
          { to: paths.accountPage(account.id), label: account.name },
        ]}
        title={say('health.of', { company: account.name })}
        lede={say('health.lede')}
      />
      <Number page={page} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_320px]">
        <Section title={say('health.reasons')} id="reasons">
          <Reasons reasons={reasons} vendorSlug={vendor.slug} />
          {reasons.some(({ caps }) => caps) ? <p className="meta mt-2">{say('health.cap')}</p> : null}
        </Section>
        <Candidates page={page} />
        <Measures page={page} />
      </div>
    </Wrap>
  )
}

function Number({ page: { score, coverage, day, weighed, before } }: { page: Page }) {
  return (
    <div className="mb-9 border-y border-hairline py-5">
      <p className="font-serif text-title" data-score={score ?? 'none'}>
        {score === null ? say('health.none') : say('health.score', { score })}
      </p>
      {score === null ? <p className="soft mt-1 max-w-[44rem]">{say('health.noneWhy')}</p> : null}
      <p className="meta mt-2 flex flex-wrap gap-x-4">
        <span>{say('health.coverage', { share: Math.round(coverage * 100) })}</span>
        <span>{weighed ? say('health.weighedOn', { date: sayChosenDay(day) }) : say('health.now')}</span>
        {before ? (
          <span>
            {before.score === null
              ? say('health.before.none', { date: sayChosenDay(before.day) })
              : say('health.before', { date: sayChosenDay(before.day), score: before.score })}
          </span>
        ) : null}
      </p>
    </div>
  )
}

function Measures({ page: { measures, vendor } }: { page: Page }) {
  return (
    <Section title={say('health.measures')} id="measures" className="lg:col-span-full">
      <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('health.measures')}>
        <table className="tbl tbl-stack">
          <thead>
            <tr>
              <th scope="col">{say('health.measure')}</th>
              <th scope="col">{say('health.stands')}</th>
              <th scope="col">{say('health.age')}</th>
              <th scope="col">{say('health.weighs')}</th>
            </tr>
          </thead>
          <tbody>
            {measures.map(({ measure, stood, fresh, weight, halfLife, rows }) => (
              <tr key={measure}>
                <td>
                  <div>
                    <b>{say(`health.measure.${measure}`)}</b>
                    {rows.length > 0 ? (
                      <Unfold label={say('health.rows', { count: rows.length })}>
                        <Evidence rows={rows} vendorSlug={vendor.slug} />
                      </Unfold>
                    ) : null}
                  </div>
                </td>
                <td className="num" data-label={say('health.stands')}>
                  {stood ? say('health.share', { share: stood.share }) : <span className="faint">{say('health.nothing')}</span>}
                </td>
                <td data-label={say('health.age')}>
                  {stood ? (
                    <div>
                      {say('health.days', { days: Math.floor(stood.days) })}
                      {fresh ? null : <span className="meta block">{say('health.stale')}</span>}
                    </div>
                  ) : (
                    <span className="faint">{say('health.nothing')}</span>
                  )}
                </td>
                <td data-label={say('health.weighs')}>
                  <div>
                    {say('health.weight', { weight })}
                    <span className="meta block">{say('health.halfLife', { days: halfLife })}</span>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="meta mt-2">{say('health.rows.closed')}</p>
    </Section>
  )
}

function Candidates({ page: { reasons, candidates, account, vendor } }: { page: Page }) {
  if (candidates.length === 0 && !reasons.some(({ kind }) => kind === 'champion-left')) return null
  return (
    <Section title={say('health.candidates')} id="candidates" side="vendor" className="[&_h2]:text-prose">
      <p className="meta mb-2">{say(candidates.length > 0 ? 'health.candidates.why' : 'health.candidates.none')}</p>
      <ul>
        {candidates.map((row) =>
          row.contact ? (
            <li key={row.contact.id} className="flex items-start justify-between gap-3 border-t border-hairline py-2 first:border-0">
              <div className="min-w-0">
                <Evidence rows={[row]} vendorSlug={vendor.slug} />
              </div>
              <ActionButton
                action={paths.namePart(account.id)}
                fields={{ contact: row.contact.id, role: 'champion' }}
                label={say('health.candidates.name')}
                spoken={say('health.candidates.nameWho', { name: row.contact.name })}
                size="sm"
              />
            </li>
          ) : null,
        )}
      </ul>
    </Section>
  )
}
