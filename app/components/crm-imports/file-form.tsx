import { Button, ErrorSummary, Field, PostForm } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { paths } from '~/app/paths'
import { say } from '~/words'

export function FileForm({ id }: { id: string }) {
  const { errors } = useForm()
  const label = say('import.file')
  return (
    <PostForm action={paths.importFiles(id)} className="grid max-w-[36rem] gap-4" encType="multipart/form-data">
      <ErrorSummary errors={errors} labels={{ file: label }} />
      <Field label={label} name="file" help={say('import.file.help')} error={errors.file}>
        {(wiring) => <input {...wiring} type="file" accept=".csv,.json,text/csv,application/json" required />}
      </Field>
      <div className="btns">
        <Button>{say('import.file.add')}</Button>
      </div>
    </PostForm>
  )
}
