import { typed, useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayDay } from '~/words/dates'
import type { HandleInfo } from '../people/seat'
import { ActionButton, Banner, Button, Check, Checkbox, ErrorSummary, PostForm, State, TextArea, ThumbsUp, Icon } from '../ui'

type Props = {
  number: number
  voted: boolean
  own: boolean
  may: boolean
  myWhy: { why: string; shown: boolean } | null
  vendor: string | null
  /** It is there already: nobody needs to want it any more. */
  shipped: boolean
  onBehalf: { said: string; vendor: string; by: HandleInfo | null; at: Date | string } | null
}

/** One's own vote, and why; and what staff entered for oneself. */
export function VotePanel({ number, voted, own, may, myWhy, vendor, shipped, onBehalf }: Props) {
  const { errors, values } = useForm()
  if (shipped && !voted && !onBehalf) return null
  const readers = vendor ? say('idea.want.readers.vendor', { vendor }) : say('idea.want.readers.independent')
  return (
    <section className="card mt-6" aria-labelledby="want-heading" id="want">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-prose" id="want-heading">
          {say(voted ? 'idea.want.voted' : 'idea.want.title')}
        </h2>
        {voted ? (
          <State kind="ok" icon={Check}>
            {say('idea.want')}
          </State>
        ) : null}
      </div>
      {onBehalf ? <Entered number={number} entered={onBehalf} /> : null}
      {own ? (
        <p className="soft">{say('idea.want.own')}</p>
      ) : (
        <>
          {shipped ? null : <p className="meta mb-3">{say('idea.want.hear')}</p>}
          {may && !shipped ? (
            <PostForm action={paths.voteForIdea(number)} className="grid gap-3" fields={{ asked: 'on' }}>
              <ErrorSummary errors={errors} labels={{ why: say('idea.want.why') }} />
              <TextArea
                label={say('idea.want.why')}
                name="why"
                optional
                rows={2}
                maxLength={500}
                help={say('idea.want.why.help', { readers })}
                defaultValue={typed(values, 'why', myWhy?.why)}
                error={errors.why}
              />
              <Checkbox label={say('idea.want.shown')} name="shown" defaultChecked={values.shown ? values.shown === 'on' : myWhy?.shown} />
              <div className="btns">
                <Button variant={voted ? 'default' : 'primary'}>
                  {voted ? null : <Icon of={ThumbsUp} size="sm" />}
                  {say(voted ? 'idea.want.keep' : 'idea.want')}
                </Button>
              </div>
            </PostForm>
          ) : null}
          {voted ? (
            <div className="btns mt-3">
              <ActionButton action={paths.endIdeaVote(number)} label={say('idea.want.back')} size="sm" variant="text" />
            </div>
          ) : null}
        </>
      )}
    </section>
  )
}

function Entered({ number, entered: { said, vendor, by, at } }: { number: number; entered: NonNullable<Props['onBehalf']> }) {
  return (
    <div className="mb-4">
      <Banner kind="caution" end={<ActionButton action={paths.withdrawVote(number)} label={say('idea.behalf.withdraw')} size="sm" />}>
        {say('idea.behalf.told', { who: by?.displayName ?? '', vendor, day: sayDay(at) })}{' '}
        <span className="wrap-anywhere" dir="auto">
          “{said}”
        </span>{' '}
        {say('idea.behalf.once')}
      </Banner>
    </div>
  )
}
