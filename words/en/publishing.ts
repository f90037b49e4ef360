export const publishing = {
  'publishing.feed.portal': 'New in every open community',
  'publishing.feed.answer': 'Answer by {name}',
  'publishing.feed.follow': 'Follow in a feed reader',
} as const
