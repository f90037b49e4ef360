/** What somebody wrote, as the HTML that was made and cleaned when it was saved. Never give it anything else. */
export function PostBody({ html, small, lang }: { html: string; small?: boolean; lang?: string | null }) {
  return (
    <div className={small ? 'prose prose-sm' : 'prose'} dir="auto" lang={lang ?? undefined} dangerouslySetInnerHTML={{ __html: html }} />
  )
}
