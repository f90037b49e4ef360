import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { OwnAppeal, Statement } from '~/app/components/moderation'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Section, TextArea, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { appealByLink, linkedAppealPage } from '~/server/moderation'
import { LinkAppealInput } from '~/server/moderation/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('appeal.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ params }) => linkedAppealPage(params.token))

export const action = act(LinkAppealInput, async ({ params, input, from }) => {
  await appealByLink(params.token, input, from)
  return redirect(`${paths.appealByLink(params.token)}#appeal`)
})

export default function AppealByLinkScreen() {
  const { statement, appeal, signsIn, asksForAddress } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('appeal.title')}
        lede={say('appeal.link.lede')}
        crumbs={[{ to: paths.moderationLog(), label: say('moderation.log') }]}
      />
      <div className="grid max-w-[46rem] gap-8">
        <h2 className="h3">{say(`moderation.done.${statement.act}`, { what: statement.subjectKind })}</h2>
        <Statement it={statement} />
        {appeal ? <OwnAppeal appeal={appeal} /> : null}
        {!appeal && signsIn ? (
          <Section title={say('appeal.title')} id="appeal">
            <p>{say('appeal.link.signIn')}</p>
            <div className="btns mt-3">
              <ButtonLink to={paths.appeal(statement.id)}>{say('appeal.link.signIn.do')}</ButtonLink>
            </div>
          </Section>
        ) : null}
        {!appeal && !signsIn ? <Contest until={statement.appealUntil} asksForAddress={asksForAddress} /> : null}
      </div>
    </Wrap>
  )
}

function Contest({ until, asksForAddress }: { until: Date | string | null; asksForAddress: boolean }) {
  const { errors, values } = useForm()
  const labels = { body: say('appeal.words'), email: say('appeal.link.email') }
  return (
    <Section title={say('appeal.title')} side="member" id="appeal">
      <ErrorSummary errors={errors} labels={labels} />
      <PostForm className="grid gap-6">
        <TextArea
          label={labels.body}
          name="body"
          rows={9}
          required
          maxLength={4000}
          defaultValue={typed(values, 'body')}
          error={errors.body}
          help={say('appeal.words.help')}
        />
        {asksForAddress ? (
          <TextInput
            label={labels.email}
            name="email"
            type="email"
            dir="ltr"
            autoComplete="email"
            required
            maxLength={254}
            defaultValue={typed(values, 'email')}
            error={errors.email}
            help={say('appeal.link.email.help')}
          />
        ) : null}
        {until ? <p className="meta">{say('appeal.until', { day: sayDay(until) })}</p> : null}
        <div className="btns">
          <Button variant="primary">{say('appeal.send')}</Button>
        </div>
      </PostForm>
    </Section>
  )
}
