import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FieldForm } from '~/app/components/governance'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { defineField, fieldForm } from '~/server/governance'
import { FieldInput } from '~/server/governance/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('field.new') }) }]

export const loader = load(({ viewer, params }) => fieldForm(personOf(viewer), params.slug))

export const action = act(FieldInput, async ({ viewer, params, input }) =>
  redirect(paths.field(await defineField(personOf(viewer), params.slug, input))),
)

export default function NewFieldScreen() {
  const { vendor, colleagues, groups, me } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.fields(vendor.slug), label: say('field.list') }]}
        title={say('field.new')}
        lede={say('field.new.lede')}
      />
      <FieldForm
        isNew
        kind="text"
        stands={{ name: '', group: '', owner: me, decision: '', choices: '', sources: ['staff'] }}
        colleagues={colleagues}
        groups={groups}
        submit={say('field.make')}
        back={paths.fields(vendor.slug)}
      />
    </Wrap>
  )
}
