import { printEnvExample } from '~/server/platform/env'

// The pages of the documentation that are printed from the code.
printEnvExample()
