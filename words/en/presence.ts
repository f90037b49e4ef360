/** Who else is there, and who is answering. */
export const presence = {
  'presence.title': 'Being seen',
  'presence.lede': 'Whether others see that you have a thread open, and that you are answering there.',
  'presence.seen': 'Members who have the same thread open see your handle.',
  'presence.unseen': 'Nobody sees where you are, or that you are answering.',
  'presence.how':
    'Only who is signed in and may read the thread sees it, only while you are there, and never what you write. Whoever you blocked, or who blocked you, does not see it. It is not kept.',
  'presence.hide': 'Do not show me',
  'presence.show': 'Show me again',
  'presence.here': 'Here now',
  'presence.others': '{count, plural, one {and one more} other {and # more}}',
  'presence.answering':
    '{count, plural, one {{first} is writing an answer} =2 {{first} and {second} are writing answers} other {{first}, {second} and others are writing answers}}',
} as const
