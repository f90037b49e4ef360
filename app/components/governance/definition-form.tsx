import { Button, ErrorSummary, PostForm, TextInput } from '~/app/components/ui'
import { typed, useForm } from '~/app/form'
import { say } from '~/words'

/** What a word means, in a sentence. The word itself is typed only where it is new. */
export function DefinitionForm({ term, sentence = '' }: { term?: string; sentence?: string }) {
  const { errors, values } = useForm()
  const labels = { term: say('glossary.term'), sentence: say('glossary.sentence') }
  return (
    <PostForm className="grid max-w-[36rem] gap-5">
      <ErrorSummary errors={errors} labels={labels} />
      {term === undefined ? (
        <TextInput
          label={labels.term}
          name="term"
          help={say('glossary.term.help')}
          error={errors.term}
          defaultValue={typed(values, 'term')}
          maxLength={60}
        />
      ) : null}
      <TextInput
        label={labels.sentence}
        name="sentence"
        optional
        help={say('glossary.sentence.help')}
        error={errors.sentence}
        defaultValue={typed(values, 'sentence', sentence)}
        maxLength={300}
      />
      <div className="btns">
        <Button variant="primary">{say('glossary.keep')}</Button>
      </div>
    </PostForm>
  )
}
