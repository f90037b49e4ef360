import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SizeAndIndustry } from '~/app/components/peers'
import { Button, ErrorSummary, MarkdownField, PageHead, PostForm, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { requestPage, requestRecommendations } from '~/server/peers'
import { RequestInput } from '~/server/peers/input'
import { say } from '~/words'

export const meta: MetaFunction = () => [{ title: say('ui.pageTitle', { title: say('request.form.title') }) }]

export const loader = load(({ viewer, params }) => requestPage(viewer, params.slug))

export const action = act(RequestInput, async ({ viewer, params, input }) => {
  const { slug, number } = await requestRecommendations(viewer, params.slug, input)
  return redirect(paths.thread(slug, number, input.title))
})

const labels = () => ({
  title: say('request.field.title'),
  body: say('request.field.body'),
  mustHaves: say('request.field.mustHaves'),
  budget: say('request.field.budget'),
  organisationSize: say('cut.size'),
  industry: say('cut.industry'),
  tags: say('thread.ask.tags'),
})

export default function AskPeersScreen() {
  const { communityId, slug, name, signedIn } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('request.form.title')}
        lede={say('request.form.lede')}
        crumbs={[
          { to: paths.community(slug), label: name },
          { to: paths.asked(), label: say('request.list.title') },
        ]}
      />
      <div className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={labels()} />
        <PostForm className="grid gap-6">
          <TextInput
            label={labels().title}
            name="title"
            required
            maxLength={150}
            help={say('request.field.title.help')}
            defaultValue={typed(values, 'title')}
            error={errors.title}
          />
          <MarkdownField
            label={labels().body}
            name="body"
            place={{ kind: 'ask', subjectId: communityId }}
            help={say('request.field.body.help')}
            rows={6}
            required
            maxLength={30_000}
            defaultValue={typed(values, 'body')}
            error={errors.body}
          />
          <TextArea
            label={labels().mustHaves}
            name="mustHaves"
            optional
            rows={3}
            help={say('request.field.mustHaves.help')}
            defaultValue={typed(values, 'mustHaves')}
            error={errors.mustHaves}
          />
          <SizeAndIndustry errors={errors} values={values} help={say('request.field.context.help')} />
          <TextInput
            label={labels().budget}
            name="budget"
            optional
            maxLength={80}
            defaultValue={typed(values, 'budget')}
            error={errors.budget}
          />
          <TextInput label={labels().tags} name="tags" optional maxLength={300} defaultValue={typed(values, 'tags')} error={errors.tags} />
          <div className="btns">
            <Button variant="primary">{say('request.form.send')}</Button>
            {signedIn ? null : <span className="meta">{say('idea.form.signIn')}</span>}
          </div>
        </PostForm>
      </div>
    </Wrap>
  )
}
