import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, Crumbs, ErrorSummary, Field, MarkdownField, PostForm, Select, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askPage, askQuestion } from '~/server/threads'
import { AskInput } from '~/server/threads/input'
import { say } from '~/words'

export const loader = load(({ viewer, params }) => askPage(viewer, params.slug ?? ''))

export const action = act(AskInput, async ({ viewer, params, input }) => {
  const question = await askQuestion(viewer, params.slug ?? '', input)
  return redirect(paths.thread(question.slug, question.number, input.title))
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.ask.title') }) }]

export default function AskScreen() {
  const { slug, name, products } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap className="page-ask">
      <Crumbs
        items={[
          { to: paths.communities(), label: say('ui.nav.communities') },
          { to: paths.community(slug), label: name },
        ]}
      />
      <div className="ah">
        <h1 className="title">{say('thread.ask.title')}</h1>
        <p className="soft">{say('thread.ask.in', { room: name })}</p>
      </div>
      <PostForm className="grid max-w-[720px] gap-6" action={paths.ask(slug)}>
        <ErrorSummary
          errors={errors}
          labels={{
            title: say('thread.ask.question'),
            body: say('thread.ask.body'),
            tags: say('thread.ask.tags'),
            product: say('thread.ask.product'),
          }}
        />
        <Field label={say('thread.ask.question')} name="title" help={say('thread.ask.question.help')} error={errors.title}>
          {(wiring) => (
            <input
              {...wiring}
              type="text"
              dir="auto"
              className="input input-title"
              maxLength={150}
              required
              defaultValue={typed(values, 'title')}
            />
          )}
        </Field>
        <MarkdownField
          label={say('thread.ask.body')}
          name="body"
          help={say('thread.ask.body.help')}
          error={errors.body}
          rows={9}
          required
          maxLength={30_000}
          defaultValue={typed(values, 'body')}
        />
        {products.length > 0 ? (
          <Select
            label={say('thread.ask.product')}
            name="product"
            optional
            error={errors.product}
            defaultValue={typed(values, 'product')}
            options={[
              { value: '', label: say('thread.ask.product.none') },
              ...products.map((product) => ({ value: product.id, label: product.name })),
            ]}
          />
        ) : null}
        <TextInput
          label={say('thread.ask.tags')}
          name="tags"
          optional
          help={say('thread.ask.tags.help')}
          error={errors.tags}
          defaultValue={typed(values, 'tags')}
          autoCapitalize="none"
        />
        <div className="send">
          <span />
          <div className="btns">
            <Button variant="primary">{say('thread.ask.send')}</Button>
          </div>
        </div>
      </PostForm>
    </Wrap>
  )
}
