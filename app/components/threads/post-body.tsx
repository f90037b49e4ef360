/** What somebody wrote, as the HTML that was made and cleaned when it was saved. Never give it anything else. */
export function PostBody({ html, small, brief, lang }: { html: string; small?: boolean; brief?: boolean; lang?: string | null }) {
  return (
    <div
      className={`prose ${small ? 'prose-sm' : ''} ${brief ? 'line-clamp-6' : ''}`.trim()}
      dir="auto"
      lang={lang ?? undefined}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
