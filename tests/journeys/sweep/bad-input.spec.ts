import { expect, test } from '@playwright/test'
import type { World } from '../../support/addresses'
import { forms, rightly, type Form, type Kind } from './forms'
import { ask, atMost, NOBODY, send, furnishedWorld, wordsOf, type DemoSeats, type Sent, type Told } from './seats'

let seats: DemoSeats
let world: World
test.beforeAll(async ({ baseURL }) => {
  ;({ seats, world } = await furnishedWorld(baseURL ?? ''))
})

const TYPED: Kind[] = ['line', 'text', 'secret', 'day']
const OURS = 'Typed with care, and far too long.'
const OVERLONG = `${OURS} ${'x'.repeat(70_000)}`
/** What the parser says when nobody has put it in words. */
const NOT_FOR_PEOPLE =
  /Too (small|big)|Invalid (input|option|string|date|ISO|UUID|enum)|expected (string|number|one of)|Unrecognized key|must (match|contain)|\bundefined\b|\[object |\bzod\b/i
/** A key of the catalogue that was never put in words. */
const KEY = /\b(error\.[a-z]|tooLong:|tooShort:|notChoice\b|notText\b|notDate\b)/

type Try = { form: Form; what: string; field: string; body: Sent }

test('what was left out, is too long or is of the wrong kind is answered beside the field, and what was typed is kept', async () => {
  test.setTimeout(180_000)
  const wrong: string[] = []
  const tries = forms.flatMap((form): Try[] =>
    // What a button carries along is left alone: with everything else right, the button would do what it says.
    Object.entries(form.fields)
      .filter(([, { kind, optional }]) => kind !== 'hidden' || !optional)
      .flatMap(([field, { kind, optional }]) => [
        ...(optional ? [] : [{ form, what: 'empty', field, body: { ...rightly(form), [field]: '' } }]),
        { form, what: 'overlong', field, body: { ...rightly(form), [field]: OVERLONG } },
        ...(['choice', 'day'].includes(kind)
          ? [{ form, what: 'of the wrong kind', field, body: { ...rightly(form), [field]: 'banana' } }]
          : []),
        ...(kind === 'hidden' || kind === 'list'
          ? []
          : [{ form, what: 'twice', field, body: { ...rightly(form), [field]: ['one of two', 'another'] } }]),
        { form, what: 'not text', field, body: notText(form, field) },
      ]),
  )
  await atMost(6, tries, async ({ form, what, field, body }) => {
    const path = form.at(world)
    const answer = await send(seats[form.as], path, body)
    for (const problem of problemsOf(answer, form, field, what)) wrong.push(`${form.as} POST ${path}, ${field} ${what}: ${problem}`)
  })
  expect(wrong.sort()).toEqual([])
})

function problemsOf({ status, body }: Told, form: Form, field: string, what: string): string[] {
  const { kind } = form.fields[field] ?? { kind: 'hidden' }
  if (status >= 500) return [`${status}`]
  if (status < 400) return [`taken with ${status}`]
  const words = wordsOf(body)
  const typed = TYPED.includes(kind)
  return [
    ...(NOT_FOR_PEOPLE.test(words) ? [`says “${NOT_FOR_PEOPLE.exec(words)?.[0]}”`] : []),
    ...(KEY.test(words) ? [`says the key “${KEY.exec(words)?.[0]}”`] : []),
    ...(typed && !marked(body, field) ? ['the field is not marked'] : []),
    ...(what === 'overlong' && (kind === 'line' || kind === 'text') && !body.includes(OURS) ? ['what was typed is lost'] : []),
    ...(what === 'overlong' && kind === 'secret' && body.includes(OURS) ? ['a password comes back'] : []),
  ]
}

const marked = (body: string, field: string) =>
  [...body.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)].some(
    ([tag]) => tag.includes(`name="${field}"`) && tag.includes('aria-invalid="true"'),
  )

/** Everything as it should be but for one field, whose bytes are a NUL and half a character. */
function notText(form: Form, field: string): string {
  const { [field]: _, ...others } = rightly(form)
  return [
    ...Object.entries(others).flatMap(([name, value]) => [value].flat().map((one) => `${name}=${encodeURIComponent(one)}`)),
    `${field}=wrong%00%ED%A0%80%FFend`,
  ].join('&')
}

test('nobody learns from a form what is private and what is not there', async () => {
  const wrong: string[] = []
  await atMost(6, forms, async (form) => {
    if (!form.unseen) return
    const seat = seats[form.unseen.by]
    const [hidden, missing] = [form.unseen.hidden(world), form.unseen.missing]
    for (const [what, of] of [
      ['a form to', (path: string) => send(seat, path, rightly(form))],
      ['an empty form to', (path: string) => send(seat, path, {})],
      ['a look at', (path: string) => ask(seat, path)],
    ] as const) {
      const answers = await Promise.all([of(hidden), of(missing)])
      const [one, other] = answers.map(
        ({ status, body, location }) => `${status} ${location.replaceAll(hidden, '').replaceAll(missing, '')} ${wordsOf(body)}`,
      )
      const ledOn = answers.every(({ status }) => status === 302)
      if (one !== other && !ledOn)
        wrong.push(`${form.unseen.by}, ${what} ${hidden}: ${one?.slice(0, 160)} / ${missing}: ${other?.slice(0, 160)}`)
      if (answers.some(({ status }) => status >= 500)) wrong.push(`${hidden}: ${answers.map(({ status }) => status).join(' / ')}`)
    }
  })
  expect(wrong.sort()).toEqual([])
})

/** Addresses that nobody means. */
const ODD = [
  '/c/%00',
  '/c/%ED%A0%80',
  '/c/tern-mail/0',
  '/c/tern-mail/-1',
  '/c/tern-mail/1e3',
  '/c/tern-mail/99999999999999999999',
  '/c/tern-mail/1?after=%00',
  '/c/tern-mail/1?after=x&sort=y',
  '/c/tern-mail/1?post=%00',
  '/c/tern-mail?view=%00',
  '/c/tern-mail?tag=%00',
  '/c/tern-mail?cursor=%00',
  '/c/tern-mail?cursor=bm90LWEtY3Vyc29y',
  '/c/tern-mail?cursor=2026-01-01T00:00:00.000Z_x',
  `/c/tern-mail?tag=${'x'.repeat(5000)}`,
  '/search?q=%00',
  '/search?q=%ED%A0%80',
  '/search?q=%25_%5C%27%22',
  `/search?q=${'a+'.repeat(2000)}`,
  '/search?q=%22%20%26%20%7C%20%21%20%28',
  '/search?q=a&cursor=%00',
  '/search?q=a&cursor=nothing',
  '/search?q=a&community=%00&tag=%00',
  '/people/%00',
  '/people/%ED%A0%80',
  '/people/chen?before=%00',
  '/people/chen?before=yesterday',
  '/posts/%00/history',
  '/posts/not-an-id/comments',
  '/recommendations/%00',
  '/recommendations/not-an-id',
  '/vendors/%00',
  '/vendors/tern-works?cursor=%00',
  '/vendors/tern-works?cursor=x_y',
  '/vendors/tern-works/recommend?product=%00',
  '/vendors/tern-works/people?q=%00',
  '/vendors/tern-works/people?q=%25',
  '/vendors/tern-works/people?before=x_y',
  `/vendors/tern-works/people?before=9999999-01-01_${NOBODY}`,
  '/relationships/%00',
  '/relationships/not-an-id',
  '/moderation/log?before=%00',
  '/moderation/log?before=x_y',
  '/moderation/log?community=%00',
  '/moderation/log/not-an-id',
  '/moderation/post/not-an-id',
  '/moderation/nothing/x',
  '/moderation?item=%00',
  '/moderation?after=%00',
  '/c/tern-mail/moderation?item=post:x&after=y',
  '/moderation/people/%00',
  '/flags/post/%00',
  '/invitations/%00',
  '/confirm-email/%00',
  '/reset-password/%00',
  '/me/vault/%00',
  '/me/vault/constructor',
  '/me/vault/__proto__',
  '/me/grants/%00',
  '/me/grants/new?vendor=%00',
  '/me/readings?before=%00',
  '/me/readings?before=x',
  '/me/seen-by/%00',
  '/me/relationships/%00',
  '/me/relationships/tern-works?before=%00',
  '/me/notifications?cursor=%00',
  '/me/notifications/%00',
  '/unsubscribe/%00',
  '/address-works/%00',
  '/unsubscribe/bm90LWEtdG9rZW4.AAAAAAAAAAAAAAAAAAAAAA',
  '/me/notifications/not-an-id',
  '/me/notifications?cursor=x',
  '/operate/vendors/%00',
  '/operate/communities/%00',
  '/operate/vendors/constructor',
  '/sign-in?next=//evil.example',
  '/sign-in?next=%00',
  '/%',
  '/%E0%A4%A',
  '/c/tern-mail/1.data?_routes=%00',
  '/c/tern-mail.data?_routes=routes%2Fnothing',
  '/__manifest?p=%00',
  '/__manifest?p=/c/tern-mail&version=x',
]

test('an address that nobody means is answered, not fallen over', async () => {
  const wrong: string[] = []
  const tries = ODD.flatMap((path) => (['visitor', 'amina', 'dara', 'bo', 'olu'] as const).map((role) => ({ path, role })))
  await atMost(6, tries, async ({ path, role }) => {
    const { status } = await ask(seats[role], path)
    if (status >= 500) wrong.push(`${role} ${path.slice(0, 90)}: ${status}`)
  })
  expect(wrong.sort()).toEqual([])
})
