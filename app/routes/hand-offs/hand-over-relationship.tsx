import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { HandOffForm } from '~/app/components/hand-offs'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { handOffForm, startHandOff } from '~/server/hand-offs'
import { HandOffInput } from '~/server/hand-offs/input'
import { recordHead } from '~/server/relationships'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('handOff.title') }) }]

export const loader = load(async ({ viewer, params }) => {
  const me = personOf(viewer)
  const { id, member } = await recordHead(me, params.id)
  return { ...(await handOffForm(me, { relationshipId: params.id })), id, name: member?.displayName ?? '' }
})

export const action = act(HandOffInput, async ({ viewer, params, input }) =>
  redirect(paths.handOff(await startHandOff(personOf(viewer), { relationshipId: params.id }, input))),
)

export default function HandOverRecordScreen() {
  const { id, name, colleagues, owner } = useLoaderData<typeof loader>()
  const back = paths.relationship(id)
  return (
    <Wrap>
      <PageHead crumbs={[{ to: back, label: name }]} title={say('handOff.begin')} lede={say('handOff.lede')} />
      <HandOffForm colleagues={colleagues} owner={owner} name={name} back={back} />
    </Wrap>
  )
}
