import { eq, type SQL } from 'drizzle-orm'
import { accessRecords, accessRefusals, grants } from '~/db/schema'
import type { PersonViewer } from '~/server/viewer'

/** A person's own grants, and who read or was refused; vendors' staff come in through readGranted alone. */
export function visibleTo({ personId }: PersonViewer): { grants: SQL; readings: SQL; refusals: SQL } {
  return {
    grants: eq(grants.personId, personId),
    readings: eq(accessRecords.personId, personId),
    refusals: eq(accessRefusals.personId, personId),
  }
}
