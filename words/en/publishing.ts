export const publishing = {
  'publishing.feed.portal': 'New in every open community',
  'publishing.feed.answer': 'Answer by {name}',
  'publishing.feed.name': 'Feed of new threads',
  'publishing.feed.follow': 'Follow this room in a feed reader',
  'publishing.picture.answers': '{count, plural, =0 {Waits for an answer} one {# answer} other {# answers}}',
} as const
