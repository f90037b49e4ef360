import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { KeyForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { addKey, contactPage } from '~/server/identity'
import { KeyInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('contact.key.add') }) }]

export const loader = load(({ viewer, params }) => contactPage(personOf(viewer), params.slug, params.id))

export const action = act(KeyInput, async ({ viewer, params, input }) => {
  await addKey(personOf(viewer), params.slug, params.id, input)
  return redirect(paths.contactPage(params.slug, params.id))
})

export default function AddKeyScreen() {
  const { contact, vendor } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.contactPage(vendor.slug, contact.id), label: contact.name }]} title={say('contact.key.add')} />
      <div className="max-w-[36rem]">
        <KeyForm vendorSlug={vendor.slug} contactId={contact.id} ownPage />
      </div>
    </Wrap>
  )
}
