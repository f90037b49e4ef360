export const reaching = {
  'reach.title': 'How often vendors may reach you',
  'reach.short': 'How often they reach me',
  'reach.lede':
    'By themselves, in any thirty days. All of their staff and all of their rules together: whoever would be one too many is stopped.',
  'reach.all': 'Every vendor',
  'reach.each': 'Each of them, unless you say otherwise below',
  'reach.one': 'One vendor',
  'reach.used':
    '{used, plural, =0 {Not once in the last thirty days} one {Once in the last thirty days} other {# times in the last thirty days}}',
  'reach.times': '{times, plural, =0 {Never: I write first} one {Once} =30 {Thirty times} other {# times}}',
  'reach.counts':
    'What counts: that they ask you for something of your vault, invite you to a plan, say that you are their customer, or offer to go on privately. Answers to what you asked do not.',
  'reach.keep': 'Keep',
  'reach.left':
    'You may reach {name} {most, plural, =0 {not at all, until they write first} one {once in thirty days} other {# times in thirty days}}; {used, plural, =0 {you have not yet} one {once is used} other {# are used}}.',
  'reach.more': 'More from {day} on.',

  'error.reach.spent': 'They are reached as often as they allow. Wait a few days, or until they write.',
} as const
