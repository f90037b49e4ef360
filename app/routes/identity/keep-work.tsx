import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { WorkForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { contactPage, keepWork } from '~/server/identity'
import { WorkInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('contact.work.add') }) }]

export const loader = load(({ viewer, params }) => contactPage(personOf(viewer), params.slug, params.id))

export const action = act(WorkInput, async ({ viewer, params, input }) => {
  await keepWork(personOf(viewer), params.slug, params.id, input)
  return redirect(paths.contactPage(params.slug, params.id))
})

export default function KeepWorkScreen() {
  const { contact, vendor, today } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.contactPage(vendor.slug, contact.id), label: contact.name }]} title={say('contact.work.add')} />
      <div className="max-w-[36rem]">
        <WorkForm vendorSlug={vendor.slug} contactId={contact.id} today={today} ownPage />
      </div>
    </Wrap>
  )
}
