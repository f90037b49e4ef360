import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ContactForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { contactForm, countryCodes, keepContact } from '~/server/identity'
import { ContactInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('contact.new') }) }]

export const loader = load(async ({ viewer, params }) => ({
  ...(await contactForm(personOf(viewer), params.slug)),
  countries: countryCodes(),
}))

export const action = act(ContactInput, async ({ viewer, params, input }) =>
  redirect(paths.contactPage(params.slug, await keepContact(personOf(viewer), params.slug, input))),
)

export default function NewContactScreen() {
  const { vendor, countries } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.contacts(vendor.slug), label: say('contact.title') }]} title={say('contact.new')} />
      <ContactForm vendorSlug={vendor.slug} countries={countries} />
    </Wrap>
  )
}
