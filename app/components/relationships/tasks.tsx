import type { ReactNode } from 'react'
import { say } from '~/words'
import { sayChosenDay, sayDay } from '~/words/dates'

type Task = {
  id: string
  what: string
  owner: { displayName: string } | null
  dueAt: Date | string
  doneAt: Date | string | null
  late: boolean
}

/** What one side has promised itself to do, with its owner and its day. */
export function Tasks<T extends Task>({ tasks, act }: { tasks: T[]; act?: (task: T) => ReactNode }) {
  if (tasks.length === 0) return <p className="meta">{say('relationships.tasks.none')}</p>
  return (
    <ul>
      {tasks.map((task) => {
        const who = task.owner?.displayName ?? say('relationships.nobody')
        return (
          <li key={task.id} className="flex items-start justify-between gap-3 border-t border-hairline py-2 first:border-0 first:pt-0">
            <div className="min-w-0">
              <p className={`wrap-anywhere ${task.doneAt ? 'text-ink-faint line-through' : ''}`}>
                <bdi>{task.what}</bdi>
              </p>
              <p className={`meta ${task.late ? 'text-caution!' : ''}`}>
                {task.doneAt
                  ? say('relationships.tasks.doneOn', { who, date: sayDay(task.doneAt) })
                  : say(task.late ? 'relationships.tasks.lateSince' : 'relationships.tasks.dueOn', { who, date: sayChosenDay(task.dueAt) })}
              </p>
            </div>
            {act && !task.doneAt ? act(task) : null}
          </li>
        )
      })}
    </ul>
  )
}
