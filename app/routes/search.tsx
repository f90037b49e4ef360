import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { Marked } from '~/app/components/search'
import { ThreadRows } from '~/app/components/threads'
import { Button, ButtonLink, Checkbox, Empty, PageHead, Pager, Rows, Select, TextInput, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { searchPage } from '~/server/search'
import { say } from '~/words'

const FIELDS = ['kind', 'community', 'tag', 'product', 'author', 'after', 'before', 'votes', 'solved'] as const

export const loader = load(async ({ viewer, url }) => {
  const typed = (name: string) => url.searchParams.get(name)?.slice(0, 200) ?? ''
  const wanted = Object.fromEntries(FIELDS.map((name) => [name, typed(name)])) as Record<(typeof FIELDS)[number], string>
  const cursor = typed('cursor')
  return { ...(await searchPage(viewer, { ...wanted, q: typed('q'), solved: wanted.solved !== '', cursor })), wanted, cursor }
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: say('ui.pageTitle', { title: data?.q ? say('search.titleFor', { q: data.q }) : say('search.title') }) },
]

export default function SearchScreen() {
  const { q, results, names, taken, next, wanted, cursor } = useLoaderData<typeof loader>()
  const byId = new Map(results.map((result) => [result.threadId, result]))
  const page = (at: string | null) => {
    const chosen = FIELDS.filter((name) => wanted[name]).map((name) => [name, wanted[name]])
    return `${paths.search()}?${new URLSearchParams([['q', q], ...chosen, ...(at ? [['cursor', at]] : [])])}`
  }
  return (
    <Wrap>
      <PageHead title={say('search.title')} />
      <div className="max-w-[52rem]">
        <SearchForm />
        <div className="mt-8 grid gap-6">
          {taken.map(({ typed, takenFor }) => (
            <p key={typed} className="text-ink-soft">
              {say('search.takenFor', { typed, words: takenFor.join(', ') })}
            </p>
          ))}
          {names.length > 0 ? <Names /> : null}
          {q === '' ? (
            <Empty title={say('search.empty')}>{say('search.empty.body')}</Empty>
          ) : results.length > 0 ? (
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
          ) : names.length === 0 ? (
            <Empty title={say('search.none')} action={<ButtonLink to={paths.askAnywhere()}>{say('ui.askQuestion')}</ButtonLink>}>
              {say('search.none.body')}
            </Empty>
          ) : null}
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

function SearchForm() {
  const { q, rooms, products, wanted } = useLoaderData<typeof loader>()
  const everything = { value: '', label: say('search.kind.all') }
  const narrowed = [wanted.tag, wanted.product, wanted.author, wanted.after, wanted.before, wanted.votes, wanted.solved].some(Boolean)
  return (
    <Form
      method="get"
      action={paths.search()}
      role="search"
      aria-label={say('search.field')}
      key={JSON.stringify([q, wanted])}
      className="grid items-end gap-4 md:grid-cols-2"
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
        label={say('search.kind')}
        name="kind"
        defaultValue={wanted.kind}
        options={[everything, ...KINDS.map((kind) => ({ value: kind, label: say(`search.kind.${kind}`) }))]}
      />
      <Select
        label={say('search.community')}
        name="community"
        defaultValue={wanted.community}
        options={[{ value: '', label: say('search.community.all') }, ...rooms.map((room) => ({ value: room.slug, label: room.name }))]}
      />
      <details className="md:col-span-2" open={narrowed}>
        <summary className="cursor-pointer">{say('search.narrow')}</summary>
        <div className="mt-4 grid items-end gap-4 md:grid-cols-2">
          <TextInput label={say('search.tag')} name="tag" optional defaultValue={wanted.tag} maxLength={80} autoCapitalize="none" />
          <TextInput
            label={say('search.author')}
            name="author"
            optional
            defaultValue={wanted.author}
            maxLength={80}
            autoCapitalize="none"
          />
          <Select
            label={say('search.product')}
            name="product"
            optional
            defaultValue={wanted.product}
            options={[{ value: '', label: say('search.product.all') }, ...products.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <TextInput label={say('search.votes')} name="votes" optional defaultValue={wanted.votes} type="number" min={0} max={999999} />
          <TextInput label={say('search.after')} name="after" optional defaultValue={wanted.after} type="date" />
          <TextInput label={say('search.before')} name="before" optional defaultValue={wanted.before} type="date" />
          <Checkbox label={say('search.solved')} name="solved" defaultChecked={wanted.solved !== ''} />
        </div>
      </details>
      <div className="flex justify-end md:col-span-2">
        <Button variant="primary">{say('search.send')}</Button>
      </div>
    </Form>
  )
}

const KINDS = ['question', 'idea', 'discussion', 'announcement', 'person', 'vendor'] as const
const PLACES = { person: paths.person, vendor: paths.vendor, room: paths.community }

/** People, vendors and rooms called like what was typed. */
function Names() {
  const { names } = useLoaderData<typeof loader>()
  return (
    <Rows label={say('search.names')}>
      {names.map((named) => (
        <li key={`${named.kind} ${named.key}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2.5">
          <Link className="font-semibold wrap-anywhere" to={PLACES[named.kind](named.key)} dir="auto">
            {named.name}
          </Link>
          <span className="meta">{say(`search.named.${named.kind}`)}</span>
          <span className="meta min-w-0 wrap-anywhere" dir="auto">
            {named.about}
          </span>
        </li>
      ))}
    </Rows>
  )
}
