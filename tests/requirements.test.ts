import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '~/server/platform/root'

const page = readFileSync(join(projectRoot, 'docs/requirements.md'), 'utf8')
const [shown = '', notYet = ''] = page.split('## Not shown yet')
const ranges = [
  [1, 14], [31, 32], [38, 38], [73, 77], [81, 83], [91, 91], [93, 100], [103, 107], [109, 109], [114, 135], [142, 153], [159, 176], [183, 196],
] as const // prettier-ignore
const numbers = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => `S${from + n}`))

test('everything that is asked of a record is shown by something, or said to be missing', () => {
  const said = [...shown.matchAll(/^\| (S\d+) \|/gm), ...notYet.matchAll(/(S\d+)/g)].map(([, number]) => number)
  expect([...said].sort()).toEqual([...numbers].sort())
})

test('what shows it is there: the file, and the test in it', () => {
  const named = [...shown.matchAll(/`([\w./-]+)`(?: › ([^|\n]+))?/g)].map(([, file = '', title = '']) => [file, title.trim()] as const)
  expect(named.length).toBeGreaterThan(25)
  const gone = named.filter(([file, title]) => {
    const path = join(projectRoot, file)
    return !existsSync(path) || (title !== '' && !readFileSync(path, 'utf8').includes(title))
  })
  expect(gone).toEqual([])
})
