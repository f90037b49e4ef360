import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ActionButton, PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { chooseBeingSeen, isSeen } from '~/server/presence'
import { BeingSeenInput } from '~/server/presence/input'
import { say } from '~/words'

export const loader = load(async ({ viewer }) => ({ seen: await isSeen(personOf(viewer)) }))

export const action = act(BeingSeenInput, async ({ viewer, input }) => {
  await chooseBeingSeen(personOf(viewer), input.seen === 'yes')
  return redirect(safeNext(input.next, paths.beingSeen()))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('presence.title') }) }]

export default function BeingSeenScreen() {
  const { seen } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        title={say('presence.title')}
        lede={say('presence.lede')}
        crumbs={[{ to: paths.notificationSettings(), label: say('notifications.settings.title') }]}
      />
      <div className="grid max-w-[46rem] gap-4">
        <p className="strong">{say(seen ? 'presence.seen' : 'presence.unseen')}</p>
        <p className="text-ink-soft">{say('presence.how')}</p>
        <div className="btns">
          <ActionButton
            action={paths.beingSeen()}
            fields={{ seen: seen ? 'no' : 'yes' }}
            label={say(seen ? 'presence.hide' : 'presence.show')}
          />
        </div>
      </div>
    </Wrap>
  )
}
