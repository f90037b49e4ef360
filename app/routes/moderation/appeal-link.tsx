import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, Empty, ErrorSummary, PageHead, PostForm, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { appealLinkPage, mailAppealLink } from '~/server/moderation'
import { AppealLinkInput } from '~/server/moderation/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('appeal.byMail.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async ({ viewer, params, url }) => ({
  ...(await appealLinkPage(viewer, params.id)),
  sent: url.searchParams.get('sent') === '1',
}))

export const action = act(AppealLinkInput, async ({ viewer, params, input, url, from }) => {
  await mailAppealLink(viewer, params.id, input, from)
  return redirect(`${url.pathname}?sent=1`)
})

export default function AppealLinkScreen() {
  const { id, act: done, subjectKind, sent } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  if (sent)
    return (
      <Wrap>
        <div className="pt-8">
          <Empty title={say('appeal.byMail.sent.title')} action={<ButtonLink to={paths.decision(id)}>{say('appeal.back')}</ButtonLink>}>
            {say('appeal.byMail.sent')}
          </Empty>
        </div>
      </Wrap>
    )
  return (
    <Wrap>
      <PageHead
        title={say('appeal.byMail.title')}
        lede={say('appeal.byMail.lede')}
        crumbs={[{ to: paths.decision(id), label: say(`moderation.done.${done}`, { what: subjectKind }) }]}
      />
      <div className="grid max-w-[46rem] gap-6">
        <ErrorSummary errors={errors} labels={{ email: say('appeal.byMail.email') }} />
        <PostForm className="grid gap-6">
          <TextInput
            label={say('appeal.byMail.email')}
            name="email"
            type="email"
            dir="ltr"
            autoComplete="email"
            required
            maxLength={254}
            defaultValue={typed(values, 'email')}
            error={errors.email}
            help={say('appeal.byMail.email.help')}
          />
          <div className="btns">
            <Button variant="primary">{say('appeal.byMail.submit')}</Button>
            <ButtonLink variant="quiet" to={paths.decision(id)}>
              {say('appeal.back')}
            </ButtonLink>
          </div>
        </PostForm>
      </div>
    </Wrap>
  )
}
