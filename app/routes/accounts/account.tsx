import { Link, useLoaderData } from '@remix-run/react'
import { StoppedMail } from '~/app/components/notifications'
import {
  Banner,
  buttonClass,
  ButtonLink,
  Check,
  Confirm,
  Hourglass,
  PageHead,
  RelativeTime,
  Rows,
  Section,
  State,
  Wrap,
} from '~/app/components/ui'
import { load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { accountPage } from '~/server/accounts'
import { stoppedMail } from '~/server/notifications'
import { say } from '~/words'
import { sayDate } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('accounts.account.title') }) }]

export const loader = load(async ({ viewer, url }) => {
  const person = personOf(viewer)
  const [page, stopped] = await Promise.all([accountPage(person), stoppedMail(person)])
  return {
    ...page,
    stopped,
    handle: person.handle,
    displayName: person.displayName,
    after: (['password', 'passkey', 'provider'] as const).find((what) => what === url.searchParams.get('after')) ?? null,
  }
})

const DONE = {
  password: 'accounts.account.passwordChanged',
  passkey: 'accounts.passkey.added',
  provider: 'accounts.provider.bound',
} as const
const BEGAN = {
  password: 'accounts.account.began',
  passkey: 'accounts.account.beganByPasskey',
  provider: 'accounts.account.beganByProvider',
} as const

export default function AccountScreen() {
  const { stopped, account, secondStep, passkeys, providers, offered, passkeysFor, mayEdit, sessions, handle, displayName, after } =
    useLoaderData<typeof loader>()
  const others = sessions.filter((session) => !session.current).length
  return (
    <Wrap>
      <PageHead title={say('accounts.account.title')} />
      <div className="grid max-w-[46rem] gap-10">
        {after ? (
          <Banner kind="success" role="status">
            {say(DONE[after])}
          </Banner>
        ) : null}
        {stopped ? <StoppedMail address={stopped} /> : null}
        <Section title={say('accounts.account.signIn')} id="signing-in">
          <Rows>
            <Fact label={say('accounts.account.address')}>
              <bdi className="text-body break-all">{account?.address}</bdi>
              {account?.confirmedAt ? (
                <State kind="ok" icon={Check}>
                  {say('accounts.account.confirmedOn', { day: sayDate(account.confirmedAt) })}
                </State>
              ) : (
                <State kind="wait" icon={Hourglass}>
                  <Link className="underline" to={paths.confirmEmailAgain()}>
                    {say('accounts.account.unconfirmed')}
                  </Link>
                </State>
              )}
              <ButtonLink size="sm" to={paths.changeEmail()}>
                {say('accounts.email.change')}
              </ButtonLink>
            </Fact>
            <Fact label={say('accounts.account.handle')}>
              <Link className="text-body underline" to={paths.person(handle)}>
                {handle}
              </Link>
            </Fact>
            <Fact label={say('accounts.account.shownAs')}>
              <bdi className="text-body wrap-anywhere">{displayName}</bdi>
              {mayEdit ? (
                <ButtonLink size="sm" to={paths.profile()}>
                  {say('accounts.account.editProfile')}
                </ButtonLink>
              ) : null}
            </Fact>
            <Fact label={say('accounts.account.password')}>
              <span>
                {account?.passwordChangedAt
                  ? say('accounts.account.passwordSince', { day: sayDate(account.passwordChangedAt) })
                  : say('accounts.account.passwordNone')}
              </span>
              <ButtonLink size="sm" to={account?.passwordChangedAt ? paths.changePassword() : paths.forgotPassword()}>
                {say('accounts.account.changePassword')}
              </ButtonLink>
            </Fact>
          </Rows>
          <p className="meta mt-2">{say('accounts.account.private')}</p>
        </Section>
        <Section title={say('accounts.secondStep')} id="second-step">
          <p className="soft mb-3">{say('accounts.secondStep.what')}</p>
          <Rows>
            <Fact label={say('accounts.secondStep.app')}>
              {secondStep.app ? (
                <State kind="ok" icon={Check}>
                  {say('accounts.secondStep.since', { day: sayDate(secondStep.app) })}
                </State>
              ) : (
                <span>{say(secondStep.needed ? 'accounts.secondStep.needed' : 'accounts.secondStep.none')}</span>
              )}
              <span className="btns">
                <ButtonLink size="sm" to={paths.setUpSecondStep()}>
                  {say(secondStep.app ? 'accounts.secondStep.replace' : 'accounts.secondStep.setUp')}
                </ButtonLink>
                {secondStep.app && !secondStep.needed ? (
                  <Confirm
                    label={say('accounts.secondStep.end')}
                    size="sm"
                    variant="text"
                    title={say('accounts.secondStep.end.title')}
                    action={paths.endSecondStep()}
                    confirmLabel={say('accounts.secondStep.end')}
                  >
                    {say('accounts.secondStep.end.what')}
                  </Confirm>
                ) : null}
              </span>
            </Fact>
            {secondStep.app ? (
              <Fact label={say('accounts.recovery')}>
                <span className="num">{say('accounts.recovery.left', { count: secondStep.codesLeft })}</span>
                <ButtonLink size="sm" to={paths.recoveryCodes()}>
                  {say('accounts.recovery.make')}
                </ButtonLink>
              </Fact>
            ) : null}
          </Rows>
          {secondStep.app && secondStep.needed ? <p className="meta mt-2">{say('accounts.secondStep.role')}</p> : null}
        </Section>
        {passkeysFor || passkeys.length > 0 ? (
          <Section title={say('accounts.passkeys')} id="passkeys">
            <p className="soft mb-3">{say('accounts.passkey.what')}</p>
            {passkeys.length > 0 ? (
              <Rows label={say('accounts.passkeys')}>
                {passkeys.map(({ id, name, createdAt, usedAt }) => (
                  <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
                    <Link className="text-body underline wrap-anywhere" to={paths.passkey(id)}>
                      <bdi>{name}</bdi>
                    </Link>
                    <span className="meta">
                      {say('accounts.passkey.since', { day: sayDate(createdAt) })},{' '}
                      {usedAt ? say('accounts.passkey.used', { day: sayDate(usedAt) }) : say('accounts.passkey.unused')}
                    </span>
                  </li>
                ))}
              </Rows>
            ) : null}
            <ButtonLink className="mt-4" to={paths.newPasskey()}>
              {say('accounts.passkey.new')}
            </ButtonLink>
          </Section>
        ) : null}
        {providers.length + offered.length > 0 ? (
          <Section title={say('accounts.providers')} id="providers">
            <p className="soft mb-3">{say('accounts.provider.what')}</p>
            {providers.length > 0 ? (
              <Rows label={say('accounts.providers')}>
                {providers.map(({ id, name, boundAt }) => (
                  <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
                    <span>
                      <bdi className="text-body wrap-anywhere">{name}</bdi>{' '}
                      <span className="meta">{say('accounts.provider.since', { day: sayDate(boundAt ?? new Date()) })}</span>
                    </span>
                    <Confirm
                      label={say('accounts.provider.unbind')}
                      size="sm"
                      variant="text"
                      title={say('accounts.provider.unbind.title', { name })}
                      action={paths.unbindProvider(id)}
                      confirmLabel={say('accounts.provider.unbind')}
                    >
                      {say('accounts.provider.unbind.what')}
                    </Confirm>
                  </li>
                ))}
              </Rows>
            ) : null}
            {offered.length > 0 ? (
              <div className="btns mt-4">
                {offered.map(({ id, name }) => (
                  <a key={id} className={buttonClass({})} href={paths.goToProvider(id, paths.account())}>
                    {say('accounts.provider.add', { name })}
                  </a>
                ))}
              </div>
            ) : null}
          </Section>
        ) : null}
        <Section title={say('accounts.account.sessions')} id="sessions">
          <Rows label={say('accounts.account.sessions')}>
            {sessions.map((session) => (
              <li key={session.key} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
                <span className="flex flex-wrap items-baseline gap-x-3">
                  <bdi className="text-body">{session.device || say('accounts.account.unknownDevice')}</bdi>
                  {session.current ? (
                    <State kind="ok" icon={Check}>
                      {say('accounts.account.thisOne')}
                    </State>
                  ) : null}
                </span>
                <span className="meta">
                  {say(BEGAN[session.startedBy])} <RelativeTime at={session.startedAt} />, {say('accounts.account.lastUsed')}{' '}
                  <RelativeTime at={session.seenAt} />
                </span>
              </li>
            ))}
          </Rows>
          <p className="meta mt-2 mb-4">
            {say('accounts.account.sessions.note')} {others === 0 ? say('accounts.account.noOthers') : null}
          </p>
          {others > 0 ? (
            <Confirm
              label={say('accounts.account.endOthers')}
              title={say('accounts.account.endOthers.title')}
              action={paths.otherSessions()}
              confirmLabel={say('accounts.account.endOthers')}
            >
              {say('accounts.account.endOthers.what', { count: others })}
            </Confirm>
          ) : null}
        </Section>
        <Section title={say('accounts.welcome')} id="welcome">
          <p className="soft">
            {say('accounts.welcome.again')}{' '}
            <Link className="underline" to={paths.welcome()}>
              {say('accounts.welcome.go')}
            </Link>
          </p>
        </Section>
        <Section title={say('duty.title')} id="moderation">
          <p className="soft">
            {say('duty.lede')}{' '}
            <Link className="underline" to={paths.duties()}>
              {say('duty.see')}
            </Link>
          </p>
        </Section>
        <Section title={say('accounts.blocked')} id="blocked">
          <p className="soft">
            {say('accounts.blocked.lede')}{' '}
            <Link className="underline" to={paths.blocked()}>
              {say('accounts.blocked.see')}
            </Link>
          </p>
        </Section>
        <Section title={say('erasure.title')} id="erasure">
          <p className="soft">
            {say('erasure.lede')}{' '}
            <Link className="underline" to={paths.erasure()}>
              {say('erasure.link')}
            </Link>
          </p>
        </Section>
      </div>
    </Wrap>
  )
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <li className="grid gap-x-6 gap-y-1 md:grid-cols-[9rem_minmax(0,1fr)]">
      <span className="meta pt-0.5">{label}</span>
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">{children}</span>
    </li>
  )
}
