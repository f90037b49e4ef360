import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import type { FileShown } from '~/server/attachments/types'
import type { DraftShown } from '~/server/drafts/types'
import { say } from '~/words'
import { FilesField } from '../attachments'
import { DraftKeeper, DraftNote, formOf } from '../drafts'
import { Silenced } from '../frame'
import { OpeningTitle, ProductAndTags, SimilarList, useSimilar, type SimilarThread } from '../search'
import { Button, Crumbs, ErrorSummary, MarkdownField, PostForm, Wrap } from '../ui'
import { IdeaState, type IdeaStatus } from './idea-state'

type Similar = SimilarThread & { score: number; status: IdeaStatus }
type Props = {
  communityId: string
  slug: string
  name: string
  products: { id: string; name: string }[]
  /** Of one who has not signed in: the form is taken after they have. */
  signedIn: boolean
  draft: DraftShown | null
  files: FileShown[]
  /** The draft as it will look, where somebody asked for that without JavaScript. */
  drawn?: string | null
  title?: string
  similar?: Similar[]
}

/** Who votes for another idea leaves the form, so those buttons belong to a form of their own. */
const VOTE_FORM = 'vote-instead'

/** An idea, and beside it those that were proposed before. */
export function ProposeForm({ communityId, slug, name, products, signedIn, draft, files, drawn, title = '', similar: given = [] }: Props) {
  const { errors, values } = useForm(draft)
  const { similar, live, typing } = useSimilar(slug, given, paths.similarIdeas)
  return (
    <Wrap className="page-ask">
      <Crumbs
        items={[
          { to: paths.community(slug), label: name },
          { to: paths.ideas(slug), label: say('idea.title') },
        ]}
      />
      <div className="ah">
        <h1 className="title">{say('idea.form.title')}</h1>
        <p className="soft">{say('idea.form.in', { room: name })}</p>
      </div>
      <PostForm id={VOTE_FORM} action={paths.ideas(slug)} />
      <DraftNote draft={draft} />
      <PostForm className="askgrid" encType="multipart/form-data" action={paths.proposeIdea(slug)} key={formOf(draft)}>
        <div className="first">
          <ErrorSummary
            errors={errors}
            labels={{
              title: say('idea.form.what'),
              body: say('idea.form.body'),
              attach: say('files.label'),
              tags: say('thread.ask.tags'),
              product: say('thread.ask.product'),
            }}
          />
          <OpeningTitle
            label={say('idea.form.what')}
            help={say('idea.form.what.help')}
            error={errors.title}
            value={typed(values, 'title', title)}
            typing={typing}
            check={live ? null : { action: paths.checkIdea(slug), label: say('idea.form.check') }}
          />
        </div>
        {similar.length > 0 ? <SimilarIdeas similar={similar} /> : null}
        <div className="rest">
          <MarkdownField
            label={say('idea.form.body')}
            name="body"
            place={{ kind: 'idea', subjectId: communityId }}
            help={say('idea.form.body.help')}
            error={errors.body}
            rows={8}
            required
            maxLength={30_000}
            defaultValue={typed(values, 'body')}
          />
          <FilesField place={{ kind: 'idea', subjectId: communityId }} files={files} values={values} errors={errors} />
          <ProductAndTags products={products} tagsHelp={say('idea.form.tags.help')} errors={errors} values={values} />
          <div className="send">
            <span className="meta">{signedIn ? <Silenced communityId={communityId} /> : say('idea.form.signIn')}</span>
            <div className="btns">
              <Button variant="primary">{say('idea.form.send')}</Button>
            </div>
          </div>
          <DraftKeeper draft={draft} values={values} drawn={drawn} preview />
        </div>
      </PostForm>
    </Wrap>
  )
}

function SimilarIdeas({ similar }: { similar: Similar[] }) {
  return (
    <SimilarList
      similar={similar}
      title={say('idea.similar.title')}
      count={say('idea.similar.count', { count: similar.length })}
      read={say('idea.similar.read')}
      facts={(one) => (
        <>
          <IdeaState status={one.status} />
          <span className="num">{say('idea.votes', { count: one.score })}</span>
        </>
      )}
      act={(one) =>
        one.status === 'shipped' ? null : (
          <Button size="sm" form={VOTE_FORM} formAction={paths.voteForIdea(one.number)}>
            {say('idea.similar.vote')}
          </Button>
        )
      }
    />
  )
}
