import { redirect } from '@remix-run/node'
import { ItemNoteForm } from '~/app/components/moderation'
import { ButtonLink, PageHead, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { itemPage, noteOn } from '~/server/moderation'
import { NoteInput } from '~/server/moderation/input'
import { say } from '~/words'
import { useLoaderData } from '@remix-run/react'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('moderation.notes') }) }]

export const loader = load(async ({ viewer, params }) => {
  const { kind, id, title } = await itemPage(viewer, params.kind, params.id)
  return { kind, id, title }
})

export const action = act(NoteInput, async ({ viewer, params, input }) => {
  const { kind, id } = await noteOn(viewer, params.kind, params.id, input)
  return redirect(`${paths.decide(kind, id)}#notes`)
})

export default function NoteScreen() {
  const item = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('moderation.notes')} lede={item.title} />
      <div className="grid max-w-[46rem] gap-6">
        <ItemNoteForm item={item} refused={useForm()} />
        <div className="btns">
          <ButtonLink variant="quiet" to={paths.decide(item.kind, item.id)}>
            {say('moderation.notes.back')}
          </ButtonLink>
        </div>
      </div>
    </Wrap>
  )
}
