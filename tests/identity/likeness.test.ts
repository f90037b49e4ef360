import { expect, test } from 'vitest'
import { blocksOf, jaroWinkler, likeness, type Known } from '~/server/identity/likeness'
import { companyName, folded } from '~/server/identity/names'

const somebody = (name: string, more: Partial<Known> = {}): Known => ({
  ...{ id: name, kind: 'contact', name, familyName: '', nameNorm: folded(name), legalSuffix: '', city: '' },
  ...{ emails: [], verified: [], phones: [], domains: [], companies: [] },
  ...more,
})
const company = (typed: string, more: Partial<Known> = {}) => somebody(typed, { kind: 'organization', ...companyName(typed), ...more })
const score = (a: Known, b: Known) => likeness(a, b).score

test('Jaro–Winkler as it is published', () => {
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3)
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3)
  expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3)
  expect([jaroWinkler('a', 'a'), jaroWinkler('a', 'b'), jaroWinkler('', 'b')]).toEqual([1, 0, 0])
})

test('one mailbox and one name are one person; the weight is shared among what both hold', () => {
  const a = somebody('Amina Haddad', { emails: ['amina@norrhavn.example'], city: 'Malmö' })
  const b = somebody('Amina Hadad', { emails: ['amina@norrhavn.example'], phones: ['+4930901820'] })
  expect(likeness(a, b)).toEqual({ score: 1, reasons: { name: 1, email: 1 } })
})

test('a name alone never makes two one, nor does little that both hold', () => {
  const amina = somebody('Amina Haddad')
  expect(score(amina, somebody('Amina Haddad'))).toBe(0.79)
  const phone = { phones: ['+4930901820'] }
  // .2 + .2 of what both hold is under a half.
  expect(score(somebody('Amina Haddad', phone), somebody('Amina Haddad', phone))).toBe(0.79)
  const withCompany = { ...phone, companies: ['norrhavn'] }
  expect(score(somebody('Amina Haddad', withCompany), somebody('Amina Haddad', withCompany))).toBe(1)
})

test('two different addresses speak for two; two that were proven, the more', () => {
  const facts = { phones: ['+4930901820'], companies: ['norrhavn'], city: 'Malmö' }
  const one = somebody('Amina Haddad', { ...facts, emails: ['a@norrhavn.example'] })
  expect(score(one, somebody('Amina Haddad', { ...facts, emails: ['b@norrhavn.example'] }))).toBe(0.55)
  const shared = ['team@norrhavn.example']
  const proven = (address: string) => somebody('Amina Haddad', { ...facts, emails: [address, ...shared], verified: [address] })
  expect(score(proven('a@norrhavn.example'), proven('b@norrhavn.example'))).toBe(0.79)
})

test('names are tried the other way round, and what sounds alike is looked for together', () => {
  expect(likeness(somebody('Haddad, Amina'), somebody('Amina Haddad')).reasons.name).toBe(1)
  const meyer = (name: string, address: string) => blocksOf(somebody(name, { emails: [address] }))
  const shared = meyer('Jan Meyer', 'jan@acme.example').filter((block) => meyer('Jan Maier', 'j.maier@acme.example').includes(block))
  expect(shared).toHaveLength(1)
  expect(blocksOf(somebody('Amina Haddad'))).toEqual([])
  expect(blocksOf(somebody('Bo', { emails: ['bo+fair@acme.example'] }))).toContain('m:bo@acme.example')
})

test('companies of one domain are one, of two legal suffixes two', () => {
  const domains = ['norrhavn.example']
  expect(score(company('Norrhavn AB', { domains }), company('Norrhavn', { domains }))).toBe(1)
  expect(score(company('Norrhavn AB', { domains }), company('Norrhavn Inc.', { domains }))).toBe(0.79)
  expect(score(company('Norrhavn'), company('Norrhavn'))).toBe(0.79)
  expect(
    score(company('Norrhavn Shipping', { domains: ['a.example'] }), company('Norrhavn Shipping', { domains: ['b.example'] })),
  ).toBeLessThan(0.6)
})
