import { redirect, type MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, Empty, ErrorSummary, PageHead, PostForm, Select, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { onBehalfPage, voteOnBehalf } from '~/server/ideas'
import { VoteOnBehalfInput } from '~/server/ideas/input'
import { threadIdOf } from '~/server/threads'
import { say } from '~/words'

export const loader = load(({ viewer, params, url }) =>
  onBehalfPage(personOf(viewer), params.number, url.searchParams.get('find')?.slice(0, 80) ?? ''),
)

export const action = act(VoteOnBehalfInput, async ({ viewer, params, input }) => {
  const { slug, number, title } = await voteOnBehalf(viewer, await threadIdOf(params.number), input)
  return redirect(paths.thread(slug, number, title))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('idea.behalf.title') }) }]

export default function OnBehalfScreen() {
  const { slug, number, title, wanted, people } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('idea.behalf.title')}
        lede={say('idea.behalf.lede')}
        crumbs={[
          { to: paths.ideas(slug), label: say('idea.title') },
          { to: paths.thread(slug, number, title), label: title },
        ]}
      />
      <div className="grid max-w-[720px] gap-8">
        <Form method="get" action={paths.voteOnBehalf(number)} className="flex flex-wrap items-end gap-3" key={wanted}>
          <TextInput
            label={say('idea.behalf.find')}
            name="find"
            help={say('idea.behalf.find.help')}
            defaultValue={wanted}
            maxLength={80}
            className="min-w-0 flex-1"
          />
          <Button>{say('idea.behalf.find.send')}</Button>
        </Form>
        {people.length === 0 ? (
          <Empty title={say('idea.behalf.nobody')}>{say('idea.behalf.nobody.body')}</Empty>
        ) : (
          <PostForm className="grid gap-6" action={paths.voteOnBehalf(number)}>
            <ErrorSummary errors={errors} labels={{ relationship: say('idea.behalf.who'), said: say('idea.behalf.said') }} />
            <Select
              label={say('idea.behalf.who')}
              name="relationship"
              required
              defaultValue={typed(values, 'relationship')}
              error={errors.relationship}
              options={[
                { value: '', label: say('idea.behalf.choose') },
                ...people.map(({ id, displayName, handle }) => ({ value: id, label: `${displayName} (@${handle})` })),
              ]}
            />
            <TextArea
              label={say('idea.behalf.said')}
              name="said"
              help={say('idea.behalf.said.help')}
              required
              rows={4}
              maxLength={500}
              defaultValue={typed(values, 'said')}
              error={errors.said}
            />
            <div className="btns">
              <Button variant="primary">{say('idea.behalf.send')}</Button>
              <ButtonLink variant="quiet" to={paths.thread(slug, number, title)}>
                {say('ui.keepIt')}
              </ButtonLink>
            </div>
          </PostForm>
        )}
      </div>
    </Wrap>
  )
}
