import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DeletionTask } from '~/app/components/revocations'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { deletionPage, recordDeletion } from '~/server/revocations'
import { DeletionInput } from '~/server/revocations/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('revocation.task.title') }) }]

export const loader = load(({ viewer, params }) => deletionPage(personOf(viewer), params.id ?? '', params.grantId ?? ''))

export const action = act(DeletionInput, async ({ viewer, params, input }) => {
  await recordDeletion(personOf(viewer), params.grantId ?? '', input)
  return redirect(`${paths.relationship(params.id ?? '')}#deletions`)
})

export default function DeletionScreen() {
  const { task, member, relationshipId } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationship(relationshipId), label: member?.displayName ?? '' }]}
        title={say('revocation.task.title')}
      />
      <div className="max-w-[36rem]">
        <DeletionTask task={task} relationshipId={relationshipId} ownPage />
      </div>
    </Wrap>
  )
}
