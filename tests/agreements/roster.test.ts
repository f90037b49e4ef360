import { expect, test } from 'vitest'
import { TERMS } from '~/db/kinds'
import { CHAIN, isPortable, noWider, reachOf, readTerms, ROSTER, SERVICE_TERMS, termsOf, type Clause } from '~/server/agreements/roster'

/** The roster as it is read aloud: what may be done, and whether data has to be handed over. ✓ must, ✗ must not, ○ may. */
const READ_ALOUD = `
SD-BASE            ✓ ✗ ✗ ✗ ✗ ○
SD-BASE-DP         ✓ ✗ ✗ ✗ ✗ ✓
SD-BASE-A          ✓ ✓ ✗ ✗ ✗ ○
SD-BASE-A-DP       ✓ ✓ ✗ ✗ ✗ ✓
SD-BASE-AT         ✓ ✓ ✓ ✗ ✗ ○
SD-BASE-AT-DP      ✓ ✓ ✓ ✗ ✗ ✓
SD-BASE-ATP        ✓ ✓ ✓ ✓ ✗ ○
SD-BASE-ATP-DP     ✓ ✓ ✓ ✓ ✗ ✓
SD-BASE-ATP-S3P    ✓ ✓ ✓ ✓ ✓ ○
SD-BASE-ATP-S3P-DP ✓ ✓ ✓ ✓ ✓ ✓
PDC-INTENT         ✓ ✗ ✗ ✗ ✗ ✓
PDC-AI             ✓ ✗ ✗ ✗ ✗ ✓
PDC-GOOD           ✓ ✗ ✗ ✗ ✗ ✓`

test('the roster has thirteen rows, and says what it is known to say', () => {
  const sign = { must: '✓', 'must-not': '✗', may: '○' }
  const clauses: Clause[] = ['service', 'analytics', 'tracking', 'profiling', 'sharing', 'portability']
  const said = TERMS.map((terms) => `${terms} ${clauses.map((clause) => sign[ROSTER[terms][clause]]).join(' ')}`)
  expect(said).toEqual(
    READ_ALOUD.trim()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' ')),
  )
})

test('five steps of a chain, with and without handing over: every pair compares as its clauses do', () => {
  const uses: Clause[] = ['analytics', 'tracking', 'profiling', 'sharing']
  for (const one of SERVICE_TERMS)
    for (const other of SERVICE_TERMS) {
      const doesNoMore = uses.every((clause) => ROSTER[one][clause] === 'must-not' || ROSTER[other][clause] === 'must')
      const owesNoLess = isPortable(one) || !isPortable(other)
      expect(noWider(one, other), `${one} ≤ ${other}`).toBe(doesNoMore && owesNoLess)
    }
  expect(SERVICE_TERMS).toHaveLength(10)
})

test('it is a lattice: an order, with one widest and one narrowest, and each pair has a meet and a join', () => {
  for (const a of SERVICE_TERMS) {
    expect(noWider(a, a)).toBe(true)
    expect(noWider('SD-BASE-DP', a)).toBe(true)
    expect(noWider(a, 'SD-BASE-ATP-S3P')).toBe(true)
    for (const b of SERVICE_TERMS) {
      if (noWider(a, b) && noWider(b, a)) expect(a).toBe(b)
      for (const c of SERVICE_TERMS) if (noWider(a, b) && noWider(b, c)) expect(noWider(a, c)).toBe(true)
      const below = SERVICE_TERMS.filter((each) => noWider(each, a) && noWider(each, b))
      expect(below.filter((each) => below.every((other) => noWider(other, each)))).toHaveLength(1)
      const above = SERVICE_TERMS.filter((each) => noWider(a, each) && noWider(b, each))
      expect(above.filter((each) => above.every((other) => noWider(each, other)))).toHaveLength(1)
    }
  }
})

test('special agreements compare with nothing but themselves', () => {
  for (const special of ['PDC-INTENT', 'PDC-AI', 'PDC-GOOD'] as const)
    for (const terms of TERMS) {
      expect(noWider(special, terms)).toBe(special === terms)
      expect(noWider(terms, special)).toBe(special === terms)
      expect(reachOf(special)).toBeNull()
    }
})

test('no agreement lets a reach be said in two ways', () => {
  for (const reach of CHAIN)
    for (const portable of [true, false]) {
      expect(reachOf(termsOf(reach, portable))).toBe(reach)
      expect(isPortable(termsOf(reach, portable))).toBe(portable)
    }
})

test('older names are taken in, and given out as they are today', () => {
  const known = {
    'SD-BY': 'SD-BASE',
    'SD-BY-A': 'SD-BASE-A',
    'SD-BY-ATP-S3P-DP': 'SD-BASE-ATP-S3P-DP',
    'sd-base-dp': 'SD-BASE-DP',
    'ieee-7012:SD-BASE-A': 'SD-BASE-A',
    'https://w3id.org/dpv/standards/p7012#SD-BY-DP': 'SD-BASE-DP',
    'https://w3id.org/dpv/standards/ieee/7012#PDC-INTENT': 'PDC-INTENT',
  }
  for (const [said, terms] of Object.entries(known)) expect(readTerms(said), said).toBe(terms)
  for (const unknown of ['', 'SD', 'SD-BASE-P', 'SD-BYE', 'https://elsewhere.example/#SD-BASE', 'constructor', 'x'.repeat(9999)])
    expect(readTerms(unknown), unknown.slice(0, 40)).toBeNull()
})
