import type { MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { ThreadRows } from '~/app/components/threads'
import { Button, ButtonLink, Checkbox, Empty, PageHead, Pager, Select, TextInput, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { searchPage } from '~/server/search'
import { say } from '~/words'

export const loader = load(async ({ viewer, url }) => {
  const asked = (name: string) => url.searchParams.get(name)?.slice(0, 200) ?? ''
  const [q, community, tag, solved, cursor] = [asked('q'), asked('community'), asked('tag'), asked('solved') !== '', asked('cursor')]
  return { ...(await searchPage(viewer, { q, community, tag, solved, cursor })), community, tag, solved, cursor }
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data?.q ? say('search.titleFor', { q: data.q }) : say('search.title') }) },
]

export default function SearchScreen() {
  const { q, rooms, results, next, community, tag, solved, cursor } = useLoaderData<typeof loader>()
  const byId = new Map(results.map((result) => [result.threadId, result]))
  const page = (at: string | null) => {
    const params = new URLSearchParams({
      q,
      ...(community && { community }),
      ...(tag && { tag }),
      ...(solved && { solved: 'on' }),
      ...(at && { cursor: at }),
    })
    return `${paths.search()}?${params}`
  }
  return (
    <Wrap>
      <PageHead title={say('search.title')} />
      <div className="max-w-[52rem]">
        <Form
          method="get"
          action={paths.search()}
          role="search"
          aria-label={say('search.field')}
          key={q}
          className="grid items-end gap-4 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
        >
          <TextInput
            label={say('search.field')}
            name="q"
            id="search-words"
            type="search"
            defaultValue={q}
            maxLength={200}
            className="md:col-span-2"
          />
          <Select
            label={say('search.community')}
            name="community"
            defaultValue={community}
            options={[{ value: '', label: say('search.community.all') }, ...rooms.map((room) => ({ value: room.slug, label: room.name }))]}
          />
          <TextInput label={say('search.tag')} name="tag" optional defaultValue={tag} maxLength={80} />
          <div className="flex flex-wrap items-center justify-between gap-4 md:col-span-2">
            <Checkbox label={say('search.solved')} name="solved" defaultChecked={solved} />
            <Button variant="primary">{say('search.send')}</Button>
          </div>
        </Form>
        <div className="mt-8">
          {q === '' ? (
            <Empty title={say('search.empty')}>{say('search.empty.body')}</Empty>
          ) : results.length === 0 ? (
            <Empty title={say('search.none')} action={<ButtonLink to={paths.askAnywhere()}>{say('ui.askQuestion')}</ButtonLink>}>
              {say('search.none.body')}
            </Empty>
          ) : (
            <ThreadRows
              threads={results}
              label={say('search.title')}
              withRoom
              title={(row) => <Marked pieces={byId.get(row.threadId)?.titlePieces ?? []} />}
              below={(row) => (
                <p className="text-ink-soft text-ui mt-0.5 wrap-anywhere" dir="auto">
                  <Marked pieces={byId.get(row.threadId)?.snippet ?? []} />
                </p>
              )}
            />
          )}
          <Pager
            newer={cursor && q ? page(null) : null}
            newerLabel={say('search.first')}
            older={next ? page(next) : null}
            olderLabel={say('search.more')}
          />
        </div>
      </div>
    </Wrap>
  )
}

function Marked({ pieces }: { pieces: { text: string; found: boolean }[] }) {
  return (
    <>
      {pieces.map((piece, index) =>
        piece.found ? (
          <mark key={index} className="bg-found rounded-[2px] px-px text-inherit">
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </>
  )
}
