declare module '@joplin/turndown-plugin-gfm' {
  import type TurndownService from 'turndown'
  export const strikethrough: TurndownService.Plugin
}

declare module '@mixmark-io/domino' {
  const domino: { createDocument(html: string): Document }
  export default domino
}
