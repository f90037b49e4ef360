export const search = {
  'search.title': 'Search',
  'search.titleFor': '{q}, searched',
  'search.field': 'Search the questions',
  'search.send': 'Search',
  'search.community': 'Where',
  'search.community.all': 'Everywhere I may read',
  'search.tag': 'Tag',
  'search.solved': 'Solved only',
  'search.empty': 'Say it in a few words',
  'search.empty.body':
    'Titles, questions, answers and tags are searched. Put “exact words” in quotation marks, write or between two choices, and - before a word you do not want.',
  'search.none': 'Nothing holds these words',
  'search.none.body': 'Try fewer or other words, or look everywhere. If nobody has asked yet, you can.',
  'search.more': 'More',
  'search.first': 'To the first page',
} as const
