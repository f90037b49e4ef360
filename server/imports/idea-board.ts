import type { ImportedIdea, ImportedThread, ImportSet } from './imported'

/** What asks for something, and what somebody has said how it stands, is an idea; what asks how something is done stays a question. */
const ASKS_FOR_SOMETHING = ['feature-request', 'bug']
const STATUSES: Record<string, ImportedIdea['status']> = {
  'status-completed': 'shipped',
  'status-declined': 'declined',
  'status-bydesign': 'declined',
  'status-norepro': 'declined',
  'status-planned': 'planned',
  'status-deferred': 'under-review',
  'status-review': 'under-review',
}

/** A site about a site, read as its board of ideas: the tags say what each question is and how it stands. */
export function asIdeaBoard(set: ImportSet): ImportSet {
  return { ...set, format: 'idea-board', threads: set.threads.map(asIdea) }
}

function asIdea(thread: ImportedThread): ImportedThread {
  const said = thread.tags.find((tag) => Object.hasOwn(STATUSES, tag))
  if (!said && !thread.tags.some((tag) => ASKS_FOR_SOMETHING.includes(tag))) return thread
  const status = said ? (STATUSES[said] ?? 'open') : 'open'
  return { ...thread, idea: { status, at: said ? thread.activeAt : thread.opening.createdAt, response: null } }
}
