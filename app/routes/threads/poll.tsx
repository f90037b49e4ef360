import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { makePoll, pollForm, threadIdOf } from '~/server/threads'
import { PollInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, params }) => pollForm(viewer, await threadIdOf(params.number)))

export const action = act(PollInput, async ({ viewer, params, input }) => {
  const { slug, number } = await makePoll(viewer, await threadIdOf(params.number), input)
  return redirect(`${paths.thread(slug, number)}#poll-${number}`)
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('poll.make') }) }]

const labels = () => ({
  question: say('poll.question'),
  choices: say('poll.choices'),
  most: say('poll.mostLabel'),
  closes: say('poll.closesLabel'),
})

export default function PollScreen() {
  const { slug, number, title, poll, earliest, proposed } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const here = paths.thread(slug, number, title)
  return (
    <Wrap>
      <PageHead title={say(poll ? 'poll.change' : 'poll.make')} lede={say('poll.lede')} crumbs={[{ to: here, label: title }]} />
      <PostForm className="grid max-w-[46rem] gap-6" action={paths.poll(number)}>
        <ErrorSummary errors={errors} labels={labels()} />
        <TextInput
          label={labels().question}
          name="question"
          required
          maxLength={150}
          defaultValue={typed(values, 'question', poll?.question)}
          error={errors.question}
        />
        <TextArea
          label={labels().choices}
          name="choices"
          required
          rows={5}
          help={say('poll.choices.help')}
          defaultValue={typed(values, 'choices', poll?.choices.map(({ label }) => label).join('\n'))}
          error={errors.choices}
        />
        <TextInput
          label={labels().most}
          name="most"
          type="number"
          min={1}
          max={10}
          required
          defaultValue={typed(values, 'most', String(poll?.most ?? 1))}
          error={errors.most}
        />
        <TextInput
          label={labels().closes}
          name="closes"
          type="date"
          min={earliest}
          required
          help={say('poll.closes.help')}
          defaultValue={typed(values, 'closes', proposed)}
          error={errors.closes}
        />
        <div className="btns">
          <Button variant="primary">{say('poll.save')}</Button>
          <ButtonLink variant="quiet" to={here}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
