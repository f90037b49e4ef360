import { load } from '~/app/http.server'
import { published } from '~/app/published.server'
import { robotsFile } from '~/server/publishing'

export const loader = load(({ request }) => published(request, 'text/plain', robotsFile()))
