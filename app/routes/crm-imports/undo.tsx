import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, ButtonLink, ErrorSummary, PageHead, PostForm, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { undoForm, undoImport } from '~/server/crm-imports'
import { NothingInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('import.undo') }) }]

export const loader = load(({ viewer, params }) => undoForm(personOf(viewer), params.id))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await undoImport(personOf(viewer), params.id)
  return redirect(paths.importOf(params.id))
})

export default function UndoImportScreen() {
  const { id, isIn } = useLoaderData<typeof loader>()
  const { errors } = useForm()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.importOf(id), label: say('import.one') }]} title={say('import.undo.sure')} />
      <PostForm className="grid max-w-[36rem] gap-5">
        <ErrorSummary errors={errors} />
        <p className="m-0">{say(isIn ? 'import.undo.what' : 'error.import.notIn')}</p>
        <div className="btns">
          {isIn ? <Button variant="danger-solid">{say('import.undo')}</Button> : null}
          <ButtonLink variant="quiet" to={paths.importOf(id)}>
            {say('ui.keepIt')}
          </ButtonLink>
        </div>
      </PostForm>
    </Wrap>
  )
}
