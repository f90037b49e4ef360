import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { OwnerForm } from '~/app/components/relationships'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { nameOwner, recordHead } from '~/server/relationships'
import { OwnerInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.owner.name') }) }]

export const loader = load(async ({ viewer, params }) => recordHead(personOf(viewer), params.id ?? ''))

export const action = act(OwnerInput, async ({ viewer, params, input }) => {
  await nameOwner(personOf(viewer), params.id ?? '', input)
  return redirect(paths.relationship(params.id ?? ''))
})

export default function NameOwnerScreen() {
  const { id, member, staff, owner, me } = useLoaderData<typeof loader>()
  const name = member?.displayName ?? ''
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.relationship(id), label: name }]} title={say('relationships.owner.name')} />
      <div className="max-w-[36rem]">
        <OwnerForm relationshipId={id} staff={staff} owner={owner ?? me} about={name} ownPage />
      </div>
    </Wrap>
  )
}
