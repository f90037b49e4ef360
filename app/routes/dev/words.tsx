import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Button, PageHead, PostForm, Wrap } from '~/app/components/ui'
import { act, load } from '~/app/http.server'
import { safeNext } from '~/app/paths'
import { WordsInput } from '~/server/accounts/input'
import { demoOnly } from '~/server/backstage'
import { say } from '~/words'
import { manner } from '~/words/manner'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('dev.words.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(({ url }) => {
  demoOnly()
  return { now: manner().lang, next: safeNext(url.searchParams.get('next')) }
})

export const action = act(WordsInput, ({ input }) => {
  demoOnly()
  const kept = input.words ? `parley_words=${input.words}` : 'parley_words=; Max-Age=0'
  return Promise.resolve(redirect(safeNext(input.next), { headers: { 'Set-Cookie': `${kept}; Path=/; HttpOnly; SameSite=Lax` } }))
})

const CHOICES = [
  { words: '', key: 'dev.words.english' },
  { words: 'en-XA', key: 'dev.words.accented' },
  { words: 'ar-XB', key: 'dev.words.mirrored' },
] as const

export default function WordsScreen() {
  const { now, next } = useLoaderData<typeof loader>()
  const pseudo = CHOICES.some(({ words }) => words === now)
  return (
    <Wrap>
      <PageHead title={say('dev.words.title')} lede={say('dev.words.lede')} />
      {/* The browser learns how it is spoken to from the document: a new one. */}
      <PostForm fields={{ next }} reloadDocument>
        <div className="flex flex-wrap gap-2">
          {CHOICES.map(({ words, key }) => (
            <Button key={key} name="words" value={words} aria-pressed={pseudo ? words === now : words === ''}>
              {say(key)}
            </Button>
          ))}
        </div>
      </PostForm>
    </Wrap>
  )
}
