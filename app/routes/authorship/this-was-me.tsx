import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Slip } from '~/app/components/accounts'
import { Banner, Button, ButtonLink, ErrorSummary, PostForm, TextArea } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askForAuthorship, authorshipForm } from '~/server/authorship'
import { AuthorshipInput } from '~/server/authorship/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => authorshipForm(viewer, params.id))

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data ? say('authorship.ask.title', { name: data.name }) : say('ui.refused.404.title') }) },
  { name: 'robots', content: 'noindex' },
]

export const action = act(AuthorshipInput, async ({ viewer, params, input }) => {
  await askForAuthorship(viewer, params.id, input)
  return redirect(paths.imported(params.id))
})

export default function ThisWasMeScreen() {
  const { importedId, name, room, source, posts, byAddress, taken, words } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const back = (
    <ButtonLink variant="quiet" to={paths.imported(importedId)}>
      {say('ui.keepIt')}
    </ButtonLink>
  )
  if (taken)
    return (
      <Slip title={say('authorship.ask.title', { name })} lede={say('authorship.ask.taken', { room })}>
        <ErrorSummary errors={errors} />
        <div className="btns">{back}</div>
      </Slip>
    )
  return (
    <Slip title={say('authorship.ask.title', { name })} lede={say('authorship.ask.what', { count: posts, room })}>
      <ErrorSummary errors={errors} labels={{ words: say('authorship.ask.words') }} />
      {byAddress ? <Banner kind="success">{say('authorship.ask.byAddress')}</Banner> : null}
      <PostForm className="grid gap-6">
        {byAddress ? null : (
          <TextArea
            label={say('authorship.ask.words')}
            name="words"
            rows={6}
            required
            maxLength={2000}
            defaultValue={typed(values, 'words', words)}
            help={say('authorship.ask.words.help', { source: source ?? room })}
            error={errors.words}
          />
        )}
        <div className="btns">
          <Button variant="primary">{say(byAddress ? 'authorship.ask.byAddress.submit' : 'authorship.ask.submit')}</Button>
          {back}
        </div>
      </PostForm>
    </Slip>
  )
}
