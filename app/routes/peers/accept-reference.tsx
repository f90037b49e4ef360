import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ContactField, PeersForm } from '~/app/components/peers'
import { Section } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { acceptReference, referenceAnswerPage } from '~/server/peers'
import { AcceptReferenceInput } from '~/server/peers/input'
import { say } from '~/words'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('reference.accept.title') }) }]

export const loader = load(({ viewer, params }) => referenceAnswerPage(personOf(viewer), params.id))

export const action = act(AcceptReferenceInput, async ({ viewer, params, input }) => {
  await acceptReference(personOf(viewer), params.id, input)
  return redirect(paths.references())
})

export default function AcceptReferenceScreen() {
  const { by, words } = useLoaderData<typeof loader>()
  return (
    <PeersForm
      title={say('reference.accept.title')}
      lede={say('reference.accept.lede', { who: by?.displayName ?? say('reference.somebody') })}
      crumbs={[{ to: paths.references(), label: say('reference.list.title') }]}
      labels={{ contact: say('reference.field.contact') }}
      send={say('reference.accept.send')}
      back={{ to: paths.references(), label: say('reference.notNow') }}
      above={
        <Section title={say('reference.accept.words')} id="words" side="member">
          <p className="wrap-anywhere whitespace-pre-line" dir="auto">
            {words}
          </p>
        </Section>
      }
    >
      {(form) => <ContactField {...form} />}
    </PeersForm>
  )
}
