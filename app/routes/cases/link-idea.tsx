import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { caseHead, linkIdea } from '~/server/cases'
import { LinkInput } from '~/server/cases/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => caseHead(personOf(viewer), params.id))

export const action = act(LinkInput, async ({ viewer, params, input }) => {
  await linkIdea(personOf(viewer), params.id, input)
  return redirect(paths.caseOf(params.id))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('case.idea.title') }) }, { name: 'robots', content: 'noindex' }]

export default function LinkIdeaScreen() {
  const { caseId, title, asker: name, vendor } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { idea: say('case.idea.which'), said: say('case.idea.said', { name }) }
  return (
    <Wrap>
      <PageHead
        title={say('case.idea.title')}
        lede={say('case.idea.lede', { name })}
        crumbs={[{ to: paths.caseOf(caseId), label: title ?? say('case.one') }]}
      />
      <PostForm className="grid max-w-[46rem] gap-6" action={paths.linkCase(caseId)}>
        <ErrorSummary errors={errors} labels={labels} />
        <TextInput
          label={labels.idea}
          name="idea"
          help={say('case.idea.which.help', { vendor: vendor.name })}
          required
          maxLength={300}
          defaultValue={typed(values, 'idea')}
          error={errors.idea}
        />
        <TextArea
          label={labels.said}
          name="said"
          help={say('case.idea.said.help', { name })}
          required
          rows={4}
          maxLength={500}
          defaultValue={typed(values, 'said')}
          error={errors.said}
        />
        <div className="btns">
          <Button variant="primary">{say('case.idea.send')}</Button>
          <ButtonLink variant="quiet" to={paths.caseOf(caseId)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
