import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import {
  Banner,
  Button,
  ButtonLink,
  Download,
  ErrorSummary,
  Icon,
  PageHead,
  PostForm,
  RadioGroup,
  Section,
  TextInput,
  Wrap,
} from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askErasure, erasurePage } from '~/server/erasure'
import { EraseInput } from '~/server/erasure/input'
import { say, sayList } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('erasure.title') }) }]

export const loader = load(({ viewer }) => erasurePage(personOf(viewer)))

export const action = act(EraseInput, async ({ viewer, input }) => {
  await askErasure(personOf(viewer), input)
  return redirect(paths.erasure())
})

export default function ErasureScreen() {
  const { asked, posts, fields, vendors, serves, handle } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.account(), label: say('accounts.account.title') }]}
        title={say('erasure.title')}
        lede={say('erasure.lede')}
      />
      <div className="grid max-w-[46rem] gap-8">
        {asked ? (
          <Banner
            kind="caution"
            role="status"
            end={
              <PostForm action={paths.callBackErasure()}>
                <Button>{say('erasure.callBack')}</Button>
              </PostForm>
            }
          >
            <b>{say('erasure.waits', { date: sayDay(asked.dueAt) })}</b>
            <p>{say(`erasure.waits.posts.${asked.posts}`, { name: asked.shownAs })}</p>
          </Banner>
        ) : null}
        <div className="grid gap-x-12 gap-y-6 md:grid-cols-2">
          <Section title={say('erasure.goes')} id="goes" side="member" className="[&_h2]:text-prose">
            <ul className="ms-5 grid list-disc gap-1.5">
              <li>{say('erasure.goes.vault', { fields })}</li>
              <li>{say('erasure.goes.account')}</li>
              <li>{say('erasure.goes.grants')}</li>
              <li>{say('erasure.goes.rest')}</li>
            </ul>
            <p className="mt-3">{say('erasure.told', { vendors })}</p>
            {serves.length > 0 ? <p className="mt-3">{say('erasure.serves', { vendors: sayList(serves) })}</p> : null}
          </Section>
          <Section title={say('erasure.stays')} id="stays" side="independent" className="[&_h2]:text-prose">
            <ul className="ms-5 grid list-disc gap-1.5">
              <li>{say('erasure.stays.agreements')}</li>
              <li>{say('erasure.stays.customer')}</li>
              <li>{say('erasure.stays.open')}</li>
              <li>{say('erasure.stays.notes')}</li>
            </ul>
            <p className="mt-3">{say('erasure.stays.statement')}</p>
          </Section>
        </div>
        {asked ? null : <AskForm posts={posts} handle={handle} />}
      </div>
    </Wrap>
  )
}

function AskForm({ posts, handle }: { posts: number; handle: string }) {
  const { errors, values } = useForm()
  const labels = {
    posts: say('erasure.posts', { posts }),
    credit: say('erasure.credit'),
    when: say('erasure.when'),
    handle: say('erasure.handle'),
  }
  return (
    <PostForm className="grid max-w-[36rem] gap-7">
      <ErrorSummary errors={errors} labels={labels} />
      <RadioGroup
        label={labels.posts}
        name="posts"
        help={say('erasure.posts.help')}
        error={errors.posts}
        defaultValue={typed(values, 'posts', 'nameless')}
        options={(['nameless', 'credited', 'removed'] as const).map((value) => ({ value, label: say(`erasure.posts.${value}`) }))}
      />
      <TextInput
        label={labels.credit}
        name="credit"
        help={say('erasure.credit.help')}
        error={errors.credit}
        maxLength={60}
        autoComplete="off"
        defaultValue={typed(values, 'credit')}
      />
      <RadioGroup
        label={labels.when}
        name="when"
        error={errors.when}
        defaultValue={typed(values, 'when', 'week')}
        options={(['week', 'now'] as const).map((value) => ({ value, label: say(`erasure.when.${value}`) }))}
      />
      <TextInput
        label={labels.handle}
        name="handle"
        help={say('erasure.handle.help', { handle })}
        error={errors.handle}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        defaultValue={typed(values, 'handle')}
      />
      <div className="btns items-center">
        <Button variant="danger">{say('erasure.ask')}</Button>
        <ButtonLink to={paths.exportAll()} variant="quiet">
          <Icon of={Download} />
          {say('erasure.export')}
        </ButtonLink>
      </div>
    </PostForm>
  )
}
