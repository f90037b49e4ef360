import { accounts } from './accounts'
import { agreements } from './agreements'
import { authorship } from './authorship'
import { alerts } from './alerts'
import { askForm } from './ask-form'
import { attachments } from './attachments'
import { attestations } from './attestations'
import { buying } from './buying'
import { cases } from './cases'
import { categories } from './categories'
import { claims } from './claims'
import { communities } from './communities'
import { crmImports } from './crm-imports'
import { delegates } from './delegates'
import { dev } from './dev'
import { disputes } from './disputes'
import { duty } from './duty'
import { drafts } from './drafts'
import { draws } from './draws'
import { errors } from './errors'
import { evidence } from './evidence'
import { governance } from './governance'
import { handOffs } from './hand-offs'
import { held } from './held'
import { home } from './home'
import { ideas } from './ideas'
import { identity } from './identity'
import { imports } from './imports'
import { insight } from './insight'
import { kit } from './kit'
import { moderation } from './moderation'
import { notifications } from './notifications'
import { operate } from './operate'
import { operations } from './operations'
import { peers } from './peers'
import { presence } from './presence'
import { polls } from './polls'
import { erasure } from './erasure'
import { portability } from './portability'
import { publishing } from './publishing'
import { reaching } from './reaching'
import { receipts } from './receipts'
import { recommendations } from './recommendations'
import { relationships } from './relationships'
import { revocations } from './revocations'
import { search } from './search'
import { standing } from './standing'
import { threads } from './threads'
import { ui } from './ui'
import { vault } from './vault'
import { vendors } from './vendors'

/** Every sentence the portal says, by key. */
export const english = {
  ...ui,
  ...kit,
  ...errors,
  ...evidence,
  ...home,
  ...accounts,
  ...agreements,
  ...authorship,
  ...communities,
  ...categories,
  ...claims,
  ...threads,
  ...buying,
  ...cases,
  ...delegates,
  ...duty,
  ...disputes,
  ...drafts,
  ...draws,
  ...attachments,
  ...attestations,
  ...alerts,
  ...askForm,
  ...polls,
  ...erasure,
  ...portability,
  ...ideas,
  ...identity,
  ...insight,
  ...governance,
  ...handOffs,
  ...standing,
  ...presence,
  ...search,
  ...notifications,
  ...publishing,
  ...reaching,
  ...receipts,
  ...recommendations,
  ...operations,
  ...peers,
  ...vault,
  ...moderation,
  ...held,
  ...relationships,
  ...revocations,
  ...vendors,
  ...operate,
  ...imports,
  ...crmImports,
  ...dev,
} as const
