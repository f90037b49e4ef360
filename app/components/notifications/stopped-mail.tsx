import { Banner, Button, PostForm } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { say } from '~/words'

/** Mail to the person's address came back: what that means, and the way to start it again. */
export function StoppedMail({ address, asked = false }: { address: string; asked?: boolean }) {
  return (
    <Banner kind="caution">
      <p className="wrap-anywhere">{say('notifications.settings.stopped', { address })}</p>
      {asked ? (
        <p role="status">{say('notifications.works.asked')}</p>
      ) : (
        <PostForm className="btns mt-2" action={paths.checkAddress()}>
          <Button size="sm">{say('notifications.works.ask')}</Button>
        </PostForm>
      )}
    </Banner>
  )
}
