import { Link } from '@remix-run/react'
import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Marked, useSimilar } from '../search'
import { Button, ButtonLink, Crumbs, ErrorSummary, Field, MarkdownField, PostForm, Select, TextInput, Wrap } from '../ui'
import { IdeaState, type IdeaStatus } from './idea-state'

type Similar = {
  number: number
  slug: string
  title: string
  titlePieces: { text: string; found: boolean }[]
  score: number
  status: IdeaStatus
}
type Props = {
  slug: string
  name: string
  products: { id: string; name: string }[]
  /** Of one who has not signed in: the form is taken after they have. */
  signedIn: boolean
  title?: string
  similar?: Similar[]
}

/** Who votes for another idea leaves the form, so those buttons belong to a form of their own. */
const VOTE_FORM = 'vote-instead'

/** An idea, and beside it those that were proposed before. */
export function ProposeForm({ slug, name, products, signedIn, title = '', similar: given = [] }: Props) {
  const { errors, values } = useForm()
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
      <PostForm className="askgrid" action={paths.proposeIdea(slug)}>
        <div className="first">
          <ErrorSummary
            errors={errors}
            labels={{
              title: say('idea.form.what'),
              body: say('idea.form.body'),
              tags: say('thread.ask.tags'),
              product: say('thread.ask.product'),
            }}
          />
          <Field label={say('idea.form.what')} name="title" help={say('idea.form.what.help')} error={errors.title}>
            {(wiring) => (
              <input
                {...wiring}
                type="text"
                dir="auto"
                className="input input-title"
                maxLength={150}
                required
                defaultValue={typed(values, 'title', title)}
                onChange={(event) => typing(event.target.value)}
              />
            )}
          </Field>
          {live ? null : (
            <div className="btns">
              <Button formAction={paths.checkIdea(slug)} formNoValidate>
                {say('idea.form.check')}
              </Button>
            </div>
          )}
        </div>
        {similar.length > 0 ? <SimilarIdeas similar={similar} /> : null}
        <div className="rest">
          <MarkdownField
            label={say('idea.form.body')}
            name="body"
            help={say('idea.form.body.help')}
            error={errors.body}
            rows={8}
            required
            maxLength={30_000}
            defaultValue={typed(values, 'body')}
          />
          {products.length > 0 ? (
            <Select
              label={say('thread.ask.product')}
              name="product"
              optional
              error={errors.product}
              defaultValue={typed(values, 'product')}
              options={[
                { value: '', label: say('thread.ask.product.none') },
                ...products.map((product) => ({ value: product.id, label: product.name })),
              ]}
            />
          ) : null}
          <TextInput
            label={say('thread.ask.tags')}
            name="tags"
            optional
            help={say('idea.form.tags.help')}
            error={errors.tags}
            defaultValue={typed(values, 'tags')}
            autoCapitalize="none"
          />
          <div className="send">
            <span className="meta">{signedIn ? null : say('idea.form.signIn')}</span>
            <div className="btns">
              <Button variant="primary">{say('idea.form.send')}</Button>
            </div>
          </div>
        </div>
      </PostForm>
    </Wrap>
  )
}

function SimilarIdeas({ similar }: { similar: Similar[] }) {
  return (
    <section className="similar sect" aria-labelledby="similar-heading">
      <div className="sect-head">
        <h2 id="similar-heading">{say('idea.similar.title')}</h2>
        <span className="meta" role="status">
          {say('idea.similar.count', { count: similar.length })}
        </span>
      </div>
      {similar.map((one) => (
        <article className="sim" key={one.number}>
          <h3 className="wrap-anywhere" dir="auto">
            <Link to={paths.thread(one.slug, one.number, one.title)}>
              <Marked pieces={one.titlePieces} />
            </Link>
          </h3>
          <p className="facts meta">
            <IdeaState status={one.status} />
            <span className="num">{say('idea.votes', { count: one.score })}</span>
          </p>
          <div className="btns">
            {one.status === 'shipped' ? null : (
              <Button size="sm" form={VOTE_FORM} formAction={paths.voteForIdea(one.number)}>
                {say('idea.similar.vote')}
              </Button>
            )}
            <ButtonLink size="sm" variant="quiet" to={paths.thread(one.slug, one.number, one.title)}>
              {say('idea.similar.read')}
            </ButtonLink>
          </div>
        </article>
      ))}
    </section>
  )
}
