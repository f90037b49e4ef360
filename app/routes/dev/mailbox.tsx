import { useLoaderData } from '@remix-run/react'
import { Check, Empty, Hourglass, OctagonAlert, PageHead, RelativeTime, Section, State, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { mailbox } from '~/server/backstage'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('dev.mailbox.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async () => ({ mails: await mailbox() }))

export default function MailboxScreen() {
  const { mails } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('dev.mailbox.title')} lede={say('dev.mailbox.lede')} />
      <div className="grid max-w-[46rem] gap-8 *:min-w-0">
        {mails.length === 0 ? <Empty title={say('dev.mailbox.empty')}>{say('dev.mailbox.empty.why')}</Empty> : null}
        {mails.map((mail) => (
          <Section key={mail.id} title={mail.subject} thin>
            <p className="meta flex flex-wrap items-center gap-x-3">
              <bdi className="break-all">{say('dev.mailbox.to', { address: mail.to })}</bdi>
              <RelativeTime at={mail.at} />
              {mail.failedAt ? (
                <State kind="bad" icon={OctagonAlert}>
                  {say('dev.mailbox.failed')}
                </State>
              ) : mail.sentAt ? (
                <State kind="ok" icon={Check}>
                  {say('dev.mailbox.sent')}
                </State>
              ) : (
                <State kind="wait" icon={Hourglass}>
                  {say('dev.mailbox.waiting')}
                </State>
              )}
            </p>
            <div className="mt-3 font-serif text-body wrap-anywhere whitespace-pre-wrap">
              {mail.text.split(/(https?:\/\/\S+)/).map(linked)}
            </div>
          </Section>
        ))}
      </div>
    </Wrap>
  )
}

/** Links lead to this browser's own address of the site, whichever of its names the mail was written with. */
function linked(part: string, index: number) {
  if (index % 2 === 0 || !URL.canParse(part)) return part
  const { pathname, search, hash, hostname } = new URL(part)
  const here = ['localhost', '127.0.0.1'].includes(hostname)
  return (
    <a key={index} className="underline" href={here ? pathname + search + hash : part}>
      {part}
    </a>
  )
}
