import { Form, useLoaderData } from '@remix-run/react'
import { Changes } from '~/app/components/governance'
import { Button, PageHead, Pager, Select, TextInput, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { auditPage } from '~/server/governance'
import { say } from '~/words'

export const meta = ({ data }: { data: Page | undefined }) => [
  { title: say('ui.pageTitle', { title: say('audit.title', { vendor: data?.vendor.name ?? '' }) }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, params, url }) => {
  const asked = (name: string) => url.searchParams.get(name) ?? ''
  const before = url.searchParams.get('before')
  const page = await auditPage(personOf(viewer), params.slug, { kind: asked('kind'), of: asked('of'), person: asked('person'), before })
  return { ...page, first: before === null }
})

type Page = Awaited<ReturnType<typeof loader>>

const OBJECTS = ['account', 'organization', 'relationship', 'field', 'definition', 'steward', 'integration'] as const

export default function AuditScreen() {
  const { vendor, asked, changes, older, first } = useLoaderData<typeof loader>()
  const page = (before: string | null) => paths.audit(vendor.slug, { ...asked, before: before ?? '' })
  const narrowed = Boolean(asked.kind || asked.of || asked.person)
  return (
    <Wrap>
      <PageHead
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.fields(vendor.slug), label: say('field.list') },
        ]}
        title={say('audit.title', { vendor: vendor.name })}
        lede={say('audit.lede')}
      />
      <Form className="mb-6 flex flex-wrap items-end gap-3">
        <Select
          label={say('audit.kind')}
          name="kind"
          defaultValue={asked.kind}
          options={[
            { value: '', label: say('audit.kind.all') },
            ...OBJECTS.map((value) => ({ value, label: say(`audit.object.${value}`) })),
          ]}
        />
        <TextInput label={say('audit.person')} name="person" defaultValue={asked.person} maxLength={60} autoCapitalize="none" />
        <Button>{say('audit.narrow')}</Button>
      </Form>
      {changes.length === 0 ? <p className="soft">{say(narrowed ? 'audit.noneSuch' : 'audit.none')}</p> : null}
      <div className="max-w-[46rem]">
        <Changes changes={changes} links />
      </div>
      <Pager newer={first ? null : page(null)} older={older ? page(older) : null} />
    </Wrap>
  )
}
