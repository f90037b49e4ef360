import { paths } from '~/app/paths'
import { say } from '~/words'
import { ButtonLink } from '../ui'
import { Slip } from './slip'

/** What came back from a provider signs nobody in, whatever was wrong with it. */
export function ProviderFailed() {
  return (
    <Slip title={say('accounts.provider.failed')} lede={say('accounts.provider.failed.what')}>
      <div className="btns">
        <ButtonLink to={paths.signIn()}>{say('accounts.provider.failed.again')}</ButtonLink>
      </div>
    </Slip>
  )
}
