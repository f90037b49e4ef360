import { useLoaderData } from '@remix-run/react'
import { ActionButton, ButtonLink, Confirm, Empty, PageHead, RelativeTime, Rows, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { registerPage } from '~/server/governance'
import { say, sayList } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: say('register.title', { vendor: data?.vendor.name ?? '' }) }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => registerPage(personOf(viewer), params.slug))

type Page = Awaited<ReturnType<typeof loader>>

export default function RegisterScreen() {
  const page = useLoaderData<typeof loader>()
  const { vendor, stewards, integrations, may } = page
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.fields(vendor.slug), label: say('field.list') },
        ]}
        title={say('register.title', { vendor: vendor.name })}
        lede={say('register.lede')}
        end={
          <ButtonLink variant="quiet" to={paths.glossary(vendor.slug)}>
            {say('glossary.link')}
          </ButtonLink>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-11 gap-y-8 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Section
          side="vendor"
          title={say('register.systems')}
          id="systems"
          end={
            may.define ? (
              <ButtonLink size="sm" to={paths.newIntegration(vendor.slug)}>
                {say('register.add')}
              </ButtonLink>
            ) : undefined
          }
        >
          {integrations.length === 0 ? (
            <Empty level={3} title={say('register.none')}>
              {say('register.noneWhy')}
            </Empty>
          ) : null}
          <Rows>
            {integrations.map((one) => (
              <System key={one.id} one={one} vendor={vendor.slug} may={may} />
            ))}
          </Rows>
        </Section>
        <Section
          title={say('steward.title')}
          id="stewards"
          end={
            may.define ? (
              <ButtonLink size="sm" to={paths.nameSteward(vendor.slug)}>
                {say('steward.name')}
              </ButtonLink>
            ) : undefined
          }
        >
          <dl className="facts">
            {stewards.map(({ object, by, since }) => (
              <div key={object}>
                <dt>{say(`steward.of.${object}`)}</dt>
                <dd>
                  {by?.displayName ?? <span className="soft">{say('relationships.nobody')}</span>}
                  {since ? <span className="meta block">{say('account.people.since', { date: sayDate(since) })}</span> : null}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </Wrap>
  )
}

function System({ one, vendor, may }: { one: Page['integrations'][number]; vendor: string; may: Page['may'] }) {
  const written = one.fields.map(({ name }) => name)
  const truths = one.fields.filter(({ isTrue }) => isTrue).map(({ name }) => name)
  const facts: [string, string][] = [
    [say('field.owner'), one.owner?.displayName ?? say('relationships.nobody')],
    [say('register.direction'), say(`register.direction.${one.direction}`)],
    [say('register.failureModes'), one.failureModes],
    [say('register.fields'), sayList(written)],
    [say('register.trueFor'), sayList(truths)],
  ]
  return (
    <li className="grid gap-2 py-4">
      <h3 className="text-prose">
        <bdi className="wrap-anywhere">{one.name}</bdi>
      </h3>
      <p className="meta">
        {one.lastOkAt ? (
          <>
            {say('register.lastOk')} <RelativeTime at={one.lastOkAt} />
          </>
        ) : (
          say('register.neverOk')
        )}
      </p>
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="wrap-anywhere whitespace-pre-line">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
      </dl>
      {may.define ? (
        <div className="btns">
          <ActionButton
            action={paths.integrationWorked(vendor, one.id)}
            label={say('register.worked')}
            spoken={say('register.workedNamed', { name: one.name })}
            size="sm"
          />
          <ButtonLink size="sm" to={paths.changeIntegration(vendor, one.id)} aria-label={say('register.changeNamed', { name: one.name })}>
            {say('register.change')}
          </ButtonLink>
          <Confirm
            label={say('register.end')}
            size="sm"
            variant="quiet"
            grave={false}
            title={say('register.end.sure', { name: one.name })}
            action={paths.endIntegration(vendor, one.id)}
            confirmLabel={say('register.end')}
          >
            {say('register.end.follows')}
          </Confirm>
        </div>
      ) : null}
    </li>
  )
}
