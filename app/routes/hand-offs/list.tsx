import { Link, useLoaderData } from '@remix-run/react'
import { DueLine } from '~/app/components/hand-offs'
import { Columns, Label, PageHead, Pager, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { handOffsOf } from '~/server/hand-offs'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data ? say('handOff.list.title', { vendor: data.vendor.name }) : say('handOff.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const before = url.searchParams.get('before')
  return { ...(await handOffsOf(personOf(viewer), params.slug, before)), first: before === null }
})

type Page = Awaited<ReturnType<typeof loader>>

export default function HandOffsScreen() {
  const { vendor, open, ended, older, rules, first, may } = useLoaderData<typeof loader>()
  const here = paths.handOffs(vendor.slug)
  const nobody = say('relationships.nobody')
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.vendor(vendor.slug), label: vendor.name }]}
        title={say('handOff.list.title', { vendor: vendor.name })}
        lede={say('handOff.list.lede')}
      />
      <Columns
        label={say('handOff.rules')}
        rail={
          <Section side="vendor" title={say('handOff.rules')} id="rules" className="[&_h2]:text-prose">
            <p className="meta">{say('handOff.rules.help')}</p>
            <ul className="mt-2">
              {rules.map(({ trigger, to, hours }) => (
                <li key={trigger} className="border-t border-hairline py-2.5 first:border-0">
                  <b>{say(`handOff.trigger.${trigger}`)}</b>
                  <span className="meta block">
                    {hours === null
                      ? say('handOff.rule.none')
                      : say('handOff.rule.is', { to: to?.displayName ?? nobody, hours: Math.round(hours * 100) / 100 })}
                  </span>
                  {may.rule ? (
                    <Link className="meta underline" to={paths.handOffRule(vendor.slug, trigger)}>
                      {say('handOff.rule.change')}
                      <span className="sr-only">: {say(`handOff.trigger.${trigger}`)}</span>
                    </Link>
                  ) : null}
                </li>
              ))}
            </ul>
          </Section>
        }
      >
        {first ? (
          <Section title={say('handOff.open')} id="open">
            {open.length === 0 ? <p className="soft">{say('handOff.open.none')}</p> : null}
            <ul className="rows">
              {open.map((one) => (
                <li key={one.id} className="py-3">
                  <p className="m-0">
                    <b>
                      <Link to={paths.handOff(one.id)}>
                        <bdi className="wrap-anywhere">{one.of.name}</bdi>
                      </Link>
                    </b>{' '}
                    {one.mine ? <Label>{say('handOff.forYou')}</Label> : null}
                  </p>
                  <p className="meta m-0">
                    {say('handOff.fromTo', { from: one.from?.displayName ?? nobody, to: one.to?.displayName ?? nobody })}
                  </p>
                  <p className="m-0 mt-1">
                    <DueLine handOff={one} />
                  </p>
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        <Section title={say('handOff.ended')} id="ended" className="mt-10">
          {ended.length === 0 ? <p className="soft">{say('handOff.ended.none')}</p> : null}
          <ul className="rows">
            {ended.map((one) => (
              <li key={one.id} className="py-3">
                <p className="m-0">
                  <Link to={paths.handOff(one.id)}>
                    <bdi className="wrap-anywhere">{one.of.name}</bdi>
                  </Link>{' '}
                  <span className="meta">
                    {one.outcome && one.endedAt ? say(`handOff.outcome.${one.outcome}`, { date: sayDate(one.endedAt) }) : null}
                  </span>
                </p>
                <p className="meta m-0">
                  {say('handOff.fromTo', { from: one.from?.displayName ?? nobody, to: one.to?.displayName ?? nobody })}
                </p>
                {one.reason ? <p className="soft m-0 mt-1 wrap-anywhere">{one.reason}</p> : null}
              </li>
            ))}
          </ul>
          <Pager newer={first ? null : here} older={older ? `${here}?before=${encodeURIComponent(older)}` : null} />
        </Section>
      </Columns>
    </Wrap>
  )
}
