import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { AskShown } from '~/server/vault'
import { say } from '~/words'
import { Banner } from '../ui'
import { fieldsInWords, purposeInWords } from './fields'

/** What a vendor asks for, in one sentence, and the way to answer. */
export function AskedCard({
  request,
}: {
  request: Pick<AskShown, 'id' | 'vendor' | 'asker' | 'purpose' | 'state'> & { fields: { key: string }[] }
}) {
  return (
    <Banner end={<Link to={paths.askedOfMe(request.id)}>{say('vault.asked.answer')}</Link>}>
      {say(request.state === 'deferred' ? 'vault.asked.deferredSentence' : 'vault.asked.vendorSentence', {
        vendor: request.vendor.name,
        what: fieldsInWords(request.fields.map(({ key }) => key)),
        purpose: purposeInWords(request.purpose),
      })}
    </Banner>
  )
}
