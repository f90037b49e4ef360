import { Link, useLoaderData } from '@remix-run/react'
import { ThreadRows } from '~/app/components/threads'
import { ActionButton, ButtonLink, Columns, Empty, Label, PageHead, Pager, Section, Wrap } from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { followedRooms, needingAnswers } from '~/server/threads'
import { say } from '~/words'

/** A page listens to so many rooms; what is new in others is there when it is read again. */
const MOST_HEARD = 20

export const loader = load(async ({ viewer, url }) => {
  const person = personOf(viewer)
  const cursor = url.searchParams.get('cursor')
  const [followed, needed] = await Promise.all([followedRooms(person), needingAnswers(person, cursor)])
  return { followed, ...needed, cursor }
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('follow.mine') }) }]

export default function MyFollowingScreen() {
  const { followed, threads, next, cursor } = useLoaderData<typeof loader>()
  useLive([...new Set(followed.map((room) => `community:${room.communityId}`))].slice(0, MOST_HEARD))
  if (followed.length === 0)
    return (
      <Wrap>
        <PageHead title={say('follow.mine')} lede={say('follow.mine.lede')} />
        <Empty title={say('follow.mine.none')} action={<ButtonLink to={paths.communities()}>{say('follow.mine.none.act')}</ButtonLink>}>
          {say('follow.mine.none.body')}
        </Empty>
      </Wrap>
    )
  return (
    <Wrap>
      <PageHead title={say('follow.mine')} lede={say('follow.mine.lede')} />
      <Columns
        label={say('follow.mine.list')}
        rail={
          <section>
            <Label level={2}>{say('follow.mine.list')}</Label>
            <ul className="grid gap-3">
              {followed.map(({ slug, name, tag }) => {
                const what = tag ? say('follow.mine.tagIn', { tag, room: name }) : name
                return (
                  <li key={`${slug} ${tag ?? ''}`} className="flex items-center justify-between gap-3">
                    <Link className="wrap-anywhere underline" to={tag ? paths.tag(slug, tag) : paths.community(slug)}>
                      {what}
                    </Link>
                    <ActionButton
                      action={paths.unfollowRoom(slug)}
                      fields={{ tag, next: paths.following() }}
                      label={say('thread.unfollow')}
                      spoken={say('follow.end.spoken', { what })}
                      variant="quiet"
                      size="sm"
                    />
                  </li>
                )
              })}
            </ul>
          </section>
        }
      >
        <Section title={say('follow.needed')}>
          <p className="meta mb-3">{say('follow.needed.help')}</p>
          {threads.length > 0 ? (
            <ThreadRows threads={threads} label={say('follow.needed')} withRoom level={3} />
          ) : (
            <Empty title={say('follow.needed.none')}>{say('follow.needed.none.body')}</Empty>
          )}
          <Pager
            newer={cursor ? paths.following() : null}
            newerLabel={say('thread.list.newest')}
            older={next ? `${paths.following()}?cursor=${next}` : null}
          />
        </Section>
      </Columns>
    </Wrap>
  )
}
