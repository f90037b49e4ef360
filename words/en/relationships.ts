export const relationships = {} as const
