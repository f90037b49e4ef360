import { useLoaderData } from '@remix-run/react'
import { RoomTable } from '~/app/components/communities'
import { ButtonLink, Empty, PageHead, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { communityDirectory } from '~/server/communities'
import { can } from '~/server/policy'
import { say } from '~/words'
import { toBeFound } from '~/app/meta'
import type { MetaFunction } from '@remix-run/node'

export const loader = load(async ({ viewer }) => ({
  rooms: await communityDirectory(viewer),
  mayOpen: can(viewer, 'community.create', null),
}))

export const meta: MetaFunction = ({ matches }) => toBeFound({ matches, title: say('communities.title'), path: paths.communities() })

export default function CommunityDirectoryScreen() {
  const { rooms, mayOpen } = useLoaderData<typeof loader>()
  return (
    <Wrap className="page-front">
      <PageHead
        title={say('communities.title')}
        lede={say('communities.lede')}
        end={mayOpen && rooms.length > 0 ? <ButtonLink to={paths.newCommunity()}>{say('operate.newCommunity')}</ButtonLink> : null}
      />
      {rooms.length === 0 ? (
        <Empty
          title={say('communities.none')}
          action={
            mayOpen ? (
              <ButtonLink variant="primary" to={paths.newCommunity()}>
                {say('communities.none.operator')}
              </ButtonLink>
            ) : null
          }
        >
          {say('communities.none.why')}
        </Empty>
      ) : (
        <section className="rooms !mt-0">
          <RoomTable rooms={rooms} />
        </section>
      )}
    </Wrap>
  )
}
