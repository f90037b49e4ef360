import { chooseAlerts } from '~/server/alerts'
import { bringSettings } from '~/server/notifications'
import { BroughtSettings } from '~/server/notifications/input'
import type { takeArchive } from '~/server/portability'
import type { PersonViewer } from '~/server/viewer'

const USUAL_ALERTS = { first: true, sensitive: true, refused: true, most_a_day: 50 }

/** From here on they hear of things, and of readings, as a file says that they did. */
export async function hearAsIn(viewer: PersonViewer, file: NonNullable<Awaited<ReturnType<typeof takeArchive>>>): Promise<void> {
  const settings = BroughtSettings.safeParse(file).data
  if (settings) await bringSettings(viewer, settings)
  const { most_a_day: most, ...of } = file.alerts ?? USUAL_ALERTS
  await chooseAlerts(viewer, { of: (['first', 'sensitive', 'refused'] as const).filter((kind) => of[kind]), most })
}
