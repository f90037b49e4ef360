import { expect, test } from 'vitest'
import { z } from 'zod'
import { line, optionalLine, optionalText, text } from '~/server/platform/text'

function messageOf(type: z.ZodType, value: unknown) {
  const parsed = type.safeParse(value)
  return parsed.success ? undefined : parsed.error.issues[0]?.message
}

test('a line is trimmed and its inner whitespace folded', () => {
  expect(line({ max: 20 }).parse('  Tern \t Mail\r\n 12 ')).toBe('Tern Mail 12')
})

test('text keeps what was typed but for line ends', () => {
  expect(text({ max: 40 }).parse('  one\r\n\ttwo\rthree\n')).toBe('  one\n\ttwo\nthree\n')
})

test('text is composed, so that equal words are equal', () => {
  expect(line({ max: 4 }).parse('Cafe\u0301')).toBe('Café')
})

test.each([
  ['a NUL', 'a\u0000b'],
  ['an escape', 'a\u001bb'],
  ['a C1 control', 'a\u0085b'],
  ['delete', 'a\u007fb'],
  ['a lone high surrogate', 'a\ud83d'],
  ['a lone low surrogate', '\ude00a'],
])('%s is not text', (_, value) => {
  expect(messageOf(line({ max: 10 }), value)).toBe('notText')
  expect(messageOf(text({ max: 10 }), value)).toBe('notText')
  expect(messageOf(optionalText({ max: 10 }), value)).toBe('notText')
})

test('only strings are text', () => {
  for (const value of [7, true, ['a'], { a: 1 }]) expect(messageOf(text({ max: 10 }), value)).toBe('notText')
  expect(messageOf(text({ max: 10 }), undefined)).toBe('required')
})

test('bounds are counted in code points', () => {
  expect(line({ max: 3 }).parse('😀😀😀')).toBe('😀😀😀')
  expect(messageOf(line({ max: 2 }), '😀😀😀')).toBe('tooLong:2')
  expect(messageOf(text({ min: 3, max: 9 }), '😀😀')).toBe('tooShort:3')
  expect(messageOf(text({ min: 3, max: 9 }), '  \n ')).toBe('required')
})

test('optional fields read empty as absent', () => {
  const fields = z.object({ city: optionalLine({ max: 5 }), note: optionalText({ max: 5 }) })
  expect(fields.parse({ city: '', note: ' \n' })).toEqual({})
  expect(fields.parse({})).toEqual({})
  expect(fields.parse({ city: ' Oulu ', note: 'x\ny' })).toEqual({ city: 'Oulu', note: 'x\ny' })
  expect(messageOf(fields, { city: 'Oulunsalo' })).toBe('tooLong:5')
})
