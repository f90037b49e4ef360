import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { StateForm } from '~/app/components/relationships'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { proposeState, recordHead } from '~/server/relationships'
import { StateInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.states') }) }]

export const loader = load(async ({ viewer, params }) => recordHead(personOf(viewer), params.id ?? ''))

export const action = act(StateInput, async ({ viewer, params, input }) => {
  await proposeState(personOf(viewer), params.id ?? '', input)
  return redirect(paths.relationship(params.id ?? ''))
})

export default function ProposeStateScreen() {
  const page = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationship(page.id), label: page.member?.displayName ?? '' }]}
        title={say('relationships.states')}
        lede={say('relationships.states.lede')}
      />
      <div className="max-w-[36rem]">
        <StateForm relationshipId={page.id} standing={page.standing} ownPage />
      </div>
    </Wrap>
  )
}
