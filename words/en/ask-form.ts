/** What a vendor asks to be told with every question about a product. */
export const askForm = {
  'askForm.title': 'What to ask about {product}',
  'askForm.lede':
    'Up to {most} short fields that a question about it fills in: the version, the system, what was tried. Ask for what you need to answer, and no more. Questions that were asked before keep what they said.',
  'askForm.field': 'Field {n}',
  'askForm.label': 'Label',
  'askForm.label.help': 'Such as “Version”. Empty: there is no such field.',
  'askForm.kind': 'Kind',
  'askForm.kind.line': 'A line',
  'askForm.kind.choice': 'One of several answers',
  'askForm.kind.text': 'A longer text',
  'askForm.choices': 'Answers to choose from',
  'askForm.choices.help': 'One a line, two to twenty. Only where one of several is chosen.',
  'askForm.help': 'Help below the field',
  'askForm.required': 'A question cannot be posted without it',
  'askForm.save': 'Save what to ask',
  'askForm.edit': 'What questions about it are asked',
  'askForm.edit.spoken': 'What questions about {product} are asked',
  'askForm.details': 'About the product',
  'askForm.choose': 'Choose one',
  'askForm.show': 'Show what is asked about it',
  'error.askForm.choices': 'Give two to twenty answers to choose from, one a line.',
} as const
