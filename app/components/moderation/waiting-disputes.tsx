import type { SerializeFrom } from '@remix-run/node'
import type { WaitingDisputes as Waiting } from '~/server/moderation/types'
import { say } from '~/words'
import { WaitingList } from './waiting-list'

/** What vendors dispute, and until when somebody decides. */
export function WaitingDisputes({ disputes, at }: { disputes: Waiting | SerializeFrom<Waiting>; at: (id: string) => string }) {
  return (
    <WaitingList
      title={say('dispute.queue')}
      waiting={disputes.waiting}
      rows={disputes.rows.map(({ id, headline, vendor, answered, dueAt, overdue }) => ({
        ...{ id, to: at(id), title: headline, dueAt, overdue },
        meta: [say('dispute.row', { vendor }), ...(answered ? [say('dispute.row.answered')] : [])].join(' · '),
      }))}
    />
  )
}
