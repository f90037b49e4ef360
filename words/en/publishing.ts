export const publishing = {
  'publishing.feed.portal': 'New in every open community',
  'publishing.feed.answer': 'Answer by {name}',
  'publishing.feed.name': 'Feed of new threads',
  'publishing.feed.follow': 'Follow this room in a feed reader',
} as const
