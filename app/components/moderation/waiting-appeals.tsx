import type { SerializeFrom } from '@remix-run/node'
import { Pager } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { WaitingAppeals as Waiting } from '~/server/moderation/types'
import { say } from '~/words'
import { WaitingList } from './waiting-list'

/** Who contests a decision, and until when somebody else answers. */
export function WaitingAppeals({ appeals, older }: { appeals: Waiting | SerializeFrom<Waiting>; older: (cursor: string) => string }) {
  return (
    <WaitingList
      title={say('appeal.queue')}
      waiting={appeals.waiting}
      rows={appeals.rows.map((row) => ({
        ...{ id: row.id, to: paths.appealItem(row.id), title: say('appeal.row', { name: row.by ?? say('appeal.nobody') }) },
        ...{ meta: `${say(`moderation.done.${row.act}`, { what: row.subjectKind })} · ${firstDecided(row)}` },
        ...{ dueAt: row.dueAt, overdue: row.overdue },
      }))}
    >
      <Pager older={appeals.more ? older(appeals.more) : null} olderLabel={say('appeal.more')} newer={null} />
    </WaitingList>
  )
}

function firstDecided({ own, decidedBy }: Waiting['rows'][number] | SerializeFrom<Waiting>['rows'][number]): string {
  if (own) return say('appeal.row.own')
  return decidedBy ? say('appeal.row.by', { name: decidedBy }) : say('appeal.row.byCheck')
}
