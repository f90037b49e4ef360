import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { TaskForm } from '~/app/components/relationships'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { accountPage, addAccountTask, tasksOfAccount } from '~/server/identity'
import { AccountTaskInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('relationships.tasks.add') }) }]

export const loader = load(async ({ viewer, params }) => {
  const me = personOf(viewer)
  const [{ account }, { colleagues, me: own }] = await Promise.all([accountPage(me, params.id), tasksOfAccount(me, params.id)])
  return { account: { id: account.id, name: account.name }, colleagues, own }
})

export const action = act(AccountTaskInput, async ({ viewer, params, input }) => {
  await addAccountTask(personOf(viewer), params.id, input)
  return redirect(`${paths.accountPage(params.id)}#tasks`)
})

export default function AddAccountTaskScreen() {
  const { account, colleagues, own } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.accountPage(account.id), label: account.name }]} title={say('relationships.tasks.add')} />
      <div className="max-w-[36rem]">
        <TaskForm action={paths.accountTasks(account.id)} staff={colleagues} me={own} ownPage />
      </div>
    </Wrap>
  )
}
