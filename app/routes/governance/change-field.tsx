import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FieldForm } from '~/app/components/governance'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { changeField, fieldAsItStands } from '~/server/governance'
import { FieldChangeInput } from '~/server/governance/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('field.change') }) }]

export const loader = load(({ viewer, params }) => fieldAsItStands(personOf(viewer), params.id))

export const action = act(FieldChangeInput, async ({ viewer, params, input }) => {
  await changeField(personOf(viewer), params.id, input)
  return redirect(paths.field(params.id))
})

export default function ChangeFieldScreen() {
  const { field, colleagues, groups } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.field(field.fieldId), label: field.name }]} title={say('field.changeNamed', { field: field.name })} />
      <FieldForm
        kind={field.kind}
        stands={{ ...field, choices: field.choices.join('\n') }}
        colleagues={colleagues}
        groups={groups}
        submit={say('field.keep')}
        back={paths.field(field.fieldId)}
      />
    </Wrap>
  )
}
