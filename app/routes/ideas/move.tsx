import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, MarkdownField, PageHead, PostForm, RadioGroup, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { moveIdea, movePage } from '~/server/ideas'
import { MoveIdeaInput } from '~/server/ideas/input'
import { threadIdOf } from '~/server/threads'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => movePage(viewer, params.number))

export const action = act(MoveIdeaInput, async ({ viewer, params, input }) => {
  const { slug, number, title } = await moveIdea(viewer, await threadIdOf(params.number), input)
  return redirect(paths.thread(slug, number, title))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('idea.move.title') }) }]

export default function MoveIdeaScreen() {
  const { slug, number, title, status, steps } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const now = say(`idea.status.${status}`)
  return (
    <Wrap>
      <PageHead
        title={say('idea.move.title')}
        lede={say('idea.move.lede')}
        crumbs={[
          { to: paths.ideas(slug), label: say('idea.title') },
          { to: paths.thread(slug, number, title), label: title },
        ]}
      />
      <PostForm className="grid max-w-[720px] gap-6" action={paths.moveIdea(number)} fields={{ from: status }}>
        <ErrorSummary errors={errors} labels={{ status: say('idea.move.status'), response: say('idea.move.response') }} />
        <RadioGroup
          label={say('idea.move.status')}
          name="status"
          help={say('idea.move.now', { status: now })}
          required
          defaultValue={typed(values, 'status')}
          error={errors.status}
          options={[
            ...steps.map((step) => ({ value: step, label: say(`idea.status.${step}`) })),
            { value: status, label: say('idea.move.same', { status: now }) },
          ]}
        />
        <MarkdownField
          label={say('idea.move.response')}
          name="response"
          help={say('idea.move.response.help')}
          optional
          rows={6}
          maxLength={5000}
          defaultValue={typed(values, 'response')}
          error={errors.response}
        />
        <div className="btns">
          <Button variant="primary">{say('idea.move.send')}</Button>
          <ButtonLink variant="quiet" to={paths.thread(slug, number, title)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
