import { afterEach, expect, test } from 'vitest'
import { say, sayList, sayNumber } from '~/words'
import { sayChosenDay, sayDate, sayDay, sayMoment, sayTime } from '~/words/dates'
import { direction, englishOf, mannerFrom } from '~/words/manner'

afterEach(() => mannerFrom(() => undefined))
const spokenTo = (lang: string, timeZone = 'UTC') => mannerFrom(() => ({ lang, timeZone }))

const EVENING = '2026-12-31T23:30:00Z'

test('whoever gave their time zone reads times by their own clock', () => {
  expect(sayMoment(EVENING)).toBe('31 December 2026, 23:30 UTC')
  spokenTo('en-GB', 'Asia/Kolkata')
  expect(sayTime(EVENING)).toBe('05:00')
  expect(sayDate(EVENING)).toBe('1 January 2027')
  expect(sayMoment(EVENING)).toBe('1 January 2027, 05:00 GMT+5:30')
})

test('a clock of twenty-four hours has two digits, one of twelve has none too many', () => {
  expect(sayTime('2026-01-01T04:06:00Z')).toBe('04:06')
  spokenTo('en-US')
  expect(sayTime('2026-01-01T04:06:00Z')).toBe('4:06 AM')
})

test('the year is left out when it is the reader’s own', () => {
  spokenTo('en-GB', 'America/New_York')
  expect(sayDay('2027-01-01T03:00:00Z', '2026-06-01')).toBe('31 December')
  spokenTo('en-GB')
  expect(sayDay('2027-01-01T03:00:00Z', '2026-06-01')).toBe('1 January 2027')
})

test('a day that was chosen as a day is the same by every clock', () => {
  spokenTo('en-GB', 'Pacific/Honolulu')
  expect(sayChosenDay('2026-12-31')).toBe('31 December 2026')
})

test('a zone that is not known here is UTC', () => {
  spokenTo('en-GB', 'Mars/Olympus')
  expect(sayTime(EVENING)).toBe('23:30')
})

test('numbers, dates and lists are written as readers of that English write them', () => {
  spokenTo('en-US')
  expect(sayDate(EVENING)).toBe('December 31, 2026')
  expect(sayNumber(1234.5)).toBe('1,234.5')
  spokenTo('en-ZA')
  expect(sayNumber(1234.5)).not.toBe('1,234.5')
  expect(sayList(['Amina', 'Bo', 'Chen'])).toBe('Amina, Bo and Chen')
})

test.each([
  ['en-US,en;q=0.9', 'en-US'],
  ['de-DE,de;q=0.9,en-AU;q=0.8', 'en-AU'],
  ['en-US;q=0, en-IE', 'en-IE'],
  ['de', 'en-GB'],
  ['en', 'en-GB'],
  ['', 'en-GB'],
  ['en-XA', 'en-GB'],
  ['en-!!, en-' + 'x'.repeat(5000), 'en-GB'],
  [undefined, 'en-GB'],
])('a browser that accepts %s is spoken to in %s', (accepted, lang) => expect(englishOf(accepted)).toBe(lang))

test('a pseudo-language changes the words of a message, not what is put into it', () => {
  spokenTo('en-XA')
  const said = say('error.tooLong', { n: 120 })
  expect(said).toContain('120')
  expect(said).not.toMatch(/[a-z]{2}/i)
  expect(said.length).toBeGreaterThan('At most 120 characters, please.'.length * 1.2)
  expect(direction()).toBe('ltr')
})

test('words from right to left bring their own digits and dates', () => {
  spokenTo('ar-XB')
  expect(direction()).toBe('rtl')
  expect(say('error.tooLong', { n: 120 })).toContain('\u202echaracters\u202c')
  expect(sayNumber(120)).toBe('١٢٠')
  expect(sayDate(EVENING)).toBe('٣١ ديسمبر ٢٠٢٦')
})
