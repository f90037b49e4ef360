import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ConsentsForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { contactPage, sayConsents } from '~/server/identity'
import { ConsentsInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('contact.consent.change') }) }]

export const loader = load(({ viewer, params }) => contactPage(personOf(viewer), params.slug, params.id))

export const action = act(ConsentsInput, async ({ viewer, params, input }) => {
  await sayConsents(personOf(viewer), params.slug, params.id, input)
  return redirect(paths.contactPage(params.slug, params.id))
})

export default function SayConsentsScreen() {
  const { contact, vendor } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.contactPage(vendor.slug, contact.id), label: contact.name }]} title={say('contact.consent.change')} />
      <div className="max-w-[36rem]">
        <ConsentsForm vendorSlug={vendor.slug} contactId={contact.id} consents={contact.consents} ownPage />
      </div>
    </Wrap>
  )
}
