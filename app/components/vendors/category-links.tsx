import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import { say } from '~/words'

type Category = { slug: string; name: string }

/** Where something stands, each leading to who else stands there. */
export function CategoryLinks({ of }: { of: Category[] }) {
  if (of.length === 0) return null
  return (
    <p className="meta flex flex-wrap gap-x-3">
      {of.map(({ slug, name }) => (
        <Link key={slug} className="underline" to={paths.vendors({ category: slug })}>
          <bdi>{name}</bdi>
        </Link>
      ))}
    </p>
  )
}

/** All in which somebody stands, with the one that is looked at. */
export function CategoryNav({ categories, present }: { categories: (Category & { vendorCount: number })[]; present: string | null }) {
  const taken = categories.filter(({ slug, vendorCount }) => vendorCount > 0 || slug === present)
  if (taken.length === 0) return null
  return (
    <nav aria-label={say('category.title')} className="mb-6">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        <li>
          <Link
            to={paths.vendors()}
            className={present === null ? 'strong no-underline' : undefined}
            aria-current={present === null ? 'page' : undefined}
          >
            {say('category.all')}
          </Link>
        </li>
        {taken.map(({ slug, name, vendorCount }) => (
          <li key={slug}>
            <Link
              to={paths.vendors({ category: slug })}
              className={slug === present ? 'strong no-underline' : undefined}
              aria-current={slug === present ? 'page' : undefined}
            >
              <bdi>{name}</bdi>
            </Link>{' '}
            <span className="meta num">{vendorCount}</span>
          </li>
        ))}
      </ul>
    </nav>
  )
}
