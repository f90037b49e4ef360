import { myVault } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'

/** What the person keeps in the vault, as the vault itself reads it to them. */
export async function fieldsOf(viewer: PersonViewer): Promise<{ key: string; value: string; confirmedAt: Date }[]> {
  const { groups } = await myVault(viewer)
  return groups.flatMap(({ kept }) => kept.map(({ key, value, confirmedAt }) => ({ key, value, confirmedAt })))
}
