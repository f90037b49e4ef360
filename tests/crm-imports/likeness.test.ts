import { expect, test } from 'vitest'
import { domain, mailbox, organisationName, phone, sameId, squashed } from '~/server/crm-imports/likeness'

test('what is the same is written in many ways', () => {
  expect(mailbox(' Amina@ACME.example ')).toBe('amina@acme.example')
  expect(mailbox('amina@bücher.example')).toBe('amina@xn--bcher-kva.example')
  expect(domain('https://www.Acme.example:8080/about?x#y')).toBe('acme.example')
  expect(phone('+1 (408) 505-1578 ext. 12')).toBe('+14085051578')
  expect(phone('0031 20 555 0101')).toBe(phone('+31 20 555 01 01'))
  expect(organisationName('ACME, Inc.')).toBe(organisationName('Acme'))
  expect(squashed('GTX Pro')).toBe(squashed('GTXPro'))
  expect(sameId('001000000000001AAA')).toBe('001000000000001')
})

test('what is not the same stays apart, and what is none is none', () => {
  expect(mailbox('a.b@acme.example')).not.toBe(mailbox('ab@acme.example'))
  expect(mailbox('amina+news@acme.example')).not.toBe(mailbox('amina@acme.example'))
  for (const none of ['amina', 'amina@acme', 'a b@acme.example', '<a@acme.example>', 'a@@acme.example'])
    expect(mailbox(none)).toBeUndefined()
  for (const none of ['acme', '', 'two words.example', '-']) expect(domain(none)).toBeUndefined()
  expect(phone('12-34')).toBeUndefined()
  expect(organisationName('Inc')).toBe('inc')
})
