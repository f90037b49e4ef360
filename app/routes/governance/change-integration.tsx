import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { IntegrationForm } from '~/app/components/governance'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { integrationForm, keepIntegration } from '~/server/governance'
import { IntegrationInput } from '~/server/governance/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('register.change') }) }]

export const loader = load(({ viewer, params }) => integrationForm(personOf(viewer), params.slug, params.key))

export const action = act(IntegrationInput, async ({ viewer, params, input }) => {
  await keepIntegration(personOf(viewer), params.slug, params.key, input)
  return redirect(paths.register(params.slug))
})

export default function ChangeIntegrationScreen() {
  const { vendor, stands, colleagues, fields } = useLoaderData<typeof loader>()
  const written = {
    ...{
      name: stands?.name ?? '',
      owner: stands?.owner ?? '',
      direction: stands?.direction ?? 'in',
      failureModes: stands?.failureModes ?? '',
    },
    fields: stands?.fields.map(({ id }) => id) ?? [],
    trueFor: stands?.fields.filter(({ isTrue }) => isTrue).map(({ id }) => id) ?? [],
  }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.register(vendor.slug), label: say('register.link') }]}
        title={say('register.changeNamed', { name: written.name })}
      />
      <IntegrationForm stands={written} colleagues={colleagues} fields={fields} back={paths.register(vendor.slug)} />
    </Wrap>
  )
}
