import { typed as typedIn } from '~/app/form'
import type { Refused } from '~/app/http.server'
import { say, type WordKey } from '~/words'
import { Button, Buttons, CopyButton, fieldId, PostForm, TextArea } from '../ui'

type Props = {
  action: string
  typed: string[]
  chosen: string[]
  values: Refused['values']
  errors?: Refused['errors']
  /** Tells two texts on one page apart. */
  id?: string
  save: boolean
}

/** The text of a draft away from its form: readable, copyable, and there to be changed. What was chosen comes along. */
export function DraftFields({ action, typed, chosen, values, errors = {}, id, save }: Props) {
  const carried = Object.fromEntries(['draftId', 'draftVersion', ...chosen].map((name) => [name, typedIn(values, name) || null]))
  const shown = typed.filter((name) => errors[name] || save || typedIn(values, name))
  return (
    <PostForm className="grid gap-5" action={action} fields={carried}>
      {shown.map((name) => (
        <div key={name}>
          <TextArea
            id={id ? `${fieldId(name)}-${id}` : undefined}
            label={say(`draft.field.${name}` as WordKey)}
            name={name}
            rows={['title', 'tags', 'reason', 'headline'].includes(name) ? 2 : 9}
            defaultValue={typedIn(values, name)}
            error={errors[name]}
            readOnly={!save}
          />
          <CopyButton text={typedIn(values, name)} />
        </div>
      ))}
      {save ? (
        <Buttons>
          <Button>{say('draft.save')}</Button>
        </Buttons>
      ) : null}
    </PostForm>
  )
}
