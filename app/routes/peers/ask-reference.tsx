import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Banner, Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
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
  const { errors, values } = useForm()
  const labels = { words: say('reference.field.words'), contact: say('reference.field.contact') }
  return (
    <Wrap>
      <PageHead
        title={say('reference.ask.title')}
        lede={say('reference.ask.lede', { headline, product: product.name })}
        crumbs={[
          { to: paths.vendor(vendor.slug), label: vendor.name },
          { to: paths.recommendation(id), label: product.name },
        ]}
      />
      <div className="grid max-w-[46rem] gap-6">
        {state ? (
          <Banner end={<ButtonLink to={paths.references()}>{say('reference.asked.see')}</ButtonLink>}>
            <p>{say('reference.asked')}</p>
          </Banner>
        ) : (
          <>
            <p className="soft">{say('reference.ask.why', { vendor: vendor.name })}</p>
            <ErrorSummary errors={errors} labels={labels} />
            <PostForm className="grid gap-6">
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
              <TextInput
                label={labels.contact}
                name="contact"
                required
                maxLength={160}
                help={say('reference.field.contact.help')}
                defaultValue={typed(values, 'contact')}
                error={errors.contact}
              />
              <div className="btns">
                <Button variant="primary">{say('reference.ask.send')}</Button>
                <ButtonLink variant="quiet" to={paths.recommendation(id)}>
                  {say('reference.notNow')}
                </ButtonLink>
              </div>
            </PostForm>
          </>
        )}
      </div>
    </Wrap>
  )
}
