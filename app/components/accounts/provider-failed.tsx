import { paths } from '~/app/paths'
import { say } from '~/words'
import { Button, ButtonLink, PostForm } from '../ui'
import { Slip } from './slip'

/** What came back from a provider signs nobody in, whatever was wrong with it. */
export function ProviderFailed({ signedInAs }: { signedInAs?: string | null }) {
  if (signedInAs)
    return (
      <Slip title={say('accounts.provider.failed')} lede={say('accounts.provider.somebodyElse', { handle: signedInAs })}>
        <PostForm action={paths.signOut()} className="btns">
          <Button>{say('ui.signOut')}</Button>
        </PostForm>
      </Slip>
    )
  return (
    <Slip title={say('accounts.provider.failed')} lede={say('accounts.provider.failed.what')}>
      <div className="btns">
        <ButtonLink to={paths.signIn()}>{say('accounts.provider.failed.again')}</ButtonLink>
      </div>
    </Slip>
  )
}
