import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { NoteForm } from '~/app/components/cases'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { caseHead, noteOnCase } from '~/server/cases'
import { NoteInput } from '~/server/cases/input'
import { draftFor } from '~/server/drafts'
import { say } from '~/words'

export const loader = load(async ({ viewer, params }) => {
  const head = await caseHead(personOf(viewer), params.id)
  return { ...head, draft: await draftFor(viewer, 'case-note', head.caseId) }
})

export const action = act(NoteInput, async ({ viewer, params, input }) => {
  await noteOnCase(personOf(viewer), params.id, input)
  return redirect(paths.caseOf(params.id))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('case.notes.add') }) }, { name: 'robots', content: 'noindex' }]

export default function AddCaseNoteScreen() {
  const { caseId, title, asker, draft } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('case.notes.add')}
        lede={say('case.notes.help', { name: asker })}
        crumbs={[{ to: paths.caseOf(caseId), label: title ?? say('case.one') }]}
      />
      <div className="max-w-[36rem]">
        <NoteForm caseId={caseId} draft={draft} ownPage />
      </div>
    </Wrap>
  )
}
