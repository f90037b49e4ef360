import { Who } from '~/app/components/people'
import { Button, ErrorSummary, PostForm, RelativeTime, TextArea } from '~/app/components/ui'
import { typed } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { paths } from '~/app/paths'
import { say } from '~/words'
import type { ItemShown } from './item'

/** What moderators said to each other about it. */
export function ItemNotes({ item, heading: Heading }: { item: ItemShown; heading: 'h2' | 'h3' }) {
  return (
    <section className="mt-6" aria-labelledby="notes">
      <Heading className="label" id="notes">
        {say('moderation.notes')}
      </Heading>
      {item.notes.length === 0 ? null : (
        <ul className="flags">
          {item.notes.map((note) => (
            <li key={note.id}>
              <p>
                <Who who={note.by} short />
                <br />
                <bdi className="whitespace-pre-line">{note.body}</bdi>
              </p>
              <p className="meta num">
                <RelativeTime at={note.createdAt} />
              </p>
            </li>
          ))}
        </ul>
      )}
      <ItemNoteForm item={item} refused={{ errors: {}, values: {} }} key={item.notes.length} />
    </section>
  )
}

export function ItemNoteForm({ item, refused: { errors, values } }: { item: Pick<ItemShown, 'kind' | 'id'>; refused: Refused }) {
  return (
    <PostForm action={paths.noteOnItem(item.kind, item.id)} className="grid gap-3">
      <ErrorSummary errors={errors} labels={{ body: say('moderation.notes.body') }} />
      <TextArea
        label={say('moderation.notes.body')}
        name="body"
        required
        rows={2}
        defaultValue={typed(values, 'body')}
        error={errors.body}
        help={say('moderation.notes.help')}
      />
      <div>
        <Button size="sm">{say('moderation.notes.submit')}</Button>
      </div>
    </PostForm>
  )
}
