import { Link, useLoaderData } from '@remix-run/react'
import { nameOfField, purposeInWords } from '~/app/components/vault'
import { Who } from '~/app/components/people'
import { Banner, Icon, Lock, PageHead, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { seenBy } from '~/server/vault'
import { say } from '~/words'
import { sayChosenDay } from '~/words/dates'

export const meta = ({ data }: { data: { vendor: { name: string } } | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('vault.seen.title', { vendor: data.vendor.name }) : say('vault.title') }) },
]

export const loader = load(({ viewer, params }) => seenBy(personOf(viewer), params.vendor ?? ''))

export default function SeenByScreen() {
  const { vendor, me, purposes, withheld } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <div className="pt-6">
        <Banner end={<Link to={paths.vault()}>{say('vault.seen.leave')}</Link>}>{say('vault.seen.banner', { vendor: vendor.name })}</Banner>
      </div>
      <PageHead title={say('vault.seen.title', { vendor: vendor.name })} lede={say('vault.seen.lede')} />
      <div className="grid max-w-[40rem] gap-9">
        <Section title={say('vault.seen.public')} id="public">
          {me ? <Who who={me} /> : null}
        </Section>
        {purposes.length === 0 ? <p className="soft">{say('vault.seen.nothing')}</p> : null}
        {purposes.map(({ purpose, values }) => (
          <Section key={purpose} side="vendor" title={say('vault.seen.granted', { purpose: purposeInWords(purpose) })} id={purpose}>
            <dl className="facts facts-wide">
              {values.map((value) => (
                <div key={value.key}>
                  <dt>{nameOfField(value.key)}</dt>
                  <dd className="wrap-anywhere">
                    <bdi>{value.value}</bdi>
                    <span className="meta">{say('vault.until', { date: sayChosenDay(value.until) })}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </Section>
        ))}
        <Section title={say('vault.seen.withheld')} id="withheld">
          <dl className="facts facts-wide">
            {withheld.map((key) => (
              <div key={key}>
                <dt>{nameOfField(key)}</dt>
                <dd className="font-normal! text-ink-faint">
                  <Icon of={Lock} size="sm" /> {say('vault.withheld')}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
        <p>
          <Link to={paths.myRelationships()}>{say('vault.seen.record')}</Link>
        </p>
      </div>
    </Wrap>
  )
}
