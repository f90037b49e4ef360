import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { KeptBy } from '~/app/components/communities'
import { Button, ErrorSummary, PageHead, PostForm, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { acceptInvitation, invitationPage } from '~/server/communities'
import { NothingInput } from '~/server/communities/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(({ viewer, params }) => invitationPage(viewer, params.token ?? ''))

export const action = act(NothingInput, async ({ viewer, params }) =>
  redirect(paths.community(await acceptInvitation(viewer, params.token ?? ''))),
)

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data ? say('communities.invitation.title', { name: data.name }) : say('ui.refused.404.title') }) },
  { name: 'robots', content: 'noindex' },
]

export default function InvitationScreen() {
  const { name, summary, rules, host, memberCount, until, inviter } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Wrap>
      <PageHead title={say('communities.invitation.title', { name })} lede={summary}>
        <p className="meta mt-3 flex flex-wrap items-center gap-x-4 gap-y-1">
          {inviter ? <span>{say('communities.invitation.by', { name: inviter.displayName })}</span> : null}
          <KeptBy host={host} />
          <span className="num">{say('communities.narrow.members', { count: memberCount })}</span>
        </p>
      </PageHead>
      <div className="grid max-w-[46rem] gap-6">
        {rules ? (
          <div>
            <h2 className="label mb-2">{say('communities.about.rules')}</h2>
            <p className="whitespace-pre-line text-ink-soft" dir="auto">
              {rules}
            </p>
          </div>
        ) : null}
        <ErrorSummary errors={errors} />
        <PostForm className="grid gap-4">
          <div className="btns">
            <Button variant="primary">{say('communities.invitation.accept')}</Button>
          </div>
          <p className="meta">{say('communities.invitation.until', { day: sayDay(until) })}</p>
        </PostForm>
      </div>
    </Wrap>
  )
}
