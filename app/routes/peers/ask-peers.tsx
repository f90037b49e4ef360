import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PeersForm, SizeAndIndustry } from '~/app/components/peers'
import { MarkdownField, RadioGroup, TextArea, TextInput } from '~/app/components/ui'
import { typed } from '~/app/form'
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
  shownAs: say('request.field.shownAs'),
})

export default function AskPeersScreen() {
  const { communityId, slug, name, signedIn, mayBeUnnamed } = useLoaderData<typeof loader>()
  const signs = mayBeUnnamed ? (['unnamed', 'handle'] as const) : (['handle'] as const)
  return (
    <PeersForm
      title={say('request.form.title')}
      lede={say('request.form.lede')}
      crumbs={[
        { to: paths.community(slug), label: name },
        { to: paths.asked(), label: say('request.list.title') },
      ]}
      labels={labels()}
      send={say('request.form.send')}
      beside={signedIn ? null : <span className="meta">{say('idea.form.signIn')}</span>}
    >
      {({ errors, values }) => {
        const field = (named: 'title' | 'mustHaves' | 'budget' | 'tags') => ({
          label: labels()[named],
          name: named,
          defaultValue: typed(values, named),
          error: errors[named],
        })
        return (
          <>
            <TextInput {...field('title')} required maxLength={150} help={say('request.field.title.help')} />
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
            <TextArea {...field('mustHaves')} optional rows={3} help={say('request.field.mustHaves.help')} />
            <SizeAndIndustry errors={errors} values={values} help={say('request.field.context.help')} />
            <TextInput {...field('budget')} optional maxLength={80} />
            <TextInput {...field('tags')} optional maxLength={300} />
            <RadioGroup
              label={labels().shownAs}
              name="shownAs"
              defaultValue={typed(values, 'shownAs') || signs[0]}
              error={errors.shownAs}
              help={say(mayBeUnnamed ? 'request.field.shownAs.help' : 'request.staffNamed.help')}
              options={signs.map((value) => ({ value, label: say(`request.shownAs.${value}`) }))}
            />
          </>
        )
      }}
    </PeersForm>
  )
}
