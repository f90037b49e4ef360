import { paths } from '~/app/paths'
import type { About } from '~/server/notifications'

/** Where a line of the inbox leads. */
export function addressOf(about: About): string {
  switch (about.kind) {
    case 'post':
      return paths.post(about.slug, about.number, about.postId)
    case 'decision':
      return paths.decision(about.decisionId)
    case 'recommendation':
      return paths.recommendation(about.recommendationId)
    case 'vendor':
      return paths.myRelationship(about.slug)
    case 'community':
      return paths.community(about.slug)
    case 'imported':
      return paths.imported(about.importedId)
    case 'case':
      return paths.caseOf(about.caseId)
    case 'claimed':
      return paths.operateVendor(about.slug)
    case 'invitation':
      return paths.myInvitations()
    case 'grant':
      return paths.grant(about.grantId)
    case 'owed':
      return paths.owed(about.slug)
    case 'contact':
      return paths.contactPage(about.slug, about.contactId)
    case 'hand-off':
      return paths.handOff(about.handOffId)
    case 'health':
      return paths.accountHealth(about.accountId)
    case 'plan':
      return paths.myPlans()
    case 'readings':
      return paths.readings()
    case 'vault':
      return paths.vault()
    case 'duty':
      return paths.duties()
    case 'delegate':
      return paths.delegates()
    case 'account':
      return `${paths.account()}#sessions`
  }
}
