import { sayHours } from '~/app/components/communities'
import { say } from '~/words'

export type ResponsesShown = {
  medianHours: number
  nineInTenHours: number
  answered: number
  asked: number
  solvedShare: number
  unansweredShare: number
}

/** How soon questions are answered, as counted from the questions themselves. Stands under `page-vendor`. */
export function ResponseTimes({ responses }: { responses: ResponsesShown | null }) {
  if (!responses) return <p className="meta">{say('vendors.times.none')}</p>
  const { medianHours, nineInTenHours, asked, solvedShare, unansweredShare } = responses
  return (
    <>
      <p className="resp">
        <span>{say('vendors.times.median')}</span>
        <b className="num">{sayHours(medianHours)}</b>
      </p>
      <table className="tbl tbl-tight num">
        <tbody>
          <tr>
            <th scope="row">{say('vendors.times.nine')}</th>
            <td className="r">{sayHours(nineInTenHours)}</td>
          </tr>
          <tr>
            <th scope="row">{say('vendors.times.solved')}</th>
            <td className="r">{say('communities.share', { share: solvedShare })}</td>
          </tr>
          <tr>
            <th scope="row">{say('vendors.times.never')}</th>
            <td className="r">{say('communities.share', { share: unansweredShare })}</td>
          </tr>
        </tbody>
      </table>
      <p className="meta mt-2">{say('vendors.times.of', { asked })}</p>
    </>
  )
}
