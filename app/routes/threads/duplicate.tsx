import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { duplicatePage, markDuplicate, threadIdOf } from '~/server/threads'
import { DuplicateInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => duplicatePage(viewer, params.number))

export const action = act(DuplicateInput, async ({ viewer, params, input }) => {
  const thread = await markDuplicate(viewer, await threadIdOf(params.number), input.of)
  return redirect(paths.thread(thread.slug, thread.number))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.duplicate.title') }) }]

export default function DuplicateScreen() {
  const { slug, number, title } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('thread.duplicate.title')}
        lede={say('thread.duplicate.lede')}
        crumbs={[{ to: paths.thread(slug, number, title), label: title }]}
      />
      <PostForm className="grid max-w-[720px] gap-6" action={paths.duplicate(number)}>
        <ErrorSummary errors={errors} labels={{ of: say('thread.duplicate.of') }} />
        <TextInput
          label={say('thread.duplicate.of')}
          name="of"
          help={say('thread.duplicate.of.help')}
          required
          maxLength={300}
          defaultValue={typed(values, 'of')}
          error={errors.of}
        />
        <div className="btns">
          <Button variant="primary">{say('thread.duplicate.mark')}</Button>
          <ButtonLink variant="quiet" to={paths.thread(slug, number, title)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
