import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { mergePage, mergeThreads, threadIdOf } from '~/server/threads'
import { MergeInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => mergePage(viewer, params.number))

export const action = act(MergeInput, async ({ viewer, params, input }) => {
  const { slug, number, title } = await mergeThreads(viewer, await threadIdOf(params.number), input)
  return redirect(paths.thread(slug, number, title))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.merge.title') }) }]

export default function MergeScreen() {
  const { slug, number, title, may } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('thread.merge.title')}
        lede={say(may.merge ? 'thread.merge.lede' : 'thread.merge.lede.proposed')}
        crumbs={[{ to: paths.thread(slug, number, title), label: title }]}
      />
      <PostForm className="grid max-w-[720px] gap-6" action={paths.merge(number)}>
        <ErrorSummary errors={errors} labels={{ questions: say('thread.merge.questions'), note: say('thread.merge.note') }} />
        <TextArea
          label={say('thread.merge.questions')}
          name="questions"
          help={say('thread.merge.questions.help')}
          required
          rows={6}
          maxLength={5000}
          defaultValue={typed(values, 'questions')}
          error={errors.questions}
        />
        <TextArea
          label={say('thread.merge.note')}
          name="note"
          help={say('thread.merge.note.help')}
          optional
          rows={3}
          maxLength={500}
          defaultValue={typed(values, 'note')}
          error={errors.note}
        />
        <div className="btns">
          <Button variant="primary">{say(may.merge ? 'thread.merge.send' : 'thread.merge.propose')}</Button>
          <ButtonLink variant="quiet" to={paths.thread(slug, number, title)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
