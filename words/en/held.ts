/** Posts that a check holds back, and what moderators let it look for. */
export const held = {
  'held.by.links': 'Held: many links',
  'held.by.domain': 'Held: a domain of your list',
  'held.by.words': 'Held: a word of your list',
  'held.by.typing': 'Held: written faster than by hand',
  'held.by.repeated': 'Held: posted elsewhere before',
  'held.by.approval': 'Held: a new member',
  'held.facts.links':
    'It has {links, number} links. At level {level, number} a post may have {most, number} before a moderator reads it first.',
  'held.facts.domain': 'It links to {domain}, which the moderators of this room read first.',
  'held.facts.words': 'It says “{word}”, which the moderators of this room read first.',
  'held.facts.typing':
    'A first post here of {letters, number} letters was sent {seconds, plural, one {a second} other {# seconds}} after its form was opened.',
  'held.facts.repeated': 'The same words were posted elsewhere by the same person within a day.',
  'held.facts.approval': 'Its author is new here, and in this room moderators read what new members write before others do.',
  'held.why.links': 'Much of what new members write with many links is advertising. A person looks, so that the rest comes through.',
  'held.why.domain': 'What links there was mostly advertising. A person looks, so that the rest comes through.',
  'held.why.words': 'The moderators of the room chose this word for their list. A person looks whether it is meant so.',
  'held.why.typing':
    'Programs write so fast, and so do people who paste what they prepared. A person looks, so that what you wrote comes through.',
  'held.why.repeated': 'The same in several places is mostly advertising. A person looks, so that the rest comes through.',
  'held.why.approval': 'The moderators of the room chose this rule. A person reads it as soon as they can.',
  'held.clause.words': 'Some words are read by a moderator first',
  'held.clause.approval': 'What new members write is read by a moderator first',

  'checks.title': 'What moderators of {name} read first',
  'checks.lede':
    'What new members write – levels 0 and 1, unless a vendor confirmed them as its customer – is held back where it trips one of these. Its author is told which. You find it in the queue.',
  'checks.see': 'What is held back here',
  'checks.approval': 'New members',
  'checks.approval.none': 'Everything appears at once',
  'checks.approval.first-post': 'A moderator reads their first post in this room',
  'checks.approval.every-post': 'A moderator reads every post until they have reached level 1',
  'checks.words': 'Words',
  'checks.words.help': 'One a line, at most 200. Whole words, whatever their case. Authors are told the word that held their post.',
  'checks.domains': 'Domains',
  'checks.domains.help': 'One a line, such as example.com, with everything below it.',
  'checks.submit': 'Keep it so',
  'error.moderation.heldSingly': 'One of these is held by a check and was read by nobody yet. Decide on it by itself.',
  'error.checks.tooMany': 'At most {n, number} lines. Take out what nobody has used for long.',
  'error.checks.badWord': 'Each line needs at least two letters or figures, and at most 60 characters.',
  'error.checks.badDomain': 'Each line is a domain such as example.com, without https:// and without a path.',
} as const
