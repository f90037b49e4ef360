import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { IntegrationForm } from '~/app/components/governance'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { integrationForm, keepIntegration } from '~/server/governance'
import { IntegrationInput } from '~/server/governance/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('register.add') }) }]

export const loader = load(({ viewer, params }) => integrationForm(personOf(viewer), params.slug, null))

export const action = act(IntegrationInput, async ({ viewer, params, input }) => {
  await keepIntegration(personOf(viewer), params.slug, null, input)
  return redirect(paths.register(params.slug))
})

export default function NewIntegrationScreen() {
  const { vendor, me, ...form } = useLoaderData<typeof loader>()
  const stands = { name: '', owner: me, direction: 'in', failureModes: '', fields: [], trueFor: [] }
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.register(vendor.slug), label: say('register.link') }]} title={say('register.add')} />
      <IntegrationForm stands={stands} colleagues={form.colleagues} fields={form.fields} back={paths.register(vendor.slug)} />
    </Wrap>
  )
}
