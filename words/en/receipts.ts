/** Signed receipts, and the page on which anybody checks one. */
export const receipts = {
  'receipt.title': 'Receipt',
  'receipt.why': 'You and {vendor} hold the same file, signed by both. Whatever happens to this grant is added to it.',
  'receipt.soon': 'It is being written. Load the page again in a moment.',
  'receipt.download': 'Download the receipt',
  'receipt.kantara': 'As Kantara 1.1',
  'receipt.check': 'Check a receipt',
  'verify.title': 'Check a signed record',
  'verify.lede':
    'Receipts of consent and records of agreements are signed by both sides. Paste one here to see whether it is as they signed it. Nothing of it is kept.',
  'verify.signed': 'The signed record',
  'verify.signedHelp': 'The whole file, beginning with a brace, or a token of three parts with two dots.',
  'verify.check': 'Check it',
  'verify.keys': 'The public keys',
  'verify.outcome': 'What came of it',
  'verify.holds': 'As it was signed',
  'verify.broken': 'Not as it was signed',
  'verify.brokenWhy': 'A signature does not hold, the file was changed, or nobody here knows its key.',
  'verify.signatures': 'Signatures',
  'verify.counted':
    '{reads, plural, =0 {0 readings} one {1 reading} other {# readings}} since it ended, {refusals, plural, one {1 refusal} other {# refusals}}; counted at',
  'verify.states': 'What it says happened',
  'verify.by.portal': 'Signed by the portal.',
  'verify.by.vendor': 'Signed by {vendor}.',
  'verify.by.person': 'Signed by the person, under the key that only this vendor knows.',
  'verify.by.unknown': 'Signed with a known key.',
} as const
