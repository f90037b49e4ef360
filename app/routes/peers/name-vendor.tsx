import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PeersForm, SizeAndIndustry } from '~/app/components/peers'
import { DisclosureFields, recommendationLabels } from '~/app/components/recommendations'
import { TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { namePage, nameVendor } from '~/server/peers'
import { NameVendorInput } from '~/server/peers/input'
import { say } from '~/words'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('request.name.title') }) }]

export const loader = load(({ viewer, params }) => namePage(viewer, params.number))

export const action = act(NameVendorInput, async ({ viewer, params, input }) => {
  const { slug, number, postId } = await nameVendor(viewer, params.number, input)
  return redirect(paths.post(slug, number, postId))
})

export default function NameVendorScreen() {
  const { slug, number, title, names } = useLoaderData<typeof loader>()
  const { relation, incentive, invitedBy } = recommendationLabels()
  const labels = { named: say('request.field.named'), body: say('request.field.why'), relation, incentive, invitedBy }
  const thread = paths.thread(slug, number, title)
  return (
    <PeersForm
      title={say('request.name.title')}
      lede={say('request.name.lede', { title })}
      crumbs={[{ to: thread, label: title }]}
      labels={labels}
      send={say('request.name.send')}
      back={{ to: thread, label: say('request.name.back') }}
    >
      {({ errors, values }) => (
        <>
          <TextInput
            label={labels.named}
            name="named"
            required
            maxLength={120}
            list="vendors-listed"
            autoComplete="off"
            help={say('request.field.named.help')}
            defaultValue={typed(values, 'named')}
            error={errors.named}
          />
          <datalist id="vendors-listed">
            {names.map((name) => (
              <option value={name} key={name} />
            ))}
          </datalist>
          <TextArea
            label={labels.body}
            name="body"
            required
            rows={5}
            maxLength={4000}
            help={say('request.field.why.help')}
            defaultValue={typed(values, 'body')}
            error={errors.body}
          />
          <SizeAndIndustry errors={errors} values={values} help={say('request.field.yours.help')} role />
          <DisclosureFields now={(name) => typed(values, name)} errors={errors} why={say('request.disclosure.why')} naming />
        </>
      )}
    </PeersForm>
  )
}
