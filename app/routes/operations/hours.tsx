import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink, Empty, PageHead, Section, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { vendorHours } from '~/server/operations'
import { CLOCK_TARGETS, WEEKDAYS } from '~/server/operations/types'
import { say } from '~/words'
import { sayChosenDay, sayDate, sayMoment } from '~/words/dates'

export const loader = load(({ viewer, params }) => vendorHours(viewer, params.slug ?? ''))

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: say('calendar.title', { vendor: data?.vendor.name ?? '' }) }) },
]

export default function HoursScreen() {
  const { vendor, calendar, promised, may } = useLoaderData<typeof loader>()
  return (
    <Wrap className="page-vendor">
      <PageHead
        title={say('calendar.title', { vendor: vendor.name })}
        lede={say('calendar.lede')}
        crumbs={[
          { to: paths.vendors(), label: say('vendors.title') },
          { to: paths.vendor(vendor.slug), label: vendor.name },
        ]}
        end={may.publish ? <ButtonLink to={paths.publishHours(vendor.slug)}>{say('calendar.edit')}</ButtonLink> : null}
      />
      {calendar ? (
        <div className="grid max-w-[46rem] gap-10">
          <Section side="vendor" title={say('calendar.week')} id="week">
            <p className="mb-4">{say(calendar.open ? 'calendar.openNow' : 'calendar.closedNow', { moment: sayMoment(calendar.until) })}</p>
            <dl className="rows">
              {WEEKDAYS.map((day, index) => (
                <div key={day} className="flex flex-wrap justify-between gap-x-4 py-2.5">
                  <dt>{say(`calendar.day.${day}`)}</dt>
                  <dd>{calendar.days[index] || say('calendar.closed')}</dd>
                </div>
              ))}
            </dl>
            <p className="meta mt-4">
              {say('calendar.zone.is', { zone: calendar.zone })}{' '}
              {say('calendar.since', { version: calendar.version, date: sayDate(calendar.since) })}
            </p>
          </Section>
          <Promised vendor={vendor} promised={promised} mayPromise={may.promise} />
          {calendar.holidays.length > 0 ? (
            <Section side="vendor" title={say('calendar.holidays')} id="holidays">
              <ul className="rows">
                {calendar.holidays.map((day) => (
                  <li key={day} className="py-2.5">
                    {sayChosenDay(day)}
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
        </div>
      ) : (
        <Empty title={say('calendar.none', { vendor: vendor.name })} />
      )}
    </Wrap>
  )
}

type Said = { version: number; since: Date | string; hours: Record<(typeof CLOCK_TARGETS)[number], string> }

function Promised({ vendor, promised, mayPromise }: { vendor: { slug: string }; promised: Said | null; mayPromise: boolean }) {
  const kept = promised ? CLOCK_TARGETS.filter((target) => promised.hours[target] !== '') : []
  if (kept.length === 0 && !mayPromise) return null
  return (
    <Section side="vendor" title={say('targets.title')} id="promised">
      {promised && kept.length > 0 ? (
        <>
          <dl className="rows">
            {kept.map((target) => (
              <div key={target} className="flex flex-wrap justify-between gap-x-4 py-2.5">
                <dt>{say(`targets.target.${target}`)}</dt>
                <dd>{say('targets.within', { hours: Number(promised.hours[target]) })}</dd>
              </div>
            ))}
          </dl>
          <p className="meta mt-4">
            {say('targets.help')} {say('calendar.since', { version: promised.version, date: sayDate(promised.since) })}
          </p>
        </>
      ) : (
        <p className="soft">{say('targets.none')}</p>
      )}
      {mayPromise ? (
        <p className="meta mt-3">
          <Link className="underline" to={paths.publishTargets(vendor.slug)}>
            {say('targets.edit')}
          </Link>
        </p>
      ) : null}
    </Section>
  )
}
