import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { HandOffForm } from '~/app/components/hand-offs'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { handOffForm, startHandOff } from '~/server/hand-offs'
import { HandOffInput } from '~/server/hand-offs/input'
import { accountPage } from '~/server/identity'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('handOff.title') }) }]

export const loader = load(async ({ viewer, params }) => {
  const me = personOf(viewer)
  const { account, elsewhere } = await accountPage(me, params.id)
  if (elsewhere) throw redirect(paths.handOverAccount(elsewhere))
  return { ...(await handOffForm(me, { accountId: params.id })), id: account.id, name: account.name }
})

export const action = act(HandOffInput, async ({ viewer, params, input }) =>
  redirect(paths.handOff(await startHandOff(personOf(viewer), { accountId: params.id }, input))),
)

export default function HandOverAccountScreen() {
  const { id, name, colleagues, owner } = useLoaderData<typeof loader>()
  const back = paths.accountPage(id)
  return (
    <Wrap>
      <PageHead crumbs={[{ to: back, label: name }]} title={say('handOff.begin')} lede={say('handOff.lede')} />
      <HandOffForm colleagues={colleagues} owner={owner} name={name} back={back} />
    </Wrap>
  )
}
