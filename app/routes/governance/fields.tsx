import { Link, useLoaderData } from '@remix-run/react'
import { ActionButton, ButtonLink, Empty, PageHead, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { fieldsPage } from '~/server/governance'
import { say } from '~/words'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: say('field.list.title', { vendor: data?.vendor.name ?? '' }) }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params }) => fieldsPage(personOf(viewer), params.slug))

type Page = Awaited<ReturnType<typeof loader>>

export default function FieldsScreen() {
  const { vendor, fields, wanting, may } = useLoaderData<typeof loader>()
  const live = fields.filter(({ retiredAt }) => !retiredAt)
  const retired = fields.filter(({ retiredAt }) => retiredAt)
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.accounts(vendor.slug), label: say('account.title') },
        ]}
        title={say('field.list.title', { vendor: vendor.name })}
        lede={say('field.list.lede')}
        end={
          <>
            <ButtonLink variant="quiet" to={paths.glossary(vendor.slug)}>
              {say('glossary.link')}
            </ButtonLink>
            <ButtonLink variant="quiet" to={paths.register(vendor.slug)}>
              {say('register.link')}
            </ButtonLink>
            <ButtonLink variant="quiet" to={paths.audit(vendor.slug)}>
              {say('audit.link')}
            </ButtonLink>
            {may.define ? <ButtonLink to={paths.newField(vendor.slug)}>{say('field.new')}</ButtonLink> : null}
          </>
        }
      />
      <Wanting wanting={wanting} may={may} />
      {fields.length === 0 ? <Empty title={say('field.none')}>{say('field.noneWhy')}</Empty> : null}
      <div className="grid gap-9">
        {(['account', 'relationship'] as const).map((object) => {
          const these = live.filter((field) => field.object === object)
          return these.length > 0 ? (
            <Section key={object} side="vendor" title={say(`field.of.${object}`)} id={object}>
              <Fields fields={these} label={say(`field.of.${object}`)} />
            </Section>
          ) : null
        })}
        {retired.length > 0 ? (
          <Section title={say('field.retired')} id="retired">
            <p className="soft mb-2">{say('field.retired.why')}</p>
            <Fields fields={retired} label={say('field.retired')} />
          </Section>
        ) : null}
      </div>
    </Wrap>
  )
}

function Wanting({ wanting, may }: Pick<Page, 'wanting' | 'may'>) {
  if (wanting.length === 0) return null
  return (
    <Section title={say('field.wanting')} id="wanting" className="mb-9">
      <p className="soft mb-2">{say('field.wanting.why')}</p>
      <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('field.wanting')}>
        <table className="tbl tbl-stack">
          <thead>
            <tr>
              <th scope="col">{say('field.name')}</th>
              <th scope="col">{say('field.wanting.what')}</th>
              <th scope="col">{say('field.decision')}</th>
              <th scope="col">{say('field.owner')}</th>
              <th scope="col">{say('field.wanting.cost')}</th>
              <th scope="col" aria-label={say('field.retire')} />
            </tr>
          </thead>
          <tbody>
            {wanting.map((one) => (
              <tr key={one.fieldId}>
                <td>
                  <b>
                    <Link to={paths.field(one.fieldId)}>
                      <bdi className="wrap-anywhere">{one.name}</bdi>
                    </Link>
                  </b>
                </td>
                <td data-label={say('field.wanting.what')}>
                  {one.unused
                    ? say('field.wanting.unused')
                    : say('field.wanting.nonsense', { share: Math.round((100 * one.nonsense) / one.filled) })}
                </td>
                <td data-label={say('field.decision')} className="wrap-anywhere">
                  <bdi>{one.decision}</bdi>
                </td>
                <td data-label={say('field.owner')}>{one.owner?.displayName ?? say('relationships.nobody')}</td>
                <td data-label={say('field.wanting.cost')}>{say('field.wanting.minutes', { minutes: Math.round(one.seconds / 60) })}</td>
                <td>
                  {may.define ? (
                    <ActionButton
                      action={paths.retireField(one.fieldId)}
                      label={say('field.retire')}
                      spoken={say('field.retireNamed', { field: one.name })}
                      size="sm"
                    />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function Fields({ fields, label }: { fields: Page['fields']; label: string }) {
  return (
    <div className="tbl-wrap" tabIndex={0} role="region" aria-label={label}>
      <table className="tbl tbl-stack">
        <thead>
          <tr>
            <th scope="col">{say('field.name')}</th>
            <th scope="col">{say('field.decision')}</th>
            <th scope="col">{say('field.owner')}</th>
            <th scope="col">{say('field.group')}</th>
            <th scope="col">{say('field.kind')}</th>
            <th scope="col" className="r">
              {say('field.filled')}
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.fieldId}>
              <td>
                <b>
                  <Link to={paths.field(field.fieldId)}>
                    <bdi className="wrap-anywhere">{field.name}</bdi>
                  </Link>
                </b>
              </td>
              <td data-label={say('field.decision')} className="wrap-anywhere">
                <bdi>{field.decision}</bdi>
              </td>
              <td data-label={say('field.owner')}>{field.owner?.displayName ?? say('relationships.nobody')}</td>
              <td data-label={say('field.group')}>
                <bdi className="wrap-anywhere">{field.group}</bdi>
              </td>
              <td data-label={say('field.kind')}>{say(`field.kind.${field.kind}`)}</td>
              <td className="r num" data-label={say('field.filled')}>
                {field.filled}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
