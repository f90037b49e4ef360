/** Of which readings somebody wants to be told. */
export const alerts = {
  'alerts.title': 'Tell me when I am read',
  'alerts.lede': 'Every reading is listed in any case. Choose what you hear of as well: at most one message a vendor and day.',
  'alerts.of': 'Tell me when',
  'alerts.of.first': 'a vendor reads something of mine for the first time',
  'alerts.of.first.help': 'Afterwards it stands in the list of readings.',
  'alerts.of.sensitive': 'a sensitive field is read',
  'alerts.of.sensitive.help': 'Your name, organisation, e-\u2060mail, telephone, and fields of your own that you called so.',
  'alerts.of.refused': 'somebody asks for what no grant covers',
  'alerts.of.refused.help': 'They were shown nothing.',
  'alerts.most': 'Tell me when one vendor reads more often a day than',
  'alerts.most.help': 'From 1 to 1000, each field counted. Leave it empty to hear of no number.',
  'alerts.most.bounds': 'Write a whole number from 1 to 1000, or leave it empty.',
  'alerts.where': 'Where it reaches you, you choose once for all:',
  'alerts.keep': 'Keep this',
  'alerts.kept': 'Kept.',
  'alerts.link': 'Tell me when',
} as const
