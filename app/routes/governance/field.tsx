import { Form, Link, useLoaderData } from '@remix-run/react'
import { FieldValue } from '~/app/components/governance'
import { ActionButton, Banner, Button, ButtonLink, Confirm, PageHead, Rows, Section, TextInput, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { fieldPage } from '~/server/governance'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: data?.field.name ?? say('field.list') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(({ viewer, params, url }) => fieldPage(personOf(viewer), params.id, url.searchParams.get('q') ?? ''))

type Page = Awaited<ReturnType<typeof loader>>

export default function FieldScreen() {
  const { field, vendor, use, found, more, sought, may } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.fields(vendor.slug), label: say('field.list') },
        ]}
        title={<bdi className="wrap-anywhere">{field.name}</bdi>}
        lede={say(`field.of.${field.object}`)}
        end={
          may.define && !field.retiredAt ? (
            <>
              <ButtonLink to={paths.changeField(field.fieldId)}>{say('field.change')}</ButtonLink>
              <Confirm
                label={say('field.retire')}
                title={say('field.retire.sure', { field: field.name })}
                action={paths.retireField(field.fieldId)}
                confirmLabel={say('field.retire')}
                variant="quiet"
                grave={false}
              >
                {say('field.retire.follows')}
              </Confirm>
            </>
          ) : undefined
        }
      />
      {field.retiredAt ? (
        <div className="pb-6">
          <Banner
            kind="plain"
            end={
              may.define ? (
                <ActionButton action={paths.bringBackField(field.fieldId)} label={say('field.bringBack')} size="sm" />
              ) : undefined
            }
          >
            {say('field.retiredAt', { date: sayDate(field.retiredAt) })}
          </Banner>
        </div>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-11 gap-y-8 md:grid-cols-2">
        <Meaning field={field} vendor={vendor.slug} use={use} />
        {field.retiredAt ? null : (
          <Section title={say('field.where')} id="where" className="[&_h2]:text-prose">
            <Form className="mb-4 flex items-end gap-3">
              <TextInput
                type={field.kind === 'date' ? 'date' : 'search'}
                label={say('field.search')}
                name="q"
                defaultValue={sought}
                className="grow"
                maxLength={100}
              />
              <Button>{say('account.list.find')}</Button>
            </Form>
            {found.length === 0 ? <p className="soft">{say(sought ? 'field.notFound' : 'field.nowhere')}</p> : null}
            <Rows>
              {found.map((one) => (
                <li key={one.id} className="py-2">
                  <Link to={one.object === 'account' ? paths.accountPage(one.id) : paths.relationship(one.id)}>
                    <bdi className="wrap-anywhere">{one.name ?? say('relationships.somebody')}</bdi>
                  </Link>
                  <span className="meta block">
                    <FieldValue kind={field.kind} value={one.value} />
                  </span>
                </li>
              ))}
            </Rows>
            {more ? <p className="meta mt-2">{say('field.more')}</p> : null}
          </Section>
        )}
      </div>
    </Wrap>
  )
}

function Meaning({ field, vendor, use }: Pick<Page, 'field' | 'use'> & { vendor: string }) {
  const facts: [string, string][] = [
    [say('field.decision'), field.decision],
    [say('field.owner'), field.owner?.displayName ?? say('relationships.nobody')],
    [say('field.group'), field.group],
    [say('field.kind'), say(`field.kind.${field.kind}`)],
    [say('field.choices'), field.choices.join('\n')],
    [say('field.class'), say(`field.class.${field.class}`)],
    [say('field.sources'), field.sources.map((source) => say(`field.source.${source}`)).join(', ')],
    [say('field.use'), say('field.use.said', use)],
    [say('field.since'), sayDate(field.createdAt)],
  ]
  return (
    <Section side="vendor" title={say('field.meaning')} id="meaning" className="[&_h2]:text-prose">
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
      <p className="meta mt-3">
        <Link to={paths.audit(vendor, { of: field.fieldId })}>{say('audit.ofThis')}</Link>
      </p>
    </Section>
  )
}
