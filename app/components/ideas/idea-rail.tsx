import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { Label } from '../ui'

type Props = { number: number; slug: string; may: { move: boolean; voteOnBehalf: boolean; seeAccounts: boolean }; forVendor: boolean }

/** What whoever speaks for the idea can do with it, and where ideas lead. */
export function IdeaRail({ number, slug, may, forVendor }: Props) {
  const acts = [
    may.move ? { to: paths.moveIdea(number), label: say('idea.act.move') } : null,
    may.voteOnBehalf ? { to: paths.voteOnBehalf(number), label: say('idea.act.behalf') } : null,
    may.seeAccounts ? { to: paths.wantedBy(number), label: say('idea.act.accounts') } : null,
  ].filter((act) => act !== null)
  return (
    <>
      {acts.length > 0 ? (
        <section>
          <Label level={2}>{say(forVendor ? 'idea.forStaff' : 'idea.forModerators')}</Label>
          <Links links={acts} />
        </section>
      ) : null}
      <section>
        <Label level={2}>{say('idea.title')}</Label>
        <Links
          links={[
            { to: paths.ideas(slug), label: say('idea.byStatus.all') },
            { to: paths.roadmap(slug), label: say('idea.see.roadmap') },
            { to: paths.changelog(slug), label: say('idea.see.changelog') },
            { to: paths.contributors(slug), label: say('idea.see.contributors') },
          ]}
        />
      </section>
    </>
  )
}

function Links({ links }: { links: { to: string; label: string }[] }) {
  return (
    <ul className="grid gap-1">
      {links.map(({ to, label }) => (
        <li key={to}>
          <Link className="underline" to={to}>
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}
