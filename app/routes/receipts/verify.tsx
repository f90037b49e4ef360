import { useActionData } from '@remix-run/react'
import { Button, ErrorSummary, PageHead, PostForm, Rows, Section, Circle, CircleCheck, State, TextArea, Wrap } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { checkInPublic, type Checked } from '~/server/receipts'
import { VerifyInput } from '~/server/receipts/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('verify.title') }) }]

export const loader = load(() => null)

export const action = act(VerifyInput, async ({ input, from }) => ({
  checked: await checkInPublic(input.signed, from),
  signed: input.signed,
}))

export default function VerifyScreen() {
  const { errors, values } = useForm()
  const answered = useActionData<{ checked: Checked; signed: string }>()
  const checked = answered && 'checked' in answered ? answered.checked : null
  const shown = answered && 'signed' in answered ? answered.signed : typed(values, 'signed')
  return (
    <Wrap>
      <PageHead title={say('verify.title')} lede={say('verify.lede')} />
      <div className="grid max-w-[46rem] gap-8">
        {checked ? <Outcome checked={checked} /> : null}
        <PostForm className="grid gap-4" action={paths.verify()}>
          <ErrorSummary errors={errors} labels={{ signed: say('verify.signed') }} />
          <TextArea
            label={say('verify.signed')}
            name="signed"
            rows={10}
            dir="ltr"
            spellCheck={false}
            help={say('verify.signedHelp')}
            error={errors.signed}
            defaultValue={shown}
            className="[&_textarea]:font-mono"
          />
          <div className="btns items-center">
            <Button variant="primary">{say('verify.check')}</Button>
            <a className="meta underline" href={paths.keys()}>
              {say('verify.keys')}
            </a>
          </div>
        </PostForm>
      </div>
    </Wrap>
  )
}

function Outcome({ checked }: { checked: Checked }) {
  return (
    <div role="status">
      <Section title={say('verify.outcome')} id="outcome" side="independent">
        <p>
          {checked.holds ? (
            <State kind="ok" icon={CircleCheck}>
              {say('verify.holds')}
            </State>
          ) : (
            <State kind="bad" icon={Circle}>
              {say('verify.broken')}
            </State>
          )}
        </p>
        {checked.holds ? (
          <>
            <p className="meta mt-2 break-all" dir="ltr">
              {checked.kind} {checked.identifier}
            </p>
            <Rows label={say('verify.signatures')}>
              {checked.signed.map(({ kid, holder, vendorName }) => (
                <li key={kid} className="py-2.5">
                  {say(`verify.by.${holder}`, { vendor: vendorName ?? '' })} <code className="meta break-all">{kid}</code>
                </li>
              ))}
            </Rows>
            {checked.counted ? (
              <p className="mt-3">
                {say('verify.counted', { reads: checked.counted.reads, refusals: checked.counted.refusals })}{' '}
                <span className="meta" dir="ltr">
                  {checked.counted.asOf}
                </span>
              </p>
            ) : null}
            {checked.states.length > 0 ? (
              <Rows label={say('verify.states')} ordered>
                {checked.states.map(({ state, at }) => (
                  <li key={`${state}${at}`} className="flex flex-wrap justify-between gap-x-4 py-2" dir="ltr">
                    <code>{state}</code> <span className="meta">{at}</span>
                  </li>
                ))}
              </Rows>
            ) : null}
          </>
        ) : (
          <p className="soft mt-2">{say('verify.brokenWhy')}</p>
        )}
      </Section>
    </div>
  )
}
