const DAY = 86_400_000

/** The stage that stands is the last one entered; its clock began with what the customer did. */
export function standingStage<S extends { stageId: string | null; doneAt: Date | null; place: number }>(steps: S[]): S | null {
  return steps.filter((step) => step.stageId && step.doneAt).sort((one, other) => other.place - one.place)[0] ?? null
}

export const daysIn = (since: Date, now: Date): number => Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY))
