import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, Empty, ErrorSummary, PageHead, PostForm, RelativeTime, Section, TextInput, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { invitationList, inviteToCommunity } from '~/server/communities'
import { InviteInput } from '~/server/communities/input'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(({ viewer, params }) => invitationList(viewer, params.slug ?? ''))

export const action = act(InviteInput, async ({ viewer, params, input }) => {
  await inviteToCommunity(viewer, params.slug ?? '', input)
  return redirect(paths.invitations(params.slug ?? ''))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('communities.invitations.title') }) }]

export default function InvitationsScreen() {
  const { slug, name, invitations } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('communities.invitations.title')}
        lede={say('communities.invitations.lede', { name })}
        crumbs={[{ to: paths.community(slug), label: name }]}
      />
      <div className="grid max-w-[46rem] gap-10">
        <PostForm className="grid gap-6">
          <ErrorSummary errors={errors} labels={{ email: say('communities.invitations.email') }} />
          <TextInput
            label={say('communities.invitations.email')}
            name="email"
            type="email"
            dir="ltr"
            autoComplete="off"
            required
            defaultValue={typed(values, 'email')}
            error={errors.email}
            help={say('communities.invitations.email.help')}
          />
          <div className="btns">
            <Button variant="primary">{say('communities.invitations.send')}</Button>
          </div>
        </PostForm>
        <Section title={say('communities.invitations.sent')} id="sent" thin>
          {invitations.length === 0 ? (
            <Empty level={3} title={say('communities.invitations.none')}>
              {say('communities.invitations.none.why')}
            </Empty>
          ) : (
            <div className="tbl-wrap">
              <table className="tbl tbl-tight tbl-stack">
                <thead>
                  <tr>
                    <th scope="col">{say('communities.invitations.to')}</th>
                    <th scope="col">{say('communities.invitations.by')}</th>
                    <th scope="col">{say('communities.invitations.day')}</th>
                    <th scope="col">{say('communities.invitations.state')}</th>
                  </tr>
                </thead>
                <tbody>
                  {invitations.map((it) => (
                    <tr key={it.id}>
                      <td>
                        {it.address ? (
                          <bdi dir="ltr">{it.address}</bdi>
                        ) : (
                          <span className="text-ink-faint">{say('communities.invitations.hidden')}</span>
                        )}
                      </td>
                      <td data-label={say('communities.invitations.by')}>
                        <bdi>{it.inviter?.displayName}</bdi>
                      </td>
                      <td data-label={say('communities.invitations.day')}>
                        <RelativeTime at={it.createdAt} />
                      </td>
                      <td data-label={say('communities.invitations.state')}>
                        {say(`communities.invitations.state.${it.state}`, { day: sayDay(it.until) })}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Section>
      </div>
    </Wrap>
  )
}
