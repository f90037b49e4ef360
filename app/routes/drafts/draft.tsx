import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { continues } from '~/app/components/drafts'
import { DraftFields } from '~/app/components/drafts/draft-fields'
import { ActionButton, Banner, ButtonLink, Buttons, Empty, ErrorSummary, PageHead, Section, Wrap } from '~/app/components/ui'
import { draftPlaces } from '~/app/draft-places.server'
import { useForm } from '~/app/form'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { takesFiles } from '~/server/attachments'
import { draftPage, keepDraft } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'
import type { DraftKind } from '~/server/drafts/types'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

export const loader = load(async ({ viewer, params }) => {
  const page = await draftPage(personOf(viewer), params.kind, params.id)
  return { ...page, place: (await draftPlaces(viewer, [page]))(page.subjectId) }
})

/** “Save draft” without JavaScript: back to the form, or here, where there are two texts to choose from. */
export const action = act(
  DraftInput,
  async ({ viewer, params, input }) => {
    const kept = await keepDraft(viewer, params.kind, params.id, input)
    const draft = { kind: params.kind as DraftKind, subjectId: params.id }
    const place = (await draftPlaces(viewer, [draft]))(draft.subjectId)
    return redirect(
      kept.others > 0 || !place
        ? paths.draft(draft.kind, draft.subjectId)
        : continues(draft.kind, place, input.preview ? '?preview=1' : ''),
    )
  },
  ({ params }) => (takesFiles(params.kind) ? { kind: params.kind, subjectId: params.id } : null),
)

export const meta = () => [{ title: say('ui.pageTitle', { title: say('draft.one') }) }]

export default function DraftScreen() {
  const { kind, subjectId, texts, typed, chosen, place } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  const refused = Object.keys(errors).length > 0
  const several = texts.length > 1
  const form = { action: paths.draft(kind, subjectId), typed, chosen }
  return (
    <Wrap>
      <PageHead
        title={say(several ? 'draft.two' : 'draft.one')}
        lede={say(several ? 'draft.two.lede' : `draft.kind.${kind}`, { title: place?.title ?? say('draft.unreadable') })}
        crumbs={[{ to: paths.drafts(), label: say('draft.mine') }]}
        end={place && texts.length === 1 ? <ButtonLink to={continues(kind, place)}>{say('draft.continue')}</ButtonLink> : undefined}
      />
      {place || texts.length === 0 ? null : <Banner>{say('draft.gone.body')}</Banner>}
      {refused ? (
        <div className="max-w-[46rem] mb-9">
          <ErrorSummary
            errors={errors}
            labels={{
              attach: say('files.label'),
              ...Object.fromEntries(typed.map((name) => [name, say(`draft.field.${name}` as 'draft.field.body')])),
            }}
          />
          <DraftFields {...form} errors={errors} values={values} save />
        </div>
      ) : null}
      {texts.length === 0 && !refused ? (
        <Empty title={say('draft.nothing')} action={<ButtonLink to={paths.drafts()}>{say('draft.mine')}</ButtonLink>}>
          {say('draft.nothing.body')}
        </Empty>
      ) : null}
      <div className={several ? 'grid gap-x-9 gap-y-7 lg:grid-cols-2' : 'max-w-[46rem]'}>
        {texts.map((text, index) => (
          <Section
            key={text.id}
            id={`text-${index + 1}`}
            title={several ? say('draft.text', { number: index + 1 }) : undefined}
            end={several ? <span className="meta num">{sayMoment(text.savedAt)}</span> : undefined}
          >
            <DraftFields
              {...form}
              values={{ ...text.fields, draftId: text.id, draftVersion: String(text.version) }}
              id={text.id}
              save={!several}
            />
            <Buttons className="mt-5">
              {several ? (
                <ActionButton
                  action={paths.chooseDraft(text.id)}
                  label={say('draft.choose')}
                  spoken={say('draft.choose.spoken', { number: index + 1 })}
                  next={place ? continues(kind, place) : paths.draft(kind, subjectId)}
                />
              ) : (
                <ActionButton action={paths.discardDraft(text.id)} label={say('draft.discard')} variant="quiet" next={paths.drafts()} />
              )}
            </Buttons>
          </Section>
        ))}
      </div>
    </Wrap>
  )
}
