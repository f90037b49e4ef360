import { Link } from '@remix-run/react'
import { Portrait } from '~/app/components/people'
import { paths } from '~/app/paths'
import type { HandleInfo } from '~/server/viewer'
import { hasWords, say } from '~/words'

export type StaffRow = { who: HandleInfo; roles: string[]; askAbout: string }

export function rolesOf(roles: string[]): string {
  return roles.map((role) => (hasWords(`vendors.role.${role}`) ? say(`vendors.role.${role}` as 'vendors.role.advisor') : role)).join(', ')
}

/** Whom to ask for what, under their own names. Stands under `page-vendor`. */
export function StaffDirectory({ staff }: { staff: StaffRow[] }) {
  return (
    <ul className="staff">
      {staff.map(({ who, roles, askAbout }) => (
        <li key={who.handle}>
          <Portrait name={who.displayName} side="vendor" />
          <div>
            <p className="strong">
              {who.handle ? (
                <Link className="no-underline hover:underline" to={paths.person(who.handle)}>
                  <bdi>{who.displayName}</bdi>
                </Link>
              ) : (
                <bdi>{who.displayName}</bdi>
              )}
            </p>
            {askAbout ? (
              <p className="soft" dir="auto">
                {askAbout}
              </p>
            ) : null}
            <p className="meta">{rolesOf(roles)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
