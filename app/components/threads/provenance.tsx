import { sayRich } from '~/app/words'

/** Where an imported post comes from and under which licence it stands here. */
export function Provenance({ source, sourceUrl, licence }: { source: string | null; sourceUrl: string | null; licence: string | null }) {
  if (!sourceUrl && !source) return null
  const name = source ?? hostOf(sourceUrl)
  const link = (chunks: React.ReactNode) =>
    sourceUrl ? (
      <a href={sourceUrl} rel="nofollow noopener external">
        {chunks}
      </a>
    ) : (
      chunks
    )
  return (
    <span>{licence ? sayRich('thread.from', { source: link, name, licence }) : sayRich('thread.fromPlain', { source: link, name })}</span>
  )
}

function hostOf(url: string | null) {
  return url && URL.canParse(url) ? new URL(url).host : ''
}
