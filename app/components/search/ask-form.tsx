import { Link } from '@remix-run/react'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import type { FileShown } from '~/server/attachments/types'
import type { AskField } from '~/server/vendors/types'
import type { DraftShown } from '~/server/drafts/types'
import { say } from '~/words'
import { FilesField } from '../attachments'
import { DraftKeeper, DraftNote, formOf } from '../drafts'
import { Silenced } from '../frame'
import { Button, Crumbs, ErrorSummary, MarkdownField, PostForm, Wrap } from '../ui'
import { OpeningTitle, ProductAndTags } from './opening-fields'
import { ANSWER_FOUND_FORM, SimilarQuestions } from './similar-questions'
import { useSimilar } from './use-similar'

type Props = {
  communityId: string
  slug: string
  name: string
  products: { id: string; name: string; fields: AskField[] }[]
  /** Of one who has not signed in: the form is taken after they have. */
  signedIn: boolean
  draft: DraftShown | null
  files: FileShown[]
  /** The draft as it will look, where somebody asked for that without JavaScript. */
  drawn?: string | null
  title?: string
  similar?: Parameters<typeof SimilarQuestions>[0]['similar']
}

/** A question, and beside it those that were asked before. */
export function AskForm({ communityId, slug, name, products, signedIn, draft, files, drawn, title = '', similar: given = [] }: Props) {
  const { errors, values } = useForm(draft)
  const { similar, live, typing } = useSimilar(slug, given)
  return (
    <Wrap className="page-ask">
      <Crumbs
        items={[
          { to: paths.communities(), label: say('ui.nav.communities') },
          { to: paths.community(slug), label: name },
        ]}
      />
      <div className="ah">
        <h1 className="title">{say('thread.ask.title')}</h1>
        <p className="soft">{say('thread.ask.in', { room: name })}</p>
        {signedIn ? null : <p className="soft">{say('similar.noAccount')}</p>}
      </div>
      <PostForm id={ANSWER_FOUND_FORM} fields={{ room: slug }} action={paths.ask(slug)} />
      <DraftNote draft={draft} />
      <PostForm className="askgrid" encType="multipart/form-data" action={paths.ask(slug)} key={formOf(draft)}>
        <div className="first">
          <ErrorSummary
            errors={errors}
            labels={{
              title: say('thread.ask.question'),
              body: say('thread.ask.body'),
              attach: say('files.label'),
              tags: say('thread.ask.tags'),
              product: say('thread.ask.product'),
              ...Object.fromEntries(products.flatMap(({ fields }) => fields.map(({ fieldId, label }) => [`detail-${fieldId}`, label]))),
            }}
          />
          <OpeningTitle
            label={say('thread.ask.question')}
            help={say('thread.ask.question.help')}
            error={errors.title}
            value={typed(values, 'title', title)}
            typing={typing}
            check={live ? null : { action: paths.checkFirst(slug), label: say('similar.check') }}
          />
        </div>
        {similar.length > 0 ? <SimilarQuestions similar={similar} room={slug} /> : null}
        <div className="rest">
          <MarkdownField
            label={say('thread.ask.body')}
            name="body"
            place={{ kind: 'ask', subjectId: communityId }}
            help={say('thread.ask.body.help')}
            error={errors.body}
            rows={9}
            required
            maxLength={30_000}
            defaultValue={typed(values, 'body')}
          />
          <FilesField place={{ kind: 'ask', subjectId: communityId }} files={files} values={values} errors={errors} />
          <ProductAndTags
            products={products}
            tagsHelp={say('thread.ask.tags.help')}
            errors={errors}
            values={values}
            choose={live ? null : paths.chooseProduct(slug)}
          />
          <div className="send">
            <span className="meta">{signedIn ? <Silenced communityId={communityId} /> : say('similar.signInWhenPosting')}</span>
            <div className="btns">
              <Button variant="primary">{say('thread.ask.send')}</Button>
            </div>
          </div>
          <DraftKeeper draft={draft} values={values} drawn={drawn} preview />
        </div>
      </PostForm>
    </Wrap>
  )
}

/** The form is closed: something answered it. */
export function Answered({ slug, name, by }: { slug: string; name: string; by: { number: number; slug: string; title: string } }) {
  return (
    <Wrap className="page-ask">
      <Crumbs
        items={[
          { to: paths.communities(), label: say('ui.nav.communities') },
          { to: paths.community(slug), label: name },
        ]}
      />
      <div className="ah">
        <h1 className="title">{say('similar.answered')}</h1>
        <p className="soft">{say('similar.answered.body')}</p>
      </div>
      <p className="wrap-anywhere" dir="auto">
        <Link to={paths.thread(by.slug, by.number, by.title)}>{by.title}</Link>
      </p>
      <p className="mt-6">
        <Link to={paths.ask(slug)}>{say('similar.askAnother')}</Link>
      </p>
    </Wrap>
  )
}
