import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MeetingForm } from '~/app/components/relationships'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { logMeeting, recordHead } from '~/server/relationships'
import { MeetingInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.meetings.add') }) }]

export const loader = load(async ({ viewer, params }) => recordHead(personOf(viewer), params.id ?? ''))

export const action = act(MeetingInput, async ({ viewer, params, input }) => {
  await logMeeting(personOf(viewer), params.id ?? '', input)
  return redirect(paths.relationship(params.id ?? ''))
})

export default function LogMeetingScreen() {
  const page = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationship(page.id), label: page.member?.displayName ?? '' }]}
        title={say('relationships.meetings.add')}
      />
      <div className="max-w-[36rem]">
        <MeetingForm relationshipId={page.id} about={page.member?.displayName ?? ''} ownPage />
      </div>
    </Wrap>
  )
}
