import { isId } from '~/db/ids'
import { readToken, signedToken } from '~/server/platform/signing'
import { TOPICS, type Topic } from './topics'

/** What a mail belongs to, and what its unsubscribing ends: mail about one thread, mail of one kind, or the digest. */
export type Stream = { kind: 'thread'; threadId: string } | { kind: 'topic'; topic: Topic } | { kind: 'digest' }

export function unsubscribeToken(personId: string, stream: Stream): Promise<string> {
  const rest = stream.kind === 'thread' ? stream.threadId : stream.kind === 'topic' ? stream.topic : ''
  return signedToken('unsubscribe', [personId, stream.kind, rest].join(' '))
}

/** Whose mail a link is about; null when it is not one of ours. Links never grow old: an old mail can still be unsubscribed from. */
export async function readUnsubscribeToken(token: string): Promise<{ personId: string; stream: Stream } | null> {
  const [personId = '', kind, rest = ''] = ((await readToken('unsubscribe', token)) ?? '').split(' ')
  if (!isId(personId)) return null
  if (kind === 'digest') return { personId, stream: { kind } }
  if (kind === 'thread' && isId(rest)) return { personId, stream: { kind, threadId: rest } }
  const topic = TOPICS.find((it) => it === rest)
  return kind === 'topic' && topic ? { personId, stream: { kind, topic } } : null
}
