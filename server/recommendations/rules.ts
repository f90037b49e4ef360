/** Below this, one voice would be the verdict. */
export const FEWEST_FOR_A_VERDICT = 5
