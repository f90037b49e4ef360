import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ErrorSummary, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { contactPage, layBeside } from '~/server/identity'
import { BesideInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('duplicates.beside') }) }]

export const loader = load(({ viewer, params }) => contactPage(personOf(viewer), params.slug, params.id))

export const action = act(BesideInput, async ({ viewer, params, input }) =>
  redirect(paths.duplicatePair(params.slug, await layBeside(personOf(viewer), params.slug, params.id, input))),
)

export default function LayBesideScreen() {
  const { contact, vendor } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { other: say('duplicates.other') }
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.contactPage(vendor.slug, contact.id), label: contact.name }]}
        title={say('duplicates.beside')}
        lede={say('duplicates.besideWhat', { name: contact.name })}
      />
      <PostForm action={paths.layBeside(vendor.slug, contact.id)} className="grid max-w-[36rem] gap-4">
        <ErrorSummary errors={errors} labels={labels} />
        <TextInput
          name="other"
          label={labels.other}
          help={say('duplicates.other.help')}
          error={errors.other}
          defaultValue={typed(values, 'other')}
          maxLength={254}
          autoCapitalize="none"
        />
        <div className="btns">
          <Button variant="primary">{say('duplicates.compare')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
