import { expect, test } from 'vitest'
import { FLAG_REASONS } from '~/server/moderation/types'
import { accuracyBonus, MOST_ONE_FLAG_WEIGHS, type Reporter, TRUST_OF_STAFF, weightOf } from '~/server/moderation/weights'

const somebody: Reporter = { trust: 1, serves: false, upheld: 0, declined: 0, stake: null, discounted: false }
const judged = (of: number, right: number) => ({ upheld: of * right, declined: of * (1 - right) })

test('who is right nine times in ten of sixteen weighs 6.7 more; who is right half of the time, nothing', () => {
  expect(accuracyBonus(judged(16, 0.9))).toBeCloseTo(6.67, 1)
  expect(accuracyBonus(judged(16, 0.5))).toBeCloseTo(-2.86, 1)
  expect(weightOf({ ...somebody, ...judged(16, 0.9) }, 'other')).toBeCloseTo(8.67, 1)
  expect(weightOf({ ...somebody, ...judged(16, 0.5) }, 'other')).toBe(0)
})

test('one counts as one; trust adds its level, and those who serve the place five', () => {
  expect(weightOf({ ...somebody, trust: 0 }, 'other')).toBe(1)
  expect([1, 2, 3, 4].map((trust) => weightOf({ ...somebody, trust }, 'other'))).toEqual([2, 3, 4, 5])
  expect(weightOf({ ...somebody, serves: true }, 'other')).toBe(1 + TRUST_OF_STAFF)
  expect(weightOf(somebody, 'private')).toBe(4)
})

test('five judged flags say nothing yet, the sixth does', () => {
  expect(accuracyBonus({ upheld: 0, declined: 5 })).toBe(0)
  expect(accuracyBonus({ upheld: 0, declined: 6 })).toBeLessThan(0)
  expect(accuracyBonus({ upheld: 7, declined: 3 })).toBeCloseTo(0)
})

test('a party to the case counts once, a rival not at all, whatever their record', () => {
  for (const reporter of everybody()) {
    expect(weightOf({ ...reporter, stake: 'rival' }, 'illegal')).toBe(0)
    expect(weightOf({ ...reporter, stake: 'subject' }, 'illegal')).toBe(1)
  }
})

test('no weight is below nothing or above the most; more trust and more right never weigh less', () => {
  const broken = everybody().flatMap((reporter) =>
    FLAG_REASONS.filter((reason) => {
      const weight = weightOf(reporter, reason)
      const { trust, upheld, declined } = reporter
      const better = [
        { ...reporter, trust: Math.min(4, trust + 1) },
        { ...reporter, serves: true },
        ...(declined > 0 ? [{ ...reporter, upheld: upheld + 1, declined: declined - 1 }] : []),
      ]
      return weight < 0 || weight > MOST_ONE_FLAG_WEIGHS || better.some((one) => weightOf(one, reason) < weight)
    }),
  )
  expect(broken).toEqual([])
})

/** Each level with each record up to 24 judged flags, and some long ones. */
function everybody(): Reporter[] {
  const records = Array.from({ length: 25 }, (_, upheld) =>
    Array.from({ length: 25 - upheld }, (_, declined) => ({ upheld, declined })),
  ).flat()
  const long = [{ upheld: 5000, declined: 0 }, { upheld: 0, declined: 5000 }, { upheld: 3500, declined: 1500 }] // prettier-ignore
  return [0, 1, 2, 3, 4].flatMap((trust) =>
    [...records, ...long].map((record) => ({ trust, serves: false, stake: null, discounted: false, ...record })),
  )
}
