import { useLoaderData } from '@remix-run/react'
import { Byline } from '~/app/components/people'
import { Banner, Button, ButtonLink, Empty, PageHead, PostForm, Rows, Wrap } from '~/app/components/ui'
import { act, load, redirectWith } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { SignInAsInput } from '~/server/accounts/input'
import { cast, signInAs } from '~/server/backstage'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('dev.signInAs.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async ({ viewer, url }) => ({
  people: await cast(),
  me: viewer.kind === 'person' ? viewer.displayName : null,
  next: safeNext(url.searchParams.get('next')),
}))

export const action = act(SignInAsInput, async ({ viewer, input, device }) => {
  return redirectWith([await signInAs(viewer, input.handle, device)], safeNext(input.next))
})

export default function SignInAsScreen() {
  const { people, me, next } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('dev.signInAs.title')} lede={say('dev.signInAs.lede')} />
      <div className="grid max-w-[46rem] gap-6">
        {me ? <Banner>{say('dev.signInAs.now', { name: me })}</Banner> : null}
        {people.length === 0 ? (
          <Empty title={say('dev.signInAs.nobody')} action={<ButtonLink to={paths.signUp()}>{say('ui.join')}</ButtonLink>}>
            {say('dev.signInAs.nobody.why')}
          </Empty>
        ) : (
          <Rows>
            {people.map((who) => (
              <li key={who.handle}>
                <Byline
                  who={who}
                  to={paths.person(who.handle ?? '')}
                  end={
                    <PostForm fields={{ handle: who.handle, next }}>
                      <Button size="sm" aria-label={say('dev.signInAs.as', { name: who.displayName })}>
                        {say('ui.signIn')}
                      </Button>
                    </PostForm>
                  }
                >
                  @{who.handle}
                </Byline>
              </li>
            ))}
          </Rows>
        )}
      </div>
    </Wrap>
  )
}
