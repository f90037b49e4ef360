import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ErrorSummary, PageHead, PostForm, RadioGroup, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { changeChecks, checksPage } from '~/server/holding'
import { APPROVALS, ChecksInput } from '~/server/holding/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => checksPage(viewer, params.slug))

export const action = act(ChecksInput, async ({ viewer, params, input }) => {
  await changeChecks(viewer, params.slug, input)
  return redirect(paths.communityQueue(params.slug))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data ? say('checks.title', { name: data.name }) : say('moderation.queue.title') }) },
]

export default function ChecksScreen() {
  const { slug, name, words, domains, approval } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const labels = { approval: say('checks.approval'), words: say('checks.words'), domains: say('checks.domains') }
  return (
    <Wrap>
      <PageHead
        title={say('checks.title', { name })}
        lede={say('checks.lede')}
        crumbs={[{ to: paths.communityQueue(slug), label: say('moderation.queue') }]}
      />
      <PostForm className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={labels} />
        <RadioGroup
          label={labels.approval}
          name="approval"
          defaultValue={typed(values, 'approval', approval)}
          error={errors.approval}
          options={APPROVALS.map((each) => ({ value: each, label: say(`checks.approval.${each}`) }))}
        />
        <TextArea
          label={labels.words}
          name="words"
          rows={6}
          optional
          defaultValue={typed(values, 'words', words.join('\n'))}
          error={errors.words}
          help={say('checks.words.help')}
        />
        <TextArea
          label={labels.domains}
          name="domains"
          rows={6}
          optional
          defaultValue={typed(values, 'domains', domains.join('\n'))}
          error={errors.domains}
          help={say('checks.domains.help')}
        />
        <div>
          <Button variant="primary">{say('checks.submit')}</Button>
        </div>
      </PostForm>
    </Wrap>
  )
}
