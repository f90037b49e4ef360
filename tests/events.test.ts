import { expect, test } from 'vitest'
import { z } from 'zod'
import { events } from '~/server/events'

/** Ids, enums and counts: the log can be kept when the words it points at are erased. */
test('no event carries text that people wrote', () => {
  const names = /(Ids?|Kind|act|purpose|value|accepted|all|threads|posts|recommendations|vendors|products|attributes|keys)$/
  for (const [kind, shape] of Object.entries(events))
    for (const [name, type] of Object.entries((shape as z.ZodObject).shape)) {
      expect(name, `${kind} carries ${name}`).toMatch(names)
      expect(type, `${kind}.${name}`).not.toBeInstanceOf(z.ZodObject)
    }
})
