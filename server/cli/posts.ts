import type { Command } from 'commander'
import { renderAgain } from '~/server/threads'
import { answering } from './answering'

export function addPosts(program: Command) {
  program
    .command('posts')
    .description('what people wrote')
    .command('render')
    .description('draw every post anew from its markdown, as it would be drawn today')
    .action(
      answering(async () => {
        const changed = await renderAgain()
        return { json: { changed }, text: `${changed} posts were drawn anew.` }
      }),
    )
}
