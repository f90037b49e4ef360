import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { NoteForm } from '~/app/components/relationships'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { noteOnRelationship, recordHead } from '~/server/relationships'
import { NoteInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.notes.add') }) }]

export const loader = load(async ({ viewer, params }) => recordHead(personOf(viewer), params.id ?? ''))

export const action = act(NoteInput, async ({ viewer, params, input }) => {
  await noteOnRelationship(personOf(viewer), params.id ?? '', input)
  return redirect(paths.relationship(params.id ?? ''))
})

export default function AddNoteScreen() {
  const page = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationship(page.id), label: page.member?.displayName ?? '' }]}
        title={say('relationships.notes.add')}
      />
      <div className="max-w-[36rem]">
        <NoteForm relationshipId={page.id} ownPage />
      </div>
    </Wrap>
  )
}
