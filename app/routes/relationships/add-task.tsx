import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { TaskForm } from '~/app/components/relationships'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { assignTask, recordHead } from '~/server/relationships'
import { TaskInput } from '~/server/relationships/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.tasks.add') }) }]

export const loader = load(async ({ viewer, params }) => recordHead(personOf(viewer), params.id ?? ''))

export const action = act(TaskInput, async ({ viewer, params, input }) => {
  await assignTask(personOf(viewer), params.id ?? '', input)
  return redirect(paths.relationship(params.id ?? ''))
})

export default function AddTaskScreen() {
  const page = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.relationship(page.id), label: page.member?.displayName ?? '' }]}
        title={say('relationships.tasks.add')}
      />
      <div className="max-w-[36rem]">
        <TaskForm action={paths.addTask(page.id)} staff={page.staff} me={page.me} ownPage />
      </div>
    </Wrap>
  )
}
