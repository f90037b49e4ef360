import { expect, test } from 'vitest'
import { keyFrom } from '~/server/identity/keys'
import { companyName, domainOf, folded, personName, soundOf, surnameOf } from '~/server/identity/names'

test('a company’s legal suffix is split off and kept', () => {
  const split = (typed: string) => {
    const { name, legalSuffix, nameNorm } = companyName(typed)
    return [name, legalSuffix, nameNorm]
  }
  expect(split('Brandt & Söhne GmbH')).toEqual(['Brandt & Söhne', 'GmbH', 'brandt & sohne'])
  expect(split('Brandt & Söhne GmbH & Co. KG')).toEqual(['Brandt & Söhne', 'GmbH & Co. KG', 'brandt & sohne'])
  expect(split('Norrhavn, Inc.')).toEqual(['Norrhavn', 'Inc.', 'norrhavn'])
  expect(split('Acme Limited')).toEqual(['Acme', 'Ltd', 'acme'])
  expect(split('De Molen B.V.')).toEqual(['De Molen', 'B.V.', 'de molen'])
  expect(split('GmbH')).toEqual(['GmbH', '', 'gmbh'])
  expect(split('株式会社')[2]).not.toBe('')
  expect(split('★')).toEqual(['★', '', '★'])
})

test('names are compared without case, width, accents or punctuation', () => {
  expect(folded('Ｍüller—Lüdenscheidt')).toBe('muller ludenscheidt')
  expect(folded('STRASSE')).toBe(folded('Straße'))
  expect(personName('  Amina   Haddad ').nameNorm).toBe('amina haddad')
})

test('surnames that sound alike sound alike', () => {
  expect(soundOf('Meyer')).toBe(soundOf('Maier'))
  expect(soundOf('Haddad')).toBe(soundOf('Hadad'))
  expect(soundOf('Philips')).toBe(soundOf('Filips'))
  expect(soundOf('Brandt')).not.toBe(soundOf('Okafor'))
  expect(surnameOf({ name: 'Haddad, Amina', familyName: '' })).toBe('haddad')
  expect(surnameOf({ name: 'Amina Haddad', familyName: '' })).toBe('haddad')
})

test('a domain is what somebody registered; mailbox houses are none', () => {
  expect(domainOf('https://www.shop.norrhavn.co.uk/about')).toBe('norrhavn.co.uk')
  expect(domainOf('dara@mail.norrhavn.example')).toBe('norrhavn.example')
  expect(domainOf('somebody@gmail.com')).toBeNull()
  expect(domainOf('10.0.0.1')).toBeNull()
  expect(domainOf('')).toBeNull()
})

test('each kind of key has one form; what several people answer identifies nobody', () => {
  expect(keyFrom('email', 'Amina+Crm@Example.ORG')).toMatchObject({ valueNorm: 'amina+crm@example.org', identifies: true })
  expect(keyFrom('email', 'Info+list@example.org')).toMatchObject({ identifies: false })
  expect(keyFrom('email', 'not an address')).toBeNull()
  expect(keyFrom('phone', '030 901820', 'DE')).toMatchObject({ valueNorm: '+4930901820', identifies: false })
  expect(keyFrom('phone', '+44 20 7946 0018')).toMatchObject({ valueNorm: '+442079460018' })
  expect(keyFrom('phone', '12345')).toBeNull()
  expect(keyFrom('external', 'salesforce:0035g00000XyZ')).toMatchObject({ identifies: true })
  expect(keyFrom('external', 'no system')).toBeNull()
})
