/** Words with those marked that were found. */
export function Marked({ pieces }: { pieces: { text: string; found: boolean }[] }) {
  return (
    <>
      {pieces.map((piece, index) =>
        piece.found ? (
          <mark key={index} className="bg-found rounded-[2px] px-px text-inherit">
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </>
  )
}
