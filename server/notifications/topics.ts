/** Where somebody can be told. The inbox is the bell on the site. */
export const CHANNELS = ['inbox', 'mail', 'push', 'digest'] as const
export type Channel = (typeof CHANNELS)[number]

type TopicRow = { kinds: string[]; whys?: string[]; proposed: Channel[]; always?: Channel }

/** TABLE 7. What one can choose to hear of: the kinds of notification in it, and where the portal proposes to tell them. */
// prettier-ignore
export const topics = {
  answers:         { kinds: ['question.answered', 'idea.replied', 'answer.marked', 'answer.confirmed'], whys: ['asker'], proposed: ['inbox', 'mail', 'push', 'digest'] },
  solved:          { kinds: ['answer.accepted', 'answer.marked', 'answer.confirmed'], whys: ['answerer'],   proposed: ['inbox', 'mail', 'push', 'digest'] },
  mentions:        { kinds: ['person.mentioned'],                                                           proposed: ['inbox', 'mail', 'push', 'digest'] },
  comments:        { kinds: ['post.commented'],                                                             proposed: ['inbox', 'mail', 'push', 'digest'] },
  followed:        { kinds: ['question.answered', 'idea.replied'], whys: ['follower'],                      proposed: ['inbox', 'mail', 'digest'] },
  news:            { kinds: ['question.asked', 'idea.proposed'],                                            proposed: ['inbox', 'digest'] },
  ideas:           { kinds: ['idea.open', 'idea.under-review', 'idea.planned', 'idea.started', 'idea.shipped', 'idea.declined'], proposed: ['inbox', 'mail', 'digest'] },
  reminders:       { kinds: ['asker.reminded', 'vault.grown-old'],                                                             proposed: ['inbox', 'mail'] },
  recommendations: { kinds: ['recommendation.replied', 'recommendation.asked-again', 'recommendation.tie-found', 'recommendation.disputed', 'dispute.dropped', 'evidence.accepted', 'evidence.declined', 'evidence.expired', 'reference.asked', 'reference.accepted', 'reference.declined'], proposed: ['inbox', 'mail', 'digest'] },
  invitations:     { kinds: ['customers.drawn'],                                                            proposed: ['inbox', 'mail'] },
  relationships:   { kinds: ['relationship.contested', 'field.questioned', 'relationship.answered', 'meeting.logged', 'relationship.state-proposed', 'grant.asked', 'field.passed-on', 'deletion.recorded', 'field.corrected', 'correction.recorded', 'deletion.asked', 'idea.voted-on-behalf', 'hand-off.started', 'hand-off.accepted', 'hand-off.returned', 'hand-off.withdrawn', 'hand-off.warned', 'hand-off.missed', 'account.task-asked'], proposed: ['inbox', 'mail', 'push'] },
  readings:        { kinds: ['reading.first', 'reading.sensitive', 'reading.often', 'reading.refused'], proposed: ['inbox', 'mail'] },
  cases:           { kinds: ['case.opened', 'case.continued', 'case.messaged', 'case.closed', 'case.reopened', 'case.answer-proposed', 'case.answer-declined', 'case.answer-published', 'clock.warned', 'clock.missed'], proposed: ['inbox', 'mail', 'push'] },
  delegates:       { kinds: ['wish.made'], proposed: ['inbox', 'mail', 'push'] },
  rooms:           { kinds: ['duty.offered', 'level.fell', 'membership.accepted', 'membership.refused', 'authorship.accepted', 'authorship.refused', 'authorship.undone'], proposed: ['inbox', 'mail'] },
  decisions:       { kinds: ['content.decided', 'post.held', 'person.warned', 'person.unwarned', 'person.silenced', 'person.unsilenced', 'person.suspended', 'person.unsuspended', 'reporter.warned', 'reporter.discounted', 'reporter.trusted', 'appeal.upheld', 'appeal.overturned', 'dispute.upheld', 'dispute.declined'], proposed: ['inbox', 'mail', 'push'], always: 'inbox' },
  flags:           { kinds: ['flags.settled'],                                                              proposed: ['inbox'] },
  other:           { kinds: [],                                                                             proposed: ['inbox', 'digest'] },
} as const satisfies Record<string, TopicRow>

export type Topic = keyof typeof topics
export const TOPICS = Object.keys(topics) as Topic[]

const rows = Object.entries(topics) as [Topic, TopicRow][]

export function topicOf(kind: string, why: string): Topic {
  return rows.find(([, { kinds, whys }]) => kinds.includes(kind) && (!whys || whys.includes(why)))?.[0] ?? 'other'
}

export const proposed = (topic: Topic): readonly Channel[] => topics[topic].proposed
/** Told whatever somebody chose: nobody is decided about without a word. */
export const always = (topic: Topic, channel: Channel) => (topics[topic] as TopicRow).always === channel
