import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CorrectKeptForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { correctKept, keptOfMe } from '~/server/identity'
import { CorrectKeptInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('kept.correct') }) }]

export const loader = load(({ viewer, params }) => keptOfMe(personOf(viewer), params.id))

export const action = act(CorrectKeptInput, async ({ viewer, params, input }) => {
  await correctKept(personOf(viewer), params.id, input)
  return redirect(paths.myKept())
})

export default function CorrectKeptScreen() {
  const kept = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.myKept(), label: say('kept.title') }]} title={say('kept.correct')} lede={kept.vendorName} />
      <CorrectKeptForm contactId={kept.id} ownPage />
    </Wrap>
  )
}
