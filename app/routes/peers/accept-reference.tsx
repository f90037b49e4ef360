import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Section, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
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
  const { errors, values } = useForm()
  const labels = { contact: say('reference.field.contact') }
  return (
    <Wrap>
      <PageHead
        title={say('reference.accept.title')}
        lede={say('reference.accept.lede', { who: by?.displayName ?? say('reference.somebody') })}
        crumbs={[{ to: paths.references(), label: say('reference.list.title') }]}
      />
      <div className="grid max-w-[46rem] gap-6">
        <Section title={say('reference.accept.words')} id="words" side="member">
          <p className="wrap-anywhere whitespace-pre-line" dir="auto">
            {words}
          </p>
        </Section>
        <ErrorSummary errors={errors} labels={labels} />
        <PostForm className="grid gap-6">
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
            <Button variant="primary">{say('reference.accept.send')}</Button>
            <ButtonLink variant="quiet" to={paths.references()}>
              {say('reference.notNow')}
            </ButtonLink>
          </div>
        </PostForm>
      </div>
    </Wrap>
  )
}
