import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ContactField, PeersForm } from '~/app/components/peers'
import { Banner, ButtonLink, PageHead, TextArea, Wrap } from '~/app/components/ui'
import { typed } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askForReference, askReferencePage } from '~/server/peers'
import { AskReferenceInput } from '~/server/peers/input'
import { say } from '~/words'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('reference.ask.title') }) }]

export const loader = load(({ viewer, params }) => askReferencePage(viewer, params.id))

export const action = act(AskReferenceInput, async ({ viewer, params, input }) => {
  await askForReference(viewer, params.id, input)
  return redirect(paths.references())
})

export default function AskReferenceScreen() {
  const { id, vendor, product, headline, state } = useLoaderData<typeof loader>()
  const labels = { words: say('reference.field.words'), contact: say('reference.field.contact') }
  const head = {
    title: say('reference.ask.title'),
    lede: say('reference.ask.lede', { headline, product: product.name }),
    crumbs: [
      { to: paths.vendor(vendor.slug), label: vendor.name },
      { to: paths.recommendation(id), label: product.name },
    ],
  }
  if (state)
    return (
      <Wrap>
        <PageHead {...head} />
        <Banner end={<ButtonLink to={paths.references()}>{say('reference.asked.see')}</ButtonLink>}>
          <p>{say('reference.asked')}</p>
        </Banner>
      </Wrap>
    )
  return (
    <PeersForm
      {...head}
      labels={labels}
      send={say('reference.ask.send')}
      back={{ to: paths.recommendation(id), label: say('reference.notNow') }}
      above={<p className="soft">{say('reference.ask.why', { vendor: vendor.name })}</p>}
    >
      {({ errors, values }) => (
        <>
          <TextArea
            label={labels.words}
            name="words"
            required
            rows={5}
            maxLength={1000}
            help={say('reference.field.words.help')}
            defaultValue={typed(values, 'words')}
            error={errors.words}
          />
          <ContactField errors={errors} values={values} />
        </>
      )}
    </PeersForm>
  )
}
