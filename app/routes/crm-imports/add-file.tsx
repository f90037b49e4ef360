import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileForm } from '~/app/components/crm-imports'
import { PageHead, Wrap } from '~/app/components/ui'
import { load, personOf, takeFile } from '~/app/http.server'
import { paths } from '~/app/paths'
import { addImportFile, importPage, LARGEST_IMPORT_FILE, mayAddFile } from '~/server/crm-imports'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('import.file') }) }]

export const loader = load(async ({ viewer, params }) => {
  const { id, may } = await importPage(personOf(viewer), params.id, { fate: null, after: null })
  if (!may.add) throw redirect(paths.importOf(id))
  return { id }
})

export const action = takeFile(
  'file',
  LARGEST_IMPORT_FILE,
  async ({ viewer, params, content, filename }) => {
    await addImportFile(personOf(viewer), params.id, filename, content)
    return redirect(paths.importOf(params.id))
  },
  ({ viewer, params }) => mayAddFile(personOf(viewer), params.id),
)

export default function AddImportFileScreen() {
  const { id } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.importOf(id), label: say('import.one') }]} title={say('import.file')} />
      <FileForm id={id} />
    </Wrap>
  )
}
